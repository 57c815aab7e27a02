"""Writes the pages of the reference that are lists: what the program has is what they say.

Called by ``conf.py`` before Sphinx reads a page; the pages are not kept in the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from cases.case_file.starter_case import toml_value
from cases.cli import COMMANDS, MEANINGS, forensics
from forensics import params
from forensics.detectors import DETECTORS
from forensics.detectors.declared_measures import MEASURES
from forensics.loaders import LOADERS
from reports.wording import words

__all__ = ["PAGES", "write_pages"]

MADE = "<!-- Made by docs/registry_pages.py from what the program declares. -->"


def write_pages(folder: Path) -> None:
    """Write each page into a folder; one that says the same already is left, so that it is not built again."""
    for name, page in PAGES.items():
        path, text = folder / f"{name}.md", f"{MADE}\n\n{page()}"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


def formats() -> str:
    """Return the page of the export formats."""
    rows = [(f"`{loader.name}`", loader.title, loader.text) for loader in LOADERS]
    return (
        "# Formats that are read\n\n"
        f'{len(rows)} formats, recognised by their content. A case file can name one: `loader = "NAME"`.\n'
        "Files packed as `.gz`, `.zst`, `.xz`, `.bz2` or `.zip` are read as they are.\n\n"
        + _table(("name", "title", "where such files come from, and what they hold"), rows)
    )


def detectors() -> str:
    """Return the page of the detectors and their parameters."""
    parts = ["# Detectors\n\nA case file sets a parameter in a section of the detector's name: `[detect.NAME]`.\n"]
    for detector in DETECTORS:
        question = words("en")(f"summary.question_{detector.question}")
        facts = [f"Question: {question}", f"Reads: {', '.join(detector.needs)}"]
        facts += [f"Reads the answers of: {', '.join(detector.after)}"] if detector.after else []
        facts += [f"Rests on: {'; '.join(map(_plain, detector.cites))}"] if detector.cites else []
        rows = [
            (f"`{item.name}`", f"`{toml_value(item.default)}`", _unit(item), _range(item), item.text)
            for item in params.declared(detector.params)
        ]
        parts.append(
            f"\n## {detector.name}: {detector.title}\n\n{_plain(detector.text)}\n\n"
            + "\n".join(f"- {fact}" for fact in facts)
            + ("\n\n" + _table(("parameter", "default", "unit", "range", "what it does"), rows) if rows else "\n")
        )
    return "\n".join(parts)


def measures() -> str:
    """Return the page of the measures: the numbers of scores and columns."""
    say = words("en")
    rows = [
        (f"`{name}`", say(f"score.{name}") if say.has(f"score.{name}") else "", measure.unit, measure.format)
        for name, measure in sorted(MEASURES.items())
    ]
    return (
        "# Measures\n\nThe numbers in `run.json`, in the evidence and in the report, by the names they have there.\n\n"
        + _table(("name", "what it is called in the report", "unit", "how it is written"), rows)
    )


def error_codes() -> str:
    """Return the page of the error codes."""
    rows = [(f"`{code}`", _plain(meaning)) for code, meaning in MEANINGS.items()]
    return (
        "# Error codes\n\nAn error ends in a code that stays the same whatever the message says.\n\n"
        + _table(("code", "what it means, and what to do"), rows)
        + "\nExit status: 0 done; 1 done, but a detector broke; 2 wrong usage or unreadable input; 3 a check failed; "
        "70 the program broke; 130 stopped by you; 134 or 137 ended by the system, which had no memory left; "
        "141 nobody read on.\n"
    )


def commands() -> str:
    """Return the page of the commands: what each one's ``--help`` says."""
    parts = ["# Commands\n\nWhat `--help` says of each. In a French locale it says it in French.\n"]
    for name in COMMANDS:
        context = click.Context(forensics, info_name="forensics", max_content_width=100, terminal_width=100)
        command = forensics.get_command(context, name)
        if command is None:
            raise LookupError(name)
        within = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        parts.append(f"\n## forensics {name}\n\n```text\n{command.get_help(within)}\n```\n")
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "formats": formats,
    "detectors": detectors,
    "measures": measures,
    "error-codes": error_codes,
    "commands": commands,
}


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *([_cell(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join((text if text.startswith("`") else _plain(text)).replace("|", "\\|").split())


def _plain(text: str) -> str:
    """Return text in which nothing is markup."""
    return "".join(f"\\{character}" if character in "*_<>[]`#$" else character for character in text)


def _unit(item: params.Declared) -> str:
    return "–" if item.unit in {"", "1"} else item.unit


def _range(item: params.Declared) -> str:
    if item.low is None:
        return "–"
    return f"{item.low:,.10g} to {item.high:,.10g}" if item.high is not None else f"at least {item.low:,.10g}"
