"""Fit the verdict's weights to the development mechanisms: ``detectors/coordination/verdict_weights.json``.

    python tests/worlds/fit_verdict.py --seeds 1 2 --keep judged --write

Two regressions are fitted, one after the other. The first has each candidate of a world as a row: it is a group where
four in five of its members belong to one farm and are a third of it or more, an audience where at most one in ten was
hired; what lies between takes no part. The second has the groups on which the directions agree by the first, with and
without their evenness. Worlds weigh alike, organic ones and audiences three times, contested ones not at all. Weights
have the sign that the feature's meaning gives them.

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
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.roles import GENERATORS, mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.coaction.dense_acts import DenseActs, dense_acts  # noqa: E402
from forensics.coaction.time_grain import with_grain  # noqa: E402
from forensics.detectors.coordination.agreement import SMALLEST_NAMED, agreed  # noqa: E402
from forensics.detectors.coordination.coordinated_group import Group  # noqa: E402
from forensics.detectors.coordination.evidence.confidence import confidence  # noqa: E402
from forensics.detectors.coordination.search import SearchSettings, judged_directions  # noqa: E402
from forensics.detectors.coordination.verdict import FEATURES, GROUP_FEATURES, Judged, LogOdds, Weights  # noqa: E402

OUT = ROOT / "forensics" / "detectors" / "coordination" / "verdict_weights.json"
DOWNWARD = {"alike", "pairs", "delays"}
PURE, WHOLE, INNOCENT = 0.8, 1 / 3, 0.1
RIDGE = 1.0
"""Half the precision of the weights' normal prior, per standardised feature."""
ROUNDS, HARDEST, N_WAYS = 3, 5, 4
"""Fits after the first, candidates of each label that a direction gives to them, and directions of a run."""
HIGHEST = 3
"""Audiences that a run gives to the second regression."""
MOST_ORGANIC = 0.04
"""Share of the organic runs that may name somebody: the threshold is the lowest that keeps to it. Outside, five in a
hundred may; there the share was up to 1.4 times the one promised (4 in 100: 4 of 87, 3 of 73 and 0 of 27)."""
MOST_PATTERNS = 0.25
"""Share of the organic runs that may show a pattern to look at."""
FOUND_FROM = -4.0
"""A candidate's log odds from which it is taken into a group. From -2.75 to -6 recall moved by 2 points."""
CANDIDATES_ALONE = (
    LogOdds(np.ones(1), np.zeros(1), np.ones(1), 0.0),
    LogOdds(np.array([1.0, 0.0, 0.0]), np.zeros(3), np.ones(3), 0.0),
)
"""Weights of a group, without and with evenness, by which its score is its candidates'."""
Row = tuple[int, np.ndarray]
"""Label and features of a candidate or a group."""


@dataclass(frozen=True, eq=False)
class Run:
    """A world as the search judged it."""

    generator: str
    mechanism: str
    kind: str
    is_contested: bool
    seed: int
    acts: DenseActs
    farms: tuple[np.ndarray, ...]
    directions: list[list[Judged]]

    @property
    def hired(self) -> np.ndarray:
        """Return the accounts that were hired."""
        return np.unique(np.concatenate([*self.farms, np.zeros(0, np.int64)]))

    def members(self, group: Group) -> np.ndarray:
        """Return a group's accounts, by number."""
        return np.flatnonzero(self.acts.account_ids.is_in(list(group.core)).to_numpy())

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
    directions = [one.judged for one in judged_directions(acts, SearchSettings(checks_all=True), seed)]
    run = Run(generator, name, mechanism.kind, mechanism.is_contested, seed, acts, farms, directions)
    if kept is not None:
        kept.write_bytes(pickle.dumps(run))
    return run


