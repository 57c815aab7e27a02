"""Measure how long the way through the source is: for one row of CSV until it is a data set, and for one page.

Run as ``python tests/benchmarks/bench_paths.py``; it prints Markdown. ``files`` are the modules of the project in
which a function ran; ``changes``, how often a function was called in another file than the one before; ``different``,
how many pairs of files those changes are, since work on every row or group goes the same way many times. The first time
is not watched, so that nothing is imported on the way.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

from forensics import loaders
from reports.html_document import html
from reports.report_building import render

sys.path.insert(0, str(Path(__file__).parents[1]))

from rendering.fake_run import fake_run

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("forensics", "reports", "cases")
ROW = "account,time,url\nann,2024-05-04 12:00:00,https://example.org/a\n"


def walk(work: Callable[[], object]) -> list[str]:
    """Return the files of the project in which functions are called while work is done, in order."""
    visited: list[str] = []
    starts = tuple(f"{ROOT / package}/" for package in PACKAGES)

    def on_call(frame: FrameType, event: str, _argument: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(starts):
            visited.append(file)

    sys.setprofile(on_call)
    try:
        work()
    finally:
        sys.setprofile(None)
    return visited


def row_of(name: str, work: Callable[[], object]) -> str:
    """Return a row of the table; work is done once before, so that nothing is imported while it is watched."""
    work()
    visited = walk(work)
    changes = [(one, other) for one, other in pairwise(visited) if one != other]
    return f"| {name} | {len(set(visited))} | {len(changes):,} | {len(set(changes))} |"


def sizes() -> str:
    """Return how many files and lines each package has."""
    rows = []
    for package in (*PACKAGES, "tests"):
        files = sorted((ROOT / package).rglob("*.py"))
        n_lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
        rows.append(f"| {package} | {len(files)} | {n_lines:,} |")
    return "\n".join(["| package | files | lines |", "|---|--:|--:|", *rows])


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.csv"
        path.write_text(ROW, encoding="utf-8")
        rows = [
            row_of("one row of CSV, its format recognised", lambda: loaders.load(path)),
            row_of("the same, its loader named", lambda: loaders.load(path, "generic")),
            row_of("a report of three groups as a page", lambda: html(render(fake_run()))),
        ]
    print("\n".join(["| work | files | changes | different |", "|---|--:|--:|--:|", *rows, "", sizes()]))  # noqa: T201


if __name__ == "__main__":
    main()
