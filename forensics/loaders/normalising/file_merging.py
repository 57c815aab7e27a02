"""Several files become one data set, in which an act that two of them hold counts once, whatever the files' order.

A post is known by its id, its account and its service, so that two files need not agree on when it was made. Of two
sightings of an act the observed one is kept before one as mere context, then the one whose time is finer, then the
earlier, then the one of which more is known; and all the acts of a post take the time of its best sighting. Of two
counts of a post those collected last are kept, see ``table_assembly.LATEST_COUNTS``. What is still even is settled by
the hashes of the files.

Where a file's post ids come with several times they do not name single posts, as when a column of videos was taken for
one of posts; then two acts are one only where their times agree too.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

import polars as pl

from forensics import schema
from forensics.dataset import Dataset, Source
from forensics.loaders.normalising.clock_lags import clock_notes
from forensics.loaders.normalising.repeated_rows import ACT_KEY, OBSERVED_FIRST, first_of_each, mark_of, sliced
from forensics.loaders.normalising.repost_events import with_whole_reposts
from forensics.loaders.normalising.table_assembly import LATEST_COUNTS, first_rows
from forensics.messages import Message, counted
from forensics.spool import Spool, Stored, slices_of

_FINEST = {name: at for at, name in enumerate(schema.PRECISION.categories)}
_MANY_TIMES = 0.01
"""Share of a file's acts that come again at another time from which its post ids are none."""

_POST = ["account_id", "post_id"]
_DETAILS = ("text", "language", "client", "country", "latitude", "permalink")


@dataclasses.dataclass(frozen=True, slots=True)
class _Rules:
    """What makes two rows of several files one, and which of them is kept.

    Attributes:
        key: of acts.
        ranks: of acts; the least is kept.
        service: the service of a row's file, where the files are of several.
        by_source: the place of a row's file in the order of the files' hashes.
    """

    key: tuple[pl.Expr, ...]
    ranks: tuple[pl.Expr, ...]
    service: pl.Expr
    by_source: pl.Expr


def merge(datasets: Sequence[Dataset]) -> Dataset:
    """Join data sets in their order.

    A row of which no act is left is rejected, as a duplicate of the row that was kept; which of two sightings that is
    does not depend on the order of the data sets.

    Args:
        datasets: at least one. A source whose id an earlier one has is given the first free of ``s1``, ``s2``, ...

    Returns:
        One data set with all the sources, in order.
    """
    if len(datasets) == 1:
        return datasets[0]
    datasets = _named_apart(datasets)
    sources = [source for dataset in datasets for source in dataset.sources]
    whole = {table.name: _joined(table, datasets) for table in schema.TABLES}
    timed = _with_many_times(whole["actions"], sources)
    rules = _rules(sources, _services(whole), is_timed=bool(timed))
    counted = (rules.service, pl.col("post_id"), pl.col("account_id"))
    whole["posts"] = first_rows(whole["posts"], counted, (*LATEST_COUNTS, rules.by_source))
    is_first = first_of_each(whole["actions"], rules.key, rules.ranks)
    if not is_first.all():
        others = pl.concat(
            rows.select("source_id", "source_row").unique()
            for name in ("posts", "money")
            for rows in slices_of(whole[name], ["source_id", "source_row"])
        )
        best = _best_times(whole["actions"], is_first, rules) if not timed else pl.DataFrame()
        sources = _closed(sources, whole["actions"], is_first, others, rules.key)
        kept = Spool(schema.ACTIONS.schema)
        for rows, first in sliced(whole["actions"], is_first):
            kept.append(_timed(rows.filter(first), best, "acted_at"))
        whole["actions"] = kept.finish()
        counts = Spool(schema.POSTS.schema)
        for rows in slices_of(whole["posts"]):
            counts.append(_timed(rows, best, "published_at"))
        whole["posts"] = counts.finish()
    whole["actions"] = with_whole_reposts(whole["actions"])
    clocks = clock_notes(whole["actions"], whole["posts"], {source.source_id: source.name for source in sources})
    return Dataset(
        **whole, sources=tuple(_noted(source, timed, clocks.get(source.source_id, ())) for source in sources)
    )


