"""The worlds in which quality is measured, the ways of looking at them, and what each way made of each world."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import polars as pl
from coaction.peer_rules import FixedRuleNetwork, coordination_network_toolkit, coortweet

from forensics.coaction.layers import layer_names
from forensics.dataset import Dataset
from forensics.detectors.coordination.coordination import DETECTOR, Params
from forensics.findings import NEWSROOM_ONLY, named_accounts
from forensics.loaders import load
from forensics.loaders.base import ReadOptions
from forensics.progress import quiet
from forensics.scoring import AccountScore, score_accounts
from forensics.simulate import Election, Plant, hard_worlds, organic, plain, plant_into, simulate

__all__ = ["GERMAN", "PRACTICES", "PROMISED", "QUIET", "REAL", "Task", "Verdict", "judge"]

SHARED = Path(os.environ.get("FORENSICS_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
GERMAN = SHARED / "german-elections-2021" / "german_elections.parquet"
DAY_S = 86_400.0
QUIET: dict[str, Election] = {"organic": organic(), "plain": plain(), **hard_worlds()}
"""Worlds without manipulation: whoever is named in them is named wrongly."""
PRACTICES: dict[str, tuple[Plant, ...]] = {
    "like farm 50 × 20, 60 s": (Plant(),),
    "like farm 50 × 20, 10 min": (Plant(window_s=600.0, age_low_s=3_600.0),),
    "like farm 50 × 20, 6 h": (Plant(window_s=21_600.0),),
    "slow drip 50 × 20, 2 days, 70 % attend": (Plant("slow_drip", window_s=2 * DAY_S, attendance=0.7),),
    "like farm 15 × 20, 60 s, half absent": (Plant(n_accounts=15, attendance=0.5),),
    "like farm 50 × 20, within 2 min of posting": (Plant(age_low_s=1.0, age_high_s=60.0),),
    "like farm 50 × 8, 60 s": (Plant(n_targets=8),),
    "like farm 50 × 20, 60 s, half absent": (Plant(attendance=0.5),),
    "like farm 50 × 20, 60 s, nine in ten acts ordinary": (Plant(mimicry=0.9),),
    "slow drip 50 × 60, 2 days, 70 % attend": (Plant("slow_drip", n_targets=60, window_s=2 * DAY_S, attendance=0.7),),
    "two like farms of 40 that share 20 workers": (Plant(n_accounts=40), Plant(n_accounts=40, shared=0.5)),
    "like farm 50 × 20 on shifts abroad": (Plant(country="PH", claims="FR", shift_h=(8.0, 17.0)),),
    "comment farm 50 × 20, 10 min, one text": (Plant("comment_farm", window_s=600.0, age_low_s=3_600.0),),
    "comment farm 50 × 20, 10 min, reworded": (
        Plant("comment_farm", window_s=600.0, age_low_s=3_600.0, paraphrase=1.0),
    ),
    "follower farm 50 × 20, 1 h": (Plant("follow_farm", window_s=3_600.0),),
    "rating farm 50 × 20, 1 h": (Plant("rating_farm", window_s=3_600.0),),
    "content farm 20 × 60, 10 min": (Plant("content_farm", n_accounts=20, n_targets=60, window_s=600.0),),
}
PROMISED = tuple(PRACTICES)[:5]
"""The practices of which a stated share must be found."""
REAL: dict[str, tuple[Plant, ...]] = {
    "like farm 50 × 20, 60 s, in german-elections-2021": (Plant(),),
    "like farm 50 × 20, 10 min, in german-elections-2021": (Plant(window_s=600.0, age_low_s=3_600.0),),
    "like farm 15 × 20, 60 s, half absent, in german-elections-2021": (Plant(n_accounts=15, attendance=0.5),),
}
"""Practices planted into real data, whose own groups are left out of the count."""


@dataclass(frozen=True, slots=True)
class Task:
    """A world to be judged.

    Attributes:
        world: its kind.
        seed: of the world.
        with_peers: whether the rules of other tools look too.
    """

    world: str
    seed: int
    with_peers: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one way of looking made of one world.

    Attributes:
        world: its kind.
        seed: of the world.
        looked: the way of looking.
        n_found: accounts named.
        n_true: accounts planted.
        n_hit: accounts that are both.
        wrong_clusters: groups of which less than half was planted; None where a way names no groups.
        high: how many of these have high confidence.
        wrong_are: the commonest habits of those named wrongly.
    """

    world: str
    seed: int
    looked: str
    n_found: int
    n_true: int
    n_hit: int
    wrong_clusters: int | None = None
    high: int = 0
    wrong_are: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A world's data and what is known of them."""

    world: str
    seed: int
    dataset: Dataset
    true: pl.Series
    habits: pl.DataFrame
    known: pl.Series


