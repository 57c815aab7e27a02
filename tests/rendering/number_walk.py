"""Walking the numbers of a report's tables, each of which must be in its run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from forensics.model import Run, Score
from reports.model import Cell, Report, Table
from reports.wording import BANDS


def all_scores(run: Run) -> Iterator[Score]:
    yield from run.overview
    for detection in run.detections:
        yield from detection.scores
        for finding in detection.findings:
            yield from finding.scores


def values_of(run: Run) -> set[float]:
    """Return every number that run.json and its tables hold, and how many rows and findings there are."""
    found = {score.value for score in all_scores(run) if score.value is not None}
    found |= {float(n) for n in range(sum(len(detection.findings) for detection in run.detections) + 1)}
    frames = [table for detection in run.detections for table in detection.tables.values()]
    frames += [source.rejected for source in run.sources]
    for frame in frames:
        for name, dtype in frame.schema.items():
            if dtype.is_numeric():
                found.update(frame[name].drop_nulls().cast(pl.Float64))
            elif dtype.is_temporal():
                found.update(when.timestamp() for when in frame[name].drop_nulls() if isinstance(when, dt.datetime))
    for source in run.sources:
        found |= {float(n) for n in (source.n_bytes, source.rows_read, source.rows_kept, source.rejected.height)}
        found.update(map(float, source.rejected["reason"].value_counts()["count"]))
        found.update(map(float, (source.n_looked, *source.unmapped.values())))
    return found | {low for _, low, _ in BANDS}


def cells(report: Report) -> Iterator[tuple[str, Cell]]:
    for chapter in report.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                yield from ((block.anchor, cell) for row in block.rows for cell in row)


def walk(run: Run, report: Report) -> tuple[int, list[tuple[str, str, float]]]:
    """Return how many numbers the tables hold, and those that the run does not: table, text and value."""
    known = values_of(run)
    walked = [(anchor, cell.text, float(cell.value)) for anchor, cell in cells(report) if cell.value is not None]
    return len(walked), [entry for entry in walked if entry[2] not in known]
