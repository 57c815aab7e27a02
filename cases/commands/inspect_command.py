"""``forensics inspect``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cases.conversation.inspected_files import counted, files_of, recognised
from cases.terminal.case_options import maps, settings
from cases.terminal.command_language import figure, rendered, tr
from cases.terminal.terminal_output import ask, ask_yes, is_person, say, say_json, say_table, typed

if TYPE_CHECKING:
    from forensics.errors import ForensicsError
    from forensics.loaders.file_inspection import Inspection
    from forensics.loaders.loader import ReadOptions

_TEXTS, _LETTERS = 5, 140
"""Repeated texts that are shown, and of each so many characters."""

_FIELDS = 12
"""Fields without room in the tables that are named."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--loader", metavar="NAME", help="Read as this format (see: forensics formats). Default: recognise it.")
@maps
@settings
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
@click.option("--offer", "offers", is_flag=True, hidden=True)
@click.pass_context
def command(  # noqa: PLR0913  each is an option
    context: click.Context,
    files: tuple[Path, ...],
    loader: str | None,
    *,
    maps: tuple[str, ...],
    settings: tuple[str, ...],
    as_json: bool,
    is_quiet: bool,
    offers: bool,
) -> None:
    """Say what a data file is: its format, rows, span and what is missing.

    FILE is a data file, or a folder of them. The whole file is read, and nothing is changed or kept. Of a table whose
    columns are unknown the first values and the likeliest columns are shown. 'forensics FILE' is the same, and the
    offer to go on.

    \b
    Examples
      forensics inspect posts.csv
      forensics inspect *.ndjson --json
      forensics inspect posts.csv --map account=persona --set header_row=3

    Exit status: 0 done; 2 one of the files cannot be read.

    See also: forensics formats, for what can be read; forensics new, to make a case of the files.
    """
    import msgspec

    from cases.conversation.column_choice import given_options
    from cases.running.progress_bars import shown
    from forensics.errors import ForensicsError

    options = given_options(maps, settings)
    loader = loader or ("generic" if options.columns or options.objects else None)
    seen: list[dict[str, object]] = []
    status = 0
    for path in _listed(files):
        try:
            with shown(is_quiet=is_quiet) as progress:
                inspection = _inspect(path, loader, replace(options, progress=progress))
        except ForensicsError as error:
            status = max(status, error.exit_status)
            seen.append({"file": str(path), "error": str(error)})
            if not as_json:
                say(f"{path}\n  {tr('cannot be read: {error}', error=rendered(error.message))} [{error.code}]\n")
                _say_open(error)
            continue
        texts = {
            "notes": [str(note) for note in inspection.notes],
            "recognition": msgspec.to_builtins(inspection.recognition) | {"reason": str(inspection.recognition.reason)},
            "reasons": [[str(reason), number] for reason, number in inspection.reasons],
        }
        seen.append({"file": str(path)} | msgspec.to_builtins(inspection) | texts)
        if not as_json:
            _say(path, inspection)
    if as_json:
        say_json(seen)
    if offers and _offer(context, files):
        status = 0
    context.exit(status)


def _say_open(error: ForensicsError) -> None:
    """Show the first values and the likeliest columns of a table whose columns are unknown."""
    from cases.conversation.column_choice import say_columns, say_proposals
    from forensics.loaders.generic_tables.column_proposals import UnmappedError

    if isinstance(error, UnmappedError):
        say_columns(error.start)
        say()
        say_proposals(error.proposals)
        say()


def _offer(context: click.Context, files: tuple[Path, ...]) -> bool:
    """Offer to make a case of the files, or say how; return whether one was made."""
    name = _stem(files[0])
    if not is_person():
        words = " ".join(typed(file) for file in files)
        say(tr("Then: forensics new {folder} {files}", folder=typed(name), files=words))
    elif ask_yes(tr("Make a case of it?")):
        from cases.commands.new_command import command as new

        folder = ask(tr("Folder of the case:"), name)
        context.invoke(new, folder=Path(folder), files=files)
        return True
    return False


def _stem(path: Path) -> str:
    """Return a file's name without its endings, as a folder's; one that lies there already gets another ending."""
    stem = path.name.partition(".")[0] or "case"
    return stem if not Path(stem).exists() else f"{stem}-case"


def _listed(places: tuple[Path, ...]) -> list[Path]:
    """Return the files, and those of folders; one that is not there fails when it is read."""
    return [path for place in places for path in (files_of(place) if place.is_dir() else (place,))]


def _inspect(path: Path, loader: str | None, options: ReadOptions) -> Inspection:
    from cases.running.interruptible_work import wait_for
    from forensics.loaders.file_inspection import inspect

    return wait_for(lambda: inspect(path, loader, options))


