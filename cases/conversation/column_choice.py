"""Which column is which, where a file leaves it open: as flags say, as a person answers, or the likeliest."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from cases.terminal.command_language import rendered, tr
from cases.terminal.terminal_output import ask, say, say_table, warn
from forensics import schema
from forensics.errors import ForensicsError, OpenChoiceError
from forensics.loaders.generic_tables.column_guessing import KEYS
from forensics.loaders.generic_tables.column_proposals import ROLES, Proposal, UnmappedError, map_block
from forensics.loaders.generic_tables.header_names import object_kind
from forensics.loaders.loader import SETTINGS, ReadOptions
from forensics.loaders.reading.table_preview import Preview

_NEEDED = ("account", "time")
_ROWS = 3
_CELL = 40
_MOST_COLUMNS = 300  # with 60,000 the values alone took a minute and filled a thousand screens


def given_options(maps: tuple[str, ...], settings: tuple[str, ...]) -> ReadOptions:
    """Return what the flags say of the files.

    Raises:
        click.UsageError: a flag has no ``=``, or names no key that there is.
    """
    columns, objects, chosen = dict[str, str](), dict[str, str](), dict[str, str]()
    kinds = schema.OBJECT_KIND.categories.to_list()
    for key, value in (_parted(flag, "--map") for flag in maps):
        kind = key.removeprefix("object.")
        if key in KEYS:
            columns[key] = value
        elif kind in kinds:
            objects[kind] = value
        else:
            known = ", ".join((*KEYS, *(kind for kind in kinds if kind not in KEYS)))
            raise click.UsageError(
                tr("There is no key '{key}' for a column. There are: {known}.", key=key, known=known)
            )
    for key, value in (_parted(flag, "--set") for flag in settings):
        if key not in SETTINGS:
            sentence = "There is no setting '{key}'. There are: {known}."
            raise click.UsageError(tr(sentence, key=key, known=", ".join(SETTINGS)))
        chosen[key] = value
    return ReadOptions(columns=columns, objects=objects, settings=chosen)


def _parted(flag: str, name: str) -> tuple[str, str]:
    key, is_there, value = flag.partition("=")
    if not is_there or not value:
        raise click.UsageError(tr("{name} is typed as KEY=VALUE; this is '{flag}'.", name=name, flag=flag))
    return key.strip(), value


def ask_choice(path: Path, error: ForensicsError, options: ReadOptions) -> ReadOptions | None:
    """Ask a person what an error leaves open; None where it leaves nothing open that was not answered before."""
    if isinstance(error, OpenChoiceError) and error.setting not in options.settings:
        say(rendered(error.message))
        say_table([(str(number), choice) for number, choice in enumerate(error.choices, 1)])
        chosen = _pick(tr("Which of them? Type its number:"), error.choices, "1")
        return replace(options, settings={**options.settings, error.setting: chosen})
    if not isinstance(error, UnmappedError) or error.key in options.columns:
        return None
    say(tr("{path}: nothing in its names says which column is which.", path=path))
    say_columns(error.start)
    columns, objects = dict(options.columns), dict(options.objects)
    for role in ROLES:
        proposals = error.proposals.get(role, ())
        is_needed = role in _needed(error.proposals)
        if role in columns or not (proposals or is_needed):
            continue
        chosen = _ask_column(role, proposals, error.start.columns, is_needed=is_needed)
        if chosen:
            (objects if object_kind(role) else columns)[object_kind(role) or role] = chosen
    others = {role: proposals[0].column for role, proposals in error.proposals.items() if role not in ROLES}
    taken = {*columns.values(), *objects.values()}
    more = _parts({role: column for role, column in others.items() if column not in taken})
    return replace(options, columns=more[0] | columns, objects=more[1] | objects)


def _needed(proposals: Mapping[str, tuple[Proposal, ...]]) -> tuple[str, ...]:
    """Return the roles without which no row is read: acts that say upon what they were done may have no time."""
    is_upon = any(object_kind(role) is not None for role in proposals)
    return _NEEDED[:1] if is_upon and "time" not in proposals else _NEEDED


def _parts(chosen: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return roles and columns as keys of ``[data.map]`` and of ``[data.objects]``."""
    kinds = {role: object_kind(role) for role in chosen}
    return (
        {role: column for role, column in chosen.items() if kinds[role] is None},
        {kind: chosen[role] for role, kind in kinds.items() if kind is not None},
    )


