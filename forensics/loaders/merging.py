"""Several files become one data set, in which an act that two of them hold counts once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import polars as pl

from forensics import schema
from forensics.loaders.assembly import first_rows
from forensics.loaders.repeats import ACT_KEY, first_of_each, sliced
from forensics.model import Dataset, Source
from forensics.spool import Spool, Stored, slices_of

__all__ = ["merge"]


def merge(datasets: Sequence[Dataset]) -> Dataset:
    """Join data sets in their order.

    Acts that agree in account, action, object, post and time are one act; the earlier file's is kept, and so are its
    counts of a post. A row of a later
    file of which nothing is left is rejected there, as a duplicate of the earlier file's row.

    Args:
        datasets: each with ``source_id``s of its own.

    Returns:
        One data set with all the sources, in order.
    """
    if len(datasets) == 1:
        return datasets[0]
    sources = [source for dataset in datasets for source in dataset.sources]
    if len({source.source_id for source in sources}) != len(sources):
        raise AssertionError("two sources share an id")
    whole = {table.name: _joined(table, datasets) for table in schema.TABLES}
    whole["posts"] = first_rows(whole["posts"], ("platform", "post_id", "account_id"))
    is_first = first_of_each(whole["actions"], ACT_KEY, "is_context")
    if not is_first.all():
        others = pl.concat(
            rows.select("source_id", "source_row").unique()
            for name in ("posts", "money")
            for rows in slices_of(whole[name], ["source_id", "source_row"])
        )
        sources = _closed(sources, whole["actions"], is_first, others)
        kept = Spool(schema.ACTIONS.schema)
        for rows, first in sliced(whole["actions"], is_first):
            kept.append(rows.filter(first))
        whole["actions"] = kept.finish()
    return Dataset(**whole, sources=tuple(sources))


def _joined(table: schema.Table, datasets: Sequence[Dataset]) -> Stored:
    """Return one of the tables of all the data sets."""
    joined = Spool(table.schema)
    for dataset in datasets:
        for rows in dataset.slices(table.name):
            joined.append(rows)
    return joined.finish()


def _closed(sources: list[Source], actions: Stored, is_first: pl.Series, others: pl.DataFrame) -> list[Source]:
    """Return the sources with the rows rejected of which no act is left."""
    rows = ["source_id", "source_row"]
    parts = [part.select(*rows, first.alias("is_new")) for part, first in sliced(actions, is_first)]
    said = pl.concat(parts)
    n_again = dict(said.filter(~pl.col("is_new")).group_by("source_id").len().iter_rows())
    by_row = said.group_by(rows, maintain_order=True).agg(pl.col("is_new").any())
    lost = by_row.filter(~pl.col("is_new")).join(others, on=rows, how="anti", maintain_order="left")
    found = _firsts(lost, actions, is_first)
    names = {source.source_id: source.name for source in sources}
    closed = []
    for source in sources:
        mine = found.filter(pl.col("source_id") == source.source_id)
        twice = n_again.get(source.source_id, 0)
        if not twice:
            closed.append(source)
            continue
        of = pl.col("_source").replace_strict(names, return_dtype=pl.String)
        rejected = mine.select(
            row="source_row",
            reason=pl.format("duplicate of row {} of {}", "_row", of),
            excerpt=pl.lit(None, pl.String),
        )
        note = f"Acts that files read before it hold too, and that count once: {twice:,}."
        closed.append(
            dataclasses.replace(
                source,
                rows_kept=source.rows_kept - rejected.height,
                rejected=pl.concat([source.rejected, rejected]).sort("row", maintain_order=True),
                notes=(*source.notes, note),
            )
        )
    return closed


def _firsts(lost: pl.DataFrame, actions: Stored, is_first: pl.Series) -> pl.DataFrame:
    """Return rows that were lost, each with the source and the row that said its first act before."""
    rows, wanted = ["source_id", "source_row"], list[pl.DataFrame]()
    for part, _ in sliced(actions, is_first):
        mine = part.select(*rows, *ACT_KEY).join(lost, on=rows, how="semi", maintain_order="left")
        wanted.append(mine.unique(rows, keep="first", maintain_order=True))
    acts = pl.concat(wanted).unique(rows, keep="first", maintain_order=True)
    known = [
        part.filter(first).select(*ACT_KEY, _source="source_id", _row="source_row")
        .join(acts, on=ACT_KEY, how="semi", nulls_equal=True, maintain_order="left")
        for part, first in sliced(actions, is_first)
    ]  # fmt: skip
    return acts.join(pl.concat(known), on=ACT_KEY, how="left", nulls_equal=True, maintain_order="left")
