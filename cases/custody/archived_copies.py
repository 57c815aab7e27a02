"""Archived copies of the evidence: the list of addresses that an archiver reads, and its result read back.

The list is plain text, one address a line, which ArchiveBox, Browsertrix, wget and others take. A result is CSV with a
heading, or JSON Lines, with a column for the address, for the address of its copy and, where there is one, for the
time; the headings that are known are in ``COLUMNS``.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from cases.atomic_files.plain_files import MOST_BYTES, read_plain
from cases.terminal.command_language import tr
from forensics.errors import InputFileError
from forensics.findings import Run
from reports.exports.spreadsheet import csv_text, original

ADDRESSES, COPIES = "addresses.txt", "archived.csv"
"""Files in the run's evidence folder."""

COLUMNS = {
    "url": ("url", "link", "original_url", "original"),
    "archive_url": ("archive_url", "archive location", "archive_location", "archived_url", "snapshot_url"),
    "archived_at": ("archived_at", "archive date", "archive_date", "timestamp"),
}
"""Headings of a result, small letters, the first that is there counts; ``link`` and on are the Auto Archiver's."""

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Copy:
    """One archived copy: its address, and when it was made in the archiver's own words, or empty."""

    archive_url: str
    archived_at: str


def addresses(run: Run) -> tuple[str, ...]:
    """Return every web address in the evidence of a finding, once and in order."""
    found: set[str] = set()
    for detection in run.detections:
        for finding in detection.findings:
            for name in finding.evidence:
                rows = detection.tables[name].filter(pl.col("finding_id") == finding.id)
                for column in _columns(rows):
                    found.update(text for text in rows[column].drop_nulls().unique() if text.startswith(_WEB))
    return tuple(sorted(text for text in found if text.isprintable() and " " not in text))


def _columns(rows: pl.DataFrame) -> list[str]:
    return [
        name
        for name, dtype in rows.schema.items()
        if dtype == pl.String and (name.endswith("permalink") or name == "object_id")
    ]


def read_result(path: Path) -> dict[str, Copy]:
    """Read what an archiver wrote: the copy of each address; an entry without a web address of a copy is left out.

    Raises:
        InputFileError: the file is no such result; the message names what is missing.
    """
    try:
        text = read_plain(path, MOST_BYTES, follow=True).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFileError(
            tr("{path} is not UTF-8 text (byte {byte}). Save it as UTF-8.", path=path, byte=error.start)
        ) from error
    except OSError as error:
        raise InputFileError(tr("{path} cannot be read: {error}.", path=path, error=error.strerror)) from error
    found = {}
    for row in _rows(text, path):
        plain = {str(key).strip().lower(): str(value or "").strip() for key, value in row.items()}
        url, copy, when = (_first(plain, names) for names in COLUMNS.values())
        if url is None or copy is None:
            lacking = "url" if url is None else "archive_url"
            known = ", ".join(COLUMNS[lacking])
            sentence = "{path} has no column '{lacking}'. One of these is understood: {known}."
            raise InputFileError(tr(sentence, path=path, lacking=lacking, known=known))
        if url.startswith(_WEB) and copy.startswith(_WEB):
            found[url] = Copy(copy, when or "")
    return found


def _rows(text: str, path: Path) -> Iterator[Mapping[str, object]]:
    if not text.lstrip().startswith("{"):
        try:
            yield from csv.DictReader(io.StringIO(text, newline=""))
        except csv.Error as error:
            raise InputFileError(tr("{path} is no CSV that can be read: {error}.", path=path, error=error)) from error
        return
    for line in io.StringIO(text):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputFileError(
                tr("{path} looks like JSON Lines but is not: {error}.", path=path, error=error)
            ) from error
        if not isinstance(row, dict):
            what = tr("a line is no object")
            raise InputFileError(tr("{path} looks like JSON Lines but is not: {error}.", path=path, error=what))
        yield row


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((row[name] for name in names if name in row), None)


def read_kept(evidence: Path) -> dict[str, Copy]:
    """Return the copies that a run's evidence folder knows of."""
    kept = evidence / COPIES
    copies = read_result(kept) if kept.is_file() else {}
    return {original(url): Copy(original(copy.archive_url), original(copy.archived_at)) for url, copy in copies.items()}


def write(run: Run, evidence: Path, copies: Mapping[str, Copy]) -> None:
    """Write the list of addresses, and the copies where there are any."""
    listed = addresses(run)
    if listed:
        (evidence / ADDRESSES).write_text("\n".join(listed) + "\n", encoding="utf-8", newline="\n")
    rows = [(url, copies[url].archive_url, copies[url].archived_at) for url in listed if url in copies]
    if rows:
        table = pl.DataFrame(rows, dict.fromkeys(COLUMNS, pl.String), orient="row")
        (evidence / COPIES).write_text(csv_text(table), encoding="utf-8", newline="")


def with_archived(run: Run, copies: Mapping[str, Copy]) -> Run:
    """Return a run whose tables have the addresses of archived copies beside their own, for documents and exports.

    A column of addresses of which none has a copy gets none beside it.
    """
    if not copies:
        return run
    return dataclasses.replace(
        run,
        detections=tuple(
            dataclasses.replace(
                detection, tables={name: _with_some(table, copies) for name, table in detection.tables.items()}
            )
            for detection in run.detections
        ),
    )


def _with_some(rows: pl.DataFrame, copies: Mapping[str, Copy]) -> pl.DataFrame:
    known = with_copies(rows, copies)
    return known.select(name for name in known.columns if name in rows.columns or known[name].count())


def with_copies(rows: pl.DataFrame, copies: Mapping[str, Copy]) -> pl.DataFrame:
    """Return rows of evidence with the address of the copy beside each column that may hold an address."""
    found = {url: copy.archive_url for url, copy in copies.items()}
    return rows.with_columns(
        pl.col(name).replace_strict(found, default=None, return_dtype=pl.String).alias(f"{name}_archived")
        for name in (_columns(rows) if found else ())
    )
