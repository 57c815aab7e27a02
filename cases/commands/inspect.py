"""``forensics inspect``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from cases.background import wait_for
from cases.progress import shown
from cases.terminal import say, say_json, say_table
from forensics.errors import ForensicsError
from forensics.loaders.inspection import Inspection, inspect
from forensics.loaders.parts import ReadOptions
from forensics.model import Progress

__all__ = ["command"]

_FIELDS = 12
"""Fields without room in the tables that are named."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--loader", help="Read as this format (see: forensics formats). Default: recognise it.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], loader: str | None, *, as_json: bool, is_quiet: bool
) -> None:
    """Say what a data file is: its format, rows, span and what is missing.

    The whole file is read, and nothing is changed or kept. Exit status 2 when one of the files cannot be read.

    \b
    Examples
      forensics inspect posts.csv
      forensics inspect *.ndjson --json
    """
    seen: list[dict[str, object]] = []
    status = 0
    for path in files:
        try:
            with shown(is_quiet=is_quiet) as progress:
                inspection = _inspect(path, loader, progress)
        except ForensicsError as error:
            status = max(status, error.exit_status)
            seen.append({"file": str(path), "error": str(error)})
            if not as_json:
                say(f"{path}\n  cannot be read: {error}\n")
            continue
        seen.append({"file": str(path)} | msgspec.to_builtins(inspection))
        if not as_json:
            _say(path, inspection)
    if as_json:
        say_json(seen)
    context.exit(status)


def _inspect(path: Path, loader: str | None, progress: Progress) -> Inspection:
    return wait_for(lambda: inspect(path, loader, ReadOptions(progress=progress)))


def _say(path: Path, seen: Inspection) -> None:
    say(f"{path}")
    rejected = seen.rows_read - seen.rows_kept
    rows = [
        ("format", f"{seen.recognition.title} ({seen.recognition.loader}), because {seen.recognition.reason}"),
        ("size", f"{seen.n_bytes:,} bytes, SHA-256 {seen.sha256}"),
        ("rows", f"{seen.rows_read:,} read, {seen.rows_kept:,} kept, {rejected:,} rejected"),
        *(("rejected", f"{n:,}: {reason}") for reason, n in seen.reasons),
        ("span", _span(seen)),
        ("accounts", f"{seen.n_accounts:,}"),
        ("acts", _counted(seen.actions)),
        ("objects", _counted(seen.objects)),
        ("tables", _counted(seen.tables)),
        *((f"in {name}", _complete(shares)) for name, shares in seen.completeness.items()),
        ("not used", _unmapped(seen)),
        *(("note", note) for note in seen.notes),
    ]
    say_table([(word, text) for word, text in rows if text])
    say()


def _span(seen: Inspection) -> str:
    if seen.first_at is None or seen.last_at is None:
        return "no times"
    precisions = ", ".join(f"{n:,} to the {name}" for name, n in seen.precisions.items())
    return f"{seen.first_at:%Y-%m-%d %H:%M:%S} to {seen.last_at:%Y-%m-%d %H:%M:%S} UTC; times kept: {precisions}"


def _unmapped(seen: Inspection) -> str:
    """Return the fields that no table has room for, the most often filled first."""
    if not seen.unmapped:
        return ""
    shares = [f"{name} {number / seen.n_looked:.0%}" for name, number in seen.unmapped.items()]
    more = f", and {len(shares) - _FIELDS:,} more (--json has all)" if len(shares) > _FIELDS else ""
    named = ", ".join(shares[:_FIELDS]) + more
    return f"{len(shares):,} fields that no table has room for, with the share of rows that fill each: {named}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in counts.items())


def _complete(shares: Mapping[str, float]) -> str:
    """Return which columns are whole, which have gaps and which are empty, in words."""
    gaps = [f"{name} {share:.1%}" for name, share in shares.items() if 0.0 < share < 1.0]
    whole = [name for name, share in shares.items() if share == 1.0]
    empty = [name for name, share in shares.items() if share == 0.0]
    return "; ".join(
        part
        for part in (
            f"complete: {', '.join(whole)}" if whole else "",
            f"with gaps: {', '.join(gaps)}" if gaps else "",
            f"empty: {', '.join(empty)}" if empty else "",
        )
        if part
    )
