"""What the README and the documentation tell a reader to type can be typed."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from cases.case_file import shipped_cases
from cases.case_file.case_file import parse
from cases.cli import COMMANDS, MEANINGS, forensics
from forensics import errors

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [page for folder in ("tutorial", "how-to") for page in sorted((ROOT / "docs" / folder).glob("*.md"))]
PAGES = [
    *(ROOT / "README.md", ROOT / "docs" / "reference" / "run-folder.md", *WRITTEN),
    *(case.folder / "README.md" for case in shipped_cases.SHIPPED),
]
LINE = re.compile(r"^    (forensics .*?)(?: {2,}.*| +#.*)?$", re.MULTILINE)
WORD = re.compile(r"`(forensics [^`]+)`")
COMMAND_LINES = sorted(
    {line for page in PAGES for shape in (LINE, WORD) for line in shape.findall(page.read_text(encoding="utf-8"))}
)


@pytest.fixture
def desk(case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the files that the README's examples name."""
    desk = tmp_path / "desk"
    desk.mkdir()
    folders = (
        "town-2024",
        "town-2024-run",
        "second-run",
        "demo-run",
        "demo-case",
        "Downloads",
        "acts",
        "pages-data",
        "demo-data",
    )
    for folder in folders:
        (desk / folder).mkdir()
    (case / "case.toml").rename(desk / "town-2024" / "case.toml")
    for name in (
        "posts.csv",
        "copies.csv",
        "demo-case/truth.csv",
        "IRAhandle_tweets_autumn_2016.csv",
        "zeeschuimer-export-x.com.ndjson",
        "tsa.pem",
    ):
        (desk / name).touch()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("HOME", str(desk))
    return desk


@pytest.mark.parametrize("line", COMMAND_LINES)
@pytest.mark.usefixtures("desk")
def test_every_command_line_is_one_that_the_program_takes(line: str) -> None:
    name, *words = (str(Path(word).expanduser()) if word.startswith("~") else word for word in shlex.split(line)[1:])
    context = click.Context(forensics, info_name="forensics")
    command = forensics.get_command(context, name)
    assert command is not None
    command.make_context(name, words, parent=context)


def test_the_pages_show_all_commands() -> None:
    shown = {shlex.split(line)[1] for line in COMMAND_LINES}
    assert shown <= COMMANDS.keys()
    assert set(COMMANDS) == shown


def test_every_error_has_a_code_of_its_own_that_is_explained() -> None:
    kinds = [errors.ForensicsError, *errors.ForensicsError.__subclasses__()]
    codes = sorted(["CF01", "CF60", "CF70", *(kind.code for kind in kinds)])
    assert len(set(codes)) == len(codes)
    assert list(MEANINGS) == codes


def test_the_readme_is_a_screen_and_a_half_and_links_to_pages_that_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 90
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert len(links) > 8
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_what_a_page_puts_into_a_case_file_may_stand_there(page: Path) -> None:
    case = '[case]\nname = "a"\ntitle = "A"\n\n[[data]]\npath = "a.csv"\n\n'
    for block in re.findall(r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        whole = case.replace("[case]\n", block) if block.startswith("[case]") else case + block
        parse(whole, Path("case.toml"))


def test_the_case_file_of_the_walk_is_a_case_file() -> None:
    text = (ROOT / "docs" / "tutorial" / "own-data.md").read_text(encoding="utf-8")
    block = text.split("    [case]")[1].split("\n\nAnalyse")[0]
    toml = "[case]" + "\n".join(line.removeprefix("    ") for line in block.splitlines())
    assert parse(toml, Path("case.toml")).case.name == "town-2024"


@pytest.mark.parametrize("case", shipped_cases.SHIPPED, ids=lambda case: case.name)
def test_each_shipped_case_says_what_it_needs_and_what_it_cannot_show(case: shipped_cases.ShippedCase) -> None:
    case_file = shipped_cases.find(case.name)
    page = (case.folder / "README.md").read_text(encoding="utf-8")
    assert case_file.case.name == case.name
    for entry in case_file.data:
        assert entry.sha256
        assert entry.sha256 in page
        assert entry.where
    for heading in ("## What is claimed", "## What the data are", "## Where to get them", "## What it cannot show"):
        assert heading in page


def test_shipped_cases_are_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "cases" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {case.folder.parent for case in shipped_cases.SHIPPED} == {ROOT / "cases"}
