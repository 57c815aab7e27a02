"""Fit the verdict's weights to the development mechanisms: ``detectors/coordination/verdict_weights.json``.

    python tests/worlds/fit_verdict.py --seeds 1 2 --keep judged --write

Each candidate of a world is one row. It is a group where four in five of its members belong to one farm and are a third
of it or more, an audience where at most one in ten was hired; what lies between takes no part. Worlds weigh alike,
organic ones and audiences three times, contested ones not at all. Weights have the sign that the feature's meaning
gives them.

Each generator is judged by weights fitted to the others: a newsroom's data are written by yet another hand. What is
printed, and the organic scores that are written beside the weights, come from there.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.roles import GENERATORS, mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.coaction.dense_acts import dense_acts  # noqa: E402
from forensics.coaction.time_grain import with_grain  # noqa: E402
from forensics.detectors.coordination.agreement import agreed  # noqa: E402
from forensics.detectors.coordination.search import SearchSettings, judged_directions  # noqa: E402
from forensics.detectors.coordination.verdict import FEATURES, Judged, Weights  # noqa: E402

OUT = ROOT / "forensics" / "detectors" / "coordination" / "verdict_weights.json"
DOWNWARD = {"outsiders_like_members", "alike"}
PURE, WHOLE, INNOCENT = 0.8, 1 / 3, 0.1
RIDGE = 1.0
"""Half the precision of the weights' normal prior, per standardised feature."""
ROUNDS, HARDEST, N_WAYS = 3, 5, 4
"""Fits after the first, candidates of each label that a direction gives to them, and directions of a run."""
MOST_ORGANIC = 0.05
"""Share of the organic runs that may name somebody: the threshold is the lowest that keeps to it."""
PATTERN_FROM = -1.75
"""Log odds from which a group is a pattern to look at, about one to six."""
Row = tuple[int, np.ndarray]
"""A candidate's label and features."""


@dataclass(frozen=True, eq=False)
class Run:
    """A world as the search judged it."""

    generator: str
    mechanism: str
    kind: str
    is_contested: bool
    seed: int
    n_accounts: int
    farms: tuple[np.ndarray, ...]
    directions: list[list[Judged]]

    @property
    def hired(self) -> np.ndarray:
        """Return the accounts that were hired."""
        return np.unique(np.concatenate([*self.farms, np.zeros(0, np.int64)]))

    def label(self, members: np.ndarray) -> int:
        """Return whether accounts are a group (1), an audience (0) or neither (-1)."""
        shared = [len(np.intersect1d(members, farm)) for farm in self.farms]
        is_group = any(
            n >= PURE * len(members) and n >= WHOLE * len(farm) for n, farm in zip(shared, self.farms, strict=True)
        )
        n_hired = len(np.intersect1d(members, self.hired))
        return 1 if is_group else 0 if n_hired <= INNOCENT * len(members) else -1


def say(*words: object) -> None:
    """Write one line."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def judged_run(task: tuple[str, str, int, Path | None]) -> Run:
    """Judge one world's candidates in every direction, or read what was kept of it."""
    generator, name, seed, folder = task
    kept = folder / f"{generator}.{name}.{seed}.pkl" if folder else None
    if kept is not None and kept.exists():
        found: Run = pickle.loads(kept.read_bytes())  # noqa: S301  written below
        return found
    mechanism = next(one for one in GENERATORS[generator] if one.name == name)
    world = mechanism.make(seed)
    acts = with_grain(dense_acts(actions_of(world), posts_of(world)))
    names = acts.account_ids.to_list()
    farms = tuple(np.flatnonzero([account in farm for account in names]) for farm in world.farms)
    directions, _ = judged_directions(acts, SearchSettings(checks_all=True), seed)
    run = Run(generator, name, mechanism.kind, mechanism.is_contested, seed, len(names), farms, directions)
    if kept is not None:
        kept.write_bytes(pickle.dumps(run))
    return run


def fitted(runs: list[Run], limits: dict[str, float]) -> Weights:
    """Fit the weights to some runs: to all candidates, then again and again to the hardest of each direction."""
    rows = [
        [(run.label(one.accounts), one.features) for one in direction]
        for run in runs
        if not run.is_contested
        for direction in run.directions
    ]
    chosen = _fitted_to(rows, limits)
    for _ in range(ROUNDS):
        hardest = [
            [row for label in (0, 1) for row in sorted(_of(direction, label), key=_score_by(chosen))[:HARDEST]]
            for direction in rows
        ]
        chosen = _fitted_to(hardest, limits)
    return chosen


def _of(rows: list[Row], label: int) -> list[Row]:
    return [row for row in rows if row[0] == label]


def _score_by(chosen: Weights) -> Callable[[Row], float]:
    return lambda row: -chosen.score(row[1])


