"""Beside the coordination-network-toolkit: the same file, the same rule, each program as a process from file to edges.

Run by ``make bench-peers``, which makes the toolkit an environment of its own under bench/; it is no dependency. Both
read one CSV of reposts and count, within 60 seconds, each account's reposts that co-act with another account's, two or
more. Their edges and weights must be the same, or the run stops.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import polars as pl

OUT = Path("bench")
PEER = OUT / "peer-venv"
PACKAGE = "coordination-network-toolkit==1.5.2"
WINDOW_S, AT_LEAST = 60, 2

OURS = """
import sys
from pathlib import Path
from coaction.peer_rules import coordination_network_toolkit
from forensics.loaders import load

actions = load(Path(sys.argv[1]), "coordination-toolkit").actions
edges = coordination_network_toolkit(actions, "repost:post", float(sys.argv[3]), int(sys.argv[4])).edges
edges.write_parquet(sys.argv[2])
"""


@dataclass(frozen=True)
class Cost:
    """What a program took: wall clock and processor seconds, and the most memory one process of it held."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def reposts(n_acts: int, path: Path) -> None:
    """Write reposts with heavy-tailed accounts and originals, as the toolkit reads them."""
    rng = np.random.default_rng(1)
    n_accounts, n_objects = n_acts // 10, n_acts // 20
    popularity = np.cumsum(1.0 / np.arange(10, n_objects + 10))
    item = np.searchsorted(popularity / popularity[-1], rng.uniform(size=n_acts))
    born = rng.integers(0, 30 * 86_400, n_objects)
    user = "u" + pl.Series((n_accounts * rng.uniform(size=n_acts) ** 2).astype(np.int64)).cast(pl.String)
    pl.DataFrame(
        {
            "message_id": [f"m{number}" for number in range(n_acts)],
            "user_id": user,
            "username": user,
            "repost_id": "o" + pl.Series(item).cast(pl.String),
            "reply_id": "",
            "message": "",
            "timestamp": 1_600_000_000 + born[item] + (30 * 10 ** rng.uniform(0, 4, n_acts)).astype(np.int64),
            "urls": "",
        }
    ).write_csv(path)


def cost(*commands: list[str]) -> Cost:
    """Run commands one after another and add up what they took."""
    started, cpu, peak = time.perf_counter(), 0.0, 0
    for words in commands:
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{words[0]} ended with {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
    return Cost(time.perf_counter() - started, cpu, peak)


def toolkit() -> str:
    """Return the toolkit's command, installed where it is not yet."""
    command = PEER / "bin" / "compute_networks"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)  # noqa: S603
        pip = [str(PEER / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", PACKAGE]
        subprocess.run(pip, check=True)  # noqa: S603
    return str(command)


def their_edges(database: Path) -> pl.DataFrame:
    """Return the toolkit's network without direction, as ``peers.coordination_network_toolkit`` gives it."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT min(user_1, user_2), max(user_1, user_2), max(weight) FROM co_retweet_network "
            "WHERE user_1 <> user_2 AND weight >= ? GROUP BY 1, 2 ORDER BY 1, 2",
            (AT_LEAST,),
        ).fetchall()
    return pl.DataFrame(rows, schema={"left": pl.String, "right": pl.String, "weight": pl.UInt32}, orient="row")


def compare(n_acts: int, command: str) -> str:
    """Run both on so many acts; return the table's row."""
    table, database, out = OUT / f"reposts-{n_acts}.csv", OUT / "peer.db", OUT / "ours.parquet"
    database.unlink(missing_ok=True)
    reposts(n_acts, table)
    ours = cost([sys.executable, "-c", OURS, str(table), str(out), str(WINDOW_S), str(AT_LEAST)])
    rule = ["--time_window", str(WINDOW_S), "--min_edge_weight", str(AT_LEAST), "--n_cpus", str(os.cpu_count() or 1)]
    theirs = cost(
        [command, str(database), "preprocess", "--format", "csv", str(table)],
        [command, str(database), "compute", "co_retweet", *rule],
    )
    edges = pl.read_parquet(out)
    if not edges.select("left", "right", pl.col("weight").cast(pl.UInt32)).equals(their_edges(database)):
        sys.exit("the two programs disagree: the times mean nothing")
    return (
        f"| {n_acts:,} | {edges.height:,} | {ours.seconds:.1f} | {theirs.seconds:.1f} | {ours.cpu_seconds:.1f} "
        f"| {theirs.cpu_seconds:.1f} | {theirs.cpu_seconds / ours.cpu_seconds:.1f} x | {ours.peak_bytes / 1e6:.0f} "
        f"| {theirs.peak_bytes / 1e6:.0f} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000], help="acts")
    sizes = parser.parse_args().sizes
    OUT.mkdir(exist_ok=True)
    command = toolkit()
    lines = [
        f"# Beside {PACKAGE}",
        "",
        "| acts | edges | s | theirs, s | processor s | theirs | ratio | peak MB | theirs, largest process |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for n_acts in sizes:
        lines.append(compare(n_acts, command))
        click.echo(lines[-1], err=True)
    (OUT / "peers.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
