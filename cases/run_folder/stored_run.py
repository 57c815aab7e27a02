"""A run on disk: ``run.json`` and its tables, written, and read again without computing."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import polars.selectors as cs

from cases.atomic_files.plain_files import MOST_BYTES, read_plain
from cases.atomic_files.staging import MARK, is_run_folder
from cases.run_folder import run_json
from cases.terminal import crash_file
from cases.terminal.command_language import tr
from forensics import schema
from forensics.errors import ForensicsError, InputFileError
from forensics.findings import Run
from forensics.loaders.reading.parquet_table import prove

_TABLES, _REJECTED = "tables", "tables/rejected.parquet"
_MOST_TABLE_BYTES, _MOST_CELLS = 4_000_000_000, 400_000_000
"""Limits of a table that is read: a kilobyte of Parquet can claim billions of rows."""

_UNFIT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pl.exceptions.PolarsError, sqlite3.Error)
"""What breaks a computation on a run whose tables or scores are not those that a run has."""


@contextmanager
def believing(folder: Path) -> Iterator[None]:
    """Have a block that works on what was read of a run folder end in words where that is no run's.

    The tables and scores of a run are taken as they stand: another version, or an attacker, may have written others.

    Raises:
        InputFileError: the block broke.
    """
    try:
        yield
    except (ForensicsError, OSError):
        raise
    except (*_UNFIT, pl.exceptions.PanicException) as error:
        sentence = (
            "{folder} does not hold what a run of this version does ({kind}: {error}). Run the case again; where it "
            "was made by this version, report it with {path}."
        )
        kind, path = type(error).__name__, crash_file.record(error)
        raise InputFileError(tr(sentence, folder=folder, kind=kind, error=error, path=path)) from error


def read(folder: Path) -> Run:
    """Read a run folder.

    Floats come back with ten significant digits.

    Raises:
        InputFileError: the folder is not a run folder, or a file of it is missing or damaged.
    """
    _prove_tables(folder)
    return read_proved(folder)


def read_proved(folder: Path) -> Run:
    """Read a run folder whose tables end no process."""
    if not is_run_folder(folder):
        raise InputFileError(
            tr(
                "{folder} is not a run folder: it has no readable {file}. Make one with: forensics run CASE",
                folder=folder,
                file=MARK,
            )
        )
    try:
        content = read_plain(folder / MARK, MOST_BYTES)
    except OSError as error:
        raise InputFileError(tr("{path} cannot be read: {error}.", path=folder / MARK, error=error.strerror)) from error
    with believing(folder):
        rejected = _read_table(folder, _REJECTED).partition_by("source_id", as_dict=True, include_key=False)
        by_source = {str(source_id): rows for (source_id,), rows in rejected.items()}
        return run_json.decode(content, lambda name: _read_table(folder, name), by_source)


def write_data(run: Run, folder: Path) -> None:
    """Write ``run.json`` and the tables, which are all that ``read`` needs."""
    (folder / _TABLES).mkdir()
    (folder / MARK).write_bytes(run_json.encode(run))
    for detection in run.detections:
        for name, table in detection.tables.items():
            _write_table(table, folder / run_json.table_file(detection.detector, name))
    rejected = [source.rejected.select(pl.lit(source.source_id).alias("source_id"), pl.all()) for source in run.sources]
    none = schema.empty(schema.REJECTED).select(pl.lit(None, pl.String).alias("source_id"), pl.all())
    _write_table(pl.concat([none, *rejected]), folder / _REJECTED)


def _write_table(table: pl.DataFrame, path: Path) -> None:
    packed = io.BytesIO()  # not by Polars into the file: a full disk is a panic there, no error
    table.with_columns(cs.float().round_sig_figs(run_json.DIGITS)).write_parquet(packed)
    path.write_bytes(packed.getvalue())


def _read_table(folder: Path, name: str) -> pl.DataFrame:
    path = folder / name
    if path.resolve().parent != folder.resolve() / _TABLES or path.suffix != ".parquet":  # others are not proved
        raise InputFileError(
            tr("{folder} names the table '{name}', which lies elsewhere. It is not read.", folder=folder, name=name)
        )
    try:
        content = read_plain(path, _MOST_TABLE_BYTES)
        n_rows = pl.scan_parquet(content).select(pl.len()).collect().item()
        if n_rows * len(pl.read_parquet_schema(content)) > _MOST_CELLS:
            sentence = "The table '{name}' of {folder} claims {number:,} rows, more than any run has. It is not read."
            raise InputFileError(tr(sentence, folder=folder, name=name, number=n_rows))
        return pl.read_parquet(content)
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise _damaged(folder, name) from error


def _prove_tables(folder: Path) -> None:
    """Raise where a table would end the process that reads it."""
    tables = folder / _TABLES
    if tables.is_symlink():
        return  # and nothing is read through it
    files = [path for path in sorted(tables.glob("*.parquet")) if path.is_file() and not path.is_symlink()]
    try:
        prove(files, _MOST_CELLS)
    except InputFileError as error:
        raise _damaged(folder, f"{_TABLES}/{error.message.fields['file']}") from error


def _damaged(folder: Path, name: str) -> InputFileError:
    sentence = "{folder} lacks '{name}' or it is damaged. Run the case again, or take a whole copy of the folder."
    return InputFileError(tr(sentence, folder=folder, name=name))