def _say(path: Path, seen: Inspection) -> None:
    say(f"{path}")
    counts = {"read": seen.rows_read, "kept": seen.rows_kept, "rejected": seen.rows_read - seen.rows_kept}
    rows = [
        (tr("format"), recognised(seen)),
        (tr("size"), tr("{number:,} bytes, SHA-256 {sha256}", number=seen.n_bytes, sha256=seen.sha256)),
        (tr("rows"), tr("{read:,} read, {kept:,} kept, {rejected:,} rejected", **counts)),
        *((tr("rejected"), tr("{number:,}: {what}", number=n, what=rendered(reason))) for reason, n in seen.reasons),
        (tr("span"), _span(seen)),
        (tr("accounts"), figure(seen.n_accounts, ",")),
        (tr("acts"), counted(seen.actions)),
        (tr("objects"), counted(seen.objects)),
        (tr("tables"), counted(seen.tables)),
        *((tr("in {table}", table=name), _complete(shares)) for name, shares in seen.completeness.items()),
        (tr("not used"), _unmapped(seen)),
        *((tr("repeated"), _repeated(text)) for text in seen.repeated[:_TEXTS]),
        *((tr("note"), rendered(note)) for note in seen.notes),
    ]
    say_table([(word, text) for word, text in rows if text])
    say()


def _repeated(text: Mapping[str, Any]) -> str:
    """Return a text that several accounts posted: how many, when, by whom first, and its words."""
    words = " ".join(text["text"].split())
    shown = words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"
    first, last = (text[key] and f"{text[key]:%Y-%m-%d %H:%M}" for key in ("first_at", "last_at"))
    sentence = "{accounts:,} accounts, {posts:,} times, first {account}, {wordings:,} wordings: {words}"
    if first:
        sentence = (
            "{accounts:,} accounts, {posts:,} times, {first} to {last}, first {account}, {wordings:,} wordings: {words}"
        )
    return tr(
        sentence,
        accounts=text["n_accounts"],
        posts=text["n_posts"],
        wordings=text["n_wordings"],
        first=first,
        last=last,
        account=text["first_account"],
        words=shown,
    )


def _span(seen: Inspection) -> str:
    if seen.first_at is None or seen.last_at is None:
        return tr("no times")
    total = sum(seen.precisions.values())
    kept = ", ".join(
        _step(name) + ("" if n == total else f" ({_share(n / total)})") for name, n in seen.precisions.items()
    )
    first, last = (f"{moment:%Y-%m-%d %H:%M:%S}" for moment in (seen.first_at, seen.last_at))
    return tr("{first} to {last} UTC; times kept: {kept}", first=first, last=last, kept=kept)


def _step(precision: str) -> str:
    """Return how finely times were kept, in words."""
    words = {
        "ms": tr("to the millisecond"),
        "s": tr("to the second"),
        "min": tr("to the minute"),
        "day": tr("to the day"),
        "estimated": tr("estimated"),
    }
    return words[precision]


def _unmapped(seen: Inspection) -> str:
    """Return the fields that are not read, the most often filled first."""
    if not seen.unmapped:
        return ""
    number = len(seen.unmapped)
    paths = [name.split(".") for name in seen.unmapped]
    steps = zip(*(path[:-1] for path in paths), strict=False)
    n_common = sum(1 for _ in takewhile(lambda step: len(set(step)) == 1, steps)) if number > 1 else 0
    place = ".".join(paths[0][:n_common]) if n_common > 1 else ""
    start = len(place) + 1 if place else 0
    shares = [f"{name[start:]} {_share(filled / seen.n_looked)}" for name, filled in seen.unmapped.items()]
    named = ", ".join(shares[:_FIELDS])
    if number > _FIELDS:
        named = tr("{named}, and {number:,} more (--json has all)", named=named, number=number - _FIELDS)
    if place:
        named = tr("{named}; all of them under {place}", named=named, place=place)
    return tr(
        "fields that no table has a column for or that another field says too, with the share of rows that have one: "
        "{named}",
        named=named,
    )


def _share(share: float) -> str:
    """Return a share as a percentage; what is not quite all or nothing does not look so."""
    if 0 < share < 0.01:
        return tr("under {share:.0%}", share=0.01)
    return tr("over {share:.0%}", share=0.99) if 0.99 < share < 1 else figure(share, ".0%")


def _complete(shares: Mapping[str, float]) -> str:
    """Return which columns are whole, which have gaps and which are empty, in words."""
    gaps = [f"{name} {_share(share)}" for name, share in shares.items() if 0.0 < share < 1.0]
    whole = [name for name, share in shares.items() if share == 1.0]
    empty = [name for name, share in shares.items() if share == 0.0]
    return "; ".join(
        part
        for part in (
            tr("complete: {names}", names=", ".join(whole)) if whole else "",
            tr("with gaps: {names}", names=", ".join(gaps)) if gaps else "",
            tr("empty: {names}", names=", ".join(empty)) if empty else "",
        )
        if part
    )
