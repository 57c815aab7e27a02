"""How the counting of co-actions grows with the data, under a memory budget; each size in a process of its own.

``python tests/benchmarks/bench_growth.py 1 10 100 --memory 4GB`` counts 1, 10 and 100 million simulated acts, draws the
curve into bench/growth.png and works out what ten billion acts would take. ``--spark 10`` puts 10 million acts to Spark
too and stops where its rows differ.

The data grow as a longer collection does: more accounts and more posts, of the same popularity; activity and popularity
are heavy-tailed, and attention to a post decays with its age. A farm of 50 accounts is planted into each size, and all
its pairs must be found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
import matplotlib as mpl
import numpy as np
import polars as pl

mpl.use("Agg")

from matplotlib import pyplot as plt

OUT = Path("bench")
CHUNK = 1_000_000
FARM, TARGETS = 50, 20

# Runs in the child: counts and says how long each step took.
CHILD = """
import json, sys, tempfile, time
from pathlib import Path
from forensics.coaction.engines import ENGINES
from forensics.coaction.engines.engine import Question

engine, folder, memory, out, scratch = sys.argv[1:]
steps, last = {}, [time.perf_counter(), None]

def progress(stage, done, total):
    stage = stage.split(",")[0]
    if stage != last[1]:
        now = time.perf_counter()
        steps[last[1] or "starting"] = steps.get(last[1] or "starting", 0.0) + now - last[0]
        last[:] = [now, stage]

with tempfile.TemporaryDirectory(dir=scratch) as place:
    paths = sorted(Path(folder).glob("*.parquet"))
    found = ENGINES.get(engine).count(paths, Question(60, 4), int(memory), Path(place), progress)
progress("", 0, 0)
found.write_parquet(out)
print(json.dumps(steps))
"""


def simulate(n_acts: int, folder: Path, seed: int = 1) -> None:
    """Write simulated acts, a million to a file."""
    if folder.is_dir() and len(list(folder.glob("*.parquet"))) == n_acts // CHUNK + 1:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    n_accounts, n_objects = n_acts // 10, n_acts // 20
    popularity = np.cumsum(1.0 / (np.arange(n_objects) + n_objects / 5_000))
    popularity /= popularity[-1]
    born = rng.integers(0, 30 * 86_400, n_objects)
    for number in range(n_acts // CHUNK):
        account = (n_accounts * rng.uniform(size=CHUNK) ** 2).astype(np.int64)
        item = np.searchsorted(popularity, rng.uniform(size=CHUNK))
        second = born[item] + (30 * 10 ** rng.uniform(0, 4, CHUNK)).astype(np.int64)
        write(folder / f"{number}.parquet", "a", account, item, second)
    start = born[:TARGETS].repeat(FARM) + 90_000
    farm = np.tile(np.arange(FARM), TARGETS)
    second = start + rng.integers(0, 50, len(start))
    write(folder / "farm.parquet", "farm", farm, np.arange(TARGETS).repeat(FARM), second)


def write(path: Path, prefix: str, accounts: np.ndarray, items: np.ndarray, seconds: np.ndarray) -> None:
    """Write one file of acts."""
    pl.DataFrame({"account": accounts, "item": items, "second": 1_600_000_000 + seconds}).select(
        account_id=prefix + pl.col("account").cast(pl.String),
        object_id="o" + pl.col("item").cast(pl.String),
        acted_at=pl.from_epoch("second").cast(pl.Datetime("us", "UTC")),
    ).write_parquet(path)


def usage(process: int) -> tuple[dict[int, float], int]:
    """Return the processor seconds of each process that descends from one, and the memory they hold together, bytes."""
    parents, seconds, held = {}, {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        except OSError:
            continue
        number = int(folder.name)
        parents[number] = int(fields[1])
        seconds[number] = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
        held[number] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    own = {process}
    while more := {number for number, parent in parents.items() if parent in own} - own:
        own |= more
    return {number: seconds.get(number, 0.0) for number in own}, sum(held.get(number, 0) for number in own)


def measure(engine: str, folder: Path, memory: int, out: Path) -> dict[str, object]:
    """Count in a process of its own; return its seconds and, with its descendants', processor seconds and peak memory.

    They are looked at five times a second: Spark works in a process that its parent does not wait for.
    """
    words = [sys.executable, "-c", CHILD, engine, str(folder), str(memory), str(out), str(OUT)]
    started = time.perf_counter()
    seconds: dict[int, float] = {}
    peak = 0
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  this program itself
        while child.poll() is None:
            worked, held = usage(child.pid)
            seconds |= {number: max(spent, seconds.get(number, 0.0)) for number, spent in worked.items()}
            peak = max(peak, held)
            time.sleep(0.2)
        assert child.stdout is not None
        output = child.stdout.read()
    if child.returncode:
        sys.exit(f"{engine} ended with {child.returncode}")
    pairs = pl.read_parquet(out)
    planted = pairs.filter(pl.col("left").str.starts_with("farm") & pl.col("right").str.starts_with("farm")).height
    if planted != FARM * (FARM - 1) // 2:
        sys.exit(f"{planted} of the planted pairs were found")
    return {
        "engine": engine,
        "seconds": time.perf_counter() - started,
        "cpu_seconds": sum(seconds.values()),
        "peak_bytes": peak,
        "pairs": pairs.height,
        "steps": json.loads(output.splitlines()[-1]),
    }


def draw(rows: list[dict[str, object]], memory: int) -> None:
    """Draw time and peak memory against the number of acts."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    sizes = [row["n_acts"] for row in rows]
    left.loglog(sizes, [row["seconds"] for row in rows], "o-", label="wall clock")
    left.loglog(sizes, [row["cpu_seconds"] for row in rows], "s--", label="processor time")
    left.set(xlabel="acts", ylabel="seconds", title="Time")
    left.legend(frameon=False)
    right.semilogx(sizes, [row["peak_bytes"] / 1e9 for row in rows], "o-")
    right.axhline(memory / 1e9, linestyle=":", color="grey")
    right.annotate("budget", (sizes[0], memory / 1e9), va="bottom")
    right.set(xlabel="acts", ylabel="GB", title="Peak memory", ylim=(0, memory / 1e9 * 1.15))
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(OUT / "growth.png", dpi=150)


