"""How often the detectors accuse nobody wrongly, and how much of what was planted they find.

Run ``python tests/benchmarks/bench_quality.py`` from the repository; it takes minutes, prints tables in Markdown and
writes them to ``bench/quality.md``.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import polars as pl
from scipy.stats import binomtest

from forensics.core import DETECTORS
from forensics.model import quiet
from forensics.scoring import score_accounts
from forensics.simulate import Election, World, hard_worlds, organic, plain, simulate, with_farm

OUT = Path(__file__).resolve().parents[2] / "bench" / "quality.md"
ASKED = ("synchrony", "membership")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one detector made of one world.

    Attributes:
        world: its kind.
        seed: of the world.
        detector: which.
        clusters: found that name an account which was neither planted nor declares itself software.
        high: how many of these were given high strength.
        accused: accounts of clusters that were not planted.
        habits: how many of the accused have which habit, the commonest first.
        precision: None where nothing was found.
        recall: of the planted; None where none were.
        ratio: observed over expected hits of all pairs, where the detector says.
    """

    world: str
    seed: int
    detector: str
    clusters: int
    high: int
    accused: int
    habits: str
    precision: float | None
    recall: float | None
    ratio: float | None


def judge(task: tuple[str, Election, int, int]) -> list[Outcome]:
    """Make a world, run the detectors, compare."""
    name, election, seed, surrogates = task
    world = simulate(election, seed)
    return [_judge(name, world, asked, surrogates) for asked in ASKED if asked in DETECTORS]


def _judge(name: str, world: World, asked: str, surrogates: int) -> Outcome:
    detector = DETECTORS.get(asked)
    detection = detector.run(world.dataset, detector.params(surrogates=surrogates), world.seed, quiet)
    members = detection.tables["accounts"].filter(pl.col("finding_id").is_not_null())
    score = score_accounts(members["account_id"], world.truth["account_id"])
    wrong = members.filter(~pl.col("account_id").is_in(world.truth["account_id"].implode()))
    strengths = {finding.id: finding.strength for finding in detection.findings}
    clusters = wrong["finding_id"].unique(maintain_order=True).to_list()
    kinds = world.habits.group_by("account_id").agg(habit=pl.col("habit").unique().sort().str.join("+"))
    habits = (
        wrong.select(pl.col("account_id").unique())
        .join(kinds, "account_id", "left")
        .with_columns(pl.col("habit").fill_null("none"))["habit"]
        .value_counts()
        .sort(["count", "habit"], descending=[True, False])
    )
    return Outcome(
        world=name,
        seed=world.seed,
        detector=asked,
        clusters=len(clusters),
        high=sum(strengths[cluster] == "high" for cluster in clusters),
        accused=score.false_discoveries,
        habits=", ".join(f"{habit} {count}" for habit, count in habits.head(3).iter_rows()),
        precision=score.precision,
        recall=score.recall,
        ratio=next((s.value for s in detection.scores if s.name == "calibration_ratio"), None),
    )


def mean(values: Iterable[float | None]) -> str:
    """Return the mean of what is there."""
    there = [value for value in values if value is not None]
    return f"{sum(there) / len(there):.3f}" if there else "–"


def rate(hits: int, n: int) -> str:
    """Return a share with its exact 95 % interval."""
    interval = binomtest(hits, n).proportion_ci(method="exact")
    return f"{hits} of {n} ({interval.low:.2f} to {interval.high:.2f})"


def table(outcomes: list[Outcome]) -> Iterator[str]:
    """Give the table line by line, a line per world and detector."""
    yield (
        "| world | detector | worlds with a wrong cluster (95 %) | wrong clusters, high | wrongly named | most are "
        "| precision | recall | observed/expected |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, asked in dict.fromkeys((outcome.world, outcome.detector) for outcome in outcomes):
        rows = [row for row in outcomes if (row.world, row.detector) == (name, asked)]
        worst = max(rows, key=lambda row: row.accused)
        cells = (
            name,
            asked,
            rate(sum(row.clusters > 0 for row in rows), len(rows)),
            f"{sum(row.clusters for row in rows)}, {sum(row.high for row in rows)}",
            str(sum(row.accused for row in rows)),
            f"seed {worst.seed}: {worst.habits}" if worst.accused else "–",
            mean(row.precision for row in rows),
            mean(row.recall for row in rows),
            mean(row.ratio for row in rows),
        )
        yield f"| {' | '.join(cells)} |"


@click.command()
@click.option("--worlds", default=20, show_default=True, help="How many worlds of each kind; seeds count from 1.")
@click.option("--hard", default=5, show_default=True, help="How many of each hard kind.")
@click.option("--surrogates", default=39, show_default=True, help="Re-deals for each detector and world.")
@click.option("--only", default="", help="Kinds whose name holds this.")
def main(worlds: int, hard: int, surrogates: int, only: str) -> None:
    """Measure the detectors on simulated elections."""
    kinds = {"plain": plain(), "organic": organic(), "farm of 50, 20 targets, 60 s": with_farm()}
    counts = dict.fromkeys(kinds, worlds) | dict.fromkeys(hard_worlds(), hard)
    tasks = [
        (name, election, seed, surrogates)
        for name, election in (kinds | hard_worlds()).items()
        for seed in range(1, counts[name] + 1)
        if only in name
    ]
    outcomes: list[Outcome] = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for found in pool.imap(judge, tasks, chunksize=1):
            outcomes += found
            for row in found:
                click.echo(f"{row.world}, seed {row.seed}, {row.detector}: {row.accused} wrong, {row.habits}", err=True)
    text = "\n".join(["# Quality on simulated elections", "", *table(outcomes), ""])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
