"""The shipped cases: complete, and their key figures are those of a run where the data are at hand."""

from __future__ import annotations

import os
import re
import textwrap
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from rendering.document_texts import page_differences, pdf_differences
from rendering.number_walk import walk

import reports
from cases.atomic_files.plain_files import hash_file
from cases.case_file import shipped_cases
from cases.case_file.case_file import CaseFile, parse
from cases.case_file.case_inputs import locate, locate_truth
from cases.case_file.simulated_cases import make
from cases.cli import forensics
from cases.run_folder import stored_run
from cases.run_folder.key_figures import Departure, departures, figures
from cases.running import case_runner
from forensics.errors import CaseFileError, MissingInputError
from forensics.findings import Run
from forensics.simulate import full_demo
from forensics.simulate.pages import small_campaign
from reports.html_document import html
from reports.pdf_document import pdf
from reports.report_model import Table
from reports.wording import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("FORENSICS_SHARED_DATA", ROOT.parent / "shared" / "data"))
COMMAND = re.compile(r"^    (forensics .*)$", re.MULTILINE)
DEMO_SEED = 6


def kinds_of_finding() -> set[str]:
    """Return every statement the program can make of a finding, from the words it has for them."""
    kinds: set[str] = set()
    for path in sorted((ROOT / "reports" / "locale" / "en").glob("*.toml")):
        kinds |= set(tomllib.loads(path.read_text(encoding="utf-8")).get("statement", {}))
    return kinds - {"other", "short", "short_untimed"}


def page_of(name: str) -> str:
    """Return a case's README."""
    (case,) = (case for case in shipped_cases.SHIPPED if case.name == name)
    return (case.folder / "README.md").read_text(encoding="utf-8")


def run_of(case_file: CaseFile, *places: Path) -> Run:
    return case_runner.run(
        case_runner.plan(case_file), locate(case_file, places), known=locate_truth(case_file, places)
    )


def test_every_kind_of_finding_is_expected_of_the_demo() -> None:
    expected = shipped_cases.find("demo").expected
    sources = ("", "_stated", "_platform", "_geotag", "_collector", "_language")
    # Each farm stands out by one measure, and most busy accounts are workers: none stands out by its rhythm alone.
    kinds = kinds_of_finding() - {"coordinated_group_jointly", "tempo_shift", "tempo_software"}
    assert len(kinds) >= 25
    assert {kind for kind in kinds if not any(expected.get(f"{kind}{source}") for source in sources)} == set()


def test_the_demo_has_every_finding_it_expects_beside_its_truth(tmp_path: Path) -> None:
    make(full_demo(), DEMO_SEED, tmp_path, small_campaign())
    case_file = shipped_cases.find("demo")
    for item in locate(case_file, (tmp_path,)):
        assert hash_file(item.path) == item.file.sha256, item.file.path
    finished = run_of(case_file, tmp_path)
    assert departures(finished, case_file.expected) == ()
    assert finished.truth is not None
    findings = {finding.id for detection in finished.detections for finding in detection.findings}
    assert {held.finding_id for held in finished.truth.findings} == findings
    (tmp_path / "run").mkdir()
    stored_run.write_data(finished, tmp_path / "run")
    kept = stored_run.read(tmp_path / "run")
    for language in LANGUAGES:
        n_walked, strange = walk(kept, language)
        assert n_walked > 3_000
        # A quoted moment is written as a day and two hours, and acts for all camps are summed: parts of entries.
        assert [line for line in strange if " in served." not in line] == []
        report = reports.render(kept, language)
        captions = [b.caption for chapter in report.chapters for b in chapter.blocks if isinstance(b, Table)]
        assert len(set(captions)) == len(captions)  # they name the page's regions, which must differ by ear
        assert page_differences(html(report), report) == []
        assert pdf_differences(pdf(report), report) == []


@pytest.mark.usefixtures("few_words")
def test_the_commands_of_the_pages_give_the_expected_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    simulate, run = COMMAND.findall(page_of("pages-2024"))
    assert CliRunner().invoke(forensics, simulate.split()[1:]).exit_code == 0
    case_file = shipped_cases.find("pages-2024")
    for item in locate(case_file, (tmp_path,)):
        assert hash_file(item.path) == item.file.sha256, item.file.path
    assert f"all {len(case_file.expected)} hold" in CliRunner().invoke(forensics, [*run.split()[1:], "--quiet"]).stdout


