"""What a data set holds, counted: what a report says first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.engagement.post_counts import engagement
from forensics.detectors.engagement.spending import with_camps
from forensics.findings import Score
from forensics.schema import IS_OBSERVED, PRECISION_S

COUNTED = ("actions", "accounts", "objects", "posts", "payments")
"""What is counted of the whole data set, in the order of the report."""
_OF_CAMP, _OF_KIND = "camp:", "actions:"


def overview(dataset: Dataset) -> tuple[Score, ...]:
    """Count a data set.

    Returns:
        ``actions``, ``accounts``, ``objects``, ``posts`` and ``payments`` (rows of the aggregate tables), ``first_at``
        and ``last_at`` (``utc_s``), ``coarsest_precision_s``, then ``actions:<action>:<object kind>`` in alphabetical
        order, then the same measures of every camp, ``camp:<measure>:<camp>``. What the data do not have is null.
    """
    actions = dataset.actions.filter(IS_OBSERVED)
    acted = pl.concat([actions["acted_at"], dataset.posts["published_at"]]).to_physical()
    accounts = pl.concat([actions["account_id"], dataset.posts["account_id"]]).n_unique()
    objects = actions.select(pl.struct("object_kind", "object_id").filter(pl.col("object_id").is_not_null()).n_unique())
    precisions = pl.concat([actions["time_precision"], dataset.posts["time_precision"]]).drop_nulls().unique()
    kinds = (
        actions.group_by("action", "object_kind")
        .agg(n=pl.len())
        .select(name=pl.concat_str("action", "object_kind", separator=":", ignore_nulls=True), n="n")
        .sort("name")
    )
    return (
        Score("actions", float(actions.height), "acts"),
        Score("accounts", float(accounts), "accounts"),
        Score("objects", float(objects.item()), "objects"),
        Score("posts", float(dataset.posts.height), "posts"),
        Score("payments", float(dataset.money.height), "payments"),
        Score("first_at", _seconds(acted.min()), "utc_s"),
        Score("last_at", _seconds(acted.max()), "utc_s"),
        Score("coarsest_precision_s", max((PRECISION_S[str(p)] for p in precisions), default=None), "s"),
        *(Score(f"actions:{name}", float(n), "acts") for name, n in kinds.iter_rows()),
        *_camps(dataset, actions),
    )


def _camps(dataset: Dataset, actions: pl.DataFrame) -> list[Score]:
    """Return the same measures of every camp, by the same yardstick: what it has nothing of is 0."""
    posts = engagement(dataset.posts)
    payments = with_camps(dataset.money, dataset.posts)
    tables = (
        actions.group_by("camp").agg(actions=pl.len(), accounts=pl.col("account_id").n_unique()),
        posts.group_by("camp").agg(posts=pl.len(), interactions=pl.col("interactions").sum()),
        payments.group_by("camp").agg(payments=pl.len()),
    )
    camps = sorted({camp for table in tables for camp in table["camp"].drop_nulls()})
    return [
        Score(f"camp:{measure}:{camp}", float(table.filter(pl.col("camp") == camp)[measure].sum()), unit)
        for camp in camps
        for table in tables
        for measure, unit in _UNITS.items()
        if measure in table.columns
    ]


_UNITS = {
    "actions": "acts",
    "accounts": "accounts",
    "posts": "posts",
    "interactions": "interactions",
    "payments": "payments",
}
"""The measures of a camp in their order, each with its unit."""


def _seconds(micros: object) -> float | None:
    return micros / 1e6 if isinstance(micros, int) else None


def by_camp(counted: Sequence[Score]) -> dict[str, dict[str, Score]]:
    """Return the measures of each camp by their names, as ``overview`` counted them."""
    camps: dict[str, dict[str, Score]] = {}
    for score in counted:
        if score.name.startswith(_OF_CAMP):
            measure, _, camp = score.name.removeprefix(_OF_CAMP).partition(":")
            camps.setdefault(camp, {})[measure] = score
    return camps


def acts_by_kind(counted: Sequence[Score]) -> tuple[tuple[str, str, Score], ...]:
    """Return each kind of act, what it is done to and how many there are; an empty object where none is named."""
    kinds = []
    for score in counted:
        if score.name.startswith(_OF_KIND):
            action, _, kind = score.name.removeprefix(_OF_KIND).partition(":")
            kinds.append((action, kind, score))
    return tuple(kinds)
