"""Co-actions of data that no run could hold, counted by an engine into a folder that appears whole or not at all."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import polars as pl

from cases.atomic_files.staging import staged
from cases.running.interruptible_work import wait_for
from cases.running.memory_budget import held
from cases.terminal.command_language import tr
from forensics.coaction.engines import ENGINES
from forensics.coaction.engines.engine import Question
from forensics.coaction.weighed_pairs import WeighedPairs, check, weigh_pairs
from forensics.errors import ForensicsError, InputFileError
from forensics.loaders.reading.data_file import describe, files_in
from forensics.loaders.reading.parquet_table import prove
from forensics.progress import Progress
from forensics.run import versions
from reports.exports.spreadsheet import csv_text

MARK = "coactions.json"
_SEED = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What to count.

    Attributes:
        places: Parquet files, or folders of them.
        question: what to count of them.
        engine: the name of the engine.
        memory_bytes: that the program may hold.
        alpha: the expected share of false pairs among the significant.
    """

    places: tuple[Path, ...]
    question: Question
    engine: str
    memory_bytes: int
    alpha: float


def count(order: Order, target: Path, progress: Progress) -> WeighedPairs:
    """Count, weigh what remains, and write ``pairs.parquet``, ``groups.csv`` and ``coactions.json``.

    Args:
        order: what to count.
        target: the folder; does not exist or is empty.

    Raises:
        ForensicsError: the files, the engine, the memory or the target do not allow it.
    """
    check(order.question)
    engine = ENGINES.get(order.engine)
    lacks = engine.lacking()
    if lacks:
        raise ForensicsError(lacks)
    paths = _files(order.places)
    with staged(target, may_replace=False) as folder:
        watch = partial(held, order.memory_bytes)
        scratch = folder / "scratch"
        scratch.mkdir()
        progress("hashing the files", 0, 0)
        hashes = wait_for(lambda: [describe(path).sha256 for path in paths], watch)
        wait_for(lambda: prove(paths), watch)
        try:
            pairs = wait_for(lambda: engine.count(paths, order.question, order.memory_bytes, scratch, progress), watch)
            shutil.rmtree(scratch)
            found = wait_for(
                lambda: weigh_pairs(
                    paths, order.question, pairs, order.alpha, _SEED, order.memory_bytes // 2, progress
                ),
                watch,
            )
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            reason = str(error).partition("\n")[0]
            raise InputFileError(tr("A file is damaged: {error}. Fetch it again.", error=reason)) from error
        if wait_for(lambda: [describe(path).sha256 for path in paths], watch) != hashes:
            raise InputFileError(tr("A file was changed while it was counted. Count again when it is complete."))
        found.pairs.write_parquet(folder / "pairs.parquet")
        (folder / "groups.csv").write_text(csv_text(found.groups), encoding="utf-8-sig", newline="")
        content = {
            "question": asdict(order.question),
            "engine": order.engine,
            "alpha": order.alpha,
            "n_pairs": found.pairs.height,
            "n_testable": found.n_testable,
            "n_crowded": found.n_crowded,
            "inputs": [{"name": path.name, "sha256": digest} for path, digest in zip(paths, hashes, strict=True)],
            "versions": versions(),
        }
        (folder / MARK).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return found


def _files(places: tuple[Path, ...]) -> list[Path]:
    """Return the Parquet files of files and folders, in order."""
    files = [file for place in places for file in (files_in(place, "*.parquet") if place.is_dir() else (place,))]
    if not files:
        raise InputFileError(tr("{place} holds no Parquet files.", place=places[0]))
    return files