@pytest.mark.usefixtures("few_words")
@pytest.mark.parametrize("name", ["germany-2021", "russia-2021", "us-2016-ira"])
def test_the_commands_of_a_real_case_give_the_expected_figures(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_file = shipped_cases.find(name)
    if name != "russia-2021" and "FORENSICS_LONG" not in os.environ:
        pytest.skip("takes a minute or more; set FORENSICS_LONG=1")
    try:
        (found,) = locate(case_file, (SHARED,))
    except MissingInputError:
        pytest.skip(f"the data of {name} are not here")
    (line,) = COMMAND.findall(page_of(name))
    file = tmp_path / (words[-1] if Path((words := line.split())[-1]).suffix else found.file.path)
    file.symlink_to(found.path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(forensics, [*words[1:], "--quiet"])
    assert result.exit_code == 0, result.output
    assert f"all {len(case_file.expected)} hold" in result.stdout


def test_the_extract_of_a_real_case_is_made_as_its_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = page_of("us-2016-ira").split("this keeps the autumn:\n\n")[1].split("\n\n    forensics")[0]
    head = "author,content,publish_date,external_author_id"
    (tmp_path / "IRAhandle_tweets_1.csv").write_text(
        f"{head}\nA,x,8/31/2016 23:59,1\nB,y,9/1/2016 0:00,906000000000000000\n"
    )
    (tmp_path / "IRAhandle_tweets_2.csv").write_text(f"{head}\nC,z,11/30/2016 23:59,2\nD,w,12/1/2016 0:00,3\n")
    monkeypatch.chdir(tmp_path)
    exec(textwrap.dedent(code), {})  # noqa: S102  the page's own lines
    kept = (tmp_path / "IRAhandle_tweets_autumn_2016.csv").read_text().splitlines()
    assert kept == [head, "B,y,9/1/2016 0:00,906000000000000000", "C,z,11/30/2016 23:59,2"]


@pytest.mark.parametrize("case", shipped_cases.SHIPPED, ids=lambda case: case.name)
def test_every_case_expects_figures_and_tells_what_its_run_shows(case: shipped_cases.ShippedCase) -> None:
    assert shipped_cases.find(case.name).expected["rows_read"] > 0
    page = (case.folder / "README.md").read_text(encoding="utf-8")
    assert "## What a run shows" in page


def test_a_figure_that_does_not_hold_is_named(run: Run) -> None:
    found = figures(run)
    assert (found["rows_read"], found["cluster"]) == (6, 1)
    wanted = {"rows_read": 6, "cluster": 2, "coordinated_group": 0, "growth_jump": 1}
    assert departures(run, wanted) == (Departure("cluster", 2, 1), Departure("growth_jump", 1, 0))


def test_expected_figures_are_whole_numbers() -> None:
    text = '[case]\nname = "a"\ntitle = "A"\n[[data]]\npath = "a.csv"\n[expected]\nrows_read = "six"\n'
    with pytest.raises(CaseFileError, match="'rows_read' must be a whole number"):
        parse(text, Path("case.toml"))


@pytest.mark.usefixtures("few_words")
def test_a_run_says_whether_the_expected_figures_hold(case: Path, tmp_path: Path) -> None:
    path = case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[expected]\nrows_read = 25\n", encoding="utf-8")
    printed = CliRunner().invoke(forensics, ["run", str(case), "--out", str(tmp_path / "run"), "--quiet"]).stdout
    assert "all 1 hold" in printed
    path.write_text(path.read_text(encoding="utf-8") + "reach_beyond = 3\n", encoding="utf-8")
    printed = CliRunner().invoke(forensics, ["run", str(case), "--out", str(tmp_path / "run"), "--quiet"]).stdout
    assert "1 of 2 do not hold" in printed
    assert "reach_beyond: expected 3, found 0" in printed


def test_a_shipped_case_is_the_shipped_one_beside_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "case.toml").write_text(
        '[case]\nname = "another"\ntitle = "Another"\n[[data]]\npath = "a.csv"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert shipped_cases.find("demo").case.name == "another"
    assert shipped_cases.shipped("demo").case.name == "demo"
