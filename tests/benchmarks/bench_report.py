"""Measure how long the documents take and how large they are, and print Markdown.

Run as ``python tests/benchmarks/bench_report.py [run-folder ...]``: invented runs of 5 groups (20 pages, 11 drawings)
and of 100 groups where no folder is named. Each document is made twice; ``same`` says whether the bytes are.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pypdf
from rhythm_measures import say

from cases.run_folder import stored_run
from forensics.findings import Run
from reports.html_document import html
from reports.pdf_document import pdf
from reports.report_building import render

sys.path.insert(0, str(Path(__file__).parents[1]))

from rendering.fake_run import fake_run


def bench(name: str, run: Run) -> None:
    """Print one row: seconds of the first making of both documents, then of a second one."""
    made, seconds, cpu = [], [], []
    for _ in range(2):
        began, began_cpu = time.perf_counter(), time.process_time()
        report = render(run)
        made.append((html(report).encode(), pdf(report)))
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    page, document = made[0]
    figures = sum(block.kind == "figure" for chapter in report.chapters for block in chapter.blocks)
    pages = len(pypdf.PdfReader(io.BytesIO(document)).pages)
    say(
        f"| {name} | {pages} | {figures} | {seconds[0]:.1f} | {seconds[1]:.1f} | {cpu[1]:.1f} | "
        f"{len(page) / 1e6:.2f} | {len(document) / 1e6:.2f} | {'yes' if made[0] == made[1] else 'NO'} |"
    )


def main(folders: list[str]) -> None:
    """Print one row for each run."""
    say("| run | pages | drawings | s, first | s, again | CPU s, again | HTML MB | PDF MB | same |")
    say("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    if folders:
        for folder in folders:
            bench(folder, stored_run.read(Path(folder)))
    else:
        bench("5 groups", fake_run(sizes=(16, 9, 4, 12, 20)))
        bench("100 groups", fake_run(sizes=tuple(5 + place % 40 for place in range(100))))


if __name__ == "__main__":
    main(sys.argv[1:])
