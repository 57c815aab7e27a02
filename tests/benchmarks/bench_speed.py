"""How fast the counting is, beside a bucketed self-join in polars, in one run; and how it grows.

Run by ``make bench``. The data are heavy-tailed, with viral objects: accounts and objects follow Zipf-like laws, and
attention to an object decays with its age. Both methods must give the same pairs and counts, or the run stops.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import numpy as np
import polars as pl

from forensics import schema
from forensics.core.coaction import CoActions, count_coactions, counted_pairs
from forensics.core.layers import IndexedActs, index_acts
from forensics.core.synchrony import DETECTOR, Params
from forensics.model import Dataset, quiet

T = TypeVar("T")
OUT = Path("bench")


def heavy_tailed(n_acts: int, seed: int) -> pl.DataFrame:
    """Return likes whose accounts and objects are heavy-tailed; the busiest object draws about 1 % of all acts."""
    rng = np.random.default_rng(seed)
    n_accounts, n_objects = n_acts // 10, n_acts // 20
    account = (n_accounts * rng.uniform(size=n_acts) ** 2).astype(np.int64)
    popularity = 1.0 / np.arange(10, n_objects + 10)
    item = rng.choice(n_objects, n_acts, p=popularity / popularity.sum())
    born = rng.integers(0, 30 * 86_400, n_objects)
    age = 30 * 10 ** rng.uniform(0, 4, n_acts)
    return schema.conform(
        pl.DataFrame({"account": account, "item": item, "second": born[item] + age.astype(np.int64)}).select(
            account_id="a" + pl.col("account").cast(pl.String),
            object_id="o" + pl.col("item").cast(pl.String),
            acted_at=pl.from_epoch(1_600_000_000 + pl.col("second")).cast(schema.TIME),
            action=pl.lit("like"),
            object_kind=pl.lit("post"),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def bucketed_join(acts: IndexedActs, window: int, at_least: int) -> pl.DataFrame:
    """Count the same with a self-join on (object, time bucket), the fastest way that a data-frame library has."""
    frame = pl.DataFrame({"a": acts.accounts, "o": acts.objects, "t": acts.ticks}).lazy()
    bucketed = frame.with_columns(bucket=pl.col("t") // (window + 1))
    near = pl.concat([bucketed.with_columns(pl.col("bucket") + step) for step in (-1, 0, 1)])
    return (
        bucketed.join(near, ["o", "bucket"], suffix="_2")
        .filter((pl.col("a") < pl.col("a_2")) & ((pl.col("t") - pl.col("t_2")).abs() <= window))
        .group_by("a", "a_2")
        .agg(groups=pl.col("o").n_unique(), pairs=pl.len())
        .filter(pl.col("groups") >= at_least)
        .sort("a", "a_2")
        .collect(engine="streaming")
    )


def timed(work: Callable[[], T], repeats: int = 1) -> tuple[T, float]:
    """Return the result and the shortest of some runs, seconds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return result, best


def check_same(ours: CoActions, theirs: pl.DataFrame) -> None:
    """Stop where the two methods differ anywhere."""
    same = (
        np.array_equal(ours.left, theirs["a"])
        and np.array_equal(ours.right, theirs["a_2"])
        and np.array_equal(ours.groups, theirs["groups"])
        and np.array_equal(ours.pairs, theirs["pairs"])
    )
    if not same:
        sys.exit("the two methods disagree: the times mean nothing")


def peak_mb() -> float:
    """Return the most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also count 10 M acts (about 3 GB of memory)")
    large = parser.parse_args().large
    lines = [
        "# Speed",
        "",
        "| acts | window | pairs of acts | ours | polars join | ratio |",
        "|---|---|---|---|---|---|",
    ]
    count_coactions(index_acts(heavy_tailed(1000, 0), "like:post"), 60)  # compile, or load the compiled code
    for n_acts, window, with_join in ((100_000, 60, True), (1_000_000, 60, True), (1_000_000, 600, False)):
        acts = index_acts(heavy_tailed(n_acts, 1), "like:post")
        ours, seconds = timed(lambda: count_coactions(acts, window, at_least=2), 3)  # noqa: B023  called at once
        row = f"| {n_acts:,} | {window} s | {counted_pairs(acts, window):,} | {seconds:.2f} s |"
        if with_join:
            theirs, join_seconds = timed(lambda: bucketed_join(acts, window, 2))  # noqa: B023  called at once
            check_same(ours, theirs)
            row += f" {join_seconds:.2f} s | {join_seconds / seconds:.1f} x |"
        lines.append(row + ("" if with_join else " – | – |"))
        click.echo(lines[-1], err=True)
    dataset = Dataset(actions=heavy_tailed(1_000_000, 1))
    lines.append("")
    for windows_s, surrogates in (((60.0,), 0), ((60.0,), 19), ((10.0, 60.0, 600.0), 19)):
        params = Params(windows_s=windows_s, surrogates=surrogates)
        _, seconds = timed(lambda: DETECTOR.run(dataset, params, 1, quiet))  # noqa: B023  called at once
        lines.append(f"- synchrony, 1 M acts, windows {windows_s} s, {surrogates} re-deals: {seconds:.1f} s")
    lines.append(f"- peak memory {peak_mb():.0f} MB, the join's included")
    if large:
        acts = index_acts(heavy_tailed(10_000_000, 1), "like:post")
        _, seconds = timed(lambda: count_coactions(acts, 60, at_least=4))
        lines.append(f"Counting 10 M acts, 60 s, threshold 4: {seconds:.1f} s. Peak memory {peak_mb():.0f} MB.")
    OUT.mkdir(exist_ok=True)
    (OUT / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
