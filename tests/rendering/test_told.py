"""What loaders and detectors say is said in French in a French report."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.wording import words

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = {"TooLittleDataError", "PrecisionError"}
FRENCH = tomllib.loads((ROOT / "reports" / "locale" / "told-fr.toml").read_text(encoding="utf-8"))
FIELD = re.compile(r"\{(\w+)\}")


def refusals() -> Iterator[str]:
    """Yield every reason for which a detector declines, its values as ``7``."""
    rooms = ("coaction", "detectors", "statistics")
    for path in sorted(
        path for room in rooms for path in (ROOT / "forensics" / room).rglob("*.py") if path.parent.name != "engines"
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                said = sentence(node.exc.args[0]) if ast.unparse(node.exc.func) in REFUSALS else None
                if said:
                    yield said


def sentence(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return None


@pytest.mark.parametrize("said", sorted(set(refusals())))
def test_every_refusal_of_a_detector_has_its_french(said: str) -> None:
    assert words("fr").told(said) != said


def test_a_translation_has_the_values_of_its_sentence() -> None:
    for english, french in FRENCH.items():
        assert set(FIELD.findall(french)) <= set(FIELD.findall(english)), english
        assert french != english


def test_values_are_kept_and_numbers_are_written_as_the_language_writes_them() -> None:
    french = words("fr")
    assert french.told("Times read to the millisecond from the tweets' ids: 12,345.").endswith(
        "\N{NO-BREAK SPACE}: 12\u202f345."
    )
    assert french.told("duplicate of row 3 of a {b}.csv") == "répète la ligne 3 de a {b}.csv"
    assert "année-mois-jour" in french.told("The times in 'acted_at' are written year-month-day.")


def test_what_has_no_translation_is_printed_as_it_was_said() -> None:
    assert words("fr").told("Something new.") == "Something new."
    assert words("en").told("no account") == "no account"
