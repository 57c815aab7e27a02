"""Fit the rhythm weights to simulated people, workers and programmes: ``detectors/rhythm/rhythm_weights.json``.

Wide families of each kind make up a half of the accounts, worlds of shapes drawn in other ways the other half. How sure
the weights may be is set on the world of these on which weights that were fitted without it do worst. The shapes of
``rhythm/held_out_rhythms`` take no part in any of this.

Run as ``python tests/worlds/fit_rhythm.py``; it takes some minutes and always writes the same file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.rhythm.fit_days_and_errands import ROUTINES  # noqa: E402
from worlds.rhythm.fit_independent_lives import LIVES  # noqa: E402
from worlds.rhythm.fit_minute_states import WALKED  # noqa: E402
from worlds.rhythm.fit_queues_and_schedulers import WORLD, Generator, account  # noqa: E402
from worlds.rhythm.fit_weekly_habits import FRESH  # noqa: E402
from worlds.rhythm.fit_wide_people import person  # noqa: E402
from worlds.rhythm.fit_wide_software import programme  # noqa: E402
from worlds.rhythm.fit_wide_workers import worker  # noqa: E402

from forensics.detectors.rhythm.rhythm_classifier import KINDS, Weights, balanced_probabilities, design  # noqa: E402
from forensics.detectors.rhythm.rhythm_features import FEATURES, measure  # noqa: E402

OUT = ROOT / "forensics" / "detectors" / "rhythm" / "rhythm_weights.json"
WORLDS = (WORLD, FRESH, WALKED, ROUTINES, LIVES)
GENERATORS = {"shift": worker, "software": programme, "ordinary": person}
PENALTY = 150.0
SOFTEST = 0.01
"""Share of each label given to the other kinds: no world of ours is the world, so no weight may claim certainty."""

Numbers = NDArray[np.float64]
Sample = tuple[Numbers, Numbers, NDArray[np.int64]]
"""Features, shape (accounts, features); numbers of acts; places among the kinds."""


def simulate(n_accounts: int, seed: int) -> Sample:
    """Return accounts of the wide families."""
    rng = np.random.default_rng(seed)
    rows, sizes, kinds = [], [], []
    for index in range(n_accounts):
        kind = index % len(KINDS)
        n_acts, n_days = (
            int(np.exp(rng.uniform(np.log(30), np.log(2000)))),
            int(np.exp(rng.uniform(np.log(7), np.log(180)))),
        )
        # A data set of one topic holds a part of what an account did, often a small part.
        thinning = float(np.exp(rng.uniform(0, np.log(12)))) if rng.random() < 0.5 else 1.0
        times = GENERATORS[KINDS[kind]](rng, int(n_acts * thinning), n_days)
        if times.size > n_acts:
            first = int(rng.integers(0, times.size - n_acts + 1))
            successive = thinning == 1.0 or rng.random() < 0.3
            times = (
                np.sort(times)[first : first + n_acts] if successive else rng.choice(times, size=n_acts, replace=False)
            )
        if times.size < 30:
            continue
        minutes = (
            np.floor(times + rng.uniform(0, 1440 * 7)).astype(np.int64)
            if kind != 1
            else np.floor(times).astype(np.int64)
        )
        rhythm = measure(minutes + 1440 * 16_000)
        rows.append([getattr(rhythm, name) for name in FEATURES])
        sizes.append(times.size)
        kinds.append(kind)
    return np.array(rows), np.array(sizes, dtype=np.float64), np.array(kinds)


def fit(features: Numbers, sizes: Numbers, kinds: NDArray[np.int64]) -> Weights:
    """Return the weights of least penalised log loss."""
    mean, scale = features.mean(axis=0), features.std(axis=0)
    columns = design(features, sizes, mean, scale)
    soft = np.eye(len(KINDS))[kinds] * (1 - SOFTEST * 1.5) + SOFTEST / 2

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        coefficients = flat.reshape(columns.shape[1], len(KINDS))
        logits = columns @ coefficients
        logits -= logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        residual = np.exp(logits - log_sum) - soft
        value = -float(np.sum(soft * (logits - log_sum))) + PENALTY * float(np.sum(coefficients**2))
        return value, (columns.T @ residual + 2 * PENALTY * coefficients).ravel()

    start = np.zeros(columns.shape[1] * len(KINDS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2_000})
    return Weights(mean, scale, best.x.reshape(columns.shape[1], len(KINDS)))


def simulate_world(world: dict[str, dict[str, Generator]], n_accounts: int, seed: int) -> Sample:
    """Return accounts of one world, as many of each kind and of each generator."""
    rng = np.random.default_rng(seed)
    rows, sizes, kinds = [], [], []
    for index in range(n_accounts):
        kind = index % len(KINDS)
        shapes = list(world[KINDS[kind]].values())
        n_acts = int(np.exp(rng.uniform(np.log(30), np.log(1500))))
        n_days = int(np.exp(rng.uniform(np.log(12), np.log(150))))
        rhythm = measure(account(rng, shapes[index // len(KINDS) % len(shapes)], n_acts, n_days))
        rows.append([getattr(rhythm, name) for name in FEATURES])
        sizes.append(n_acts)
        kinds.append(kind)
    return np.array(rows), np.array(sizes, dtype=np.float64), np.array(kinds)


def joined(samples: list[Sample]) -> Sample:
    """Return samples as one."""
    features, sizes, kinds = zip(*samples, strict=True)
    return np.concatenate(features), np.concatenate(sizes), np.concatenate(kinds)


def log_loss(weights: Weights, sample: Sample, factor: float = 1.0) -> float:
    """Return the log loss of weights that are made surer by a factor."""
    features, sizes, kinds = sample
    surer = Weights(weights.mean, weights.scale, factor * weights.coefficients)
    chances = balanced_probabilities(features, sizes, surer)
    return -float(np.mean(np.log(chances[np.arange(kinds.size), kinds])))


def main() -> None:
    """Fit, set how sure the weights may be, write, and say how weights do on a world they were fitted without."""
    families = simulate(int(sys.argv[1]) if len(sys.argv) > 1 else 14_000, seed=1)
    worlds = [
        simulate_world(world, families[2].size // len(WORLDS), seed=10 + place) for place, world in enumerate(WORLDS)
    ]
    apart = [(fit(*joined([families, *worlds[:i], *worlds[i + 1 :]])), worlds[i]) for i in range(len(worlds))]
    factor = float(
        minimize_scalar(
            lambda x: max(log_loss(weights, world, x) for weights, world in apart), bounds=(0.3, 3.0), method="bounded"
        ).x
    )
    for place, (weights, world) in enumerate(apart):
        right = balanced_probabilities(world[0], world[1], weights).argmax(axis=1) == world[2]
        losses = f"log loss {log_loss(weights, world):.3f}, made surer {log_loss(weights, world, factor):.3f}"
        shares = [f"{low}: {right[world[1] >= low].mean():.3f}" for low in (30, 100, 300)]
        print(f"world {place}, fitted without it: right from so many acts {', '.join(shares)}; {losses}")  # noqa: T201
    fitted = fit(*joined([families, *worlds]))
    write(Weights(fitted.mean, fitted.scale, factor * fitted.coefficients))
    print(f"surer by {factor:.3f}")  # noqa: T201


def write(fitted: Weights) -> None:
    """Write the weights, a row of coefficients to a line."""
    shipped = {
        "source": "tests/worlds/fit_rhythm.py, seed 1",
        "kinds": KINDS,
        "features": FEATURES,
        "mean": [round(float(x), 6) for x in fitted.mean],
        "scale": [round(float(x), 6) for x in fitted.scale],
        "coefficients": [[round(float(x), 5) for x in row] for row in fitted.coefficients],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}".replace("], [", "],\n [") for key, value in shipped.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
