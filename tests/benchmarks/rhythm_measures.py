"""Measure how the rhythm profile does on simulated accounts and on real ones; part of ``bench_work``."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.detectors.rhythm.rhythm_classifier import (
    KINDS,
    balanced_probabilities,
    estimate_mix,
    with_mix,
    without_habit,
)
from forensics.detectors.rhythm.rhythm_features import FEATURES, measure

sys.path.append(str(Path(__file__).resolve().parents[1]))
from worlds.rhythm.fit_queues_and_schedulers import Generator, account
from worlds.rhythm.held_out_rhythms import HELD_OUT

__all__ = ["HELD_OUT", "bench_mix", "bench_real", "bench_world", "say"]

Numbers = NDArray[np.float64]
SIZES = (30, 50, 100, 200, 400, 1000)
BINS = (0.34, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)
LINES: list[str] = []
"""All that was printed, in order."""


def say(*lines: str) -> None:
    """Print lines of Markdown and keep them."""
    LINES.extend(lines)
    print("\n".join(lines), flush=True)  # noqa: T201


def features_of(minutes: NDArray[np.int64]) -> list[float]:
    """Return the features of one account."""
    rhythm = measure(minutes)
    return [getattr(rhythm, name) for name in FEATURES]


def classified(
    world: dict[str, dict[str, Generator]], n_acts: int, per_generator: int, seed: int
) -> tuple[Numbers, NDArray[np.int64], list[str]]:
    """Return the balanced probabilities, true kinds and generators' names of simulated accounts."""
    rng = np.random.default_rng([seed, n_acts])
    rows, kinds, names = [], [], []
    for place, kind in enumerate(KINDS):
        for name, generator in world[kind].items():
            for _ in range(per_generator):
                rows.append(features_of(account(rng, generator, n_acts, int(rng.choice([14, 30, 60, 120])))))
                kinds.append(place)
                names.append(name)
    sizes = np.full(len(rows), float(n_acts))
    return balanced_probabilities(np.array(rows), sizes), np.array(kinds), names


def f1(guess: NDArray[np.int64], truth: NDArray[np.int64], kind: int) -> float:
    """Return the F1 of one kind."""
    return float(2 * np.sum((guess == kind) & (truth == kind)) / (np.sum(guess == kind) + np.sum(truth == kind)))


def calibration(chances: Numbers, truth: NDArray[np.int64]) -> float:
    """Return the expected calibration error of the likeliest kind, in ten bins."""
    best, right = chances.max(axis=1), chances.argmax(axis=1) == truth
    bins = np.minimum((best * 10).astype(int), 9)
    return float(
        sum(abs(right[bins == b].mean() - best[bins == b].mean()) * np.mean(bins == b) for b in np.unique(bins))
    )


def reliability(certain: Numbers, correct: NDArray[np.bool_]) -> None:
    """Print how often the likeliest kind is right, by how certain it was."""
    say("", "| certainty, 100 acts and more | accounts | mean certainty | right |", "|---|---|---|---|")
    for low, high in pairwise(BINS):
        chosen = (certain >= low) & (certain < high)
        if chosen.any():
            shares = f"{certain[chosen].mean():.3f} | {correct[chosen].mean():.3f}"
            say(f"| {low:.2f} to {min(high, 1.0):.2f} | {chosen.sum()} | {shares} |")


def bench_world(world: dict[str, dict[str, Generator]], title: str, per_generator: int = 30, seed: int = 17) -> None:
    """Print F1, mean certainty, calibration and near-certain errors by number of acts."""
    heads = ("acts", "F1 shift", "F1 software", "F1 ordinary", "right", "mean certainty", "calibration error")
    say(f"\n### {title}\n", f"| {' | '.join(heads)} | p ≥ 0.9: named | of which wrong |", "|" + "---|" * 9)
    by_name: dict[str, list[bool]] = {}
    certain, correct = [], []
    for n_acts in SIZES:
        chances, truth, names = classified(world, n_acts, per_generator, seed)
        guess = chances.argmax(axis=1)
        sure = chances.max(axis=1) >= 0.9
        wrong = float(np.mean(guess[sure] != truth[sure])) if sure.any() else 0.0
        scores = " | ".join(f"{f1(guess, truth, kind):.3f}" for kind in range(3))
        say(
            f"| {n_acts} | {scores} | {np.mean(guess == truth):.3f} | {chances.max(axis=1).mean():.3f} "
            f"| {calibration(chances, truth):.3f} | {sure.mean():.2f} | {wrong:.3f} |"
        )
        if n_acts >= 100:
            certain.append(chances.max(axis=1))
            correct.append(guess == truth)
            for name, right in zip(names, guess == truth, strict=True):
                by_name.setdefault(name, []).append(bool(right))
    reliability(np.concatenate(certain), np.concatenate(correct))
    say("", "Right, by generator, 100 acts and more: "
        + ", ".join(f"{name} {np.mean(right):.2f}" for name, right in by_name.items()) + ".")  # fmt: skip


def bench_mix() -> None:
    """Print how the estimated mix and the probabilities do where workers and software are rare."""
    chances, truth, _ = classified(HELD_OUT, 200, 60, 21)
    rng = np.random.default_rng(5)
    say("\n### The mix, 200 acts an account, 600 accounts drawn\n")
    say("| true share shift / software | estimated | p ≥ 0.9 shift: named | of which wrong |", "|---|---|---|---|")
    for shares in ((0.02, 0.02), (0.1, 0.05), (0.33, 0.33)):
        weights = np.array([*shares, 1 - sum(shares)])
        chosen = np.concatenate(
            [rng.choice(np.flatnonzero(truth == kind), round(600 * weights[kind])) for kind in range(3)]
        )
        own = without_habit(chances[chosen])
        mix = estimate_mix(own)
        sure = with_mix(own, mix)[:, 0] >= 0.9
        wrong = float(np.mean(truth[chosen][sure] != 0)) if sure.any() else 0.0
        say(f"| {shares[0]:.2f} / {shares[1]:.2f} | {mix[0]:.3f} / {mix[1]:.3f} | {sure.sum()} | {wrong:.3f} |")


def bench_real() -> None:
    """Print how the rhythm profile takes real accounts, whose kind nobody knows for certain."""
    root = Path(os.environ.get("FORENSICS_SHARED_DATA", "../shared/data"))
    path = root / "german-elections-2021" / "german_elections.parquet"
    if not path.exists():
        say("", f"Real data: skipped, there is no {path.name}.")
        return
    acts = pl.read_parquet(path).select("account_id", "post_id", minute=pl.col("timestamp") // 60).unique()
    say("\n### Real accounts with 30 acts or more, German election 2021 (one topic, six weeks)\n",
        "| platform | accounts | mix shift / software / ordinary | p ≥ 0.9 shift | software | ordinary |",
        "|---|---|---|---|---|---|")  # fmt: skip
    for platform in ("fb", "tw"):
        own = acts.filter(pl.col("account_id").str.starts_with(platform)).sort("account_id", "minute")
        parts = [part["minute"].to_numpy() for _, part in own.group_by("account_id", maintain_order=True)]
        parts = [part for part in parts if part.size >= 30]
        balanced = balanced_probabilities(
            np.array([features_of(part) for part in parts]), np.array([float(part.size) for part in parts])
        )
        own = without_habit(balanced)
        mix = estimate_mix(own)
        sure = (with_mix(own, mix) >= 0.9).sum(axis=0)
        shares = " / ".join(f"{share:.2f}" for share in mix)
        say(f"| {platform} | {len(parts)} | {shares} | {sure[0]} | {sure[1]} | {sure[2]} |")
