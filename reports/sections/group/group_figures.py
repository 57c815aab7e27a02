"""The drawings of a group: who is linked with whom, who acted on which target how soon, and when each of them acted."""

from __future__ import annotations

import datetime as dt
import math

import polars as pl

from reports.detector_declarations import score_as, value_as
from reports.figures.grid_chart import SHADES, GridCell, grid
from reports.figures.network_drawing import Line, Node, network
from reports.figures.svg import SERIES
from reports.figures.svg_canvas import fitted
from reports.figures.timeline_drawing import Dot, timeline
from reports.report_model import Figure
from reports.run_queries import Group, account_names, rows_of
from reports.sections.findings.finding_sentence import object_name
from reports.sections.group.explorer_data import network_data, timeline_data
from reports.visible_text import short
from reports.wording import Words

MOST_LINES = 300
MOST_ROWS = 150
MOST_MARKS, MOST_CANDIDATES, MARK_LENGTH = 3, 50, 22
"""Targets named on a timeline, among how many, in how many characters."""
NODE_SIZE, NODE_ROOM = 8.0, 120.0
"""Of the accounts' names on a network, units: 24 letters of Latin script, fewer of East Asian ones."""
NAMED_NODES = 12
"""Accounts up to which a network names them; more would cover each other."""
DENSE = 0.5
"""Share of the possible pairs from which a network is a ball of wool; a choice of drawing, no finding hangs on it."""
GRID_ROWS, GRID_COLUMNS = 40, 60
"""Accounts and targets that a grid shows at most."""
STEPS_S = (60.0, 3_600.0, 86_400.0)
"""Seconds after the first act on a target at which the shades end."""


def group_network(group: Group, name: str, words: Words) -> tuple[Figure, ...]:
    """Return the network of a group; none where the analysis placed no account."""
    accounts = rows_of(group, "members").filter(pl.col("x").is_not_null() & pl.col("y").is_not_null())
    if accounts.is_empty():
        return ()
    if accounts.height <= NAMED_NODES:
        accounts = _in_a_ring(accounts)
    names = account_names(group)
    index = {account: place for place, account in enumerate(accounts["account_id"])}
    is_named = accounts.height <= NAMED_NODES
    nodes = [
        Node(fitted(short(names[account], 24), NODE_SIZE, NODE_ROOM) if is_named else "", x, y, weight or 0)
        for account, x, y, weight in accounts.select("account_id", "x", "y", "n_edges").iter_rows()
    ]
    edges = rows_of(group, "ties")
    lines = [
        Line(index[left], index[right], float(n_objects))
        for left, right, n_objects in edges.head(MOST_LINES).select("left", "right", "n_objects").iter_rows()
        if left in index and right in index
    ]
    anchor = f"network-{group.number}"
    density = score_as(group.finding.scores, "compactness")
    alt = words(
        "clusters.network_alt",
        group=name,
        accounts=words.plural("group.accounts", accounts.height, n=words.integer(accounts.height)),
        pairs=words.plural("group.pairs", edges.height, n=words.integer(edges.height)),
        density=words.score(density) if density else "",
    )
    caption = words("clusters.network_caption", group=name)
    if edges.height > MOST_LINES:
        caption += " " + words("clusters.network_extract", drawn=words.integer(MOST_LINES))
    data = network_data(group, accounts, edges.head(MOST_LINES), alt, words)
    numbers = edges.head(MOST_LINES).select("left", "right", "layers", "n_objects")
    return (Figure(anchor, network(nodes, lines), alt, caption, data, numbers),)


def _in_a_ring(accounts: pl.DataFrame) -> pl.DataFrame:
    """Place a few accounts on a circle, neighbours as they lay, so that no name covers another."""
    angle = pl.arctan2(pl.col("y") - pl.col("y").mean(), pl.col("x") - pl.col("x").mean())
    turn = pl.int_range(pl.len()) / pl.len() * (2 * math.pi)
    ring = accounts.select("account_id", angle=angle).sort("angle", "account_id")
    places = ring.select("account_id", x=turn.cos(), y=turn.sin())
    return accounts.drop("x", "y").join(places, "account_id", maintain_order="left")