def _fitted_to(rows: list[list[Row]], limits: dict[str, float]) -> Weights:
    """Fit the weights to each direction's labels and features; directions weigh alike, audiences three times."""
    kept = [
        (own, (1 if label else 3) / len(own) / N_WAYS)
        for direction in rows
        for label in (0, 1)
        if (own := _of(direction, label))
    ]
    label = np.array([row[0] for own, _ in kept for row in own])
    values = np.array([row[1] for own, _ in kept for row in own])
    weight = np.array([share for own, share in kept for _ in own])
    mean, scale = np.mean(values, axis=0), np.std(values, axis=0) + 1e-9
    standard = (values - mean) / scale

    def loss(free: np.ndarray) -> float:
        score = standard @ free[:-1] + free[-1]
        return float((weight * np.logaddexp(0, -(2 * label - 1) * score)).sum() + RIDGE * (free[:-1] ** 2).sum())

    bounds = [(None, 0) if name in DOWNWARD else (0, None) for name in FEATURES]
    best = minimize(loss, np.zeros(len(FEATURES) + 1), bounds=[*bounds, (None, None)]).x
    return Weights(best[:-1], mean, scale, float(best[-1]), **limits, organic_scores=np.zeros(0))


def judged_by_others(runs: list[Run], limits: dict[str, float]) -> list[tuple[Run, float, int, int]]:
    """Return each run's best score, hired accounts named and innocents named, by weights fitted to other generators."""
    results = []
    for own in sorted({run.generator for run in runs}):
        chosen = fitted([run for run in runs if run.generator != own], limits)
        for run in (run for run in runs if run.generator == own):
            groups = agreed(run.directions, pl.Series(map(str, range(run.n_accounts))), chosen)
            named = np.array([int(name) for group in groups if group.is_named for name in group.core], np.int64)
            right = len(np.intersect1d(named, run.hired))
            best = max((group.score for group in groups), default=-np.inf)
            results.append((run, best, right, len(named) - right))
    return results


def lowest_threshold(organic_scores: list[float]) -> float:
    """Return the lowest score from which at most ``MOST_ORGANIC`` of the organic runs name somebody."""
    allowed = int(MOST_ORGANIC * len(organic_scores))
    return float(np.ceil(100 * sorted(organic_scores, reverse=True)[allowed]) / 100) + 0.01


def organic_best(results: list[tuple[Run, float, int, int]]) -> list[float]:
    """Return the best group's score of each organic run, contested ones apart, ascending."""
    return sorted(best for run, best, *_ in results if run.kind == "organic" and not run.is_contested)


def sums(results: list[tuple[Run, float, int, int]]) -> str:
    """Return how many organic runs name somebody, and how the farms fare."""
    organic = [one for one in results if one[0].kind == "organic" and not one[0].is_contested]
    farms = [one for one in results if one[0].kind == "farm"]
    recalls = np.array([right / len(run.hired) for run, _, right, _ in farms])
    innocents = sorted((one[3] for one in farms), reverse=True)[:8]
    return (
        f"{sum(one[3] > 0 for one in organic)} of {len(organic)} | {recalls.mean():.2f} | "
        f"{(recalls >= 0.8).sum()} of {len(recalls)} | {(recalls == 0).sum()} | {innocents}"
    )


def report(results: list[tuple[Run, float, int, int]]) -> None:
    """Print each run."""
    for run, best, right, wrong in sorted(results, key=lambda one: (one[0].kind, one[0].generator, one[0].mechanism)):
        mark = "*" * run.is_contested
        say(f"{run.kind:8s}{best:6.1f} {right:4d} of {len(run.hired):4d}, {wrong:4d} innocents", end_of(run, mark))


def end_of(run: Run, mark: str) -> str:
    """Return a run's name."""
    return f"{run.generator} {run.mechanism}{mark} {run.seed}"


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--keep", type=Path, help="folder of judged worlds, read where they are there")
    parser.add_argument(
        "--organic-seeds", type=int, nargs="*", default=[], help="further seeds of organic worlds alone"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    tasks = [
        (generator, one.name, seed, options.keep)
        for seed in (*options.seeds, *options.organic_seeds)
        for generator, one in mechanisms("development")
        if seed in options.seeds or one.kind == "organic"
    ]
    with ProcessPoolExecutor(options.workers) as pool:
        runs = list(pool.map(judged_run, tasks))
    anything = {"named_from": PATTERN_FROM, "pattern_from": PATTERN_FROM}
    lowest = lowest_threshold(organic_best(judged_by_others(runs, anything)))
    say("| threshold | organic runs that name anybody | mean recall | at 0.8 or more | nobody named | innocents |")
    for above in (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0):
        limits = {"named_from": lowest + above, "pattern_from": PATTERN_FROM}
        results = judged_by_others(runs, limits)
        say(f"| {lowest + above:.2f} | {sums(results)} |")
        if above == 0.0:
            chosen = results
    report(chosen)
    weights = asdict(fitted(runs, {"named_from": lowest, "pattern_from": PATTERN_FROM}))
    say(dict(zip(FEATURES, weights["weight"].round(2).tolist(), strict=True)), round(weights["offset"], 2))
    if options.write:
        weights["organic_scores"] = [None if one == -np.inf else round(one, 2) for one in organic_best(chosen)]
        shown = {name: np.round(one, 4).tolist() if name != "organic_scores" else one for name, one in weights.items()}
        OUT.write_text(json.dumps({"features": FEATURES, **shown}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
