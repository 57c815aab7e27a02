"""The grid of a group: which of its accounts acted on which target, and how soon after the first of them."""

from __future__ import annotations

import polars as pl

from reports.figures.grid_chart import SHADES, GridCell, grid
from reports.meaning import value_as
from reports.model import Figure
from reports.run_queries import Group, account_names, rows_of
from reports.visible import short
from reports.wording import Words

__all__ = ["group_grid", "is_dense"]

DENSE = 0.5
"""Share of the possible pairs from which a network is a ball of wool; a choice of drawing, no finding hangs on it."""
MOST_ROWS, MOST_COLUMNS = 40, 60
STEPS_S = (60.0, 3_600.0, 86_400.0)
"""Seconds after the first act on a target at which the shades end."""


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
        .head(MOST_COLUMNS)
        .sort("first", *target)
        .with_row_index("column")
    )
    drawn = acts.join(targets, target)
    people = (
        drawn.group_by("account_id")
        .agg(n=pl.len())
        .sort("n", "account_id", descending=[True, False])
        .head(MOST_ROWS)
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
