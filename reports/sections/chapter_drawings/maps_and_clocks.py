"""The maps and clocks: where accounts are by each source, regions against the electorate, groups around the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from forensics.findings import Detection
from forensics.places.coordinates import area_positions
from reports.detector_declarations import charted
from reports.figures.geo_charts import Share, day_clock, funnel
from reports.figures.maps import Place, dot_map, shaded_map
from reports.report_model import Figure
from reports.visible_text import short
from reports.wording import Words

Frames = tuple[pl.DataFrame, ...]

MOST_FIGURES = 4
MOST_LABELS = 12
FEWEST_COUNTRIES = 2


def maps_of(detection: Detection, anchor: str, words: Words) -> tuple[Figure, ...]:
    """Return the drawings of a detector of place; none for any other.

    Args:
        anchor: that the figures' anchors begin with, unique in the report.
    """
    return tuple(
        figure
        for chart, frames in charted(detection)
        if chart.name in MAKERS
        for figure in MAKERS[chart.name](frames, anchor, words)
    )


def _centres(codes: list[str]) -> dict[str, tuple[float, float]]:
    found = area_positions(codes).drop_nulls()
    return {area: (north, east) for area, north, east in found.iter_rows()}


def _maps(frames: Frames, anchor: str, words: Words) -> list[Figure]:
    """Return a map of the accounts' countries for each source that has more than one; of one a sentence says it."""
    (counted,) = frames
    figures = []
    for source in counted["source"].unique(maintain_order=True) if "share" in counted.columns else ():
        own = counted.filter(pl.col("source") == source).sort(["n_accounts", "country"], descending=[True, False])
        if own.height < FEWEST_COUNTRIES:
            continue
        columns = ("country", "n_accounts", "n_known", "share")
        figures.append(_world(own.select(columns), f"{anchor}-map-{source}", "map", {"source": source}, words))
    return figures[:MOST_FIGURES]


def _camps(frames: Frames, anchor: str, words: Words) -> list[Figure]:
    """Return a map of the countries of each camp that has more people abroad than is ordinary."""
    camps, shares = frames
    if camps.is_empty() or "finding_id" not in shares.columns:
        return []
    figures = []
    found = shares.drop_nulls("finding_id").head(MOST_FIGURES)
    for number, (source, camp) in enumerate(found.select("source", "audience").iter_rows()):
        own = camps.filter((pl.col("source") == source) & (pl.col("audience") == camp))
        fields = {"source": source, "camp": short(camp, 40)}
        columns = ("country", "n_country", "n_known", "share")
        figures.append(_world(own.select(columns), f"{anchor}-camp-{number}", "camp", fields, words))
    return figures


def _world(counted: pl.DataFrame, name: str, kind: str, fields: dict[str, str], words: Words) -> Figure:
    """Return a map of accounts by country, from its code, its accounts, all accounts and its share; most first."""
    values = {code: float(n) for code, n, _, _ in counted.iter_rows()}
    svg = shaded_map(
        values, _centres(list(values)), words("atlas.map_title"), words("atlas.map_unknown"), words.integer, name
    )
    shares = tuple(f"{words.country(code)} {words.share(share)}" for code, _, _, share in counted.head(3).iter_rows())
    n_known = counted[0, 2]
    fields = {**fields, "source": words.known("source", fields["source"]), "accounts": words.integer(n_known)}
    alt = words(f"atlas.{kind}_alt", most=words.series(shares), **fields)
    caption = words(f"atlas.{kind}_caption", most=words.series(shares), **fields)
    return Figure(name, svg, alt, caption, numbers=counted)


