"""Fit the verdict's weights to the development mechanisms: ``detectors/coordination/verdict_weights.json``.

    python tests/worlds/fit_verdict.py --seeds 1 2 --keep features.npz

Each candidate of a world is one row. It is a group where four in five of its confirmed members belong to one farm and
are a third of it or more, an audience where at most one in ten was hired; what lies between takes no part. Worlds weigh
alike, organic ones and audiences three times, contested ones not at all. Weights have the sign that the feature's
meaning gives them. Printed: the worst audience of each organic world and the best group of each farm, when the weights
are fitted to the other generator.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.roles import GENERATORS, mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.coaction.dense_acts import dense_acts  # noqa: E402
from forensics.coaction.time_grain import with_grain  # noqa: E402
from forensics.detectors.coordination.halves import halves, is_split_by_time  # noqa: E402
from forensics.detectors.coordination.search import SearchSettings, judge  # noqa: E402
from forensics.detectors.coordination.verdict import FEATURES  # noqa: E402

OUT = ROOT / "forensics" / "detectors" / "coordination" / "verdict_weights.json"
UPWARD = {"attendance_z", "repetition_z", "closeness_z", "choice_z", "stability"} | {
    name for name in FEATURES if name.startswith("confirmed")
}
DOWNWARD = {"outsiders_like_members", "alike"}
PURE, WHOLE, INNOCENT = 0.8, 1 / 3, 0.1
RIDGE = 1.0
"""Half the precision of the weights' normal prior, per standardised feature."""


@dataclass(frozen=True)
class Row:
    """A candidate: of which world, its features and whether it is a group (1), an audience (0) or neither (-1)."""

    generator: str
    mechanism: str
    kind: str
    seed: int
    is_contested: bool
    label: int
    features: tuple[float, ...]


def say(*words: object) -> None:
    """Write one line."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def rows_of(task: tuple[str, str, int]) -> list[Row]:
    """Judge one world's candidates, one split both ways."""
    generator, name, seed = task
    mechanism = next(one for one in GENERATORS[generator] if one.name == name)
    world = mechanism.make(seed)
    acts = with_grain(dense_acts(actions_of(world), posts_of(world)))
    names = acts.account_ids.to_list()
    farms = [np.array([account in farm for account in names]) for farm in world.farms]
    found = []
    one, other = halves(acts, 1000 * seed, by_time=is_split_by_time(acts))
    for number, (find, check) in enumerate(((one, other), (other, one))):
        for judged in judge(find, check, SearchSettings(checks_all=True), seed + number)[0]:
            members = judged.confirmed
            if len(members) < 3:
                continue
            pure = max((float(farm[members].mean()) for farm in farms), default=0.0)
            hired = float(np.any([farm[members] for farm in farms], axis=0).mean()) if farms else 0.0
            whole = max((float(farm[members].sum() / farm.sum()) for farm in farms if farm.any()), default=0.0)
            label = 1 if pure >= PURE and whole >= WHOLE else 0 if hired <= INNOCENT else -1
            found.append(
                Row(generator, name, mechanism.kind, seed, mechanism.is_contested, label, tuple(judged.features))
            )
    return found


def fitted(rows: list[Row]) -> dict[str, object]:
    """Fit the weights to some rows."""
    used = [row for row in rows if row.label >= 0 and not row.is_contested]
    values = np.array([row.features for row in used])
    label = np.array([row.label for row in used])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    standard = (values - mean) / scale
    worlds: dict[tuple[object, ...], int] = {}
    for row in used:
        key = (row.generator, row.mechanism, row.seed, row.label)
        worlds[key] = worlds.get(key, 0) + 1
    weight = np.array(
        [(1 if row.label else 3) / worlds[row.generator, row.mechanism, row.seed, row.label] for row in used]
    )

    def loss(free: np.ndarray) -> float:
        score = standard @ free[:-1] + free[-1]
        return float((weight * np.logaddexp(0, -(2 * label - 1) * score)).sum() + RIDGE * (free[:-1] ** 2).sum())

    bounds = [(0, None) if n in UPWARD else (None, 0) if n in DOWNWARD else (None, None) for n in FEATURES]
    best = minimize(loss, np.zeros(len(FEATURES) + 1), bounds=[*bounds, (None, None)]).x
    return {"features": FEATURES, "weight": best[:-1], "mean": mean, "scale": scale, "offset": best[-1]}


def scores(rows: list[Row], fit: dict[str, object]) -> np.ndarray:
    """Return the rows' scores by fitted weights."""
    values = np.array([row.features for row in rows])
    return ((values - fit["mean"]) / fit["scale"]) @ fit["weight"] + fit["offset"]


def report(rows: list[Row]) -> None:
    """Print what weights fitted to the other generator say of each world."""
    for generator in GENERATORS:
        fit = fitted([row for row in rows if row.generator != generator])
        own = [row for row in rows if row.generator == generator]
        score = scores(own, fit)
        say(generator, dict(zip(FEATURES, np.round(fit["weight"], 2).tolist(), strict=True)))
        worlds = sorted({(row.kind, row.mechanism, row.is_contested, row.seed) for row in own})
        lines = []
        for kind, name, contested, seed in worlds:
            here = [i for i, row in enumerate(own) if row.mechanism == name and row.seed == seed]
            wrong = max((score[i] for i in here if own[i].label == 0), default=-9.9)
            right = max((score[i] for i in here if own[i].label == 1), default=-9.9)
            lines.append((kind, right if kind == "farm" else wrong, wrong, name + "*" * contested, seed))
        for kind, value, wrong, name, seed in sorted(lines, key=lambda line: (line[0], line[1])):
            beside = f"  worst audience {wrong:.1f}" if kind == "farm" else ""
            say(f"  {kind:8s}{value:6.1f} {name} {seed}{beside}")


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--keep", type=Path, help="file of features, read where it is there")
    parser.add_argument("--named-from", type=float, default=2.0)
    parser.add_argument("--pattern-from", type=float, default=0.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kept = options.keep
    if kept is not None and kept.exists():
        rows = [Row(**one) for one in json.loads(kept.read_text(encoding="utf-8"))]
    else:
        tasks = [(generator, one.name, seed) for seed in options.seeds for generator, one in mechanisms("development")]
        with ProcessPoolExecutor(2) as pool:
            rows = []
            for task, found in zip(tasks, pool.map(rows_of, tasks), strict=True):
                say(*task, len(found), sum(row.label == 1 for row in found))
                rows += found
        if kept is not None:
            kept.write_text(json.dumps([vars(row) for row in rows]), encoding="utf-8")
    report(rows)
    fit = fitted(rows)
    if options.write:
        shown = {name: np.round(value, 4).tolist() for name, value in fit.items() if name != "features"}
        limits = {"named_from": options.named_from, "pattern_from": options.pattern_from}
        text = json.dumps({"features": FEATURES, **shown, **limits}, indent=1)
        OUT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