def judge(task: Task) -> list[Verdict]:
    """Make a world and look at it."""
    scene = _scene(task.world, task.seed)
    return [_by_detector(scene), *(_by_peers(scene) if task.with_peers else ())]


def _scene(world: str, seed: int) -> _Scene:
    if world in REAL:
        planted = plant_into(_german(), REAL[world], seed)
        habits = pl.DataFrame(schema={"account_id": pl.String, "habit": pl.String})
        known = _german_groups()
        return _Scene(world, seed, planted.dataset, planted.truth["account_id"].unique(), habits, known)
    made = simulate(QUIET[world] if world in QUIET else replace(organic(), plants=PRACTICES[world]), seed)
    return _Scene(
        world, seed, made.dataset, made.truth["account_id"].unique(), made.habits, pl.Series([], dtype=pl.String)
    )


@cache
def _german() -> Dataset:
    options = ReadOptions(
        columns={"account": "account_id", "post": "post_id", "time": "timestamp"},
        objects={"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"},
    )
    return load(GERMAN, "generic", options)


@cache
def _german_groups() -> pl.Series:
    """Return the accounts that real data name before anything is planted: nobody knows whether wrongly."""
    detection = DETECTOR.run(_german(), Params(), 1, quiet)
    return detection.tables["accounts"]["account_id"].unique()


def _by_detector(scene: _Scene) -> Verdict:
    detection = DETECTOR.run(scene.dataset, Params(), scene.seed, quiet)
    named = named_accounts(detection.tables["accounts"]).filter(~pl.col("account_id").is_in(scene.known.implode()))
    is_hit = pl.col("account_id").is_in(scene.true.implode())
    wrong = named.filter(is_hit.mean().over("finding_id") < 0.5)["finding_id"].unique().to_list()
    findings = [finding for finding in detection.findings if finding.statement not in NEWSROOM_ONLY]
    return Verdict(
        scene.world,
        scene.seed,
        DETECTOR.name,
        *_counts(score_accounts(named["account_id"], scene.true)),
        wrong_clusters=len(wrong),
        high=sum(finding.strength == "high" for finding in findings if finding.id in wrong),
        wrong_are=_habits(named.filter(~is_hit), scene.habits),
    )


def _by_peers(scene: _Scene) -> Iterator[Verdict]:
    """Apply the fixed rules of other tools, at 60 s in every layer, to the accounts that do not declare software."""
    declared = scene.dataset.accounts.filter("is_automated")["account_id"]
    actions = scene.dataset.actions.filter(~pl.col("account_id").is_in(declared.implode()))
    rules: dict[str, tuple[Callable[[pl.DataFrame, str, float], FixedRuleNetwork], float]] = {
        "CooRTweet, median": (coortweet, 0.5),
        "CooRTweet, 99 %": (coortweet, 0.99),
        "coordination-network-toolkit": (coordination_network_toolkit, 0.0),
    }
    networks = {
        rule: [rule(actions, layer, 60.0).edges for layer in layer_names(actions)]
        for rule in (coortweet, coordination_network_toolkit)
    }
    for looked, (rule, above) in rules.items():
        kept = [
            edges.filter(pl.col("weight") > pl.col("weight").quantile(above)) if above else edges
            for edges in networks[rule]
        ]
        named = pl.concat([edges[side] for edges in kept for side in ("left", "right")]).unique()
        yield Verdict(scene.world, scene.seed, looked, *_counts(score_accounts(named, scene.true)))


def _counts(score: AccountScore) -> tuple[int, int, int]:
    return score.n_found, score.n_true, score.n_hit


def _habits(wrong: pl.DataFrame, habits: pl.DataFrame) -> str:
    kinds = habits.group_by("account_id").agg(habit=pl.col("habit").unique().sort().str.join("+"))
    counted = (
        wrong.select(pl.col("account_id").unique())
        .join(kinds, "account_id", "left")
        .with_columns(pl.col("habit").fill_null("none"))["habit"]
        .value_counts()
        .sort(["count", "habit"], descending=[True, False])
    )
    return ", ".join(f"{habit} {count}" for habit, count in counted.head(3).iter_rows())
