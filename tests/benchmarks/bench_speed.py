"""How fast the counting is, beside a bucketed self-join in polars, in one run; and how it grows.

Run by ``make bench``. The data are heavy-tailed, with viral objects: accounts and objects follow Zipf-like laws, and
attention to an object decays with its age. Both methods must give the same pairs and counts, or the run stops. The
growth is drawn in ``bench/speed.png``; each of its points is counted in a process of its own, whose peak memory is that
of the acts and the counting.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import numpy as np
import polars as pl
from matplotlib.figure import Figure

from forensics.coaction.counting import CoActions, count_coactions, counted_pairs
from forensics.coaction.layers import IndexedActs

T = TypeVar("T")
OUT = Path("bench")
SIZES = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
WINDOWS_S = (60, 600, 3_600)


def heavy_tailed(n_acts: int, seed: int) -> IndexedActs:
    """Return likes whose accounts and objects are heavy-tailed; the busiest object draws about 1 % of all acts."""
    rng = np.random.default_rng(seed)
    n_accounts, n_objects = n_acts // 10, n_acts // 20
    account = (n_accounts * rng.uniform(size=n_acts) ** 2).astype(np.uint32)
    popularity = 1.0 / np.arange(10, n_objects + 10)
    item = rng.choice(n_objects, n_acts, p=popularity / popularity.sum()).astype(np.uint32)
    born = rng.integers(0, 30 * 86_400, n_objects)
    tick = born[item] + (30 * 10 ** rng.uniform(0, 4, n_acts)).astype(np.int64)
    order = np.lexsort((account, tick, item))
    firsts = np.searchsorted(item[order], np.arange(n_objects, dtype=np.uint32)).clip(max=n_acts - 1)
    everyone = np.arange(n_acts, dtype=np.uint32)
    return IndexedActs(
        layer="like:post",
        account_ids=pl.Series(np.arange(n_accounts)).cast(pl.String),
        object_ids=pl.Series(np.arange(n_objects)).cast(pl.String),
        accounts=account[order],
        objects=item[order],
        events=everyone.astype(np.uint64),
        ticks=tick[order],
        appeared=tick[order][firsts],
        is_published=np.zeros(n_objects, bool),
        rows=everyone,
        precision="s",
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
        and np.array_equal(ours.objects, theirs["groups"])
        and np.array_equal(ours.pairs, theirs["pairs"])
    )
    if not same:
        sys.exit("the two methods disagree: the times mean nothing")


def peak_mb() -> int:
    """Return the most memory that this process has held, MB; where the system does not say, 0."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def counted_alone(task: tuple[int, int]) -> tuple[int, float, float, int]:
    """Count in a process of its own: pairs of acts within the window, seconds, CPU seconds, peak memory in MB."""
    n_acts, window_s = task
    count_coactions(heavy_tailed(1_000, 0), 60)  # compile, or load the compiled code
    acts = heavy_tailed(n_acts, 1)
    busy = time.process_time()
    _, seconds = timed(lambda: count_coactions(acts, window_s, at_least=4))
    return counted_pairs(acts, window_s), seconds, time.process_time() - busy, peak_mb()


def beside_the_join() -> list[str]:
    """Compare with the join at sizes that it survives."""
    lines = ["| acts | window | pairs of acts | ours | polars join | ratio |", "|---|---|---|---|---|---|"]
    count_coactions(heavy_tailed(1_000, 0), 60)
    for n_acts in (100_000, 1_000_000):
        acts = heavy_tailed(n_acts, 1)
        ours, seconds = timed(lambda: count_coactions(acts, 60, at_least=2), 3)  # noqa: B023  called at once
        theirs, join_seconds = timed(lambda: bucketed_join(acts, 60, 2))  # noqa: B023  called at once
        check_same(ours, theirs)
        pairs = counted_pairs(acts, 60)
        ratio = join_seconds / seconds
        lines.append(f"| {n_acts:,} | 60 s | {pairs:,} | {seconds:.2f} s | {join_seconds:.2f} s | {ratio:.0f} x |")
        click.echo(lines[-1], err=True)
    return lines


def growth(largest: int, picture: Path) -> list[str]:
    """Count ever more acts at ever longer windows, and draw the seconds."""
    lines = ["| acts | window | pairs of acts | seconds | CPU s | peak memory |", "|---|---|---|---|---|---|"]
    figure = Figure(figsize=(7, 5), layout="constrained")
    axes = figure.subplots()
    for window_s in WINDOWS_S:
        sizes = [size for size in SIZES if size <= largest]
        seconds = []
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                pairs, took, cpu, memory = pool.apply(counted_alone, ((size, window_s),))
            seconds.append(took)
            lines.append(f"| {size:,} | {window_s} s | {pairs:,} | {took:.2f} | {cpu:.2f} | {memory:,} MB |")
            click.echo(lines[-1], err=True)
        axes.loglog(sizes, seconds, marker="o", label=f"within {window_s} s")
    axes.set_xlabel("acts")
    axes.set_ylabel("seconds to count the co-actions of all pairs")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(picture, dpi=120)
    return lines


@click.command()
@click.option("--largest", default=3_000_000, show_default=True, help="Most acts to count; 10000000 takes 3 GB.")
def main(largest: int) -> None:
    """Measure and print; the lines go to bench/speed.md too."""
    OUT.mkdir(exist_ok=True)
    sections = {"Beside the join": beside_the_join(), "Growth": growth(largest, OUT / "speed.png")}
    lines = ["# Speed", ""]
    for title, rows in sections.items():
        lines += [f"## {title}", "", *rows, ""]
    (OUT / "speed.md").write_text("\n".join(lines), encoding="utf-8")
    click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
