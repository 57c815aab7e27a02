"""Acts that do not fit into memory, cut by object into parts on disk, each of which does.

An object lies whole in one part, so which acts are near each other is known within a part; only the counting joins
parts again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.counting import with_neighbour
from forensics.coaction.engines.engine import Question, columns_of, condition
from forensics.coaction.layers import IndexedActs, only
from forensics.progress import Progress

_BATCH_ROWS = 1 << 20
_ENOUGH = 0.98
"""Pruning ends when a round keeps more than this share: what is left will not become much less."""


@dataclass(frozen=True, slots=True, eq=False)
class Spilled:
    """Acts on disk.

    Attributes:
        folder: holds ``0.arrow`` to ``(n_parts - 1).arrow``, each ``object, tick, account`` in that order, objects
            numbered within the part.
        account_ids: the accounts, ascending; the parts hold positions in it.
        n_acts: over all parts.
    """

    folder: Path
    n_parts: int
    account_ids: pl.Series
    n_acts: int


def scan(paths: Sequence[Path], question: Question) -> pl.LazyFrame:
    """Return the question's acts, not yet read: ``account_id, object_id, acted_at`` and ``post_id`` where known."""
    columns = columns_of(paths)
    ids = [pl.col(name).cast(pl.String) for name in ("account_id", "object_id", "post_id") if name in columns]
    acts = pl.scan_parquet(list(paths), glob=False)
    return acts.filter(pl.sql_expr(condition(columns, question.layer))).select(*ids, "acted_at")


def spill(paths: Sequence[Path], question: Question, n_parts: int, folder: Path, progress: Progress) -> Spilled:
    """Read files of acts once and cut them into parts; equal acts become one.

    Args:
        paths: Parquet files.
        question: which acts of them.
        folder: empty.
    """
    acts = scan(paths, question)
    progress("listing the accounts", 0, 0)
    account_ids = acts.select("account_id").unique().collect(engine="streaming")["account_id"].sort()
    kind = pl.Enum(account_ids)
    n_rows = int(acts.select(pl.len()).collect(engine="streaming").item())
    coded = acts.with_columns(
        account=pl.col("account_id").cast(kind).to_physical().cast(pl.UInt32),
        acted_at=pl.col("acted_at").dt.cast_time_unit("us").to_physical(),
        part=pl.col("object_id").hash(seed=0) % n_parts,
    ).drop("account_id")
    n_read = 0
    for number, batch in enumerate(coded.collect_batches(chunk_size=_BATCH_ROWS, maintain_order=False)):
        for (part,), rows in batch.partition_by("part", as_dict=True, include_key=False).items():
            place = folder / f"raw-{part}"
            place.mkdir(exist_ok=True)
            rows.write_ipc(place / f"{number}.arrow", compression="lz4")
        n_read += batch.height
        progress("cutting the acts into parts", n_read, n_rows)
    n_acts = sum(_tidy(folder, part, question) for part in range(n_parts))
    return Spilled(folder, n_parts, account_ids, n_acts)