def fitted(runs: list[Run]) -> Weights:
    """Fit the weights to some runs: to all candidates, then again and again to the hardest of each direction.

    Then to the groups that the directions agree on. Nothing is named by them: they know no threshold.
    """
    runs = [run for run in runs if not run.is_contested]
    rows = [
        [(run.label(one.accounts), one.features) for one in direction] for run in runs for direction in run.directions
    ]
    chosen = _fitted_to(rows, FEATURES, N_WAYS)
    for _ in range(ROUNDS):
        hardest = [
            [row for label in (0, 1) for row in sorted(_of(direction, label), key=_score_by(chosen))[:HARDEST]]
            for direction in rows
        ]
        chosen = _fitted_to(hardest, FEATURES, N_WAYS)
    plain = Weights(chosen, *CANDIDATES_ALONE, FOUND_FROM, np.inf, -np.inf, np.zeros(0))
    groups = []
    for run in runs:
        found = [
            (run.label(run.members(group)), np.array([group.score, group.even.pairs, group.even.delays]))
            for group in agreed(run.directions, run.acts, plain)
            if group.score > -np.inf
        ]
        groups.append(_of(found, 1) + sorted(_of(found, 0), key=lambda row: -row[1][0])[:HIGHEST])
    alone = [[(label, values[:1]) for label, values in some] for some in groups]
    return replace(plain, alone=_fitted_to(alone, GROUP_FEATURES[:1], 1), group=_fitted_to(groups, GROUP_FEATURES, 1))


def _of(rows: list[Row], label: int) -> list[Row]:
    return [row for row in rows if row[0] == label]


def _score_by(chosen: LogOdds) -> Callable[[Row], float]:
    return lambda row: -chosen.score(row[1])


def _fitted_to(rows: list[list[Row]], names: tuple[str, ...], n_alike: int) -> LogOdds:
    """Fit weights to labels and features.

    Args:
        rows: of each direction or run; they weigh alike, audiences three times.
        names: of the features.
        n_alike: how many of them make a run.
    """
    kept = [
        (own, (1 if label else 3) / len(own) / n_alike)
        for some in rows
        for label in (0, 1)
        if (own := _of(some, label))
    ]
    label = np.array([row[0] for own, _ in kept for row in own])
    values = np.array([row[1] for own, _ in kept for row in own])
    weight = np.array([share for own, share in kept for _ in own])
    mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0) + 1e-9
    standard = np.nan_to_num((values - mean) / scale)

    def loss(free: np.ndarray) -> float:
        score = standard @ free[:-1] + free[-1]
        return float((weight * np.logaddexp(0, -(2 * label - 1) * score)).sum() + RIDGE * (free[:-1] ** 2).sum())

    bounds = [(None, 0) if name in DOWNWARD else (0, None) for name in names]
    best = minimize(loss, np.zeros(len(names) + 1), bounds=[*bounds, (None, None)]).x
    return LogOdds(best[:-1], mean, scale, float(best[-1]))


@dataclass(frozen=True, eq=False)
class Result:
    """A run's groups, by weights fitted to the worlds of other authors."""

    run: Run
    groups: list[Group]

    @property
    def best(self) -> float:
        """Return the highest score of a group."""
        return max((group.score for group in self.groups), default=-np.inf)

    @property
    def is_organic(self) -> bool:
        """Return whether nobody in it was hired or is contested."""
        return self.run.kind == "organic" and not self.run.is_contested

    @property
    def sure(self) -> list[Group]:
        """Return the groups that may be named: of five accounts or more, and not of low confidence."""
        return [group for group in self.groups if len(group.core) >= SMALLEST_NAMED and confidence(group) != "low"]

    def named(self, threshold: float, *, as_patterns: bool = False) -> tuple[int, int]:
        """Return how many hired accounts, and how many others, a threshold names, or shows in patterns at least."""
        groups = self.groups if as_patterns else self.sure
        shown = [self.run.members(group) for group in groups if group.score >= threshold]
        accounts = np.unique(np.concatenate([*shown, np.zeros(0, np.int64)]))
        right = len(np.intersect1d(accounts, self.run.hired))
        return right, len(accounts) - right


def judged_by_others(runs: list[Run], seeds: list[int]) -> tuple[list[Result], list[float]]:
    """Return each run's groups by weights fitted to other generators, and the organic runs' scores, ascending.

    Args:
        runs: to judge.
        seeds: of the runs that weights are fitted to, as many organic ones as with farms; the others are judged alone.
    """
    results = []
    for own in sorted({run.generator for run in runs}):
        chosen = fitted([run for run in runs if run.generator != own and run.seed in seeds])
        results += [Result(run, agreed(run.directions, run.acts, chosen)) for run in runs if run.generator == own]
    organic = sorted(one.best for one in results if one.is_organic)
    rates = replace(chosen, organic_scores=np.array(organic)).error_rate
    return [
        replace(one, groups=[replace(group, error_rate=rates(group.score)) for group in one.groups]) for one in results
    ], organic


