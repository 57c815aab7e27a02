"""Measure how rhythm, reach, proportions, growth, money and labour do on simulated data, and print Markdown.

Run as ``python tests/benchmarks/bench_work.py [part ...]``; all parts where none is named, and ``work.md`` beside this
file is then written anew. ``real`` needs the folder that FORENSICS_SHARED_DATA names.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from page_worlds import FIRST_DAY, SHAPES, captures, dataset, organic, steady_growth
from rhythm_measures import HELD_OUT, LINES, bench_mix, bench_real, bench_world, say

from forensics.detectors.accounts import follower_growth as growth
from forensics.detectors.engagement import reach_ceiling, reaction_ratios
from forensics.detectors.engagement.post_counts import engagement
from forensics.progress import quiet

OUT = Path(__file__).with_name("work.md")


def lifted(rng: np.random.Generator, shape: str, n_bought: int, factor: float) -> tuple[pl.DataFrame, list[str]]:
    """Return the posts of a page on which some usual posts were lifted to a multiple of their ceiling, and which."""
    counts = organic(rng, 200, shape)
    clean = reach_ceiling.ceilings(engagement(dataset({"p": counts}).posts), reach_ceiling.Params())
    total = clean["interactions"].to_numpy()
    chosen = rng.choice(np.flatnonzero(total <= np.median(total)), n_bought, replace=False)
    counts["likes"] = counts["likes"].copy()
    counts["likes"][chosen] += np.ceil(factor * clean["ceiling"].to_numpy()[chosen] - total[chosen]).astype(np.int64)
    return dataset({"p": counts}).posts, [f"p-{i:04d}" for i in chosen]


def bench_reach(pages: int = 40) -> None:
    """Print false alarms on organic pages and power on lifted ones."""
    say("\n### Reach: false alarms on organic pages, every page judged alone\n",
        "| shape | posts of the page | posts past the ceiling | … unexplained | pages reported |",
        "|---|---|---|---|---|")  # fmt: skip
    for shape, n_posts in itertools.product(SHAPES, (60, 200)):
        rng = np.random.default_rng([31, n_posts])
        past, beyond, found = [], [], 0
        for _ in range(5 * pages):
            result = reach_ceiling.DETECTOR.run(
                dataset({"p": organic(rng, n_posts, shape)}), reach_ceiling.Params(), 0, quiet
            )
            posts = result.tables["reach_posts"]
            past.append(float((posts["p_reach"] <= 0.01).mean()))  # type: ignore[arg-type]
            beyond.append(float(posts["is_beyond"].mean()))  # type: ignore[arg-type]
            found += bool(result.findings)
        say(f"| {shape} | {n_posts} | {np.mean(past):.3f} | {np.mean(beyond):.4f} | {found} of {5 * pages} |")
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
                result = reach_ceiling.DETECTOR.run(
                    reach_ceiling.Dataset(posts=posts), reach_ceiling.Params(), 0, quiet
                )
                beyond = result.tables["reach_posts"].filter("is_beyond")["post_id"]
                hits.append(bool(result.findings))
                posts_hit.append(float(beyond.is_in(chosen).sum()) / n_bought)
            cells.append(f"{np.mean(hits):.2f} / {np.mean(posts_hit):.2f}")
            power.append(np.mean(hits))
            share.append(np.mean(posts_hit))
        say(f"| {n_bought} | " + " | ".join(cells) + f" | {np.mean(power):.2f} / {np.mean(share):.2f} |")


def bench_viral(pages: int = 30) -> None:
    """Print how often a post that spread to 60 times the median of every count is explained and not accused."""
    say("\n### Reach: one post of each organic page spread to 60 times the median of likes, comments and shares\n",
        "| shape | past its ceiling | marked as unexplained | page reported |", "|---|---|---|---|")  # fmt: skip
    for shape in SHAPES:
        rng = np.random.default_rng(43)
        past, marked, found = 0, 0, 0
        for _ in range(pages):
            counts = organic(rng, 200, shape)
            for name in ("likes", "comments", "shares"):
                counts[name] = counts[name].copy()
                counts[name][40] = rng.poisson(60 * (np.median(counts[name]) + 1) * rng.lognormal(0, 0.2))
            result = reach_ceiling.DETECTOR.run(dataset({"p": counts}), reach_ceiling.Params(), 0, quiet)
            row = result.tables["reach_posts"].row(40, named=True)
            past += row["interactions"] > row["ceiling"]
            marked += row["is_beyond"]
            found += bool(result.findings)
        say(f"| {shape} | {past} of {pages} | {marked} | {found} |")


def bench_growth(accounts: int = 100, n_days: int = 90) -> None:
    """Print false alarms and power of the jumps in followers, accounts judged alone."""
    say(f"\n### Followers: {accounts} accounts judged alone over {n_days} days, bought followers added on one day\n",
        "| bought, share of followers | accounts marked | … on the right day |", "|---|---|---|")  # fmt: skip
    for share in (0.0, 0.03, 0.05, 0.1, 0.3):
        rng = np.random.default_rng(47)
        marked, right = 0, 0
        for _ in range(accounts):
            series = steady_growth(rng, n_days)
            day = int(rng.integers(20, n_days - 20))
            series[day:] += round(share * series[day])
            table = growth.DETECTOR.run(captures(series), growth.Params(), 0, quiet).tables["growth"].filter("is_jump")
            marked += table.height > 0
            right += bool((table["day"] - FIRST_DAY == day).any()) if share else 0
        say(f"| {share:.2f} | {marked / accounts:.3f} | {right / accounts:.3f} |")


def bench_ratios(pages: int = 20) -> None:
    """Print false alarms of the proportions on organic pages."""
    say("\n### Proportions: organic pages, 200 posts each, every page judged alone\n",
        "| shape | posts with p ≤ 0.01 | posts reported | pages with any |", "|---|---|---|---|")  # fmt: skip
    for shape in SHAPES:
        rng = np.random.default_rng(41)
        small, odd, found = [], [], 0
        for _ in range(pages):
            result = reaction_ratios.DETECTOR.run(
                dataset({"p": organic(rng, 200, shape)}), reaction_ratios.Params(), 0, quiet
            )
            posts = result.tables["ratio_posts"]
            small.append(float((posts["p_value"] <= 0.01).mean()))  # type: ignore[arg-type]
            odd.append(float(posts["finding_id"].is_not_null().mean()))  # type: ignore[arg-type]
            found += bool(result.findings)
        say(f"| {shape} | {np.mean(small):.4f} | {np.mean(odd):.4f} | {found} of {pages} |")


PARTS: dict[str, Callable[[], None]] = {
    "held_out": lambda: bench_world(HELD_OUT, "Rhythm: shapes that nothing was fitted on, measured once"),
    "mix": bench_mix,
    "real": bench_real,
    "reach": bench_reach,
    "viral": bench_viral,
    "ratios": bench_ratios,
    "growth": bench_growth,
}


def main() -> None:
    """Run the parts named, or all of them and write the Markdown."""
    named = sys.argv[1:]
    say("# How rhythm, reach, proportions and growth do", "", "Made by `python tests/benchmarks/bench_work.py`.")
    for part in named or PARTS:
        PARTS[part]()
    if not named:
        OUT.write_text("\n".join(LINES) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
