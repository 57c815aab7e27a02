"""The command: what it says, and the exit status of everything that can go wrong."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import polars as pl
import pytest
from cli.stand_ins import Use, broke, call, detector, found, quiet_result, refused, run_json, stopped, unsafe

from cases.cli import COMMANDS
from cases.custody import custody_log
from cases.run_folder import run_documents
from forensics import run as library

pytestmark = pytest.mark.usefixtures("few_words", "use")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_with_an_example(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert COMMANDS[name] in " ".join(result.output.split())
    assert f"forensics {name}" in result.output or name == "detectors"
    assert "Example" in result.output


def test_the_help_lists_every_command_and_the_exit_statuses() -> None:
    result = call("--help")
    assert all(name in result.output for name in COMMANDS)
    assert "a detector broke" in result.output


def test_a_run_leaves_a_folder_that_verifies(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("run", case, "--out", out)
    assert result.exit_code == 0, result.output
    assert "25 rows read, 1 of them rejected" in result.stdout
    assert "The finder: 1 finding, confidence: 1 low" in result.stdout
    assert str(out / "report.html") in result.stdout
    assert "Reading posts.csv" in result.stderr
    assert call("verify", out, "--data", case, "--rerun").exit_code == 0
    assert (out / "evidence" / "finder-1-accounts.csv").read_text(encoding="utf-8-sig").splitlines()[
        2
    ] == "finder-1,'=bob"


def test_a_run_is_named_as_its_case_was_typed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    for typed, name in (("town", "town-run"), ("town/case.toml", "town-2024-run")):
        assert call("run", typed).exit_code == 0
        assert custody_log.problems(case.parent / name) == ()


def test_quiet_says_nothing_of_progress(case: Path, tmp_path: Path) -> None:
    assert call("run", case, "--out", tmp_path / "out", "--quiet").stderr == ""


def test_what_came_out_can_be_had_as_json(case: Path, tmp_path: Path) -> None:
    summary = json.loads(call("run", case, "--out", tmp_path / "out", "--json").stdout)
    assert (summary["rows_read"], summary["rows_rejected"], summary["failures"]) == (25, 1, {})
    assert [finding["id"] for finding in summary["findings"]["finder"]] == ["finder-1"]


def test_a_quiet_result_is_not_called_proof(case: Path, tmp_path: Path, use: Use) -> None:
    use(detector("finder", quiet_result))
    assert "is not proof" in call("run", case, "--out", tmp_path / "out").stdout


def test_a_refusal_is_printed_and_is_no_fault(case: Path, tmp_path: Path, use: Use) -> None:
    use(*(detector(name, found, "posts") for name in ("reach", "money")), detector("tempo", refused))
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "The tempo: no answer. Three accounts are too few." in result.stdout
    assert "The reach, The money: no answer. The data hold no posts with their totals" in result.stdout


def test_a_detector_that_breaks_is_shown_and_takes_no_other_along(case: Path, tmp_path: Path, use: Use) -> None:
    use(detector("tempo", broke), detector("finder", found))
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "The tempo: BROKE. ZeroDivisionError: division by zero" in result.stdout
    assert "The finder: 1 finding" in result.stdout
    assert run_json(tmp_path / "out")["failures"] == [
        {
            "detector": "tempo",
            "message": {"key": "{kind}: {error}", "fields": {"kind": "ZeroDivisionError", "error": "division by zero"}},
            "is_refusal": False,
        }
    ]
    details = Path(result.stderr.split("Details for a bug report: ")[1].split("\n")[0])
    assert "ZeroDivisionError" in details.read_text(encoding="utf-8")
    details.unlink()


def test_a_finding_whose_id_cannot_be_a_file_gets_one_that_can(case: Path, tmp_path: Path, use: Use) -> None:
    use(detector("finder", unsafe))
    result = call("run", case, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0
    (finding,) = json.loads(result.stdout)["findings"]["finder"]
    assert re.fullmatch("x-[0-9a-f]{8}", finding["id"])


def test_a_document_that_breaks_does_not_lose_the_rest(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(run_documents.reports, "write_html", lambda _run, path, *_, **__: path.write_text("x"))
    monkeypatch.setattr(run_documents.reports, "write_pdf", broke)
    result = call("run", case, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "report.pdf: BROKE. ZeroDivisionError" in result.stdout
    assert sorted(path.name for path in (tmp_path / "out").glob("report.*")) == ["report.html"]
    assert custody_log.problems(tmp_path / "out") == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[detect.finder]\nleast = 0", "[detect.finder] least must lie between 1 and 10 (accounts); it is 0."),
        ("[detect.finder]\nlest = 3", "[detect.finder] has no parameter 'lest'. Did you mean least?"),
        ("[detect.seeker]\nleast = 3", "There is no detector called 'seeker'. There are: finder, other."),
        ('[run]\ndetectors = ["seeker"]', "There is no detector called 'seeker'"),
        ('[run]\ndetectors = ["other"]\n[detect.finder]\nleast = 3', "[run] detectors does not list 'finder'"),
        ('[truth]\nfiles = ["case.toml"]', "has neither a column 'account_id' nor 'target'"),
    ],
)
def test_a_wrong_choice_is_refused_before_any_data_are_read(case: Path, use: Use, lines: str, message: str) -> None:
    use(detector("finder", found), detector("other", found))
    with (case / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    result = call("run", case)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Reading" not in result.stderr


def test_a_language_that_no_report_has_is_refused_before_any_data_are_read(case: Path) -> None:
    text = (case / "case.toml").read_text(encoding="utf-8")
    (case / "case.toml").write_text(text.replace("title", 'language = "zz"\ntitle', 1), encoding="utf-8")
    result = call("run", case)
    assert result.exit_code == 2
    assert "There is no report in the language 'zz'." in result.stderr
    assert "Reading" not in result.stderr


def test_only_the_detectors_that_are_listed_run(case: Path, tmp_path: Path, use: Use) -> None:
    use(detector("tempo", broke), detector("finder", found))
    with (case / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write('[run]\ndetectors = ["finder"]')
    assert call("run", case, "--out", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("nowhere", "There is no case 'nowhere'"),
        ("posts.csv", "is a data file, not a case"),
        ("empty", "holds no case.toml"),
    ],
)
def test_a_folder_without_a_case_is_refused(case: Path, tmp_path: Path, word: str, message: str) -> None:
    (case / "empty").mkdir()
    place = case / word if (case / word).exists() else word
    result = call("run", place, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_folder_of_other_files_is_refused_before_anything_is_computed(case: Path, use: Use) -> None:
    use(detector("finder", broke))
    result = call("run", case, "--out", case)
    assert result.exit_code == 2
    assert "not a run folder" in result.stderr
    assert sorted(path.name for path in case.iterdir()) == ["case.toml", "posts.csv"]


def test_an_interrupt_leaves_the_last_good_run(case: Path, tmp_path: Path, use: Use) -> None:
    out = tmp_path / "out"
    call("run", case, "--out", out)
    before = (out / custody_log.MANIFEST).read_bytes()
    use(detector("finder", stopped))
    result = call("run", case, "--out", out)
    assert result.exit_code == 130
    assert "Stopped" in result.stderr
    assert (out / custody_log.MANIFEST).read_bytes() == before
    assert custody_log.problems(out) == ()


def test_an_unexpected_error_is_a_line_and_a_file(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "overview", broke)
    result = call("run", case)
    assert result.exit_code == 70
    line = result.stderr.splitlines()[-1]
    assert line.startswith("The program broke (ZeroDivisionError).")
    assert line.endswith(" [CF70]")
    details = Path(line.removesuffix(" [CF70]").split("bug report: ")[1])
    assert "Traceback" in details.read_text(encoding="utf-8")
    details.unlink()


def test_a_panic_is_a_line_and_a_file_too(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> None:
        raise pl.exceptions.PanicException("index out of bounds")

    monkeypatch.setattr(library, "overview", panics)
    result = call("run", case)
    assert result.exit_code == 70
    line = result.stderr.splitlines()[-1]
    assert line.startswith("The program broke (PanicException).")
    Path(line.removesuffix(" [CF70]").split("bug report: ")[1]).unlink()


def test_a_changed_run_fails_its_verification(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("run", case, "--out", out)
    with (case / "posts.csv").open("a", encoding="utf-8") as stream:
        stream.write("zoe,100,https://example.org/1,1714000000\n")
    result = call("verify", out, "--data", case, "--rerun")
    assert result.exit_code == 3
    assert "The data file posts.csv is not the one that was read." in result.stderr
    assert "'sources' of run.json came out differently" in result.stderr
    (out / "report.html").write_text("better", encoding="utf-8")
    assert "report.html was changed." in call("verify", out).stderr


def test_a_run_is_scored_against_a_file_of_known_accounts(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("run", case, "--out", out)
    (tmp_path / "truth.csv").write_text("account_id\n007\nann\n=bob\nnobody\n", encoding="utf-8")
    result = call("score", out, "--truth", tmp_path / "truth.csv", "--at-least", "0.7")
    assert result.exit_code == 0
    assert "Precision 0.750, recall 0.750, F1 0.750, false discoveries 1." in result.stdout
    assert call("score", out, "--truth", tmp_path / "truth.csv", "--at-least", "0.8").exit_code == 3
    assert call("score", out).exit_code == 2
    assert "carry no labels" in call("score", out, "--data", case).stderr


def test_two_runs_are_compared(case: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        call("run", case, "--out", tmp_path / f"out-{number}")
        (case / "case.toml").write_text((case / "case.toml").read_text(encoding="utf-8") + "[run]\nseed = 2\n")
    result = call("compare", tmp_path / "out-1", tmp_path / "out-2")
    assert "The seed: 1 before, 2 after." in result.stdout
    assert "The same: finder-1." in result.stdout


def test_a_simulated_case_never_overwrites_other_files(case: Path) -> None:
    result = call("simulate", "--out", case)
    assert result.exit_code == 2
    assert "no simulated case" in result.stderr


@pytest.mark.parametrize("name", ["cases", "formats", "detectors"])
def test_lists_are_words_and_json(name: str) -> None:
    listed = json.loads(call(name, "--json").stdout)
    assert all(entry["name"] in call(name).stdout for entry in listed)
    assert listed


def test_hostile_text_cannot_reach_the_terminal(case: Path) -> None:
    text = (case / "case.toml").read_text(encoding="utf-8").replace("posts.csv", "a\\u001b[31m\\u202eb.csv")
    (case / "case.toml").write_text(text, encoding="utf-8")
    result = call("run", case)
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


def test_the_public_version_is_written_apart_with_a_key_that_is_made_once(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[bytes | None] = []

    def write(
        _run: object, folder: Path, _language: str | None = None, key: bytes | None = None, **_: object
    ) -> tuple[()]:
        keys.append(key)
        (folder / run_documents.HTML).touch()
        return ()

    out = tmp_path / "out"
    call("run", case, "--out", out)
    monkeypatch.setattr(run_documents, "write", write)
    for number in range(2):
        assert call("report", out, "--public", tmp_path / f"public-{number}").exit_code == 0
    first, second = keys
    assert first == second
    assert first is not None
    assert len(first) == 32
    assert (tmp_path / "out.key").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert custody_log.problems(out) == ()
    assert call("report", out, "--public", out).exit_code == 2
