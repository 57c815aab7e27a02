"""The drawings of rhythm, growth, reach, proportions and money, each from the tables of its detector."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.findings import Detection
from forensics.vocabulary import Chart
from reports.detector_declarations import charted
from reports.figures.work_charts import Interval, ceilings, composition, hours_of_the_week, intervals, marked_growth
from reports.report_model import Figure
from reports.visible_text import short
from reports.wording import Words

MOST_FIGURES = 6
"""Drawings of one kind; more stand in tables."""
MOST_DOTS = 800
"""Posts of a kind that are drawn; evenly taken where there are more."""
PARTS = ("reactions", "comments", "shares")

Numbers = NDArray[np.float64]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What a drawing is made of: the detection, the chart that it declares and the chart's tables, in its order."""

    detection: Detection
    chart: Chart
    frames: tuple[pl.DataFrame, ...]


Drawer = Callable[[Drawn, str, Names, Words], tuple[Figure, ...]]


def _thinned(frame: pl.DataFrame, most: int) -> pl.DataFrame:
    return frame if frame.height <= most else frame.gather_every(-(-frame.height // most))


def _week(hours: pl.DataFrame, group: str) -> Numbers:
    own = hours.filter(pl.col("group") == group).sort("weekday", "hour")
    return own["share"].to_numpy().reshape(7, 24).astype(np.float64)


def _rhythm(drawn: Drawn, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:
    """Return a map of the week for each group beside all others; for all accounts where there are no groups."""
    hours, busiest = drawn.frames
    if hours.is_empty() or busiest.is_empty():
        return ()
    shown_of = {group: (n_acts, share) for group, n_acts, share in busiest.iter_rows() if n_acts}
    held = [group for group in hours["group"].unique(maintain_order=True) if group not in {"others", "all"}]
    named = {finding.subject for finding in drawn.detection.findings}
    held = [group for group in held if group in named] or held
    order = {group: place for place, group in enumerate(names)}  # as the report numbers them
    found = sorted(held, key=lambda group: order.get(group, len(order)))
    others = words("drawing.others")
    figures = []
    for place, group in enumerate(found[:MOST_FIGURES] or ["all"]):
        if group not in shown_of:
            continue
        n_acts, share = shown_of[group]
        name = short(names.get(group, group), 40) if found else words("drawing.everyone")
        maps, fields = [(name, _week(hours, group))], {"group": name, "share": words.share(share)}
        counts = {"group": name, "acts": words.integer(n_acts)}
        key = "heat_alone"
        if "others" in shown_of:
            n_others, share_others = shown_of["others"]
            maps.append((others, _week(hours, "others")))
            fields |= {"share_others": words.share(share_others), "others": others}
            counts |= {"others": others, "acts_others": words.integer(n_others)}
            key = "heat"
        own = f"{anchor}-hours-{place}"
        svg = hours_of_the_week(maps, words.texts("drawing.heat_weekdays"), words("drawing.heat_axis"), own)
        alt, caption = words(f"drawing.{key}_alt", **fields), words(f"drawing.{key}_caption", **counts)
        numbers = hours.filter(pl.col("group").is_in([group, *(("others",) if len(maps) > 1 else ())]))
        figures.append(Figure(own, svg, alt, caption, numbers=numbers))
    return tuple(figures)


def _reach(drawn: Drawn, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:  # noqa: ARG001  as every drawing
    (posts,) = drawn.frames
    if posts.is_empty():
        return ()
    (quantile,) = drawn.chart.parameters
    level = 1 - float(str(drawn.detection.params[quantile]))
    kinds = (
        ("below", posts.filter(pl.col("p_reach") > level)),
        ("viral", posts.filter((pl.col("p_reach") <= level) & ~pl.col("is_beyond"))),
        ("beyond", posts.filter("is_beyond")),
    )
    groups = []
    for kind, frame in kinds:
        dots = _thinned(frame, MOST_DOTS).select(pl.col("ceiling", "interactions").clip(1).cast(pl.Float64))
        groups.append((words(f"drawing.reach_{kind}"), dots["ceiling"].to_numpy(), dots["interactions"].to_numpy()))
    titles = (words("drawing.reach_axis_x"), words("drawing.reach_axis_y"))
    own = f"{anchor}-ceilings"
    counts = {kind: words.integer(frame.height) for kind, frame in kinds}
    alt = words("drawing.reach_alt", posts=words.integer(posts.height), beyond=counts["beyond"], viral=counts["viral"])
    caption = words("drawing.reach_caption", drawn=words.integer(MOST_DOTS))
    return (Figure(own, ceilings(groups, titles, words.number, own), alt, caption, numbers=posts),)


def _ratios(drawn: Drawn, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:
    (posts,) = drawn.frames
    figures = []
    corners = words.texts("drawing.ratio_corners")
    for place, finding in enumerate(drawn.detection.findings[:MOST_FIGURES]):
        own = posts.filter(pl.col("account_id") == finding.subject)
        odd = own.filter(pl.col("finding_id").is_not_null())
        usual = _thinned(own.filter(pl.col("finding_id").is_null()), MOST_DOTS)
        shares = [
            (frame.select(PARTS).to_numpy() / np.maximum(frame["interactions"].to_numpy(), 1)[:, None])
            for frame in (usual, _thinned(odd, MOST_DOTS))
        ]
        name = f"{anchor}-proportions-{place}"
        svg = composition(
            shares[0], shares[1], (words("drawing.ratio_usual"), words("drawing.ratio_odd")),
            (corners[0], corners[1], corners[2]), name,
        )  # fmt: skip
        subject = short(names.get(finding.subject, finding.subject), 40)
        counts = {"posts": words.integer(own.height), "odd": words.integer(odd.height)}
        alt = words("drawing.ratio_alt", subject=subject, **counts)
        figures.append(Figure(name, svg, alt, words("drawing.ratio_caption", subject=subject), numbers=own))
    return tuple(figures)


def _money(drawn: Drawn, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:  # noqa: ARG001  as every drawing
    (table,) = drawn.frames
    if table.is_empty():
        return ()
    rows = [
        Interval(short(row["camp"], 28), row["per_unit"], row["per_unit_low"], row["per_unit_high"])
        for row in table.sort("per_unit", "camp", descending=[True, False], nulls_last=True).iter_rows(named=True)
    ]
    fields = tuple(
        words(
            "drawing.money_told",
            camp=row.label,
            low=words.number(row.low),
            high=words("drawing.money_open") if row.high is None else words.number(row.high),
        )
        for row in rows
    )
    currency = str(table["currency"][0])
    own = f"{anchor}-money"
    svg = intervals(rows, words("drawing.money_axis", currency=currency), words.number, own)
    alt = words("drawing.money_alt", currency=currency, fields=words.series(fields))
    return (Figure(own, svg, alt, words("drawing.money_caption"), numbers=table),)


def _growth(drawn: Drawn, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:
    (table,) = drawn.frames
    figures = []
    for place, finding in enumerate(drawn.detection.findings[:MOST_FIGURES]):
        own = table.filter(pl.col("account_id") == finding.subject).sort("day")
        name, subject = f"{anchor}-growth-{place}", short(names.get(finding.subject, finding.subject), 40)
        svg = marked_growth(
            own["day"].to_numpy(),
            own["followers"].to_numpy(),
            own["is_jump"].to_numpy(),
            (words("drawing.growth_axis"), words("drawing.growth_line"), words("drawing.growth_mark")),
            (words.number, words.tick),
            name,
        )
        alt = words("drawing.growth_alt", subject=subject, jumps=words.integer(own.filter("is_jump").height))
        figures.append(Figure(name, svg, alt, words("drawing.growth_caption", subject=subject), numbers=own))
    return tuple(figures)


DRAWERS: Mapping[str, Drawer] = {
    "weeks": _rhythm,
    "growth_curves": _growth,
    "ceilings": _reach,
    "proportions": _ratios,
    "price_intervals": _money,
}
"""By the name of the chart that a detector declares."""


def figures_of(detection: Detection, anchor: str, names: Names, words: Words) -> tuple[Figure, ...]:
    """Return the drawings of a detection; none for a detector that has none.

    Args:
        anchor: that the figures' anchors begin with, unique in the report.
        names: what groups are called, by their ids.
    """
    return tuple(
        figure
        for chart, frames in charted(detection)
        if chart.name in DRAWERS
        for figure in DRAWERS[chart.name](Drawn(detection, chart, frames), anchor, names, words)
    )
