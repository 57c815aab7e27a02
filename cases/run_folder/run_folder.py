"""The run folder: all that a run leaves behind, written whole or not at all, and read again without computing."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import polars.selectors as cs

from cases.case_file.case_file import FILE_NAME
from cases.custody import archived_copies, custody_log, machine_key
from cases.run_folder import run_documents, run_json
from cases.run_folder.evidence_tables import write_evidence, write_rejected
from cases.running.interruptible_work import wait_for
from cases.terminal import crash_file
from cases.terminal.command_language import rendered, tr
from cases.whole_files.plain_files import MOST_BYTES, hash_file, read_plain
from cases.whole_files.staging import MARK, appearing, is_run_folder, staged
from forensics import schema
from forensics.errors import CheckFailedError, ForensicsError, InputFileError
from forensics.findings import Failure, Run
from forensics.loaders.reading.parquet_table import prove
from forensics.progress import Progress, quiet
from reports import FIGURES, HTML, PDF
from reports.exports import Export

_TABLES, _REJECTED = "tables", "tables/rejected.parquet"
_MOST_TABLE_BYTES, _MOST_CELLS = 4_000_000_000, 400_000_000
"""Limits of a table that is read: a kilobyte of Parquet can claim billions of rows."""

_UNFIT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, pl.exceptions.PolarsError, sqlite3.Error)
"""What breaks a computation on a run whose tables or scores are not those that a run has."""


def fill(
    folder: Path,
    run: Run,
    case_text: str,
    progress: Progress = quiet,
    copies: Mapping[str, archived_copies.Copy] | None = None,
) -> tuple[Failure, ...]:
    """Write a run into an empty folder.

    The documents and the evidence are made from what was written and read again, so that they can be made again
    from the folder and come out the same.

    Args:
        folder: is there and is empty.
        case_text: the case file, kept so that the run can be repeated.
        progress: copied of the stages.
        copies: archived copies by address, as an archiver wrote them; None for none.

    Returns:
        One failure for each document or network that could not be made; the rest of the folder is whole.
    """
    progress("Writing tables", 0, 0)
    write_data(run, folder)
    (folder / FILE_NAME).write_bytes(case_text.encode())
    kept = _read(folder)
    write_evidence(kept, folder / "evidence", copies)
    write_rejected(kept, folder / "rejected")
    failures = (
        *run_documents.write_networks(kept, folder),
        *run_documents.write(
            archived_copies.with_archived(kept, archived_copies.read_kept(folder / "evidence")),
            folder,
            progress=progress,
        ),
    )
    custody_log.write_manifest(folder, kept)
    return failures


def sign(folder: Path, earlier: Path, event: str, **details: str) -> None:
    """Add to a filled folder's log what was done, after the entries of the run that it replaces."""
    with suppress(FileNotFoundError):
        (folder / custody_log.LOG).write_bytes(read_plain(earlier / custody_log.LOG, MOST_BYTES))
    for path in custody_log.stamp_files(earlier):
        (folder / custody_log.STAMPS).mkdir(exist_ok=True)
        (folder / custody_log.STAMPS / path.name).write_bytes(read_plain(path, MOST_BYTES))
    custody_log.log(folder, event, **details)


def rewrite_documents(folder: Path, language: str | None = None) -> None:
    """Write the documents of a run folder again; the old ones stay until the new are whole.

    Args:
        language: of the documents; None for the case's own.

    Raises:
        InputFileError: the folder is not a whole run folder.
        CheckFailedError: the folder was changed since it was made.
        ForensicsError: a document could not be made.
    """
    run = read(folder)
    _refuse_changed(folder, tr("a new report"))
    with staged(folder) as fresh:
        stale = shutil.ignore_patterns(
            *(HTML, PDF, FIGURES),
            *(custody_log.MANIFEST, custody_log.LOG, custody_log.STAMPS),
        )
        shutil.copytree(folder, fresh, ignore=stale, copy_function=_link_or_copy, dirs_exist_ok=True)
        with_copies = archived_copies.with_archived(run, archived_copies.read_kept(folder / "evidence"))
        _raise_first(wait_for(lambda: run_documents.write(with_copies, fresh, language)))
        custody_log.write_manifest(fresh, run)
        sign(fresh, folder, "report", language=language or run.case.language)


