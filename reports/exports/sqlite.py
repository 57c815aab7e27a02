"""One SQLite database of all tables, with what each means; opens in Datasette and in any SQLite program."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import sqlite3
from pathlib import Path

import polars as pl

from forensics.findings import Run
from reports.exports.export_format import Export, tables_of

_TYPES = {pl.Int64: "INTEGER", pl.UInt32: "INTEGER", pl.Boolean: "INTEGER", pl.Float64: "REAL"}
_OF_THE_SYSTEM = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""What the system refused, by SQLite's own code for it."""

_INDEXED = ("finding_id", "account_id", "left", "right", "object_id")


def write_sqlite(run: Run, path: Path) -> None:
    """Write every table, indexed by the columns that join them; times are ISO 8601 texts in UTC.

    Rows that support findings lead to them by a foreign key; a table that also has rows under ids of no finding, such
    as groups that were compared and do not stand out, has none.

    Raises:
        OSError: the disk is full, or the file cannot be written.
    """
    try:
        _write_database(run, path)
    except sqlite3.OperationalError as error:
        refused = _OF_THE_SYSTEM.get(error.sqlite_errorcode & 0xFF)  # the primary code
        if refused is None:
            raise
        raise OSError(refused, f"{os.strerror(refused)} ({error})", str(path)) from error


def _write_database(run: Run, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        facts = {
            "title": run.case.title,
            "claim": run.case.claim,
            "credit": run.case.credit,
            "seed": str(run.seed),
            **{f"version of {name}": version for name, version in sorted(run.versions.items())},
        }
        database.executemany("INSERT INTO about VALUES (?, ?)", facts.items())
        known = {finding.id for detection in run.detections for finding in detection.findings}
        for name, table in tables_of(run):
            _write_table(database, name, table, known)


def _write_table(database: sqlite3.Connection, name: str, table: pl.DataFrame, findings: set[str]) -> None:
    if not table.columns:
        return
    columns = [f"{_quoted(key)} {_TYPES.get(type(dtype), 'TEXT')}" for key, dtype in table.schema.items()]
    if name == "findings":
        columns[0] += " PRIMARY KEY"
    elif "finding_id" in table.columns and findings.issuperset(table["finding_id"].drop_nulls()):
        columns.append("FOREIGN KEY (finding_id) REFERENCES findings (finding_id)")
    database.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(columns)})")
    places = ", ".join("?" * table.width)
    database.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({places})",  # noqa: S608  names are quoted, values are bound
        (tuple(_plain(value) for value in row) for row in table.iter_rows()),
    )
    for key in _INDEXED:
        if key in table.columns:
            database.execute(f"CREATE INDEX {_quoted(f'{name} by {key}')} ON {_quoted(name)} ({_quoted(key)})")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dt.datetime():
            return value.isoformat().replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)


SQLITE = Export(
    "sqlite",
    "SQLite database",
    ".sqlite",
    write_sqlite,
    "One database with every table and indexes on the columns that join them. Publish or search it with Datasette.",
)
