"""``forensics new``: a conversation for people, flags for scripts, and the same case from both."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cases.case_file.case_file import read
from cases.cli import forensics
from cases.terminal.command_language import catalogue

QUESTIONS_ASKED = "The town's vote", "Everybody likes the mayor."


def converse(*words: object, typed: tuple[str, ...] = ()) -> Result:
    result = CliRunner().invoke(forensics, ["new", *map(str, words)], input="".join(f"{line}\n" for line in typed))
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def answers(path: Path, *, run: str) -> tuple[str, ...]:
    """Type a wrong file, the file, wrong codes and shares, and in the end whether to run."""
    files = ("", str(path.with_name("none.csv")), str(path), str(path), "")
    places = ("Utopia", "fr", "FR-IDF", "FR-IDF=7e6, FR-HDF=4e6", "three", "0,03")
    return (*files, *QUESTIONS_ASKED, "", "teal", *places, "why", "what who", "it", "fr", run)


def test_a_conversation_makes_a_case_and_asks_again_where_an_answer_is_none(case: Path, tmp_path: Path) -> None:
    result = converse(tmp_path / "vote", "--ask", typed=answers(case / "posts.csv", run="n"))
    assert result.exit_code == 0, result.output
    for part in (
        "There is no file",
        "in the list already",
        "'Utopia' is no country",
        "how many vote where",
        "no share",
        "one or",
    ):
        assert part in result.stdout, part
    made = read(tmp_path / "vote" / "case.toml")
    assert (made.case.title, made.case.claim) == QUESTIONS_ASKED
    assert (made.case.period, made.case.language) == ("2024-04-24 to 2024-04-30", "fr")
    assert made.data[0].settings == {"camp": "teal"}
    assert {"coordination", "reach", "labour_of_groups"} <= set(made.detectors)
    assert "geography" not in made.detectors


def test_flags_say_the_same_as_the_conversation(case: Path, tmp_path: Path) -> None:
    answers = ("--title", QUESTIONS_ASKED[0], "--claim", QUESTIONS_ASKED[1], "--camp", "teal", "--home", "FR")
    figures = ("--electorate", "FR-IDF=7e6", "--electorate", "FR-HDF=4e6", "--abroad", "0.03")
    result = converse(tmp_path / "vote", "--data", case / "posts.csv", *answers, *figures, "--question", "where")
    assert result.exit_code == 0, result.output
    made = read(tmp_path / "vote" / "case.toml")
    assert made.params["geography"] == {
        "home": ["FR"],
        "electorate": ["FR-IDF=7e6", "FR-HDF=4e6"],
        "diaspora_share": 0.03,
    }
    assert set(made.detectors) == {"geography", "scan", "clocks"}


@pytest.mark.usefixtures("few_words")
def test_a_conversation_ends_by_running(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    typed = (str(case / "posts.csv"), "", *QUESTIONS_ASKED, "", "", "", "who", "", "")
    result = converse("vote", "--ask", typed=typed)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "vote-run" / "run.json").is_file()
    assert "Report: vote-run/report.html" in result.stdout


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, case: Path) -> None:
    result = converse(tmp_path / "vote")
    assert result.exit_code == 2
    assert "--data FILE" in result.stderr
    wrong = converse(tmp_path / "vote", "--data", case / "posts.csv", "--camp", "teal", "--camp", "amber")
    assert wrong.exit_code == 2
    assert "once for each" in wrong.stderr


def test_a_conversation_that_breaks_off_leaves_nothing(tmp_path: Path, case: Path) -> None:
    result = converse(tmp_path / "vote", "--ask", typed=(str(case / "posts.csv"), "", "The vote"))
    assert result.exit_code == 130
    assert not (tmp_path / "vote").exists()


def test_in_a_french_locale_a_case_made_without_questions_gets_a_french_report(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    result = converse(tmp_path / "vote", case / "posts.csv", "--no-ask")
    assert read(tmp_path / "vote" / "case.toml").case.language == "fr"
    assert "Tableau d’actes" in result.stdout
    text = (tmp_path / "vote" / "case.toml").read_text(encoding="utf-8")
    english = [sentence for sentence, french in catalogue("fr").items() if sentence != french and len(sentence) > 15]
    assert "# Comptes qui ont agi ensemble." in text
    assert [sentence for sentence in english if sentence in text] == []