def _named_apart(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Return the data sets, their sources renamed so that no two share an id."""
    given = {source.source_id for dataset in datasets for source in dataset.sources}
    free = (name for number in itertools.count(1) if (name := f"s{number}") not in given)
    taken: set[str] = set()
    apart = []
    for dataset in datasets:
        names = {source.source_id: source.source_id for source in dataset.sources}
        names |= {name: next(free) for name in names if name in taken}
        taken |= set(names.values())
        apart.append(_renamed(dataset, names) if any(old != new for old, new in names.items()) else dataset)
    return apart


def _renamed(dataset: Dataset, names: Mapping[str, str]) -> Dataset:
    """Return a data set with new ids of its sources, looked up by the old ones."""
    tables: dict[str, Stored] = {}
    for table in schema.TABLES:
        renamed = Spool(table.schema)
        for rows in dataset.slices(table.name):
            renamed.append(rows.with_columns(pl.col("source_id").replace(names)))
        tables[table.name] = renamed.finish()
    sources = (dataclasses.replace(source, source_id=names[source.source_id]) for source in dataset.sources)
    return Dataset(**tables, sources=tuple(sources))


def _joined(table: schema.Table, datasets: Sequence[Dataset]) -> Stored:
    """Return one of the tables of all the data sets."""
    joined = Spool(table.schema)
    for dataset in datasets:
        for rows in dataset.slices(table.name):
            joined.append(rows)
    return joined.finish()


def _with_many_times(actions: Stored, sources: Sequence[Source]) -> list[str]:
    """Return the files whose acts come again at other times."""
    key = [name for name in ACT_KEY if name != "acted_at"]
    numbers = {source.source_id: at for at, source in enumerate(sources)}
    number = pl.col("source_id").replace_strict(numbers, return_dtype=pl.UInt32)
    marks = [
        rows.filter(pl.col("post_id").is_not_null()).select(number.alias("number"), mark_of(key))
        for rows in slices_of(actions, [*key, "source_id"])
    ]
    counted = pl.concat(marks).group_by("number").agg(pl.len(), n=pl.col("_mark").n_unique())
    many = counted.filter(pl.col("len") - pl.col("n") > _MANY_TIMES * pl.col("len"))
    return [sources[at].source_id for at in many["number"].sort().to_list()]


def _services(whole: dict[str, Stored]) -> dict[str, str]:
    """Return the service of each file that is of one, where the files are of several."""
    sightings = pl.concat(
        rows.drop_nulls().unique()
        for name in ("accounts", "posts")
        for rows in slices_of(whole[name], ["source_id", "platform"])
    ).unique()
    alone = sightings.filter(pl.len().over("source_id") == 1)
    return dict(alone.iter_rows()) if sightings["platform"].n_unique() > 1 else {}


def _rules(sources: Sequence[Source], services: dict[str, str], *, is_timed: bool) -> _Rules:
    hashes = sorted((source.sha256, source.source_id) for source in sources)
    places = {source_id: at for at, (_, source_id) in enumerate(hashes)}
    named = {source.source_id: services.get(source.source_id) for source in sources}
    by_source = pl.col("source_id").replace_strict(places, return_dtype=pl.Int64)
    service = pl.col("source_id").replace_strict(named, return_dtype=pl.String)
    at = pl.col("acted_at").to_physical()
    when = at if is_timed else pl.when(pl.col("post_id").is_null()).then(at)
    key = (*(pl.col(name) for name in ACT_KEY if name != "acted_at"), when, service)
    unknown = pl.sum_horizontal(pl.col(name).is_null() for name in _DETAILS)
    ranks = (*OBSERVED_FIRST, _fineness(), at, unknown, by_source)
    return _Rules(key, ranks, service, by_source)


def _fineness() -> pl.Expr:
    """Return 0 for the finest times and more for coarser ones."""
    return pl.col("time_precision").cast(pl.String).replace_strict(_FINEST, default=len(_FINEST), return_dtype=pl.Int64)


def _best_times(actions: Stored, is_first: pl.Series, rules: _Rules) -> pl.DataFrame:
    """Return the time of the best sighting of each post that was seen at several times.

    Returns:
        ``_mark`` (of account and post), ``_best_at`` and ``_best_precision``.
    """
    again = pl.concat(part.filter(~first).select(mark_of(_POST)) for part, first in sliced(actions, is_first)).unique()
    seen = [
        part.filter(pl.col("post_id").is_not_null())
        .select(
            mark_of(_POST),
            *(rank.alias(f"_r{at}") for at, rank in enumerate(rules.ranks)),
            "acted_at",
            "time_precision",
        )
        .join(again, on="_mark", how="semi")
        .unique(["_mark", "_r0", "_r1", "_r2"])
        for part, _ in sliced(actions, is_first)
    ]
    ordered = pl.concat(seen).sort("_mark", "_r0", "_r1", "_r2")
    several = ordered.filter(pl.col("acted_at").n_unique().over("_mark") > 1)
    best = several.unique("_mark", keep="first", maintain_order=True)
    return best.select("_mark", _best_at="acted_at", _best_precision="time_precision")


def _timed(rows: pl.DataFrame, best: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return rows in which every part of a post has the time of its best sighting."""
    if best.is_empty() or rows.is_empty():
        return rows
    found = rows.with_columns(mark_of(_POST)).join(best, on="_mark", how="left", maintain_order="left")
    return rows.with_columns(
        found.select(
            pl.coalesce("_best_at", column).alias(column),
            pl.coalesce("_best_precision", "time_precision").alias("time_precision"),
        )
    )


def _closed(
    sources: list[Source], actions: Stored, is_first: pl.Series, others: pl.DataFrame, key: Sequence[pl.Expr]
) -> list[Source]:
    """Return the sources; rows of which no act is left count as rejected."""
    rows = ["source_id", "source_row"]
    parts = [part.select(*rows, first.alias("is_new")) for part, first in sliced(actions, is_first)]
    sightings = pl.concat(parts)
    n_again = dict(sightings.filter(~pl.col("is_new")).group_by("source_id").len().iter_rows())
    by_row = sightings.group_by(rows, maintain_order=True).agg(pl.col("is_new").any())
    lost = by_row.filter(~pl.col("is_new")).join(others, on=rows, how="anti", maintain_order="left")
    found = _firsts(lost, actions, is_first, key)
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
            reason=pl.lit("duplicate of row {row} of {file}"),
            excerpt=pl.lit(None, pl.String),
            fields=pl.struct(row="_row", file=of).struct.json_encode(),
        )
        note = counted("Acts that another file holds too, and that count once", twice)
        closed.append(
            dataclasses.replace(
                source,
                rows_kept=source.rows_kept - rejected.height,
                rejected=pl.concat([source.rejected, rejected]).sort("row", maintain_order=True),
                notes=(*source.notes, note),
            )
        )
    return closed