def lowest_threshold(organic_scores: list[float], share: float) -> float:
    """Return the lowest score from which at most a share of the organic runs gives a group."""
    allowed = int(share * len(organic_scores))
    highest = sorted(organic_scores, reverse=True)[allowed]
    return float(np.ceil(100 * highest) / 100) + 0.01 if highest > -np.inf else FOUND_FROM


def sums(results: list[Result], threshold: float, *, as_patterns: bool = False) -> str:
    """Return how many organic runs name somebody, or show a pattern at least, and how the farms fare."""
    organic = [one.named(threshold, as_patterns=as_patterns)[1] for one in results if one.is_organic]
    farms = [(one, *one.named(threshold, as_patterns=as_patterns)) for one in results if one.run.kind == "farm"]
    recalls = np.array([right / len(one.run.hired) for one, right, _ in farms])
    innocents = sorted((wrong for *_, wrong in farms), reverse=True)[:4]
    return (
        f"{sum(wrong > 0 for wrong in organic)} of {len(organic)} | {recalls.mean():.2f} | "
        f"{(recalls >= 0.8).sum()} of {len(recalls)} | {(recalls == 0).sum()} | {', '.join(map(str, innocents))}"
    )


def report(results: list[Result], threshold: float) -> None:
    """Print each run."""
    for one in sorted(results, key=lambda one: (one.run.kind, one.run.generator, one.run.mechanism)):
        run, (right, wrong) = one.run, one.named(threshold)
        name = f"{run.generator} {run.mechanism}{'*' * run.is_contested} {run.seed}"
        say(f"{run.kind:8s}{one.best:6.1f} {right:4d} of {len(run.hired):4d}, {wrong:4d} innocents", name)


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--keep", type=Path, help="folder of judged worlds, read where they are there")
    parser.add_argument(
        "--organic-seeds",
        type=int,
        nargs="*",
        default=[],
        help="further seeds of organic worlds, which are judged alone",
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
    results, organic = judged_by_others(runs, options.seeds)
    pattern_from = lowest_threshold(organic, MOST_PATTERNS)
    sure = [max((group.score for group in one.sure), default=-np.inf) for one in results if one.is_organic]
    named_from = max(lowest_threshold(sure, MOST_ORGANIC), pattern_from)
    say("| threshold | organic runs that name anybody | mean recall | at 0.8 or more | nobody named | innocents |")
    for above in (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0):
        say(f"| {named_from + above:.2f} | {sums(results, named_from + above)} |")
    say(f"| patterns too, {pattern_from:.2f} | {sums(results, pattern_from, as_patterns=True)} |")
    report(results, named_from)
    chosen = fitted([run for run in runs if run.seed in options.seeds])
    for fit, names in (
        (chosen.candidate, FEATURES),
        (chosen.alone, GROUP_FEATURES[:1]),
        (chosen.group, GROUP_FEATURES),
    ):
        say(dict(zip(names, fit.weight.round(2).tolist(), strict=True)), round(fit.offset, 2))
    if options.write:
        shown = {
            "candidate": _shown(chosen.candidate, FEATURES),
            "alone": _shown(chosen.alone, GROUP_FEATURES[:1]),
            "group": _shown(chosen.group, GROUP_FEATURES),
            "found_from": FOUND_FROM,
            "named_from": round(named_from, 2),
            "pattern_from": round(pattern_from, 2),
            "organic_scores": [None if one == -np.inf else round(one, 2) for one in organic],
        }
        OUT.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


def _shown(fit: LogOdds, names: tuple[str, ...]) -> dict[str, object]:
    rounded = {name: np.round(values, 4).tolist() for name, values in asdict(fit).items()}
    return {"features": names, **rounded}


if __name__ == "__main__":
    main()
