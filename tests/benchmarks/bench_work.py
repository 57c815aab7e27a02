"""Measure how rhythm, reach, proportions and registration bursts do on simulated data, and print Markdown.

Run as ``python tests/benchmarks/bench_work.py [part ...]`` with parts of ``rhythm fresh mix reach ratios real``;
all of them where none is named. ``real`` needs the folder that FORENSICS_SHARED_DATA names.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from page_worlds import SHAPES, dataset, organic
from rhythm_fresh import FRESH
from rhythm_worlds import WORLD, Generator, account

from forensics.core import ratios, reach
from forensics.core.engagement import engagement
from forensics.core.rhythm_classes import KINDS, balanced_probabilities, estimate_mix, with_mix
from forensics.core.rhythm_features import FEATURES, measure
from forensics.model import quiet

Numbers = NDArray[np.float64]
SIZES = (30, 50, 100, 200, 400, 1000)


def say(*lines: str) -> None:
    """Print lines of Markdown."""
    print("\n".join(lines), flush=True)  # noqa: T201


def features_of(minutes: NDArray[np.int64]) -> list[float]:
    """Return the features of one account."""
    rhythm = measure(minutes)
    return [getattr(rhythm, name) for name in FEATURES]


def told(
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


def bench_world(world: dict[str, dict[str, Generator]], title: str, per_generator: int, seed: int) -> None:
    """Print F1, mean certainty, calibration and near-certain errors by number of acts."""
    heads = ("acts", "F1 shift", "F1 software", "F1 ordinary", "right", "mean certainty", "calibration error")
    say(f"\n### {title}\n", f"| {' | '.join(heads)} | p ≥ 0.9: said | of which wrong |", "|" + "---|" * 9)
    by_name: dict[str, list[bool]] = {}
    for n_acts in SIZES:
        chances, truth, names = told(world, n_acts, per_generator, seed)
        guess = chances.argmax(axis=1)
        sure = chances.max(axis=1) >= 0.9
        wrong = float(np.mean(guess[sure] != truth[sure])) if sure.any() else 0.0
        scores = " | ".join(f"{f1(guess, truth, kind):.3f}" for kind in range(3))
        say(
            f"| {n_acts} | {scores} | {np.mean(guess == truth):.3f} | {chances.max(axis=1).mean():.3f} "
            f"| {calibration(chances, truth):.3f} | {sure.mean():.2f} | {wrong:.3f} |"
        )
        if n_acts >= 100:
            for name, right in zip(names, guess == truth, strict=True):
                by_name.setdefault(name, []).append(bool(right))
    say("", "Right, by generator, 100 acts and more: "
        + ", ".join(f"{name} {np.mean(right):.2f}" for name, right in by_name.items()) + ".")  # fmt: skip


def bench_mix() -> None:
    """Print how the estimated mix and the probabilities do where workers and software are rare."""
    chances, truth, _ = told(WORLD, 200, 150, 21)
    rng = np.random.default_rng(5)
    say("\n### The mix, 200 acts an account, 600 accounts drawn\n")
    say("| true share shift / software | estimated | p ≥ 0.9 shift: said | of which wrong |", "|---|---|---|---|")
    for shares in ((0.02, 0.02), (0.1, 0.05), (0.33, 0.33)):
        weights = np.array([*shares, 1 - sum(shares)])
        chosen = np.concatenate(
            [rng.choice(np.flatnonzero(truth == kind), round(600 * weights[kind])) for kind in range(3)]
        )
        mix = estimate_mix(chances[chosen])
        sure = with_mix(chances[chosen], mix)[:, 0] >= 0.9
        wrong = float(np.mean(truth[chosen][sure] != 0)) if sure.any() else 0.0
        say(f"| {shares[0]:.2f} / {shares[1]:.2f} | {mix[0]:.3f} / {mix[1]:.3f} | {sure.sum()} | {wrong:.3f} |")


def lifted(rng: np.random.Generator, shape: str, n_bought: int, factor: float) -> tuple[pl.DataFrame, list[str]]:
    """Return the posts of a page on which some usual posts were lifted to a multiple of their ceiling, and which."""
    counts = organic(rng, 200, shape)
    clean = reach.ceilings(engagement(dataset({"p": counts}).posts), reach.Params())
    total = clean["interactions"].to_numpy()
    chosen = rng.choice(np.flatnonzero(total <= np.median(total)), n_bought, replace=False)
    counts["likes"] = counts["likes"].copy()
    counts["likes"][chosen] += np.ceil(factor * clean["ceiling"].to_numpy()[chosen] - total[chosen]).astype(np.int64)
    return dataset({"p": counts}).posts, [f"p-{i:04d}" for i in chosen]


def bench_reach(pages: int = 100) -> None:
    """Print false alarms on organic pages and power on lifted ones."""
    say("\n### Reach: false alarms on organic pages, 200 posts each, every page judged alone\n",
        "| shape | posts past the ceiling | … unexplained | pages reported |", "|---|---|---|---|")  # fmt: skip
    for shape in SHAPES:
        rng = np.random.default_rng(31)
        past, beyond, found = [], [], 0
        for _ in range(pages):
            result = reach.DETECTOR.run(dataset({"p": organic(rng, 200, shape)}), reach.Params(), 0, quiet)
            posts = result.tables["reach_posts"]
            past.append(float((posts["p_reach"] <= 0.01).mean()))  # type: ignore[arg-type]
            beyond.append(float(posts["is_beyond"].mean()))  # type: ignore[arg-type]
            found += bool(result.findings)
        say(f"| {shape} | {np.mean(past):.3f} | {np.mean(beyond):.4f} | {found} of {pages} |")
    say("\n### Reach: bought likes lift usual posts (at or below the page's median) to 1.3 times their ceiling\n",
        "| bought of 200 | " + " | ".join(f"{shape}: page / posts" for shape in SHAPES) + " | all: page / posts |",
        "|" + "---|" * (len(SHAPES) + 2))  # fmt: skip
    for n_bought in (1, 5, 10, 20, 40):
        cells, power, share = [], [], []
        for shape in SHAPES:
            rng = np.random.default_rng([37, n_bought])
            hits, posts_hit = [], []
            for _ in range(pages // 2):
                posts, chosen = lifted(rng, shape, n_bought, 1.3)
                result = reach.DETECTOR.run(reach.Dataset(posts=posts), reach.Params(), 0, quiet)
                beyond = result.tables["reach_posts"].filter("is_beyond")["post_id"]
                hits.append(bool(result.findings))
                posts_hit.append(float(beyond.is_in(chosen).sum()) / n_bought)
            cells.append(f"{np.mean(hits):.2f} / {np.mean(posts_hit):.2f}")
            power.append(np.mean(hits))
            share.append(np.mean(posts_hit))
        say(f"| {n_bought} | " + " | ".join(cells) + f" | {np.mean(power):.2f} / {np.mean(share):.2f} |")


def bench_ratios(pages: int = 40) -> None:
    """Print false alarms of the proportions on organic pages."""
    say("\n### Proportions: organic pages, 200 posts each, every page judged alone\n",
        "| shape | posts with p ≤ 0.01 | posts reported | pages with any |", "|---|---|---|---|")  # fmt: skip
    for shape in SHAPES:
        rng = np.random.default_rng(41)
        small, odd, found = [], [], 0
        for _ in range(pages):
            result = ratios.DETECTOR.run(dataset({"p": organic(rng, 200, shape)}), ratios.Params(), 0, quiet)
            posts = result.tables["ratio_posts"]
            small.append(float((posts["p_value"] <= 0.01).mean()))  # type: ignore[arg-type]
            odd.append(float(posts["finding_id"].is_not_null().mean()))  # type: ignore[arg-type]
            found += bool(result.findings)
        say(f"| {shape} | {np.mean(small):.4f} | {np.mean(odd):.4f} | {found} of {pages} |")


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
        mix = estimate_mix(balanced)
        sure = (with_mix(balanced, mix) >= 0.9).sum(axis=0)
        shares = " / ".join(f"{share:.2f}" for share in mix)
        say(f"| {platform} | {len(parts)} | {shares} | {sure[0]} | {sure[1]} | {sure[2]} |")


PARTS: dict[str, Callable[[], None]] = {
    "rhythm": lambda: bench_world(WORLD, "Rhythm: shapes other than those fitted to, UTC+5:30, +7 and +8", 60, 11),
    "fresh": lambda: bench_world(FRESH, "Rhythm: shapes written after the weights were fixed", 60, 13),
    "mix": bench_mix,
    "reach": bench_reach,
    "ratios": bench_ratios,
    "real": bench_real,
}


if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