def _funnels(frames: Frames, anchor: str, words: Words) -> list[Figure]:
    """Return a funnel for each camp and source whose regions were set against an electorate."""
    regions, distance = frames
    figures = []
    if regions.is_empty() or distance.is_empty():
        return []
    key = pl.concat_str("source", pl.lit("/"), "audience")
    found = pl.concat([frame.drop_nulls("finding_id").select(key) for frame in (distance, regions)]).to_series()
    drawn = distance.filter(key.is_in(found.to_list())) if found.len() else distance
    for number, row in enumerate(drawn.head(MOST_FIGURES).iter_rows(named=True)):
        own = regions.filter((pl.col("source") == row["source"]) & (pl.col("audience") == row["audience"]))
        shares = [
            Share(
                words.place(region["place"]),
                region["expected_share"] * row["n"],
                region["n_people"] / max(region["expected_share"] * row["n"], 1e-9),
                region["finding_id"] is not None,
            )
            for region in own.iter_rows(named=True)
        ]
        name = f"{anchor}-funnel-{number}"
        titles = (words("atlas.funnel_x"), words("atlas.funnel_y"))
        legend = (words("atlas.funnel_chance"), words("atlas.funnel_found"))
        svg = funnel(shares, row["phi"] or 1.0, titles, legend, words.number, name)
        fields = {"camp": short(row["audience"], 40), "source": words.known("source", row["source"])}
        n_found = words.integer(sum(share.is_found for share in shares))
        alt = words("atlas.funnel_alt", found=n_found, regions=words.integer(len(shares)), **fields)
        figures.append(Figure(name, svg, alt, words("atlas.funnel_caption", **fields), numbers=own))
    return figures


def _hotspots(frames: Frames, anchor: str, words: Words) -> list[Figure]:
    """Return one map of the areas that lie in hotspots."""
    spots, areas = frames
    if spots.is_empty() or not (found := spots.drop_nulls("finding_id")).height:
        return []
    inside = areas.drop_nulls("finding_id").join(found.select("finding_id", "observed", "n_areas"), "finding_id")
    sizes = inside.group_by("area").agg(size=(pl.col("observed") / pl.col("n_areas")).max()).sort("size", "area")
    centres = _centres(sizes["area"].to_list())
    named = set(sizes["area"].tail(MOST_LABELS))
    places = [
        Place(*centres[area], size, words.place(area) if area in named else "", is_marked=True)
        for area, size in sizes.iter_rows()
        if area in centres
    ]
    fields = {"spots": words.integer(found.height), "areas": words.integer(len(places))}
    name = f"{anchor}-hotspots"
    alt, caption = words("atlas.spots_alt", **fields), words("atlas.spots_caption", **fields)
    return [Figure(name, dot_map(places, name), alt, caption, numbers=sizes)]


def _clocks(frames: Frames, anchor: str, words: Words) -> list[Figure]:
    """Return the day of each group whose clock contradicts its place, and that of the largest group that does not."""
    groups, hours = frames
    if groups.is_empty():
        return []
    by_size = groups.sort(["n_accounts", "group"], descending=[True, False])
    judged = by_size.drop_nulls("mass_stated")
    named, others = judged.drop_nulls("finding_id"), judged.filter(pl.col("finding_id").is_null())
    drawn = pl.concat([named.head(MOST_FIGURES - 1), others.head(1)])
    figures = []
    for number, row in enumerate(drawn.iter_rows(named=True)):
        own = hours.filter(pl.col("group") == row["group"]).sort("half_hour")
        place = words.country(row["country"])
        name = f"{anchor}-day-{number}"
        pair = (words("atlas.clock_acts"), words("atlas.clock_ordinary", place=place))
        svg = day_clock(own["n"].to_numpy().astype(np.float64), own["expected"].to_numpy(), pair, "UTC", name)
        fields = {
            "place": place,
            "accounts": words.integer(row["n_accounts"]),
            "offset": words.offset(row["offset_h"]),
            "low": words.offset(row["low_h"]),
            "high": words.offset(row["high_h"]),
            "share": words.small(row["mass_stated"]),
        }
        alt, caption = words("atlas.clock_alt", **fields), words("atlas.clock_caption", **fields)
        figures.append(Figure(name, svg, alt, caption, numbers=own))
    return figures


MAKERS: Mapping[str, Callable[[Frames, str, Words], list[Figure]]] = {
    "country_maps": _maps,
    "camp_maps": _camps,
    "funnels": _funnels,
    "hotspot_map": _hotspots,
    "day_clocks": _clocks,
}
"""By the name of the chart that a detector declares."""