def as_page(rows: list[dict[str, object]], spark: list[dict[str, object]]) -> str:
    """Return what was measured, as a page."""
    lines = [
        "# Growth",
        "",
        "| engine | acts | seconds | processor seconds | peak GB | pairs | steps, seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in (*rows, *spark):
        steps = ", ".join(f"{name} {seconds:.0f}" for name, seconds in row["steps"].items())
        lines.append(
            f"| {row['engine']} | {row['n_acts']:,} | {row['seconds']:.1f} | {row['cpu_seconds']:.1f} "
            f"| {row['peak_bytes'] / 1e9:.2f} | {row['pairs']:,} | {steps} |"
        )
    if len(rows) > 1:
        first, last = rows[-2], rows[-1]
        slope = np.log(last["cpu_seconds"] / first["cpu_seconds"]) / np.log(last["n_acts"] / first["n_acts"])
        cpu = last["cpu_seconds"] * (1e10 / last["n_acts"]) ** slope
        lines.append("")
        lines.append(
            f"Processor time grows as the number of acts to the power {slope:.2f} between the last two sizes. Worked "
            f"out from that, ten billion acts like these take {cpu / 3600:.0f} processor hours with the local engine."
        )
    for row in spark:
        cpu = row["cpu_seconds"] * 1e10 / row["n_acts"] / 3600
        lines.append(
            f"Spark took {row['cpu_seconds'] / row['n_acts'] * 1e6:.0f} processor seconds for a million acts, its "
            f"start included: {cpu:.0f} processor hours for ten billion if that stays so, {cpu / 400:.1f} hours on 400 "
            "processors that are kept busy. That is worked out, not measured."
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1, 10], help="millions of acts")
    parser.add_argument("--memory", type=lambda text: int(float(text.upper().removesuffix("GB")) * 1e9), default="4GB")
    parser.add_argument("--spark", nargs="*", type=int, default=[], help="millions of acts to put to Spark too")
    chosen = parser.parse_args()
    rows, spark = [], []
    for millions in chosen.sizes:
        folder = OUT / f"acts-{millions}m"
        simulate(millions * 1_000_000, folder)
        rows.append({"n_acts": millions * 1_000_000, **measure("local", folder, chosen.memory, OUT / "local.parquet")})
        click.echo(json.dumps(rows[-1]), err=True)
        if millions in chosen.spark:
            answer = measure("spark", folder, chosen.memory, OUT / "spark.parquet")
            spark.append({"n_acts": millions * 1_000_000, **answer})
            click.echo(json.dumps(spark[-1]), err=True)
            if not pl.read_parquet(OUT / "spark.parquet").equals(pl.read_parquet(OUT / "local.parquet")):
                sys.exit("the engines disagree: the times mean nothing")
    draw(rows, chosen.memory)
    (OUT / "growth.md").write_text(as_page(rows, spark), encoding="utf-8")
    click.echo(as_page(rows, spark))


if __name__ == "__main__":
    main()
