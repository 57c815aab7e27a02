"""A starter case file: what a look at the files tells, with everything that can be set shown in comments."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from cases.conversation.inspected_files import Look, counted, recognised
from cases.conversation.interview import QUESTIONS, Answers
from cases.terminal.command_language import tr
from forensics import params
from forensics.detectors import DETECTORS
from forensics.detectors.detector import AnyDetector
from forensics.loaders.generic_tables import generic_table
from forensics.loaders.generic_tables.column_guessing import map_columns
from forensics.loaders.generic_tables.column_proposals import UnmappedError, map_block
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_preview import preview
from forensics.run import unread


def case_name(folder: Path) -> str:
    """Return a folder's name as a case's name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", folder.absolute().name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:64] or "case"


def toml_value(value: object) -> str:
    """Return a text, number, truth value or tuple of them as TOML."""
    if isinstance(value, tuple):
        return f"[{', '.join(toml_value(entry) for entry in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def starter(folder: Path, inspected: Sequence[Look], answers: Answers | None = None) -> str:
    """Return the text of a starter case file.

    Args:
        folder: the case's folder; the files are named relative to it.
        inspected: the files, in order.
        answers: what the analyst says; None for nothing.
    """
    given = answers or Answers()
    reply = tr(
        "Ask those concerned before publishing, one entry for each; the public version warns while there is none."
    )
    named = tr("Accounts that the public version may name, such as a public figure's; all others get pseudonyms.")
    camps = (*given.camps, *[""] * len(inspected))
    parts = [
        f"# {tr('What the analyst says of the case. The report prints it.')}",
        "[case]",
        f"name = {toml_value(case_name(folder))}",
        f"title = {toml_value(given.title or folder.absolute().name)}",
        f"claim = {toml_value(given.claim)}     # {tr('the public claim that is examined, in a sentence')}",
        f"period = {toml_value(given.period or span(inspected))}",
        f'credit = ""    # {tr("who collected the data, and under which licence")}',
        f"language = {toml_value(given.language)}     # {tr('of the report: en or fr')}",
        f'# authors = ""          # {tr("who signs the report")}',
        f'# contact = ""          # {tr("where questions go")}',
        f'# funding = ""          # {tr("who paid for the work")}',
        f'# data_from = ""        # {tr("who gave you the data")}',
        f'# legal_ground = ""     # {tr("on which ground you process them, such as the exemption for journalism")}',
        f"# kept_until = 2026-12-31    # {tr('when you delete them')}",
        f'# conclusion = ""       # {tr("what you conclude, on your own responsibility")}',
        "",
        f"# {reply}",
        "# [[case.right_of_reply]]",
        f'# asked = ""            # {tr("who")}',
        "# on = 2024-05-04",
        '# question = ""',
        f'# answer = ""           # {tr("empty while there is none")}',
        f'# camp = ""             # {tr("for which camp they speak, if for one")}',
        "",
        f"# {named}",
        "# [case.named]",
        f"# account_id = {toml_value(tr('the reason'))}",
        *(line for look, camp in zip(inspected, camps, strict=False) for line in _data(folder, look, camp)),
        "",
        f"# {tr('The same seed gives the same result. Without a list, every detector runs.')}",
        "[run]",
        "seed = 1",
        _chosen(given.questions),
        *(line for detector in DETECTORS for line in _detector(detector, given)),
    ]
    return "\n".join(parts) + "\n"


def _chosen(questions: Sequence[str]) -> str:
    """Return the line that lists the detectors: a comment where all run, else those of the questions asked."""
    if set(questions) == set(QUESTIONS):
        return f"# detectors = {toml_value(DETECTORS.names())}"
    names = tuple(detector.name for detector in DETECTORS if detector.question in questions)
    # A detector of groups has none to ask about where nobody asks who acted together.
    lacking = unread(names)
    return f"detectors = {toml_value(tuple(name for name in names if name not in lacking))}"


def span(inspected: Sequence[Look]) -> str:
    """Return the days from the first act of the files to the last; empty where there are no times."""
    starts = [look.seen.first_at for look in inspected if look.seen.first_at]
    ends = [look.seen.last_at for look in inspected if look.seen.last_at]
    if not starts or not ends:
        return ""
    first, last = f"{min(starts):%Y-%m-%d}", f"{max(ends):%Y-%m-%d}"
    return first if first == last else tr("{first} to {last}", first=first, last=last)


