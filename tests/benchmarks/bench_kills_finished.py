"""Kills the commands on a finished run at random moments, and looks at what they leave each time (Linux).

``python tests/benchmarks/bench_kills_finished.py 100`` kills (SIGKILL) ``report``, ``report --public``, ``export`` and
``archive`` so many times each, at moments drawn evenly from the processor time of a whole one; names after the number
choose some of them. After each kill the run folder must be the one before or the one after, byte for byte, and pass
``verify``; what the command makes elsewhere must be whole or not there. Every tenth time one is let through; it must
come out as ever and leave nothing beside it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click
from bench_kills import contents, stop_at

from cases import cli
from cases.commands.finished_run import archive_command, export_command, report_command  # noqa: F401  before the forks
from cases.custody import custody_log
from cases.run_folder import run_folder  # noqa: F401
from reports import exports  # noqa: F401

WORKS = {
    "report": ("report", "{run}", "--lang", "fr", "--quiet"),
    "public": ("report", "{run}", "--public", "{out}", "--quiet"),
    "export": ("export", "{run}", "--to", "sqlite", "--out", "{out}", "--quiet"),
    "archive": ("archive", "{run}", "--result", "{copies}"),
}
KEPT = {"whole", "run", "run.key", "copies.csv"}

MAKE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from rendering.fake_run import fake_run
from cases.custody import archived_copies
from cases.run_folder import run_folder

place, run = Path(sys.argv[1]), fake_run(sizes=(5, 4))
folder = place / "whole"
folder.mkdir()
run_folder.fill(folder, run, "[case]\\n")
run_folder.sign(folder, folder, "run")
rows = [f"{url},https://archive.example/{number}" for number, url in enumerate(archived_copies.addresses(run))]
(place / "copies.csv").write_text("\\n".join(["url,archive_url", *rows]) + "\\n", encoding="utf-8")
"""


def start(words: list[str]) -> int:
    """Start a command in a process of its own, which need not import everything again; return its id."""
    process = os.fork()
    if process:
        return process
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        cli.forensics.main(words)
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    finally:
        os._exit(99)


def made(out: Path) -> dict[str, bytes]:
    """Return what a command made elsewhere."""
    return {"": out.read_bytes()} if out.is_file() else contents(out) if out.exists() else {}


class Desk:
    """A run folder, and what one command makes of it."""

    def __init__(self, place: Path, work: str) -> None:
        self.place, self.work = place, work
        self.run, self.out = place / "run", place / "out.made"
        self.words = [word.format(run=self.run, out=self.out, copies=place / "copies.csv") for word in WORKS[work]]

    def fresh(self) -> None:
        """Put the run as it was made there, and nothing else."""
        shutil.rmtree(self.run, ignore_errors=True)
        shutil.copytree(self.place / "whole", self.run)
        self.clear()

    def clear(self) -> None:
        """Take away what the command made elsewhere."""
        shutil.rmtree(self.out) if self.out.is_dir() else self.out.unlink(missing_ok=True)

    def through(self) -> float:
        """Let the command end; return the processor seconds it took."""
        _, status, usage = os.wait4(start(self.words), 0)
        if status:
            sys.exit(f"{self.work}, which nobody killed, ended with {os.waitstatus_to_exitcode(status)}")
        if left := {path.name for path in self.place.iterdir()} - KEPT - {self.out.name}:
            sys.exit(f"{self.work} left {left}")
        return usage.ru_utime + usage.ru_stime

    def state(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Return the files of the run, and of what was made elsewhere."""
        if custody_log.problems(self.run):
            sys.exit(f"{self.work} left {self.run} other than a run")
        return contents(self.run), made(self.out)


def tried(desk: Desk, n_kills: int, dice: random.Random) -> Counter[str]:
    """Kill one command so many times; return what was seen.

    Raises:
        SystemExit: a kill left something torn.
    """
    seen: Counter[str] = Counter()
    desk.fresh()
    before, _ = desk.state()
    took = desk.through()
    after, elsewhere = desk.state()
    desk.fresh()
    number = 0
    while seen["killed"] < n_kills:
        number += 1
        was_stopped, _ = stop_at(start(desk.words), dice.uniform(0.0, took), signal.SIGKILL)
        run, out = desk.state()
        if run not in (before, after) or out not in ({}, elsewhere):
            sys.exit(f"kill {number} of {desk.work} left something torn")
        seen["killed" if was_stopped else "came too late"] += 1
        seen["was done"] += bool(run == after != before or out)
        desk.clear()
        if number % 10 == 0:
            took = min(took, desk.through())  # the first also warmed the disk up
            if desk.state() != (after, elsewhere):
                sys.exit(f"{desk.work} after kill {number} came out otherwise")
            seen["let through"] += 1
            desk.fresh()
    desk.through()  # which takes away what the last kill left, before another command is tried beside it
    desk.clear()
    return seen


def main() -> None:
    """Kill, look, and print what was seen."""
    n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(1)  # noqa: S311  nothing here is a secret
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch).resolve()
        tests = str(Path(__file__).resolve().parents[1])
        subprocess.run(  # noqa: S603  in its own process: whoever has computed in threads cannot fork
            [sys.executable, "-c", MAKE, str(place), tests], check=True
        )
        for work in sys.argv[2:] or WORKS:
            begun = time.monotonic()
            seen = tried(Desk(place, work), n_kills, dice)
            counts = ", ".join(f"{what}: {n}" for what, n in seen.items())
            click.echo(f"{work}: {counts}; {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