def _ask_column(role: str, proposals: tuple[Proposal, ...], columns: tuple[str, ...], *, is_needed: bool) -> str:
    """Ask for the column of a role; empty where there is none."""
    first = proposals[0] if proposals else None
    question = questions()[role]
    if first is not None:
        question += f" ({reason_of(first)})"
    none = "" if is_needed else f" {tr('A hyphen says none.')}"
    return _pick(question + none, columns, first.column if first else "", is_needed=is_needed)


def _pick(question: str, choices: tuple[str, ...], default: str, *, is_needed: bool = True) -> str:
    """Ask for one of some words or its number, again until it is one; a hyphen, where none is needed, gives none."""
    by_name = {choice.lower(): choice for choice in reversed(choices)}
    while True:
        typed = ask(question, default)
        if typed == "-" and not is_needed:
            return ""
        if typed.lower() in by_name:
            return by_name[typed.lower()]
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1]
        say(tr("Type a name as it stands above, or its number."))


def take_likeliest(path: Path, error: ForensicsError, options: ReadOptions) -> ReadOptions | None:
    """Take the likeliest columns and say so; None where no column says who acted, or when or upon what."""
    if (
        not isinstance(error, UnmappedError)
        or options.columns
        or not error.proposals.keys() >= {*_needed(error.proposals)}
    ):
        return None
    firsts = {role: proposals[0] for role, proposals in error.proposals.items()}
    named = ", ".join(f"{role} = '{proposal.column}'" for role, proposal in firsts.items())
    warn(tr("{path}: the columns were guessed, partly by their values: {named}. Check them.", path=path, named=named))
    columns, objects = _parts({role: proposal.column for role, proposal in firsts.items()})
    return replace(options, columns=columns, objects=objects)


def say_columns(start: Preview) -> None:
    """Show the columns of a table with their numbers and first values, the first of very many."""
    widest = max(_CELL, shutil.get_terminal_size().columns // 2)
    rows = []
    for number, column in enumerate(start.columns[:_MOST_COLUMNS], 1):
        values = start.values(column).drop_nulls().head(_ROWS)
        shown = " | ".join(_cut(str(value)) for value in values)
        rows.append((f"{number} {_cut(column, widest)}", shown or tr("empty")))
    say_table(rows)
    if len(start.columns) > _MOST_COLUMNS:
        say(tr("{number:,} more columns are not shown.", number=len(start.columns) - _MOST_COLUMNS))


def say_proposals(proposals: Mapping[str, tuple[Proposal, ...]]) -> None:
    """Show the likeliest column for each role and why, and the lines that would settle it."""
    if not proposals:
        return
    say(tr("The likeliest columns:"))
    say_table([(role, f"{found[0].column}: {reason_of(found[0])}") for role, found in proposals.items()])
    say(tr("As forensics new writes it into a case file, and --map names it:"))
    for line in map_block(proposals):
        say(f"  {line}")


def reason_of(proposal: Proposal) -> str:
    """Return why a column is proposed, in words, with its first value."""
    reasons = {
        "name": tr("by its name"),
        "word": tr("by a word in its name"),
        "times": tr("its values are times"),
        "clocks": tr("its values are hours of the day"),
        "names": tr("its values look like names"),
        "sentences": tr("its values are sentences"),
        "addresses": tr("its values are web addresses"),
        "own_pages": tr("its values are addresses on a platform, each another"),
        "hashtags": tr("its values begin with #"),
        "acts": tr("its values are words for acts"),
    }
    sentence = "{reason}, such as '{example}'"
    return tr(sentence, reason=reasons[proposal.reason], example=_cut(proposal.example))


def questions() -> dict[str, str]:
    """Return what is asked for each role."""
    return {
        "account": tr("Which column says who acted?"),
        "time": tr("Which column says when?"),
        "hour": tr("Which column says at what hour?"),
        "text": tr("Which column holds what was written?"),
        "url": tr("Which column holds the links that were shared?"),
        "hashtag": tr("Which column holds the hashtags?"),
        "post": tr("Which column holds the posts' own ids?"),
        "permalink": tr("Which column holds the posts' own addresses?"),
    }


def _cut(text: str, widest: int = _CELL) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= widest else f"{plain[: widest - 1]}…"
