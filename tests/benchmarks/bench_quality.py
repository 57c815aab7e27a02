"""How often the detectors accuse nobody wrongly, and how much of what was planted they find.

Run ``python tests/benchmarks/bench_quality.py`` from the repository; it takes minutes, prints a table in Markdown and
writes it to ``bench/quality.md``.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import polars as pl

from forensics.core import DETECTORS
from forensics.model import quiet
from forensics.scoring import score_accounts
from forensics.simulate import Election, organic, simulate, with_farm

OUT = Path(__file__).resolve().parents[2] / "bench" / "quality.md"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the detector made of one world.

    Attributes:
        seed: of the world.
        clusters: found.
        undeclared: clusters in which no account belongs to a declared feed or service and none was planted.
        accused: accounts of clusters that were neither planted nor declared.
        precision: of the clusters' undeclared accounts; None where there are none.
        recall: of the planted; None where none were.
        ratio: observed over expected hits of all pairs.
    """

    seed: int
    clusters: int
    undeclared: int
    accused: int
    precision: float | None
    recall: float | None
    ratio: float | None


def judge(task: tuple[Election, int]) -> Outcome:
    """Make a world, run the detector, compare."""
    election, seed = task
    world = simulate(election, seed)
    detector = DETECTORS.get("synchrony")
    detection = detector.run(world.dataset, detector.params(), seed, quiet)
    members = detection.tables["accounts"].filter(pl.col("finding_id").is_not_null())
    declared = world.habits.filter("is_declared")["account_id"]
    undeclared = members.filter(~pl.col("account_id").is_in(declared.implode()))
    score = score_accounts(undeclared["account_id"], world.truth["account_id"])
    known = pl.concat([declared, world.truth["account_id"]]).implode()
    clean = members.group_by("finding_id").agg(known=pl.col("account_id").is_in(known).any()).filter(~pl.col("known"))
    scores = {score.name: score.value for score in detection.scores}
    return Outcome(
        seed=seed,
        clusters=len(detection.findings),
        undeclared=clean.height,
        accused=score.false_discoveries,
        precision=score.precision,
        recall=score.recall,
        ratio=scores["calibration_ratio"],
    )


def mean(values: list[float | None]) -> str:
    """Return the mean of what is there."""
    there = [value for value in values if value is not None]
    return f"{sum(there) / len(there):.3f}" if there else "–"


def table(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Give the table line by line."""
    yield "| world | seeds | clusters | organic clusters | accused | mean precision | mean recall | observed/expected |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, rows in outcomes.items():
        cells = (
            name,
            f"{rows[0].seed}–{rows[-1].seed}",
            str(sum(row.clusters for row in rows)),
            str(sum(row.undeclared for row in rows)),
            str(sum(row.accused for row in rows)),
            mean([row.precision for row in rows]),
            mean([row.recall for row in rows]),
            mean([row.ratio for row in rows]),
        )
        yield f"| {' | '.join(cells)} |"


@click.command()
@click.option("--worlds", default=20, show_default=True, help="How many worlds of each kind; seeds count from 1.")
def main(worlds: int) -> None:
    """Measure the detectors on simulated elections."""
    kinds = {"organic": organic(), "farm of 50, 20 targets, 60 s": with_farm()}
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        outcomes = {
            name: pool.map(judge, [(election, seed) for seed in range(1, worlds + 1)], chunksize=1)
            for name, election in kinds.items()
        }
    text = "\n".join(["# Quality on simulated elections", "", *table(outcomes), ""])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
