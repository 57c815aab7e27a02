"""Fit the rhythm weights to simulated people, workers and programmes and write ``forensics/core/rhythm_weights.json``.

The weights are then made as sure of themselves as they may be on the shapes of ``rhythm_fresh``, to which they were not
fitted. The shapes of ``rhythm_held_out`` take no part in any of this.

Run as ``python tests/benchmarks/fit_rhythm.py``; it takes some minutes and always writes the same file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rhythm_fresh import FRESH
from rhythm_people import person
from rhythm_programmes import programme
from rhythm_workers import worker
from rhythm_worlds import account
from scipy.optimize import minimize, minimize_scalar

from forensics.core.rhythm_classes import KINDS, Weights, balanced_probabilities, design
from forensics.core.rhythm_features import FEATURES, measure

OUT = Path(__file__).resolve().parents[2] / "forensics" / "core" / "rhythm_weights.json"
GENERATORS = {"shift": worker, "software": programme, "ordinary": person}
PENALTY = 150.0
SOFTEST = 0.01
"""Share of each label given to the other kinds: no world of ours is the world, so no weight may claim certainty."""

Numbers = NDArray[np.float64]


def simulate(n_accounts: int, seed: int) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    """Return features, numbers of acts and kinds of simulated accounts."""
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


def sharpened(fitted: Weights, per_generator: int = 30) -> Weights:
    """Return the weights times the factor of least log loss on the shapes of ``rhythm_fresh``."""
    rng = np.random.default_rng(3)
    rows, sizes, kinds = [], [], []
    for kind, generators in FRESH.items():
        for generator in generators.values():
            for n_acts in (30, 50, 100, 200, 400, 1000) * per_generator:
                rhythm = measure(account(rng, generator, n_acts, int(rng.choice([14, 30, 60, 120]))))
                rows.append([getattr(rhythm, name) for name in FEATURES])
                sizes.append(n_acts)
                kinds.append(KINDS.index(kind))
    features, n_acts_of = np.array(rows), np.array(sizes, dtype=np.float64)

    def loss(factor: float) -> float:
        weights = Weights(fitted.mean, fitted.scale, factor * fitted.coefficients)
        chances = balanced_probabilities(features, n_acts_of, weights)
        return -float(np.mean(np.log(chances[np.arange(len(kinds)), kinds])))

    factor = float(minimize_scalar(loss, bounds=(0.3, 3.0), method="bounded").x)
    print(f"sharpened by {factor:.3f}: log loss {loss(1.0):.4f} to {loss(factor):.4f}")  # noqa: T201
    return Weights(fitted.mean, fitted.scale, factor * fitted.coefficients)


def main() -> None:
    """Fit, write and say how well the fit does on fresh accounts of its own world."""
    fitted = sharpened(fit(*simulate(int(sys.argv[1]) if len(sys.argv) > 1 else 14_000, seed=1)))
    told = {
        "source": "tests/benchmarks/fit_rhythm.py, seed 1",
        "kinds": KINDS,
        "features": FEATURES,
        "mean": [round(float(x), 6) for x in fitted.mean],
        "scale": [round(float(x), 6) for x in fitted.scale],
        "coefficients": [[round(float(x), 5) for x in row] for row in fitted.coefficients],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}".replace("], [", "],\n [") for key, value in told.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    features, sizes, kinds = simulate(1_500, seed=2)
    right = balanced_probabilities(features, sizes, fitted).argmax(axis=1) == kinds
    for low, high in ((30, 60), (60, 100), (100, 300), (300, 2001)):
        chosen = (sizes >= low) & (sizes < high)
        print(f"{low} to {high - 1} acts: {right[chosen].mean():.3f} right of {chosen.sum()}")  # noqa: T201


if __name__ == "__main__":
    main()