def _data(folder: Path, look: Look, camp: str) -> list[str]:
    """Return the lines of one ``[[data]]`` entry."""
    seen = look.seen
    sentence = "{rows:,} rows, {rejected:,} of them rejected; {accounts:,} accounts."
    lines = [
        "",
        f"# {_one_line(recognised(seen))}.",
        f"# {tr(sentence, rows=seen.rows_read, rejected=seen.rows_read - seen.rows_kept, accounts=seen.n_accounts)}",
        *(
            f"# {tr('{name}: {what}', name=name, what=counted(counts))}"
            for name, counts in ((tr("acts"), seen.actions), (tr("objects"), seen.objects))
            if counts
        ),
        "[[data]]",
        f"path = {toml_value(_relative(look.path, folder))}",
        f"loader = {toml_value(seen.recognition.loader)}",
        f"sha256 = {toml_value(seen.sha256)}",
        f'where = ""     # {tr("where a colleague can get this file")}',
        f"{'' if camp else '# '}camp = {toml_value(camp)}     # {tr('the side it stands for')}",
    ]
    options = look.options or ReadOptions()
    is_generic = seen.recognition.loader == generic_table.LOADER.name
    mapping = map_columns(preview(look.path, options), options) if is_generic else None
    settings = {**(mapping.guessed_settings if mapping else {}), **options.settings}
    lines += [f"{key} = {toml_value(value)}" for key, value in settings.items() if key != "camp" or not camp]
    if mapping is None:
        return lines
    guessed = tr("Which column is which, guessed from their names: check it.")
    lines += ["", f"# {tr('Which column is which: check it.') if options.columns else guessed}", "[data.map]"]
    lines += [f"{key} = {toml_value(column)}" for key, column in mapping.columns.items()]
    if mapping.objects:
        lines += ["[data.objects]", *(f"{kind} = {toml_value(column)}" for kind, column in mapping.objects.items())]
    return lines


def unfinished(folder: Path, path: Path, error: UnmappedError) -> str:
    """Return the text of a case file for a table of which a column must still be named by hand.

    Args:
        error: what is missing, and what was found likely.
    """
    needed = [key for key in ("account", "time") if key not in error.proposals]
    columns = ", ".join(_one_line(column) for column in error.start.columns)
    return (
        "\n".join(
            [
                "[case]",
                f"name = {toml_value(case_name(folder))}",
                f"title = {toml_value(folder.absolute().name)}",
                "",
                "[[data]]",
                f"path = {toml_value(_relative(path, folder))}",
                f"loader = {toml_value(generic_table.LOADER.name)}",
                "",
                f"# {tr('The columns are: {columns}.', columns=columns)}",
                *([] if error.proposals else ["[data.map]"]),
                *map_block(error.proposals),
                *(f'# {key} = ""   # {tr("name its column here, above [data.objects]")}' for key in needed),
            ]
        )
        + "\n"
    )


def _detector(detector: AnyDetector, given: Answers) -> list[str]:
    """Return the lines that show what can be set of a detector: as comments, but for what the analyst answered."""
    answered = _electorate(given) if detector.name == "geography" and "where" in given.questions else {}
    return [
        "",
        f"# {tr(detector.title)}.",
        f"[detect.{detector.name}]" if answered else f"# [detect.{detector.name}]",
        *(
            f"{item.name} = {toml_value(answered[item.name])}   # {tr(item.text)}"
            if item.name in answered
            else f"# {item.name} = {toml_value(item.default)}   # {tr(item.text)}"
            for item in params.declared(detector.params)
        ),
    ]


def _electorate(given: Answers) -> dict[str, object]:
    """Return what was answered of the voters, by the parameter of the geography that it sets."""
    answered = {"home": given.home, "electorate": given.electorate, "diaspora_share": given.diaspora_share}
    return {name: value for name, value in answered.items() if value not in ((), None)}


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
    except ValueError:  # another drive of a Windows machine
        return path.absolute().as_posix()


def _one_line(text: str) -> str:
    """Return text from data as a comment may hold it."""
    return "".join(character if character.isprintable() else " " for character in text)