def _firsts(lost: pl.DataFrame, actions: Stored, is_first: pl.Series, key: Sequence[pl.Expr]) -> pl.DataFrame:
    """Return rows that were lost, each with the source and the row of the sighting of its first act that was kept."""
    rows, wanted = ["source_id", "source_row"], list[pl.DataFrame]()
    made = [part.alias(f"_k{at}") for at, part in enumerate(key)]
    names = [f"_k{at}" for at in range(len(made))]
    for part, _ in sliced(actions, is_first):
        mine = part.select(*rows, *made).join(lost, on=rows, how="semi", maintain_order="left")
        wanted.append(mine.unique(rows, keep="first", maintain_order=True))
    acts = pl.concat(wanted).unique(rows, keep="first", maintain_order=True)
    known = [
        part.filter(first).select(*made, _source="source_id", _row="source_row")
        .join(acts, on=names, how="semi", nulls_equal=True, maintain_order="left")
        for part, first in sliced(actions, is_first)
    ]  # fmt: skip
    return acts.join(pl.concat(known), on=names, how="left", nulls_equal=True, maintain_order="left")


def _noted(source: Source, timed: Sequence[str], clocks: Sequence[Message]) -> Source:
    """Return a source with a note where its post ids are no ids or its clock differs from another's."""
    if source.source_id not in timed:
        return dataclasses.replace(source, notes=(*source.notes, *clocks)) if clocks else source
    note = Message(
        "Post ids come with several times, so they do not name single posts; an act that another file holds too counts "
        "once only where the times agree."
    )
    return dataclasses.replace(source, notes=(*source.notes, note, *clocks))