def group_timeline(group: Group, name: str, words: Words) -> tuple[Figure, ...]:
    """Return the timeline of a group; none where there are no acts."""
    moments = rows_of(group, "moments").drop_nulls("acted_at")
    if moments.is_empty():
        return ()
    names = account_names(group)
    counts = moments.group_by("account_id").agg(n=pl.len()).sort("n", "account_id", descending=[True, False])
    rows = {account: place for place, account in enumerate(counts["account_id"].head(MOST_ROWS))}
    kinds = moments.group_by("layer").agg(n=pl.len()).sort("n", "layer", descending=[True, False])["layer"].to_list()
    series = sorted(kinds) if len(kinds) <= len(SERIES) else sorted(kinds[: len(SERIES) - 1])
    rest = len(kinds) - len(series)
    legend = [words.layer(layer) for layer in series]
    legend += [words.plural("clusters.other_kinds", rest, n=words.integer(rest))] if rest else []
    dots = [
        Dot(rows[account], series.index(layer) if layer in series else len(series), at)
        for account, layer, at in moments.select("account_id", "layer", "acted_at").iter_rows()
        if account in rows
    ]
    anchor = f"timeline-{group.number}"
    svg = timeline(
        dots, [short(names.get(account, account), 20) for account in rows], legend, words.tick, _marks(moments, words)
    )
    count = value_as(group.finding.scores, "size") or counts.height
    alt = words(
        "clusters.timeline_alt",
        group=name,
        accounts=words.plural("group.accounts", count, n=words.integer(count)),
        first=words.moment_utc(min(dot.at for dot in dots).timestamp()),
        last=words.moment_utc(max(dot.at for dot in dots).timestamp()),
    )
    caption = words("clusters.timeline_caption", group=name)
    if counts.height > MOST_ROWS:
        caption += " " + words("clusters.timeline_extract", drawn=words.integer(MOST_ROWS))
    drawn = moments.filter(pl.col("account_id").is_in(list(rows)))
    numbers = drawn.select("account_id", "layer", "object_id", "acted_at").sort(pl.all())
    data = timeline_data(drawn, list(rows), names, alt, words)
    return (Figure(anchor, svg, alt, f"{caption} {words('clusters.timeline_targets')}", data, numbers),)


def _marks(moments: pl.DataFrame, words: Words) -> list[tuple[dt.datetime, str]]:
    """Return the targets on which most accounts acted, each at its median moment, none close to another."""
    span = moments["acted_at"].max() - moments["acted_at"].min()  # type: ignore[operator]
    busiest = (
        moments.group_by("layer", "object_id")
        .agg(n=pl.col("account_id").n_unique(), at=pl.col("acted_at").median(), text=pl.col("text").min())
        .sort("n", "at", "object_id", descending=[True, False, False])
        .select("at", "layer", "object_id", "text")
        .head(MOST_CANDIDATES)
    )
    marks: list[tuple[dt.datetime, str]] = []
    for at, layer, object_id, text in busiest.iter_rows():
        if len(marks) < MOST_MARKS and all(abs(at - other) * MOST_MARKS * 2 > span for other, _ in marks):
            marks.append((at, object_name(object_id, layer.rpartition(":")[2], MARK_LENGTH, words, text)))
    return sorted(marks)


def is_dense(group: Group) -> bool:
    """Return whether most pairs of a group are tied, so that a network shows nothing."""
    share = value_as(group.finding.scores, "compactness")
    return share is not None and share >= DENSE


def group_grid(group: Group, name: str, words: Words) -> tuple[Figure, ...]:
    """Return the grid of a group's accounts and targets; none where no act is known."""
    target = ["layer", "object_id"]
    acts = rows_of(group, "moments").group_by("account_id", *target).agg(pl.col("acted_at").min())
    if acts.is_empty():
        return ()
    targets = (
        acts.group_by(target)
        .agg(n=pl.len(), first=pl.col("acted_at").min())
        .sort("n", "first", *target, descending=[True, False, False, False])
        .head(GRID_COLUMNS)
        .sort("first", *target)
        .with_row_index("column")
    )
    drawn = acts.join(targets, target)
    people = (
        drawn.group_by("account_id")
        .agg(n=pl.len())
        .sort("n", "account_id", descending=[True, False])
        .head(GRID_ROWS)
        .with_row_index("row")
    )
    late = (pl.col("acted_at") - pl.col("first")).dt.total_milliseconds() / 1_000
    cells = drawn.join(people.select("row", "account_id"), "account_id").with_columns(
        shade=pl.sum_horizontal((late > step).cast(pl.Int64) for step in STEPS_S)
    )
    names = account_names(group)
    anchor = f"grid-{group.number}"
    legend = [words("grid.within", n=words.duration(step)) for step in STEPS_S]
    svg = grid(
        [GridCell(*row) for row in cells.select("row", "column", "shade").sort("row", "column").iter_rows()],
        [short(names.get(account, account), 20) for account in people["account_id"]],
        targets.height,
        [*legend, words("grid.later")][: len(SHADES)],
    )
    shown = {
        "group": name,
        "accounts": words.integer(people.height),
        "all_accounts": words.integer(acts["account_id"].n_unique()),
        "targets": words.integer(targets.height),
        "all_targets": words.integer(acts.select(pl.struct(target).n_unique()).item()),
    }
    alt = words("grid.alt", **shown)
    numbers = cells.select("account_id", *target, "acted_at").sort("acted_at", "account_id", *target)
    return (Figure(anchor, svg, alt, words("grid.caption", **shown), numbers=numbers),)
