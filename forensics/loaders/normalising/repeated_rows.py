"""Rows that repeat an earlier row of a table, found without holding the table in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from forensics import schema
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.spool import Spool, Stored, slices_of

ACT_KEY = ("account_id", "action", "object_kind", "object_id", "post_id", "acted_at")
"""Two rows of a file that agree in these say the same act."""

OBSERVED_FIRST = (pl.col("is_context").fill_null(value=False).cast(pl.Int64),)
"""An act that was observed goes before the same one as mere context."""

_BUCKET = 2_000_000
_SUSPECTS = 300_000
"""Rows that are compared in full at a time."""


def first_of_each(table: Stored, key: Sequence[str | pl.Expr], ranks: Sequence[pl.Expr] = ()) -> pl.Series:
    """Mark the first row of each key.

    Args:
        table: the rows.
        key: columns in which equal rows agree, or what is made of columns.
        ranks: whole numbers; rows of one key are put into their ascending order, ties in that of the table.

    Returns:
        True for the first of each, False for the others, in the order of the rows.
    """
    if not table.height:
        return pl.Series([], dtype=pl.Boolean)
    made = [(pl.col(part) if isinstance(part, str) else part).alias(f"_k{at}") for at, part in enumerate(key)]
    names = [f"_k{at}" for at in range(len(made))]
    columns, more = ({name for part in parts for name in part.meta.root_names()} for parts in (made, ranks))
    placed = [rank.cast(pl.Int64).alias(f"_r{at}") for at, rank in enumerate(ranks)]
    marks = [
        part.select(*made, *placed).select(mark_of(names), pl.col("^_r.*$"))
        for part in slices_of(table, sorted(columns | more))
    ]
    whole = pl.concat(marks).with_row_index("_at")
    is_first = np.ones(table.height, dtype=np.bool_)
    if whole.height <= _BUCKET and whole["_mark"].n_unique() == whole.height:
        return pl.Series(is_first)
    for suspects in _batches(_suspects(whole)):
        # Equal rows have equal hashes, and the few that have are compared in full: a mere collision loses nothing.
        keys = pl.concat(_gathered(table, sorted(columns), suspects["_at"].sort())).select("_at", *made)
        ordered = suspects.select("_at").join(keys, on="_at", how="left", maintain_order="left")
        lost = ordered.filter(~ordered.select(pl.struct(names).is_first_distinct()).to_series())["_at"]
        is_first[lost.to_numpy()] = False
    return pl.Series(is_first)


def mark_of(key: Sequence[str]) -> pl.Expr:
    """Return a number for each row, the same for equal ones; column by column, which needs little memory."""
    mark = pl.col(key[0]).hash(0)
    for name in key[1:]:
        mark = mark * 1_000_003 + pl.col(name).hash(0)
    return mark.alias("_mark")


def _suspects(whole: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the rows whose mark comes more than once, all of one mark together, in order."""
    n_buckets = 1 + whole.height // _BUCKET
    ranks = [name for name in whole.columns if name.startswith("_r")]
    for number in range(n_buckets):
        bucket = whole.filter(pl.col("_mark") % n_buckets == number)
        again = bucket.filter(~pl.col("_mark").is_first_distinct()).select("_mark").unique()
        if again.is_empty():
            continue
        alike = bucket.join(again, on="_mark", how="semi", maintain_order="left")
        n_parts = 1 + alike.height // _SUSPECTS
        for part in range(n_parts):
            rows = alike.filter(pl.col("_mark") // n_buckets % n_parts == part)
            yield (rows.sort(ranks, maintain_order=True) if ranks else rows).select("_at", "_mark")


def _batches(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Yield frames joined, where they are small, so that the table is gone through less often."""
    held: list[pl.DataFrame] = []
    for frame in frames:
        if held and sum(part.height for part in held) + frame.height > _SUSPECTS:
            yield pl.concat(held)
            held = []
        held.append(frame)
    if held:
        yield pl.concat(held)


def _gathered(table: Stored, columns: list[str], wanted: pl.Series) -> Iterator[pl.DataFrame]:
    """Yield rows by their positions, which are in order."""
    start = 0
    for part in slices_of(table, columns):
        ends = [wanted.search_sorted(start), wanted.search_sorted(start + part.height)]
        mine = wanted.slice(int(ends[0]), int(ends[1]) - int(ends[0]))
        yield part[mine - start].with_columns(mine.alias("_at"))
        start += part.height


def sliced(table: Stored, marks: pl.Series) -> Iterator[tuple[pl.DataFrame, pl.Series]]:
    """Yield a table's rows in order with their marks."""
    start = 0
    for part in slices_of(table):
        yield part, marks.slice(start, part.height)
        start += part.height


def keep_once(acts: Stored, rejects: Rejects, counted: pl.Series) -> Stored:
    """Keep the first of each act, and reject the rows that say nothing new.

    An act that was observed goes before the same one as mere context. A row is rejected as a duplicate where an earlier
    one has exactly its acts, else as adding nothing to earlier ones.

    Args:
        acts: ``schema.ACTIONS`` of one file, in the order of its rows, those of one row in one slice.
        rejects: receives the rows of which no act is new.
        counted: rows that are not rejected, because their counts are kept.
    """
    is_first = first_of_each(acts, ACT_KEY, OBSERVED_FIRST)
    if is_first.all():
        return acts
    kept, rows = Spool(schema.ACTIONS.schema), list[pl.DataFrame]()
    for part, first in sliced(acts, is_first):
        kept.append(part.filter(first))
        rows.append(_rows(part, first))
    _reject(pl.concat(rows), rejects, counted)
    return kept.finish()


def _rows(acts: pl.DataFrame, is_first: pl.Series) -> pl.DataFrame:
    """Return each row with the sum of its acts' hashes, which stands for it, and whether any of its acts is new."""
    marks = acts.select("source_row", is_first.alias("is_new"), mark=mark_of(ACT_KEY))
    distinct = marks.group_by("source_row", "mark", maintain_order=True).agg(pl.col("is_new").any())
    return distinct.group_by("source_row", maintain_order=True).agg(pl.col("mark").sum(), pl.col("is_new").any())


def _reject(rows: pl.DataFrame, rejects: Rejects, counted: pl.Series) -> None:
    lost = rows.filter(~pl.col("is_new")).join(counted.to_frame("source_row"), on="source_row", how="anti")
    lost = lost.sort("source_row")
    alike = rows.join(lost.select("mark").unique(), on="mark", how="semi", maintain_order="left")
    firsts = alike.group_by("mark", maintain_order=True).agg(first=pl.col("source_row").first())
    lost = lost.join(firsts, on="mark", how="left", maintain_order="left")
    repeats = pl.when(pl.col("first") < pl.col("source_row"))
    rejects.add_frame(
        lost.select(
            row="source_row",
            reason=repeats.then(pl.lit("duplicate of row {row}")).otherwise(
                pl.lit("adds nothing to the rows before it")
            ),
            excerpt=pl.lit(None, pl.String),
            fields=repeats.then(pl.struct(row="first").struct.json_encode()),
        )
    )