def add_copies(folder: Path, result: Path) -> tuple[int, int]:
    """Read an archiver's result into a run's evidence; the old evidence stays until the new is whole.

    Args:
        result: what the archiver wrote.

    Returns:
        How many of the run's addresses have a copy now, and how many there are.

    Raises:
        InputFileError: the folder is not a whole run folder, or the result cannot be read.
        CheckFailedError: the folder was changed since it was made.
    """
    run = read(folder)
    _refuse_changed(folder, tr("archived copies"))
    copies = archived_copies.read_kept(folder / "evidence") | archived_copies.read_result(result)
    with staged(folder) as fresh:
        stale = shutil.ignore_patterns("evidence", custody_log.MANIFEST, custody_log.LOG, custody_log.STAMPS)
        shutil.copytree(folder, fresh, ignore=stale, copy_function=_link_or_copy, dirs_exist_ok=True)
        with believing(folder):
            write_evidence(run, fresh / "evidence", copies)
        custody_log.write_manifest(fresh, run)
        sign(fresh, folder, "archive", result=hash_file(result))
    listed = archived_copies.addresses(run)
    return sum(url in copies for url in listed), len(listed)


def export(folder: Path, kind: Export, target: Path) -> None:
    """Write a finished run in another program's format; an interrupted one leaves nothing under the target's name.

    Args:
        kind: the format.
        target: the file or folder to make; is not there yet.

    Raises:
        ForensicsError: the target is there, is a link, or lies in a run folder.
        InputFileError: the folder is not a whole run folder.
        CheckFailedError: the folder was changed since it was made.
    """
    with appearing(target, "--out") as fresh:
        run = read(folder)
        _refuse_changed(folder, tr("an export"))
        with_copies = archived_copies.with_archived(run, archived_copies.read_kept(folder / "evidence"))
        with believing(folder):
            wait_for(lambda: kind.write(with_copies, fresh))


def write_public(
    folder: Path, target: Path, language: str | None = None, *, key_file: Path | None = None, is_brief: bool = False
) -> None:
    """Write the documents of a run for the public, with pseudonyms, into another folder: all of them or none.

    Args:
        target: is made; is not there yet, and lies in no run folder, whose files would give the pseudonyms away.
        language: of the documents; None for the case's own.
        key_file: of the pseudonyms; None for the one beside the run folder, which is made where there is none, and is
            not taken where it was made elsewhere.
        is_brief: whether they are the brief of two pages instead of the whole.

    Raises:
        ForensicsError: the target is there, is a link, or lies in a run folder; or a document could not be made.
    """
    with appearing(target, "--public") as fresh:
        run = read(folder)
        fresh.mkdir()
        key = _key(folder.resolve().with_name(f"{folder.resolve().name}.key"), key_file)
        _raise_first(wait_for(lambda: run_documents.write(run, fresh, language, key, is_brief=is_brief)))


def write_brief(folder: Path, target: Path, language: str | None = None) -> None:
    """Write the brief of a run for the newsroom, two pages, into another folder: all of it or none.

    Args:
        target: see ``write_public``.
        language: of the documents; None for the case's own.

    Raises:
        ForensicsError: see ``write_public``.
    """
    with appearing(target, "--brief") as fresh:
        run = read(folder)
        fresh.mkdir()
        _raise_first(wait_for(lambda: run_documents.write(run, fresh, language, is_brief=True)))


def _key(beside: Path, given: Path | None) -> bytes:
    """Return the key of the pseudonyms."""
    path = given or beside
    try:
        return machine_key.read_key(path) if given else machine_key.own_key(path)
    except ValueError as error:
        raise InputFileError(
            tr("{path} is no key. Bring the old one back, or take the file away for a new one.", path=path)
        ) from error
    except PermissionError as error:
        sentence = (
            "{path} was not made by you on this machine. Whoever made it can undo the pseudonyms. If you know that "
            "this is right, name it with --key {path}; else take the file away, and a new one is made."
        )
        raise InputFileError(tr(sentence, path=path)) from error


def _refuse_changed(folder: Path, what: str) -> None:
    """Raise where a run folder is not as it was made, which something made from it would hide."""
    if custody_log.problems(folder):
        sentence = "{folder} is not as it was made, and {what} would hide that. See: forensics verify {folder}"
        raise CheckFailedError(tr(sentence, folder=folder, what=what))


def _raise_first(failures: Sequence[Failure]) -> None:
    for failure in failures:
        raise ForensicsError(
            tr("{name} could not be written: {reason}", name=failure.detector, reason=rendered(failure.message))
        )


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
    return _read(folder)


def _read(folder: Path) -> Run:
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


def _link_or_copy(source: str, target: str) -> str:
    """Give a file a second name, which costs nothing, or copy it where the disk cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


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
