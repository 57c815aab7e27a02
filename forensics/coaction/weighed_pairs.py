"""Significance of the pairs that an engine counted: what survives the counting is small enough for one machine.

The pairs are weighed against the interval-jitter null, from their own accounts' acts. One more pass over the whole data
finds what the null needs of everybody: when each object first appeared, which objects drew a crowd, and how many
accounts there are to correct for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from forensics import schema
from forensics.coaction.clusters import find_clusters
from forensics.coaction.counting import CoActions
from forensics.coaction.engines.engine import Question
from forensics.coaction.engines.spilled_acts import scan
from forensics.coaction.jitter_null import WIDEST_S, jitter, weigh
from forensics.coaction.layers import IndexedActs, index_acts
from forensics.coaction.schedules import schedules
from forensics.errors import MemoryBudgetError, ParameterError
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values

_OCCASION_S = 600.0
_CROWD = 300
_MIN_ACCOUNTS = 3
_RESOLUTION = 0.05
_ACT_BYTES = 600
"""Bytes of an act while it is indexed and laid out, ids included."""


@dataclass(frozen=True, slots=True, eq=False)
class WeighedPairs:
    """The counted pairs, weighed.

    Attributes:
        pairs: ``left, right, n_objects, n_pairs, n_trials, n_occasions, expected, p_value, q_value``, in (left, right)
            order; ``n_objects`` and ``n_pairs`` over all objects, the next three over those that drew no crowd.
        groups: ``group, account_id``: the accounts that significant pairs join, groups from 1.
        n_testable: pairs of accounts that the correction counts.
        n_crowded: objects left out of the weighing because an hour of theirs drew a crowd.
    """

    pairs: pl.DataFrame
    groups: pl.DataFrame
    n_testable: int
    n_crowded: int


def check(question: Question) -> None:
    """Refuse a question whose pairs could not be weighed.

    Raises:
        ParameterError: the window is longer than half of the null's widest bin.
    """
    if question.window_s > WIDEST_S / 2:
        raise ParameterError(
            "Pairs can be weighed at windows up to {widest_s} s; {window_s} s is asked.",
            widest_s=WIDEST_S / 2,
            window_s=question.window_s,
        )


def weigh_pairs(
    paths: Sequence[Path],
    question: Question,
    pairs: pl.DataFrame,
    alpha: float,
    seed: int,
    memory_bytes: int,
    progress: Progress,
) -> WeighedPairs:
    """Weigh counted pairs and group the significant ones.

    Args:
        paths: the files that were counted.
        question: that was asked.
        pairs: ``engine.PAIRS``.
        alpha: the expected share of false pairs among the significant.
        memory_bytes: that may be used.

    Raises:
        ParameterError: see ``check``.
        MemoryBudgetError: the accounts of the pairs have more acts than fit into memory.
    """
    check(question)
    progress("collecting the acts of the accounts that remain", 0, 0)
    acts = scan(paths, question)
    kept = pl.concat([pairs["left"], pairs["right"]]).unique().alias("account_id").to_frame().lazy()
    own = acts.join(kept, "account_id", "semi")
    n_own = int(own.select(pl.len()).collect(engine="streaming").item())
    if n_own * _ACT_BYTES > memory_bytes:
        raise MemoryBudgetError(
            "The accounts of the {n_pairs} pairs have {n_acts} acts, which do not fit into memory. Ask for pairs "
            "that share more, or give more memory.",
            n_pairs=pairs.height,
            n_acts=n_own,
        )
    objects = _objects(acts, own)
    crowded = objects.filter(pl.col("busiest") >= _CROWD)
    layer = _indexed(own.join(crowded.lazy(), "object_id", "anti").collect(engine="streaming"), question, objects)
    progress("weighing the pairs that remain", 0, 0)
    n_active = int(
        acts.group_by("account_id")
        .len()
        .filter(pl.col("len") >= question.at_least)
        .select(pl.len())
        .collect(engine="streaming")
        .item()
    )
    n_testable = max(n_active * (n_active - 1) // 2, pairs.height)
    weighed = _weighed(layer, question, pairs, n_testable)
    edges = weighed.filter(pl.col("q_value") <= alpha)
    groups = find_clusters(edges, _MIN_ACCOUNTS, _RESOLUTION, seed)
    numbered = groups.select(group=pl.col("cluster").rank("dense"), account_id="account_id").sort("group", "account_id")
    return WeighedPairs(weighed, numbered, n_testable, crowded.height)


def _objects(acts: pl.LazyFrame, own: pl.LazyFrame) -> pl.DataFrame:
    """Return ``object_id, first, busiest`` of the objects that were acted on: its first act and its busiest hour."""
    wanted = own.select("object_id").unique()
    return (
        acts.join(wanted, "object_id", "semi")
        .group_by("object_id", hour=pl.col("acted_at").dt.truncate("1h"))
        .agg(n_acts=pl.len(), first=pl.col("acted_at").min())
        .group_by("object_id")
        .agg(pl.col("first").min(), busiest=pl.col("n_acts").max())
        .collect(engine="streaming")
    )


def _indexed(own: pl.DataFrame, question: Question, objects: pl.DataFrame) -> IndexedActs:
    """Index the acts; an object's age counts from its first act by anybody."""
    action, _, kind = (question.layer or "like:post").rpartition(":")
    post = pl.col("post_id") if "post_id" in own.columns else pl.lit(None, pl.String)
    actions = own.select(
        "account_id",
        "object_id",
        pl.from_epoch(pl.col("acted_at").dt.timestamp("us"), "us").dt.replace_time_zone("UTC").alias("acted_at"),
        post_id=post,
        action=pl.lit(action or "post"),
        object_kind=pl.lit(kind),
        time_precision=pl.lit(question.precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    acts = index_acts(schema.conform(actions, schema.ACTIONS), question.layer or "like:post")
    first = acts.object_ids.alias("object_id").to_frame().join(objects, "object_id", "left", maintain_order="left")
    appeared = first["first"].dt.cast_time_unit("us").to_physical() // question.tick_us
    return replace(acts, appeared=appeared.to_numpy().astype(np.int64), is_published=np.zeros(first.height, bool))


def _weighed(acts: IndexedActs, question: Question, pairs: pl.DataFrame, n_testable: int) -> pl.DataFrame:
    """Weigh the pairs of which both accounts still have acts; the others have nothing to weigh and p = 1."""
    numbers = pl.DataFrame({"account_id": acts.account_ids}).with_row_index("number")
    for side in ("left", "right"):
        named = numbers.rename({"account_id": side, "number": f"{side}_number"})
        pairs = pairs.join(named, side, "left", maintain_order="left")
    known = pairs.filter(pl.col("left_number").is_not_null() & pl.col("right_number").is_not_null())
    left, right = (known[f"{side}_number"].to_numpy() for side in ("left", "right"))
    counted = CoActions(left, right, known["n_objects"].to_numpy(), known["n_pairs"].to_numpy())
    null = jitter(acts, schedules(acts), question.window, _CROWD)
    tests = weigh(null, counted, max(1, int(_OCCASION_S * 1e6) // question.tick_us))
    weighed = known.select("left", "right").with_columns(
        n_trials=pl.Series(tests.n_trials),
        n_occasions=pl.Series(tests.occasions),
        expected=pl.Series(tests.expected),
        p_value=pl.Series(np.where(tests.occasions >= question.at_least, tests.p_value, 1.0)),
    )
    rows = pairs.drop("left_number", "right_number").join(weighed, ["left", "right"], "left", maintain_order="left")
    rows = rows.with_columns(
        pl.col("n_trials", "n_occasions").fill_null(0),
        pl.col("expected").fill_null(0.0),
        pl.col("p_value").fill_null(1.0),
    )
    return with_q_values(rows, n_tests=n_testable)
