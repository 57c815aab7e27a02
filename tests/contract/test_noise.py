"""Every format's rows turned to noise accuse nobody, however many traces one row carries.

What a loader reads of its sample is dealt again: a thousand posts, each as one of the sample's, but by anybody, at any
time of a week and on any of forty topics. Whatever then is found was made by the reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.errors import ForensicsError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising import act_rows, item_collector, table_assembly
from forensics.loaders.normalising.act_rows import TRACES, acts_from_posts
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.reading.csv_dialect import ROW
from forensics.progress import quiet

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "loaders" / "samples").iterdir())
WHO = ("coordination", "rapid", "bursts")
OF_ACCOUNTS = ("registrations", "handles", "growth")
PLAIN = next(path for path in SAMPLES if path.name == "generic.csv")
"""Where a sample holds no acts, those of its accounts are this one's, turned to noise."""

N_POSTS, N_ACCOUNTS, N_TOPICS, WEEK_S = 1_000, 150, 40, 7 * 86_400
START_S = 1_719_000_000
SEVERAL = 6
"""Traces of a kind that each post carries where a field holds several."""


@cache
def posts_of(path: Path) -> tuple[pl.DataFrame, ...]:
    """Return the posts that a loader makes of its sample, before they become acts."""
    seen: list[pl.DataFrame] = []

    def note(posts: pl.DataFrame, rejects: Rejects, source_id: str, *, is_timed: bool = True) -> pl.DataFrame:
        seen.append(posts)
        return act_rows.acts_from_posts(posts, rejects, source_id, is_timed=is_timed)

    with pytest.MonkeyPatch.context() as patch:
        for module in (table_assembly, item_collector):
            patch.setattr(module, "acts_from_posts", note)
        load(path, options=ReadOptions(settings={"consent": "true"}))
    return tuple(posts for posts in seen if posts.height)


def noise(posts: pl.DataFrame, change: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows) -> Dataset:
    """Return a thousand of the posts, dealt to anybody and any time; what each is about is drawn anew."""
    rng = np.random.default_rng(7)
    made = posts.filter(~pl.col("is_context").fill_null(value=False)) if "is_context" in posts.columns else posts
    rows = change(made[rng.integers(0, made.height, N_POSTS)])
    topic = pl.Series("_topic", rng.integers(0, N_TOPICS, N_POSTS)).cast(pl.String)
    at = pl.Series((START_S + rng.integers(0, WEEK_S, N_POSTS)) * 1_000_000, dtype=pl.Int64).cast(schema.TIME)
    rows = rows.with_columns(
        topic,
        pl.Series("account_id", rng.integers(0, N_ACCOUNTS, N_POSTS)).cast(pl.String),
        at.alias("acted_at"),
        pl.Series(ROW, range(1, N_POSTS + 1)),
        pl.Series("post_id", [f"noise{number}" for number in range(N_POSTS)]),
    )
    about = [pl.col(name) + "-" + pl.col("_topic") for name in ("object_id", "text") if name in rows.columns]
    for name in set(TRACES.values()) & set(rows.columns):
        each = rows.select(ROW, "_topic", name).explode(name, empty_as_null=True)
        dealt = each.select(ROW, pl.col(name) + "-" + pl.col("_topic")).group_by(ROW).agg(pl.col(name).drop_nulls())
        rows = rows.drop(name).join(dealt, ROW, "left", maintain_order="left")
    return Dataset(actions=acts_from_posts(rows.with_columns(about).drop("_topic"), Rejects(), "s1"))


def stated(path: Path) -> Dataset:
    """Return noise by accounts to which a sample's facts are dealt, names and days drawn anew; and its payments."""
    rng = np.random.default_rng(7)
    data = load(path)
    facts = data.accounts[rng.integers(0, data.accounts.height, N_ACCOUNTS)]
    days = pl.Series((START_S - rng.integers(0, 520 * WEEK_S, N_ACCOUNTS)) * 1_000_000, dtype=pl.Int64)
    names = pl.Series(["".join(rng.choice(list("abdeiklmnorstu"), 9)) for _ in range(N_ACCOUNTS)])
    facts = facts.with_columns(
        pl.Series("account_id", range(N_ACCOUNTS)).cast(pl.String),
        pl.when(pl.col("created_at").is_not_null()).then(days.cast(schema.TIME)).alias("created_at"),
        pl.when(pl.col("handle").is_not_null()).then(names).alias("handle"),
        source_row=pl.Series(range(1, N_ACCOUNTS + 1)),
    )
    return replace(noise(posts_of(PLAIN)[0]), accounts=schema.conform(facts, schema.ACCOUNTS), money=data.money)


def accused(dataset: Dataset, who: tuple[str, ...] = WHO) -> dict[str, int]:
    """Return how many findings each detector of the question who has, and bursts."""
    found = {}
    for name in who:
        detector = DETECTORS.get(name)
        try:
            found[name] = len(detector.run(dataset, detector.params(), 1, quiet).findings)
        except ForensicsError:
            continue
    return {name: number for name, number in found.items() if number}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_turned_to_noise_accuses_nobody(path: Path) -> None:
    for posts in posts_of(path):
        assert accused(noise(posts)) == {}
    if not posts_of(path):
        assert accused(stated(path), (*WHO, *OF_ACCOUNTS)) == {}


# The fields are asked here: to learn which tests there are, no worker should spend the seconds that all samples take.
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_field_with_several_traces_accuses_nobody(path: Path) -> None:
    for name in TRACES.values():
        carrying = [posts for posts in posts_of(path) if name in posts.columns]
        if any(posts[name].list.len().sum() for posts in carrying):
            several = pl.lit([f"trace{number}" for number in range(SEVERAL)], pl.List(pl.String)).alias(name)
            assert accused(noise(carrying[0], lambda rows, several=several: rows.with_columns(several))) == {}, name
