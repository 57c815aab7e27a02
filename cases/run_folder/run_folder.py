"""The run folder: all that a run leaves behind, written whole or not at all, and made again or handed out from it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from cases.atomic_files.plain_files import MOST_BYTES, hash_file, read_plain
from cases.atomic_files.staging import appearing, staged
from cases.case_file.case_file import FILE_NAME
from cases.custody import archived_copies, custody_log, machine_key
from cases.run_folder import run_documents, stored_run
from cases.run_folder.evidence_tables import write_evidence, write_rejected
from cases.running.interruptible_work import wait_for
from cases.terminal.command_language import rendered, tr
from forensics.errors import CheckFailedError, ForensicsError, InputFileError
from forensics.findings import Failure, Run
from forensics.progress import Progress, quiet
from reports import FIGURES, HTML, PDF
from reports.exports import Export


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
    stored_run.write_data(run, folder)
    (folder / FILE_NAME).write_bytes(case_text.encode())
    kept = stored_run.read_proved(folder)
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
    run = stored_run.read(folder)
    _refuse_changed(folder, tr("a new report"))
    with staged(folder) as fresh:
        stale = shutil.ignore_patterns(
            *(HTML, PDF, FIGURES), *(custody_log.MANIFEST, custody_log.LOG, custody_log.STAMPS)
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
    run = stored_run.read(folder)
    _refuse_changed(folder, tr("archived copies"))
    copies = archived_copies.read_kept(folder / "evidence") | archived_copies.read_result(result)
    with staged(folder) as fresh:
        stale = shutil.ignore_patterns("evidence", custody_log.MANIFEST, custody_log.LOG, custody_log.STAMPS)
        shutil.copytree(folder, fresh, ignore=stale, copy_function=_link_or_copy, dirs_exist_ok=True)
        with stored_run.believing(folder):
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
        run = stored_run.read(folder)
        _refuse_changed(folder, tr("an export"))
        with_copies = archived_copies.with_archived(run, archived_copies.read_kept(folder / "evidence"))
        with stored_run.believing(folder):
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
        run = stored_run.read(folder)
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
        run = stored_run.read(folder)
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


def _link_or_copy(source: str, target: str) -> str:
    """Give a file a second name, which costs nothing, or copy it where the disk cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
