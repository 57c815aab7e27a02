"""The places of the camps beside each other, by one yardstick: it describes every camp and accuses none."""

from __future__ import annotations

import polars as pl

from forensics.findings import Run
from reports.detector_declarations import charted
from reports.figures.geo_charts import CampShare, camp_shares
from reports.report_model import Block, Cell, Column, Figure, Heading, Table, Text
from reports.visible_text import short
from reports.wording import Words

CHART, PLACES = "camps_beside", ("country", "region")
MOST_SOURCES = 2
MOST_PLACES = 8
MOST_CAMPS = 6
"""The same in every table, and as many as a printed page holds; the run's tables have all."""
NAME_LENGTH = 40


def camp_places(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the countries and regions of each camp beside the others'; none where fewer than two camps are known."""
    blocks: list[Block] = []
    for number, detection in enumerate(run.detections):
        tables = [
            named
            for chart, frames in charted(detection)
            if chart.name == CHART
            for named in zip(chart.tables, PLACES, frames, strict=True)
        ]
        for name, place, table in tables:
            if "q_camp" in table.columns:
                fields = table.rename({place: "place", f"n_{place}": "n_place"})
                blocks += _sources(fields, f"{detection.detector}-{number}-{name}", place, words)
    head = (Heading(words("camp_places.title"), "camp-places"), Text(words("camp_places.lead")))
    return (*head, *blocks) if blocks else ()


def _sources(table: pl.DataFrame, anchor: str, kind: str, words: Words) -> list[Block]:
    beside = table.filter(pl.col("share_others").is_not_null())
    known = beside.unique(["source", "audience"]).group_by("source").agg(n=pl.col("n_known").sum())
    sources = known.sort(["n", "source"], descending=[True, False])["source"].head(MOST_SOURCES)
    blocks: list[Block] = []
    for source in sources:
        own = _shown(beside.filter(pl.col("source") == source))
        if not own.is_empty():
            blocks += [
                _figure(own, f"{anchor}-{source}-figure", kind, source, words),
                _table(own, f"{anchor}-{source}", kind, source, words),
            ]
    return blocks


def _shown(own: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the largest camps and of the places where most of their accounts are, place by place."""
    camps = own.unique("audience").sort(["n_known", "audience"], descending=[True, False])["audience"].head(MOST_CAMPS)
    kept = own.filter(pl.col("audience").is_in(camps.implode()))
    places = kept.group_by("place").agg(pl.col("n_place").sum()).sort(["n_place", "place"], descending=[True, False])
    return places.head(MOST_PLACES).select("place").join(kept.sort("audience"), "place", maintain_order="left_right")


def _table(own: pl.DataFrame, anchor: str, kind: str, source: str, words: Words) -> Table:
    columns = (
        Column(words(f"camp_places.{kind}"), "name", 1.6),
        Column(words("camps.camp"), "name", 1.3),
        *(Column(words(f"camp_places.{name}"), "number") for name in ("accounts", "share", "others", "times", "q")),
    )
    rows = tuple(
        (
            Cell(words.place(row["place"])),
            Cell(short(row["audience"], NAME_LENGTH)),
            Cell(words("camp_places.of", n=words.integer(row["n_place"]), known=words.integer(row["n_known"]))),
            Cell(
                words(
                    "camp_places.within",
                    share=words.share(row["share"]),
                    range=words.share_range(row["low"], row["high"]),
                ),
                row["share"],
            ),
            Cell(words.share(row["share_others"]), row["share_others"]),
            Cell(words.number(row["quotient"], 2), row["quotient"]),
            Cell(words.small(row["q_camp"]), row["q_camp"]),
        )
        for row in own.iter_rows(named=True)
    )
    caption = words(f"camp_places.{kind}_caption", source=words.known("source", source))
    return Table(anchor, caption, columns, rows)


def _figure(own: pl.DataFrame, anchor: str, kind: str, source: str, words: Words) -> Figure:
    shares = [
        CampShare(words.place(row["place"]), short(row["audience"], NAME_LENGTH), row["share"], row["low"], row["high"])
        for row in own.iter_rows(named=True)
    ]
    svg = camp_shares(shares, words("camp_places.axis"), words.share, anchor)
    fields = {"source": words.known("source", source)}
    apart = own.sort(["q_camp", "place", "audience"]).row(0, named=True)
    most = words(
        "camp_places.most_apart",
        camp=short(apart["audience"], NAME_LENGTH),
        place=words.place(apart["place"]),
        share=words.share(apart["share"]),
        others=words.share(apart["share_others"]),
    )
    return Figure(anchor, svg, most, words(f"camp_places.{kind}_figure", **fields), numbers=own)
