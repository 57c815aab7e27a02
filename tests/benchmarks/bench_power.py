"""How much of each practice is found, beside what the fixed rules of other tools make of the same data.

Run ``python tests/benchmarks/bench_power.py`` from the repository; it takes a quarter of an hour, prints a table in
Markdown and writes it to ``bench/power.md``.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click
import polars as pl

from forensics.core import DETECTORS
from forensics.core.layers import layer_names
from forensics.core.peers import FixedRuleNetwork, coordination_network_toolkit, coortweet
from forensics.model import quiet
from forensics.scoring import AccountScore, score_accounts
from forensics.simulate import Plant, World, organic, simulate

OUT = Path(__file__).resolve().parents[2] / "bench" / "power.md"
DAY_S = 86_400.0
PRACTICES: dict[str, tuple[Plant, ...]] = {
    "like farm 50 × 20, 60 s": (Plant(),),
    "like farm 15 × 20, 60 s": (Plant(n_accounts=15),),
    "like farm 50 × 8, 60 s": (Plant(n_targets=8),),
    "like farm 50 × 20, 60 s, half absent": (Plant(attendance=0.5),),
    "like farm 15 × 20, 60 s, half absent": (Plant(n_accounts=15, attendance=0.5),),
    "like farm 50 × 20, 60 s, nine in ten acts ordinary": (Plant(mimicry=0.9),),
    "like farm 50 × 20, within 2 min of posting": (Plant(age_low_s=1.0, age_high_s=60.0),),
    "like farm 50 × 20, 10 min": (Plant(window_s=600.0, age_low_s=3_600.0),),
    "like farm 50 × 20, 6 h": (Plant(window_s=21_600.0),),
    "slow drip 50 × 20, 2 days, 70 % attend": (Plant("slow_drip", window_s=2 * DAY_S, attendance=0.7),),
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


@dataclass(frozen=True, slots=True)
class Power:
    """What one way of looking found of one world's plants."""

    practice: str
    seed: int
    looked: str
    score: AccountScore


def detector(name: str, surrogates: int) -> Callable[[World], pl.Series]:
    """Return a way of looking: one of our detectors, the accounts that declare themselves software left out."""

    def look(world: World) -> pl.Series:
        asked = DETECTORS.get(name)
        detection = asked.run(world.dataset, asked.params(surrogates=surrogates), world.seed, quiet)
        return detection.tables["accounts"].filter(pl.col("finding_id").is_not_null())["account_id"]

    return look


def fixed_rule(
    rule: Callable[[pl.DataFrame, str, float], FixedRuleNetwork], above: float
) -> Callable[[World], pl.Series]:
    """Return a way of looking: another tool's rule at 60 s in every layer, edges above a quantile of the weights."""

    def look(world: World) -> pl.Series:
        declared = world.dataset.accounts.filter("is_automated")["account_id"]
        actions = world.dataset.actions.filter(~pl.col("account_id").is_in(declared.implode()))
        found = []
        for layer in layer_names(actions):
            edges = rule(actions, layer, 60.0).edges
            if above > 0.0:
                edges = edges.filter(pl.col("weight") > pl.col("weight").quantile(above))
            found += [edges["left"], edges["right"]]
        return pl.concat(found).unique()

    return look


def ways(surrogates: int) -> dict[str, Callable[[World], pl.Series]]:
    """Return every way of looking, by name."""
    ours = {name: detector(name, surrogates) for name in ("synchrony", "membership") if name in DETECTORS}
    return ours | {
        "CooRTweet, median": fixed_rule(coortweet, 0.5),
        "CooRTweet, 99 %": fixed_rule(coortweet, 0.99),
        "coordination-network-toolkit": fixed_rule(coordination_network_toolkit, 0.0),
    }


def judge(task: tuple[str, int, int]) -> list[Power]:
    """Make a world and look at it in every way."""
    practice, seed, surrogates = task
    world = simulate(replace(organic(), plants=PRACTICES[practice]), seed)
    return [
        Power(practice, seed, name, score_accounts(look(world), world.truth["account_id"]))
        for name, look in ways(surrogates).items()
    ]


def cell(scores: list[AccountScore]) -> str:
    """Return recall and precision over several worlds together."""
    found, true, hit = (sum(getattr(score, name) for score in scores) for name in ("n_found", "n_true", "n_hit"))
    pooled = AccountScore(found, true, hit)
    return f"{pooled.recall or 0:.2f} / {'–' if pooled.precision is None else f'{pooled.precision:.3f}'}"


def table(rows: list[Power]) -> Iterator[str]:
    """Give the table line by line."""
    names = list(dict.fromkeys(row.looked for row in rows))
    yield f"| planted (recall / precision) | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for practice in dict.fromkeys(row.practice for row in rows):
        cells = [cell([row.score for row in rows if (row.practice, row.looked) == (practice, name)]) for name in names]
        yield f"| {practice} | {' | '.join(cells)} |"


@click.command()
@click.option("--worlds", default=3, show_default=True, help="How many worlds for each practice; seeds count from 1.")
@click.option("--surrogates", default=39, show_default=True, help="Re-deals for each detector and world.")
@click.option("--only", default="", help="Practices whose name holds this.")
def main(worlds: int, surrogates: int, only: str) -> None:
    """Measure what is found of each practice."""
    tasks = [(name, seed, surrogates) for name in PRACTICES if only in name for seed in range(1, worlds + 1)]
    rows: list[Power] = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for found in pool.imap(judge, tasks, chunksize=1):
            rows += found
            click.echo(f"{found[0].practice}, seed {found[0].seed}", err=True)
    head = f"Organic elections of 5,000 accounts and 200,000 acts, seeds 1 to {worlds}, {surrogates} re-deals."
    text = "\n".join(["# What is found of each practice", "", head, "", *table(rows), ""])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
