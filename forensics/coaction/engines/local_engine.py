"""One machine, whatever the size of the data: acts cut by object onto the disk, pairs counted by groups of accounts.

What can be in no pair is left out first, part by part. If the rest fits into memory it is counted at once; if not, the
accounts are cut into groups, and each group is counted against itself and the groups before it, from the acts near its
own alone. A group whose acts do not fit is halved. The answer does not depend on the cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.counting import CoActions, count_coactions
from forensics.coaction.engines.engine import PAIRS, Engine, Question
from forensics.coaction.engines.spilled_acts import Spilled, joined, parts, pruned, scan, spill
from forensics.coaction.kernels.pair_counting import window_bounds
from forensics.coaction.layers import IndexedActs, only
from forensics.errors import MemoryBudgetError
from forensics.progress import Progress

_BASE_BYTES = 700 << 20
"""Bytes of the program itself with its libraries and compiled code."""
_PART_BYTES = 200
"""Bytes of an act while its part is put in order: its object's id, its keys and their sorted copies."""
_ACT_BYTES = 100
"""Bytes of an act while it is counted: the layer, the laid-out rows and what sorting them takes."""
_PAIR_BYTES = 60
"""Bytes of a pair of the answer, with its ids."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """How finely the work is cut.

    Attributes:
        n_parts: into how many parts the acts are cut on disk.
        n_acts: how many acts are counted at once at most, one account's own and near ones excepted.
        n_pairs: how many pairs the answer may have.
    """

    n_parts: int
    n_acts: int
    n_pairs: int


def cuts_for(n_rows: int, memory_bytes: int) -> Cuts:
    """Return the cuts by which acts are counted within a memory budget.

    Args:
        n_rows: acts in the files.
        memory_bytes: of the whole process.

    Raises:
        MemoryBudgetError: the budget is below what the program takes by itself.
    """
    free = memory_bytes - _BASE_BYTES
    if free < _BASE_BYTES // 4:
        raise MemoryBudgetError(
            "Counting needs {gigabytes} GB of memory or more.", gigabytes=f"{_BASE_BYTES * 5 // 4 / 1e9:.1f}"
        )
    return Cuts(1 + n_rows * _PART_BYTES * 2 // free, free // _ACT_BYTES, free // 2 // _PAIR_BYTES)


def answer(
    paths: Sequence[Path], question: Question, cuts: Cuts, scratch: Path, progress: Progress
) -> tuple[pl.DataFrame, int]:
    """Count the co-actions of files of acts.

    Args:
        paths: Parquet files.
        question: what to count.
        cuts: how finely to cut the work.
        scratch: an empty folder; about 30 bytes an act are written there.

    Returns:
        ``engine.PAIRS``, and in how many groups of accounts it was counted.

    Raises:
        MemoryBudgetError: there are more pairs than may be.
    """
    acts = pruned(spill(paths, question, cuts.n_parts, scratch, progress), question, progress)
    found = [_empty()]
    n_groups = n_pairs = 0
    for group in _groups(acts, question, cuts.n_acts):
        progress("counting co-actions", n_groups, 0)
        found.append(_count(acts, question, group))
        n_groups += 1
        n_pairs += len(found[-1].left)
        if n_pairs > cuts.n_pairs:
            raise MemoryBudgetError(
                "More than {n_pairs} pairs share {at_least} objects or more. Ask for pairs that share more, or give "
                "more memory.",
                n_pairs=cuts.n_pairs,
                at_least=question.at_least,
            )
    return _named(found, acts.account_ids), n_groups


def _empty() -> CoActions:
    none = np.zeros(0, np.uint32)
    return CoActions(none, none, none, none)


def _groups(acts: Spilled, question: Question, n_at_once: int) -> Iterator[tuple[int, int]]:
    """Yield runs of accounts whose own and near acts can be counted at once; a single account's always."""
    waiting = [(0, len(acts.account_ids))] if acts.n_acts else []
    while waiting:
        start, stop = waiting.pop()
        n_acts = acts.n_acts if stop - start == len(acts.account_ids) else 0
        if not n_acts:
            n_acts = sum(len(near) for _, near in _near(acts, question, (start, stop)))
        if n_acts <= n_at_once or stop - start == 1:
            yield start, stop
        else:
            pieces = min(stop - start, -(-n_acts // n_at_once))
            edges = np.linspace(start, stop, pieces + 1).astype(int).tolist()
            waiting += list(pairwise(edges))[::-1]


def _near(
    acts: Spilled, question: Question, group: tuple[int, int]
) -> Iterator[tuple[IndexedActs, npt.NDArray[np.intp]]]:
    """Yield, part by part, the acts of a group and of those before it, and which of them lie near one of the group."""
    start, stop = group
    upto = np.arange(len(acts.account_ids)) < stop
    for piece in parts(acts, upto):
        low, high = window_bounds(piece.objects, piece.ticks, question.window)
        own = np.concatenate(([0], np.cumsum(piece.accounts >= start)))
        yield piece, np.flatnonzero(own[high] > own[low])


def _count(acts: Spilled, question: Question, group: tuple[int, int]) -> CoActions:
    """Count the pairs of a group's accounts with each other and with those before."""
    start, stop = group
    accounts = np.arange(len(acts.account_ids))
    together = joined(acts, [only(piece, near) for piece, near in _near(acts, question, group)])
    own = (accounts >= start) & (accounts < stop)
    return count_coactions(together, question.window, at_least=question.at_least, own=own)


def _named(found: Sequence[CoActions], account_ids: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "left": np.concatenate([each.left for each in found]),
            "right": np.concatenate([each.right for each in found]),
            "n_objects": np.concatenate([each.objects for each in found]),
            "n_pairs": np.concatenate([each.pairs for each in found]),
        }
    ).sort("left", "right")
    names = {side: account_ids.gather(frame[side]).alias(side) for side in ("left", "right")}
    return frame.with_columns(**names).select(PAIRS.names())


def _local(
    paths: Sequence[Path], question: Question, memory_bytes: int, scratch: Path, progress: Progress
) -> pl.DataFrame:
    n_rows = int(scan(paths, question).select(pl.len()).collect(engine="streaming").item())
    return answer(paths, question, cuts_for(n_rows, memory_bytes), scratch, progress)[0]


ENGINE = Engine("local", "this machine, by parts that fit into memory", _local, lambda: None)