def _tidy(folder: Path, part: int, question: Question) -> int:
    """Put a part's acts in order, equal ones once, objects as numbers; return how many there are."""
    raw = folder / f"raw-{part}"
    files = sorted(raw.glob("*.arrow"))
    if not files:
        return _write(folder, part, np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.uint32))
    acts = pl.scan_ipc(files, glob=False).collect().unique(keep="any")
    acts = acts.with_columns(tick=pl.col("acted_at") // question.tick_us).sort("object_id", "tick", "account")
    shutil.rmtree(raw)
    return _write(
        folder, part, acts["object_id"].rle_id().to_numpy(), acts["tick"].to_numpy(), acts["account"].to_numpy()
    )


def _write(
    folder: Path,
    part: int,
    objects: npt.NDArray[np.uint32],
    ticks: npt.NDArray[np.int64],
    accounts: npt.NDArray[np.uint32],
) -> int:
    """Write a part anew; return how many acts it has."""
    frame = pl.DataFrame({"object": objects, "tick": ticks, "account": accounts})
    fresh = folder / f"{part}.new"  # the old one may still be mapped into memory
    frame.write_ipc(fresh, compression="lz4")
    fresh.replace(folder / f"{part}.arrow")
    return frame.height


def pruned(spilled: Spilled, question: Question, progress: Progress) -> Spilled:
    """Take away, in place, the acts that can be part of no pair of the answer, and the accounts that have none left.

    An act counts only near another account's act on the object, an account only with as many such acts as a pair must
    share objects; what one rule takes away lets the other take more, so they take turns. It changes no answer: each act
    of a pair of the answer is near the other's, and both accounts have enough of them.

    Args:
        spilled: the acts; no longer to be used afterwards.
        question: the window and the threshold.
    """
    keep, before, left = None, spilled.n_acts, spilled.n_acts
    while keep is None or left < before * _ENOUGH:
        before, left = left, 0
        n_near = np.zeros(len(spilled.account_ids), np.uint32)
        for part, acts in enumerate(parts(spilled, keep)):
            near = only(acts, with_neighbour(acts, question.window))
            n_near += np.bincount(near.accounts, minlength=len(n_near)).astype(np.uint32)
            left += _write(spilled.folder, part, near.objects, near.ticks, near.accounts)
            progress("leaving out acts near nobody", part + 1, spilled.n_parts)
        keep = n_near >= question.at_least
    return _renumbered(spilled, keep)


def _renumbered(spilled: Spilled, keep: npt.NDArray[np.bool_]) -> Spilled:
    """Keep some accounts and their acts, numbered anew in the same order."""
    number = (np.cumsum(keep) - 1).astype(np.uint32)
    n_acts = 0
    for part, acts in enumerate(parts(spilled, keep)):
        n_acts += _write(spilled.folder, part, acts.objects, acts.ticks, number[acts.accounts])
    return replace(spilled, account_ids=spilled.account_ids.filter(pl.Series(keep)), n_acts=n_acts)


def _load(spilled: Spilled, part: int) -> IndexedActs:
    """Return a part's acts for the counting; events and rows, which it does not ask for, are left out."""
    frame = pl.scan_ipc(spilled.folder / f"{part}.arrow", glob=False).collect()
    return _indexed(spilled, *(frame[name].to_numpy() for name in ("object", "tick", "account")))


def _indexed(
    spilled: Spilled, objects: npt.NDArray[np.uint32], ticks: npt.NDArray[np.int64], accounts: npt.NDArray[np.uint32]
) -> IndexedActs:
    return IndexedActs(
        layer="",
        account_ids=spilled.account_ids,
        object_ids=pl.Series([], dtype=pl.String),
        accounts=accounts,
        objects=objects,
        events=accounts.astype(np.uint64),
        ticks=ticks,
        appeared=np.zeros(0, np.int64),
        is_published=np.zeros(0, bool),
        rows=accounts,
        precision="s",
    )


def parts(spilled: Spilled, keep: npt.NDArray[np.bool_] | None = None) -> Iterator[IndexedActs]:
    """Yield the acts part by part.

    Args:
        keep: shape (accounts,): whose acts; None for everybody's.
    """
    for part in range(spilled.n_parts):
        acts = _load(spilled, part)
        yield acts if keep is None else only(acts, np.flatnonzero(keep[acts.accounts]))


def joined(spilled: Spilled, pieces: Sequence[IndexedActs]) -> IndexedActs:
    """Return pieces of different parts as one, objects numbered on."""
    offset = 0
    objects = []
    for piece in pieces:
        objects.append(piece.objects + np.uint32(offset))
        offset += int(piece.objects[-1]) + 1 if piece.n_acts else 0
    return _indexed(
        spilled,
        np.concatenate(objects),
        np.concatenate([piece.ticks for piece in pieces]),
        np.concatenate([piece.accounts for piece in pieces]),
    )
