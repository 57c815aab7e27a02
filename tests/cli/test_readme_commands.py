"""The documentation's commands, run in its own order in a folder that begins with nothing but a data file."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cases.case_file.simulated_cases import make
from cases.cli import forensics
from forensics.simulate import Election, Plant

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "docs" / f"{name}.md"
    for name in (
        *("tutorial/demo", "tutorial/own-data", "how-to/large-data", "how-to/spreadsheet", "how-to/right-of-reply"),
        "how-to/publishing",
    )
]
LINE = re.compile(r"^ {4,7}(forensics .*?)(?: {2,}.*| +#.*)?$|`(forensics [^`]+)`", re.MULTILINE)
ELSEWHERE = {
    "forensics demo": "tests/cli/test_shipped.py runs the same case whole",
    "forensics simulate --seed 6 --out demo-data": "tests/cli/test_shipped.py simulates it",
    "forensics run demo --data demo-data": "tests/cli/test_shipped.py runs it",
    "forensics run germany-2021 --data ~/Downloads": "its data are not shipped; tests/cli/test_shipped.py has them",
    "forensics simulate --pages --out pages-data": "tests/cli/test_shipped.py simulates it",
    "forensics run pages-2024 --data pages-data": "tests/cli/test_shipped.py runs it",
    "forensics new town-2024": "asks a person; tests/cli/test_new.py types the answers",
}
SPARK = "--engine spark"


@pytest.fixture
def desk(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with posts.csv, a demo of a small election, and acts in Parquet."""
    desk = tmp_path / "desk"
    desk.mkdir()
    shutil.copy(case / "posts.csv", desk)
    small = Election(n_accounts=200, n_acts=3_000, n_communities=3, plants=(Plant(n_accounts=8, n_targets=8),))
    world = make(small, 1, desk / "demo-case")
    (desk / "acts").mkdir()
    world.dataset.actions.filter(pl.col("action") == "repost").write_parquet(desk / "acts" / "acts.parquet")
    (desk / "copies.csv").write_text("url,archive_url\n", encoding="utf-8")
    monkeypatch.chdir(desk)
    return desk


def commands() -> list[str]:
    lines = [line for line in all_lines() if line not in ELSEWHERE and SPARK not in line]
    # The walk with the demo needs its run, which the reader has made by then, and a later line the case made before.
    return ["forensics run demo-case --out demo-run", *dict.fromkeys(lines)]


def all_lines() -> list[str]:
    """Return the command lines of the pages, those in their sentences too, in their order."""
    return [line or word for page in PAGES for line, word in LINE.findall(page.read_text(encoding="utf-8"))]


def test_what_is_left_out_is_in_the_pages() -> None:
    assert set(ELSEWHERE) <= set(all_lines())


@pytest.mark.usefixtures("few_words", "desk")
def test_the_commands_of_the_pages_work_in_their_order() -> None:
    for line in commands():
        words = shlex.split(line)[1:]
        if words[0] in ("run", "inspect", "new", "doctor"):
            words.append("--quiet")
        if words[:2] == ["simulate", "--background"]:
            # The reader's file is larger than the test's.
            words += ["--accounts", "3", "--targets", "2"]
        result = CliRunner().invoke(forensics, words)
        assert result.exit_code == 0, f"{line}\n{result.output}"
