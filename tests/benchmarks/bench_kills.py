"""Kills a run at random moments, many times over, and looks at what it leaves each time (Linux).

``python tests/benchmarks/bench_kills.py 200`` makes a small case, runs it once, then starts it again and again over
that finished run and kills each start (SIGKILL) at a moment drawn evenly from the processor time of a whole run; every
tenth start is interrupted (SIGINT, as Ctrl-C does) instead, and how long it takes to stop is measured. After
each kill the run folder must be the last whole one, byte for byte, and pass ``verify``; every tenth time a run is then
let through, going on from what the killed ones left, and must give the same bytes.
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

from cases import cli
from cases.commands import run_command as _run_command  # noqa: F401
from cases.custody import custody_log
from cases.run_folder import run_summary  # noqa: F401  before the forks

INTERRUPTED = 130
FEW = '[run]\ndetectors = ["coordination", "tempo", "reach", "labour"]\n'

MAKE = """
import sys
from pathlib import Path
from cases.case_file.simulated_cases import make
from forensics.simulate import Election, Plant

case = Path(sys.argv[1])
make(Election(n_accounts=150, n_acts=1_500, n_communities=2, plants=(Plant(n_accounts=8, n_targets=8),)), 5, case)
text = (case / "case.toml").read_text(encoding="utf-8")
kept = text.partition("# Who votes")[0].splitlines()
kept = [line for line in kept if not line.startswith(("[run]", "seed"))]
(case / "case.toml").write_text("\\n".join([*kept, sys.argv[2]]), encoding="utf-8")
"""


def start(case: Path, target: Path) -> int:
    """Start a run in a process of its own, which need not import everything again; return its id."""
    process = os.fork()
    if process:
        return process
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        cli.forensics.main(["run", str(case), "--out", str(target), "--quiet"])
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    finally:
        os._exit(99)


def run(case: Path, target: Path) -> float:
    """Run to the end; return the processor seconds it took."""
    _, status, usage = os.wait4(start(case, target), 0)
    if status:
        sys.exit(f"a run that nobody killed ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def stop_at(process: int, cpu_seconds: float, by: signal.Signals) -> tuple[bool, float]:
    """Stop a process when it has worked for so long; return whether it still ran, and the seconds it took to end."""
    stat = Path(f"/proc/{process}/stat")
    while True:
        state, *fields = stat.read_text(encoding="ascii").rpartition(") ")[2].split()
        if state == "Z" or sum(map(int, fields[10:12])) / os.sysconf("SC_CLK_TCK") >= cpu_seconds:
            os.kill(process, by)
            asked = time.perf_counter()
            status = os.waitpid(process, 0)[1]
            return os.waitstatus_to_exitcode(status) in {-by, INTERRUPTED}, time.perf_counter() - asked
        time.sleep(0.003)


def contents(folder: Path) -> dict[str, bytes]:
    """Return a run folder's files; the log is apart, because it grows with every run."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != custody_log.LOG)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main() -> None:
    """Kill, look, and print what was seen."""
    n_kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(1)  # noqa: S311  nothing here is a secret
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        case, target = Path(scratch, "case"), Path(scratch, "run")
        subprocess.run(  # noqa: S603  in its own process: whoever has computed in threads cannot fork
            [sys.executable, "-c", MAKE, str(case), FEW], check=True
        )
        run(case, target)
        took, whole, longest = run(case, target), contents(target), 0.0
        for number in range(1, n_kills + 1):
            by = signal.SIGKILL if number % 10 else signal.SIGINT
            was_stopped, seconds = stop_at(start(case, target), dice.uniform(0.0, took), by)
            seen[by.name if was_stopped else "came too late"] += 1
            longest = max(longest, seconds if by is signal.SIGINT else 0.0)
            seen["left something to go on from"] += target.with_name(".run.resume").exists()
            if contents(target) != whole or custody_log.problems(target):
                sys.exit(f"kill {number} left {target} other than it was")
            if number % 10 == 0:
                run(case, target)
                seen["let through"] += 1
                if contents(target) != whole or custody_log.problems(target):
                    sys.exit(f"the run after kill {number} came out otherwise")
                if [path.name for path in Path(scratch).iterdir() if path.name not in {"case", "run"}]:
                    sys.exit(f"the run after kill {number} left something beside it")
            click.echo(f"{number} of {n_kills}", err=True)
    click.echo(
        f"A whole run takes {took:.1f} processor seconds. "
        + ", ".join(f"{what}: {n}" for what, n in seen.items())
        + f". An interrupted run ended within {longest:.2f} s."
    )


if __name__ == "__main__":
    main()
