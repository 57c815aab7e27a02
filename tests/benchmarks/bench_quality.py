"""How often the detectors name anybody wrongly, and how much of what was planted they find, beside other tools.

Run by ``make bench-quality``. It takes hours at the sizes that count and keeps each world's verdict in
``bench/quality.jsonl``, so that an interrupted run goes on where it stopped. The tables go to ``bench/quality.md``,
with the quantile plot of the pairs' p-values as ``bench/calibration.png``.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
from dataclasses import asdict
from pathlib import Path

import click
from quality_tables import false_alarms, power
from quality_worlds import GERMAN, PRACTICES, PROMISED, QUIET, REAL, Task, Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "bench"


def tasks(organic: int, hard: int, planted: int, only: str) -> list[Task]:
    """Return what is to be judged, seed by seed, so that a run that is stopped has covered all the worlds."""
    counts = dict.fromkeys(QUIET, hard) | {"organic": organic}
    counts |= dict.fromkeys(PRACTICES, max(1, planted // 4)) | dict.fromkeys(PROMISED, planted)
    if GERMAN.exists():
        counts |= dict.fromkeys(REAL, max(1, planted // 4))
    return [
        Task(world, seed, with_peers=world in PRACTICES and seed <= 3)
        for seed in range(1, max(counts.values()) + 1)
        for world, n in counts.items()
        if seed <= n and only in world
    ]


def version() -> str:
    """Return the commit whose verdicts these are: others are not mixed with them."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip() or "unknown"


def remembered(path: Path, settings: str) -> dict[tuple[str, int], list[Verdict]]:
    """Return the verdicts of an earlier run with the same settings, by world and seed."""
    found: dict[tuple[str, int], list[Verdict]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        row = json.loads(line)
        if row["settings"] == settings:
            verdicts = [Verdict(**verdict) for verdict in row["verdicts"]]
            found[verdicts[0].world, verdicts[0].seed] = verdicts
    return found


@click.command()
@click.option("--organic", default=200, show_default=True, help="Elections without manipulation; seeds count from 1.")
@click.option("--hard", default=5, show_default=True, help="Of each kind that is harder than life.")
@click.option(
    "--planted", default=20, show_default=True, help="Of each promised practice; a quarter of it of the others."
)
@click.option("--only", default="", help="Kinds whose name holds this.")
@click.option("--fresh", is_flag=True, help="Begin anew, whatever an earlier run of this commit has judged.")
def main(organic: int, hard: int, planted: int, only: str, *, fresh: bool) -> None:
    """Measure the detectors on simulated elections."""
    OUT.mkdir(exist_ok=True)
    kept, settings = OUT / "quality.jsonl", version()
    known = {} if fresh else remembered(kept, settings)
    wanted = tasks(organic, hard, planted, only)
    left = [task for task in wanted if (task.world, task.seed) not in known]
    with multiprocessing.get_context("spawn").Pool() as pool, kept.open("a", encoding="utf-8") as stream:
        for number, found in enumerate(pool.imap(judge, left, chunksize=1), start=1):
            known[found[0].world, found[0].seed] = found
            stream.write(json.dumps({"settings": settings, "verdicts": [asdict(each) for each in found]}) + "\n")
            stream.flush()
            wrong = "; ".join(f"{row.looked}: {row.n_found - row.n_hit} wrong" for row in found[:2])
            click.echo(f"{number} of {len(left)}: {found[0].world}, seed {found[0].seed}. {wrong}", err=True)
    verdicts = [verdict for task in wanted for verdict in known[task.world, task.seed]]
    lines = [
        "# Quality on elections with known truth",
        "",
        "Organic elections of 5,000 accounts and 200,000 acts, seeds from 1; default settings.",
        "",
        "## Named wrongly",
        "",
        *false_alarms(verdicts),
        "",
        "## Found (mean recall / mean precision)",
        "",
        *power(verdicts),
        "",
    ]
    text = "\n".join(lines)
    (OUT / "quality.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
