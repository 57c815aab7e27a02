"""Whether a run folder is as it was made, from the same data, and comes out again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from cases.atomic_files.plain_files import MOST_BYTES, hash_file, read_plain
from cases.atomic_files.staging import MARK
from cases.case_file.case_file import FILE_NAME, read
from cases.case_file.case_inputs import locate, locate_truth
from cases.custody import custody_log
from cases.run_folder import stored_run
from cases.running import case_runner
from cases.terminal.command_language import tr
from forensics.loaders.reading.data_file import is_hollow
from forensics.loaders.reading.parquet_table import prove
from forensics.progress import Progress


def outputs(folder: Path, expected_seal: str | None = None) -> tuple[str, ...]:
    """Return what is wrong with a run folder, a sentence each; nothing where all is well.

    Args:
        expected_seal: noted when the run was made; None where nobody did.
    """
    found = custody_log.problems(folder)
    named, read_by_run = custody_log.read_manifest(folder).inputs, _sources(folder)
    if named != read_by_run:
        found = (*found, tr("{name} and {run} name different data files.", name=custody_log.MANIFEST, run=MARK))
    if expected_seal is not None and custody_log.seal(folder) != expected_seal.strip().lower():
        found = (tr("The seal is {seal}, not the one that was noted.", seal=custody_log.seal(folder)), *found)
    return found


def inputs(folder: Path, places: Sequence[Path]) -> tuple[str, ...]:
    """Return which data files are not those that were read, a sentence each.

    Raises:
        MissingInputError: a data file is in none of the places.
    """
    named = custody_log.read_manifest(folder).inputs
    if not named:
        return (tr("{name} names no data file, so none could be compared.", name=custody_log.MANIFEST),)
    found = locate(read(folder / FILE_NAME), places)
    hashes = {item.source_id: hash_file(item.path) for item in found if not is_hollow(item.path)}
    return tuple(
        tr("The data file {name} is not the one that was read.", name=name)
        for (source_id, name), sha256 in named.items()
        if hashes.get(source_id) != sha256
    )


def recomputed(folder: Path, places: Sequence[Path], progress: Progress) -> tuple[str, ...]:
    """Compute a run again and return what came out differently, a sentence each.

    Raises:
        ForensicsError: the data cannot be read.
    """
    case_file = read(folder / FILE_NAME)
    known = locate_truth(case_file, places)
    run = case_runner.run(case_runner.plan(case_file), locate(case_file, places), progress, known=known)
    with tempfile.TemporaryDirectory() as scratch:
        again = Path(scratch)
        stored_run.write_data(run, again)
        return (*_differing_words(folder, again), *_differing_tables(folder, again))


def _sources(folder: Path) -> dict[tuple[str, str], str]:
    """Return the SHA-256 of each file that a run says it read, as a manifest names them; nothing of a damaged run."""
    try:
        sources = json.loads(read_plain(folder / MARK, MOST_BYTES))["sources"]
        return {(item["source_id"], item["name"]): item["sha256"] for item in sources}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def n_files(folder: Path) -> int:
    """Return how many files the manifest answers for."""
    return len(custody_log.read_manifest(folder).outputs)


def _differing_words(folder: Path, again: Path) -> list[str]:
    before, after = (json.loads(read_plain(place / MARK, MOST_BYTES)) for place in (folder, again))
    versions = sorted(
        tr("{name} {old} then, {new} now", name=name, old=before["versions"].get(name), new=after["versions"].get(name))
        for name in {*before["versions"], *after["versions"]}
        if before["versions"].get(name) != after["versions"].get(name)
    )
    because = f" {tr('Other versions computed: {versions}.', versions='; '.join(versions))}" if versions else ""
    return [
        tr("Computed again, '{key}' of {file} came out differently.", key=key, file=MARK) + because
        for key in sorted({*before, *after} - {"versions"})
        if before.get(key) != after.get(key)
    ]


def _differing_tables(folder: Path, again: Path) -> list[str]:
    names = sorted(path.name for path in (again / "tables").iterdir())
    prove([path for name in names if (path := folder / "tables" / name).is_file()])
    return [
        tr("Computed again, tables/{name} came out differently.", name=name)
        for name in names
        if not _same(folder / "tables" / name, again / "tables" / name)
    ]


def _same(before: Path, after: Path) -> bool:
    return before.is_file() and pl.read_parquet(before, glob=False).equals(pl.read_parquet(after, glob=False))
