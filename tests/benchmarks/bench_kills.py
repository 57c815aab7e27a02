"""Kills a run at random moments, many times over, and looks at what it leaves each time.

``python tests/benchmarks/bench_kills.py 200`` makes a small case, runs it once, then starts it again and again over
that finished run and kills each start (SIGKILL) at a moment drawn evenly from the time a whole run takes. After each
kill the run folder must be the last whole one, byte for byte, and pass ``verify``; every tenth time a run is then let
through, going on from what the killed ones left, and must give the same bytes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from cases import custody
from cases.simulated import make
from forensics.simulate import Election, Plant

WORDS = [sys.executable, "-c", "from cases.cli import main; main()"]
SMALL = Election(n_accounts=150, n_acts=1_500, n_communities=2, plants=(Plant(n_accounts=8, n_targets=8),))


def contents(folder: Path) -> dict[str, bytes]:
    """Return a run folder's files; the log is apart, because it grows with every run."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != custody.LOG)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main() -> None:
    """Kill, look, and print what was seen."""
    n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(1)  # noqa: S311  nothing here is a secret
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        case, target = Path(scratch, "case"), Path(scratch, "run")
        make(SMALL, 5, case)
        words = [*WORDS, "run", str(case), "--out", str(target), "--quiet"]
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603  this program itself
        started = time.monotonic()
        subprocess.run(words, check=True, capture_output=True)  # noqa: S603
        took, whole = time.monotonic() - started, contents(target)
        for number in range(1, n_kills + 1):
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
                time.sleep(dice.uniform(0.0, took))
                seen["came too late" if process.poll() is not None else "killed"] += 1
                os.kill(process.pid, signal.SIGKILL)
            kept = target if target.exists() else target.with_name(".run.previous")
            seen["kept aside, until the next run"] += kept is not target
            seen["left something to go on from"] += target.with_name(".run.resume").exists()
            if contents(kept) != whole or custody.problems(kept):
                sys.exit(f"kill {number} left {kept} other than it was")
            if number % 10 == 0:
                subprocess.run(words, check=True, capture_output=True)  # noqa: S603
                seen["let through"] += 1
                if contents(target) != whole or custody.problems(target):
                    sys.exit(f"the run after kill {number} came out otherwise")
                if [path.name for path in Path(scratch).iterdir() if path.name not in {"case", "run"}]:
                    sys.exit(f"the run after kill {number} left something beside it")
            click.echo(f"{number} of {n_kills}", err=True)
    click.echo(f"A whole run takes {took:.1f} s. " + ", ".join(f"{what}: {n}" for what, n in seen.items()) + ".")


if __name__ == "__main__":
    main()
