"""``forensics new`` at a real terminal: what a person types there, and how one leaves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cases.case_file.case_file import read

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")

START = "from cases.cli import main; main()"
PATIENCE_S = 120
END = pexpect.EOF


def talk(folder: Path, turns: list[tuple[str, str]], locale: str = "en_GB.UTF-8") -> tuple[str, int]:
    """Answer each question with its line, or a control key such as ^C; return all that was shown, and the status."""
    environment = dict(os.environ) | {"LC_ALL": locale, "COLUMNS": "100"}
    child = pexpect.spawn(
        sys.executable, ["-c", START, "new", "vote"], cwd=str(folder), env=environment, encoding="utf-8",
        timeout=PATIENCE_S, dimensions=(50, 100),
    )  # fmt: skip
    shown = ""
    for question, answer in turns:
        child.expect_exact(question)
        shown += child.before + question
        if answer.startswith("^"):
            child.sendcontrol(answer[1].lower())
        else:
            child.sendline(answer)
    child.expect(END)
    child.close()
    assert child.exitstatus is not None
    return shown + child.before, child.exitstatus


@pytest.fixture
def spaced(case: Path) -> Path:
    """A folder whose name has a space, with the case's data and a note that is no data."""
    folder = case.parent / "my data"
    folder.mkdir()
    (case / "posts.csv").rename(folder / "my posts.csv")
    (folder / "notes.txt").write_text("Ask the mayor.\n", encoding="utf-8")
    return folder


def test_a_person_is_asked_again_until_an_answer_is_one_and_sees_the_report(spaced: Path) -> None:
    file = spaced / "my posts.csv"
    turns = [
        ("File:", ""),
        ("Type the path", str(spaced / "none.csv")),
        ("There is no file", f"'{file}'"),  # as a terminal writes a file that is dragged into it
        ("File:", str(file).replace(" ", "\\ ")),
        ("in the list already", str(spaced)),
        ("notes.txt is left out", ""),
        ("Which election is it?", ""),
        ("What is claimed", "Everybody likes the mayor."),
        ("When was it?", ""),
        ("Side that my posts.csv", ""),
        ("Which countries vote?", "Utopia"),
        ("'Utopia' is no country", "France, Allemagne"),
        ("Voters by region", "many"),
        ("how many vote where", ""),
        ("Share of the voters", "200 %"),
        ("That is no share", "3 %"),
        ("Which of them?", "all"),
        ("one or more of", "who"),
        ("Language of the report", "tlh"),
        ("one or more of", ""),
        ("Analyse it now?", "perhaps"),
        ("Type y for yes", ""),
    ]
    shown, status = talk(spaced.parent, turns)
    assert status == 0, shown
    assert "Report: vote-run/report.html" in shown
    assert (spaced.parent / "vote-run" / "report.pdf").is_file()
    made = read(spaced.parent / "vote" / "case.toml")
    assert set(made.detectors) >= {"coordination", "detectable"}
    assert [entry.path for entry in made.data] == ["../my data/my posts.csv"]


def test_in_a_french_locale_all_is_asked_in_french(spaced: Path) -> None:
    turns = [
        ("Fichier", str(spaced / "my posts.csv")),
        ("Fichier", ""),
        ("De quelle élection", "Élection à Évry"),
        ("Qu'affirme-t-on", "Été « comme hiver »"),
        ("Quand", ""),
        ("Camp de my posts.csv", ""),
        ("Quels pays votent", ""),
        ("Lesquelles", "who"),
        ("Langue du rapport", ""),
        ("maintenant", "peut-être"),
        ("Tapez o pour oui", "non"),
    ]
    shown, status = talk(spaced.parent, turns, "fr_FR.UTF-8")
    assert status == 0, shown
    assert "Ensuite" in shown
    for english in ("Which", "Type y", "Reading", "[Y/n]"):
        assert english not in shown
    made = read(spaced.parent / "vote" / "case.toml").case
    assert (made.title, made.claim, made.language) == ("Élection à Évry", "Été « comme hiver »", "fr")


@pytest.mark.parametrize("key", ["^C", "^D"])
@pytest.mark.parametrize("at", [0, 2, 3])
def test_a_person_leaves_at_any_question_and_nothing_is_left_behind(spaced: Path, key: str, at: int) -> None:
    turns = [("File:", str(spaced / "my posts.csv")), ("File:", ""), ("Which election is it?", "A"), ("claimed", "B")]
    shown, status = talk(spaced.parent, [*turns[:at], (turns[at][0], key)])
    assert status == 130, shown
    assert "\r\nStopped." in shown
    assert not (spaced.parent / "vote").exists()
