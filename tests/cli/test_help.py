"""The help of every command: complete, no wider than a terminal, and quick because it imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from cases.cli import COMMANDS, forensics
from cases.commands.finished_run.export_command import FORMATS
from cases.terminal.command_language import tr
from reports.exports import EXPORTS

HEAVY = ("igraph", "matplotlib", "msgspec", "numba", "numpy", "polars", "rich", "scipy", "typst")
WORDS = {
    "en": ("Usage: ", "Exit status: ", "See also: ", "Options:", "Show this message", "\n  Example"),
    "fr": (
        "Usage\N{NO-BREAK SPACE}: ",
        "Code de retour",
        "Voir aussi",
        "Options\N{NO-BREAK SPACE}:",
        "aide",
        "\n  Exemple",
    ),
}
ASKED = """
import sys
from cases.cli import forensics
try:
    forensics.main(sys.argv[1:], prog_name="forensics")
except SystemExit:
    print(sorted(name for name in {heavy} if name in sys.modules))
"""


@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "fr_FR.UTF-8"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_a_help_says_what_how_and_where_to_read_on(name: str, locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(forensics, [*name.split(), "--help"])
    assert result.exit_code == 0
    for word in WORDS[locale[:2]] if name else WORDS[locale[:2]][:-1]:
        assert word in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    if name:
        assert " ".join(tr(COMMANDS[name]).split()) in " ".join(result.stdout.split("\n\n")[1].split())


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_a_help_imports_nothing_heavy(name: str) -> None:
    script = ASKED.format(heavy=HEAVY)
    words = [sys.executable, "-c", script, *name.split(), "--help"]
    process = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert process.stdout.splitlines()[-1] == "[]"


def test_the_export_formats_of_the_help_are_those_there_are() -> None:
    assert EXPORTS.names() == FORMATS


@pytest.mark.parametrize(
    ("words", "english", "french"),
    [
        ("rnu", "Did you mean run?", "Vouliez-vous dire run"),
        ("run", "Missing argument 'CASE'.", "Il manque l'argument 'CAS'."),
        ("run a b", "Got unexpected extra argument (b)", "Un argument de trop (b)"),
        ("score --at-lest", "Did you mean '--at-least'?", "Vouliez-vous dire '--at-least'"),
        ("report nowhere", "does not exist.", "introuvable."),
        ("run x --memory 4", "Write it such as 4GB.", "Écrivez par exemple 4GB."),
        ("doctor --acts 3", "is not in the range", "est hors de l'intervalle"),
        ("doctor --acts many", "is not a valid integer", "n'est pas un nombre"),
        ("export . --to doc", "is not one of", "n'est pas l'un de"),
        ("export .", "Missing option '--to'", "Il manque l'option '--to'"),
        ("run --out", "requires an argument", "demande une valeur"),
        ("verify --rerun .", "say where they lie with --data", "dites où elles sont avec --data"),
        ("new", "Missing argument 'DIR'", "Il manque l'argument 'DOSSIER'"),
    ],
)
def test_wrong_usage_is_answered_in_both_languages(
    words: str, english: str, french: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale, sentence in (("en_GB.UTF-8", english), ("fr_FR.UTF-8", french)):
        monkeypatch.setenv("LC_ALL", locale)
        result = CliRunner().invoke(forensics, words.split())
        assert result.exit_code == 2
        assert sentence in result.stderr
        assert result.stderr.rstrip().endswith("--help [CF01]")


def test_without_a_word_the_help_is_shown() -> None:
    assert CliRunner().invoke(forensics, []).stdout == CliRunner().invoke(forensics, ["--help"]).stdout
