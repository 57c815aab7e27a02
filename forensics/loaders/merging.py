"""Several files become one data set, in which an act that two of them hold counts once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import polars as pl

from forensics import schema
from forensics.loaders.acts import ACT_KEY, first_of_each
from forensics.model import Dataset, Source

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
    whole = {
        table.name: pl.concat([schema.empty(table), *(getattr(dataset, table.name) for dataset in datasets)])
        for table in schema.TABLES
    }
    whole["posts"] = whole["posts"].unique(["platform", "post_id", "account_id"], keep="first", maintain_order=True)
    actions = whole["actions"]
    is_first = first_of_each(actions)
    if not is_first.all():
        kept, again = actions.filter(is_first), actions.filter(~is_first)
        others = pl.concat([whole[name].select("source_id", "source_row") for name in ("posts", "money")])
        sources = _closed(sources, kept, again, others)
        whole["actions"] = kept
    return Dataset(**whole, sources=tuple(sources))


def _closed(sources: list[Source], kept: pl.DataFrame, again: pl.DataFrame, others: pl.DataFrame) -> list[Source]:
    """Return the sources with the rows rejected of which no act is left."""
    rows = ["source_id", "source_row"]
    lost = again.join(kept.select(rows), on=rows, how="anti", maintain_order="left")
    lost = lost.join(others, on=rows, how="anti", maintain_order="left").unique(rows, keep="first", maintain_order=True)
    firsts = kept.select(*ACT_KEY, pl.col("source_id").alias("_source"), pl.col("source_row").alias("_row"))
    found = lost.join(firsts, on=ACT_KEY, how="left", nulls_equal=True, maintain_order="left")
    names = {source.source_id: source.name for source in sources}
    closed = []
    for source in sources:
        mine = found.filter(pl.col("source_id") == source.source_id)
        twice = again.filter(pl.col("source_id") == source.source_id).height
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
