"""What a whole ``forensics run`` costs: reading, each detector, the documents; processor seconds and peak memory.

    python tests/benchmarks/bench_run.py 10000 56000 777000
    python tests/benchmarks/bench_run.py 10000000 --memory 4GB
    python tests/benchmarks/bench_run.py --growth        # 10,000 to 3 million acts; hours

The data are those of ``community_likes``. Each size runs in a process of its own, whose memory is its own. The stages
are those that the run itself shows to its user.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

GROWTH = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
"""Acts of the growth curve, half a power of ten from one to the next."""
READING, WRITING, DOCUMENTS = "reading", "tables and evidence", "documents"


class Stages:
    """A ``Progress`` that adds up the processor seconds between the stages that it is shown."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._stage = READING
        self._began = time.process_time()
        self.seconds: dict[str, float] = {}
        self.peaks: dict[str, int] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002  stages alone are kept apart
        """Begin a stage, where this is one of those that are kept apart."""
        if stage in self._names and self._names[stage] != self._stage:
            self.end()
            self._stage = self._names[stage]

    def end(self) -> None:
        """End the stage."""
        now = time.process_time()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
        self.peaks[self._stage] = peak_mb()
        self._began = now


def peak_mb() -> int:
    """Return the most memory that this process has held, MB; where the system does not say, 0."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def analysed(case: Path, out: Path, memory: int | None) -> dict[str, object]:
    """Run a case in this process and return what each stage cost."""
    from cases.case_file import shipped_cases  # noqa: PLC0415  not to be loaded by the parent
    from cases.running.case_runner import analyse  # noqa: PLC0415
    from forensics.detectors import DETECTORS  # noqa: PLC0415

    loaded = time.process_time()
    names = {detector.title: detector.name for detector in DETECTORS}
    names |= {"Overview": "overview", "Writing tables": WRITING, "Writing the report": DOCUMENTS}
    stages = Stages(names)
    finished = analyse(shipped_cases.find(str(case)), (), out, stages, lambda _: None, memory)
    stages.end()
    findings = sum(len(detection.findings) for detection in finished.detections)
    return {
        "acts": finished.sources[0].rows_kept,
        "findings": findings,
        "stages": {"starting": loaded, **stages.seconds},
        "peaks": stages.peaks,
        "cpu": time.process_time(),
        "peak": peak_mb(),
    }


def write_case(folder: Path, n_acts: int, detectors: list[str]) -> None:
    """Write a case with so many acts."""
    from benchmarks.community_likes import write_likes  # noqa: PLC0415  not to be loaded by the child

    folder.mkdir()
    write_likes(folder / "likes.csv", n_acts)
    asked = f"[run]\ndetectors = {json.dumps(detectors)}\n" if detectors else ""
    text = f'[case]\nname = "likes"\ntitle = "Likes of communities"\n\n[[data]]\npath = "likes.csv"\n\n{asked}'
    (folder / "case.toml").write_text(text, encoding="utf-8")


def measure(n_acts: int, memory: str, detectors: list[str], place_of_bytecode: str) -> dict[str, object]:
    """Write a case and run it in a process of its own; begin with one that compiles, or loads what was compiled."""
    with tempfile.TemporaryDirectory() as place:
        case = Path(place) / "case"
        write_case(case, n_acts, detectors)
        words = [sys.executable, __file__, "--case", str(case), "--memory", memory]
        began = time.perf_counter()
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, env=installed(place_of_bytecode))  # noqa: S603  this very file
        row = json.loads(done.stdout.splitlines()[-1])
        size = sum(path.stat().st_size for path in case.glob("*.csv"))
        return {**row, "mb": size / 1e6, "wall": time.perf_counter() - began}


def installed(place_of_bytecode: str) -> dict[str, str]:
    """Return the environment of a program whose modules are kept compiled, as those that pip installs are."""
    left = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return left | {"PYTHONPYCACHEPREFIX": place_of_bytecode}


def table(rows: list[dict[str, object]]) -> list[str]:
    """Return the figures as a table, a column a size."""
    stages = list(dict.fromkeys(stage for row in rows for stage in row["stages"]))
    shown = [stage for stage in stages if any(row["stages"].get(stage, 0) >= 0.05 for row in rows)]
    lines = [
        "| processor seconds | " + " | ".join(f"{row['acts']:,} acts, {row['mb']:,.1f} MB" for row in rows) + " |",
        "|---|" + "---|" * len(rows),
    ]
    lines += [
        f"| {stage} | " + " | ".join(f"{row['stages'].get(stage, 0.0):.1f}" for row in rows) + " |" for stage in shown
    ]
    lines.append("| **all** | " + " | ".join(f"**{row['cpu']:.1f}**" for row in rows) + " |")
    lines.append("| grows as the acts to the power | " + " | ".join(powers(rows)) + " |")
    lines.append("| wall clock, s | " + " | ".join(f"{row['wall']:.1f}" for row in rows) + " |")
    lines.append("| peak memory, MB | " + " | ".join(f"{row['peak']:,}" for row in rows) + " |")
    lines.append("| findings | " + " | ".join(str(row["findings"]) for row in rows) + " |")
    return lines


def powers(rows: list[dict[str, object]]) -> list[str]:
    """Return the slope, in logarithms, of what each size costs beyond the program's start; none for the first."""
    costs = [row["cpu"] - row["stages"]["starting"] for row in rows]
    pairs = zip(rows, rows[1:], costs, costs[1:], strict=False)
    slopes = [math.log(later / cost) / math.log(large["acts"] / row["acts"]) for row, large, cost, later in pairs]
    return ["", *(f"{slope:.2f}" for slope in slopes)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 56_000], help="acts (default: 10000 56000)")
    parser.add_argument("--growth", action="store_true", help="from 10,000 to 3 million acts instead")
    parser.add_argument("--memory", default="64GB", help="the most to hold, as for forensics run (default: 64GB)")
    parser.add_argument("--only", nargs="*", default=[], help="the detectors to ask (default: all)")
    parser.add_argument("--case", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        from cases.running.memory_budget import amount  # noqa: PLC0415  not to be loaded by the parent

        click.echo(json.dumps(analysed(given.case, given.case.parent / "out", amount(given.memory))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as place:
        measure(2_000, given.memory, given.only, place)
        for n_acts in GROWTH if given.growth else given.sizes:
            rows.append(measure(n_acts, given.memory, given.only, place))
            click.echo(json.dumps(rows[-1]), err=True)
    click.echo("\n".join(table(rows)))


if __name__ == "__main__":
    main()
