"""French and English words of the command: complete, of the same values, and chosen by the locale."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rendering.message_walk import called, messages

from cases.case_file import shipped_cases
from cases.cli import COMMANDS, MEANINGS, forensics
from cases.terminal.click_translations import paragraphs
from cases.terminal.command_language import catalogue, language, tr
from forensics import errors, params, schema
from forensics.detectors import DETECTORS

ROOT = Path(__file__).resolve().parents[2]
VALUE = re.compile(r"\{[^}]*\}")
IS_CODE = re.compile(r"\x08|  (forensics|\[detect|windows_s)(?!.*  )")
METAVARS = {
    "AFTER",
    "AMOUNT",
    "ARGS",
    "BEFORE",
    "CASE",
    "COLUMN",
    "COMMAND",
    "COUNTRY",
    "DIR",
    "FILE",
    "KEY",
    "LANGUAGE",
    "LAYER",
    "NAME",
    "VALUE",
}
METAVARS |= {"PATH", "PLACE", "PRACTICE", "RUN", "SEAL", "SECONDS", "SHARE", "TEXT"}


SAME = {"h", "interactions"}
"""Units that French writes as English does."""
SPEAKS = {"tr", "progress", "refuse", "message", "Message", "CaseFileError", "ParameterError"}
"""The functions whose first argument is a sentence."""


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Yield the name of each function that is called and its first argument, in the code of the command and below."""
    for folder in ("cases", "forensics"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    yield called(node.func).rpartition(".")[2], node.args[0]
                if isinstance(node, ast.keyword) and node.arg == "description":
                    yield "message", node.value


def sentences() -> set[str]:
    """Return every sentence that the code of the command says, and that of its help."""
    found = {*COMMANDS.values(), *MEANINGS.values(), *(case.text for case in shipped_cases.SHIPPED)}
    found |= {text for detector in DETECTORS for text in (detector.title, detector.text)}
    declared = [item for detector in DETECTORS for item in params.declared(detector.params)]
    found |= {text for item in declared for text in (item.text, item.unit)} - {"1", *SAME}
    found |= {*schema.PRECISION.categories, "ok", "note", "problem"}
    for function, first in calls():
        if function in SPEAKS and isinstance(first, ast.Constant):
            found.add(str(first.value))
    # Sentences too long for a call's line stand in a name before it.
    for path in sorted((ROOT / "cases").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and called(node.targets[0]) == "sentence":
                found.add(str(ast.literal_eval(node.value)))
    return found - {"", "s", "ms", "min"} | help_sentences()


def commands() -> list[click.Command]:
    context = click.Context(forensics)
    found = [forensics.get_command(context, name) for name in COMMANDS]
    return [forensics, *(command for command in found if command is not None)]


def help_sentences() -> set[str]:
    found: set[str] = set()
    for command in commands():
        for part in paragraphs(command):
            found |= {line for line in part.split("\n") if not IS_CODE.match(line)} if "\n" in part else {part}
        found |= {option.help for option in command.params if isinstance(option, click.Option) and option.help}
    return found


def texts() -> set[str]:
    """Return every text in the code of the command and of the library."""
    paths = (path for room in ("cases", "forensics") for path in (ROOT / room).rglob("*.py"))
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def clicks_own() -> set[str]:
    """Return every sentence in the code of Click that can be translated."""
    found: set[str] = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node.func) in ("_", "ngettext"):
                found |= {word.value for word in node.args if isinstance(word, ast.Constant)}
    return found | METAVARS | {"required"}


def test_every_sentence_has_its_french_and_no_french_is_left_over() -> None:
    assert sentences() - set(catalogue("fr")) == set()
    found = sentences() | clicks_own() | {english for english, _ in messages()} | texts()
    assert set(catalogue("fr")) - found == set()


def test_a_translation_has_the_values_of_its_sentence() -> None:
    for english, french in catalogue("fr").items():
        assert sorted(VALUE.findall(english)) == sorted(VALUE.findall(french)), english
        assert french != english or english == "minute"


def test_every_error_code_has_a_meaning() -> None:
    codes = {kind.code for kind in (errors.ForensicsError, *errors.ForensicsError.__subclasses__())}
    assert set(MEANINGS) == codes | {"CF01", "CF60", "CF70"}


@pytest.mark.parametrize(
    ("variables", "chosen"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_CA", "LC_ALL": ""}, "fr"),
        ({}, "en"),
    ],
)
def test_the_locale_chooses_the_language(
    variables: dict[str, str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == chosen


def test_help_and_errors_are_french_in_a_french_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert tr("nothing found") == "rien trouvé"
    assert "Analyser un cas et en écrire le rapport." in CliRunner().invoke(forensics, ["--help"]).stdout
    error = CliRunner().invoke(forensics, ["run", "nowhere"]).stderr
    assert "Le fichier du cas a une clé inconnue" in error
    assert "Il n'y a pas de cas «\N{NO-BREAK SPACE}nowhere\N{NO-BREAK SPACE}»" in error
    assert "[CF30]" in error
