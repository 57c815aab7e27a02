"""The rows of a detector's tables that its findings rest on, each table once."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from forensics.findings import Detection, Finding
from forensics.vocabulary import TableSpec
from reports.detector_declarations import spec_of
from reports.report_model import Block, Text
from reports.sections.findings.detection_tables import frame_table
from reports.sections.findings.finding_sentence import subject_name
from reports.wording import Words

MOST_ROWS = 10
FEW_ROWS = 3
"""Rows of a finding up to which the findings of a detector share a table."""


def rows_behind(
    detection: Detection,
    findings: Sequence[Finding],
    shown: Sequence[Finding],
    is_drawn: bool,  # noqa: FBT001  passed on as it is
    names: dict[str, str],
    words: Words,
) -> list[Block]:
    """Return the tables behind findings: short ones together, long ones by finding, drawn ones as file names.

    Args:
        shown: those of them that have a sentence; where it is fewer, they stand for the others.
        is_drawn: whether the detector has a drawing.
        names: what groups are called, by their ids.
    """
    blocks: list[Block] = []
    files: list[str] = []
    if len(shown) < len(findings):
        subjects = words.series(
            tuple(dict.fromkeys(subject_name(finding, detection, names, words) for finding in shown))
        )
        blocks.append(Text(words("question.example", subject=subjects), "small"))
    for table in dict.fromkeys(name for finding in shown for name in finding.evidence):
        holders = [finding for finding in shown if table in finding.evidence]
        frame = detection.tables[table]
        spec = spec_of(detection, table)
        if is_drawn and spec.role == "drawn":
            files += [_file(finding, table) for finding in holders]
        elif _is_shared(frame, findings):
            blocks += _table(frame, findings[:1], spec, names, words)
        elif all(_rows(frame, finding).height <= FEW_ROWS for finding in holders):
            blocks += _table(frame, holders, spec, names, words)
        else:
            blocks += [block for finding in holders for block in _table(frame, [finding], spec, names, words)]
    if files:
        blocks.append(Text(words("question.drawn", files=words.series(tuple(files))), "small"))
    return blocks


def _is_shared(frame: pl.DataFrame, findings: Sequence[Finding]) -> bool:
    """Return whether a table says the same of every finding, such as the prices that all estimates use."""
    rows = [_rows(frame, finding).drop("finding_id", strict=False) for finding in findings]
    return len(rows) > 1 and all(other.equals(rows[0]) for other in rows)


def _rows(frame: pl.DataFrame, finding: Finding) -> pl.DataFrame:
    return frame.filter(pl.col("finding_id") == finding.id) if "finding_id" in frame.columns else frame


def _file(finding: Finding, table: str) -> str:
    return f"evidence/{finding.id}-{table}.csv"


def _table(
    frame: pl.DataFrame, findings: Sequence[Finding], spec: TableSpec, names: dict[str, str], words: Words
) -> tuple[Block, ...]:
    rows = pl.concat([_rows(frame, finding) for finding in findings])
    if spec.first:
        rows = rows.sort(spec.first, descending=True, maintain_order=True)
    caption = words(
        "question.evidence" if rows.height > MOST_ROWS else "question.evidence_whole",
        table=words.known("table", spec.name),
        shown=words.integer(min(MOST_ROWS, rows.height)),
        total=words.integer(rows.height),
        file=words.series(tuple(_file(finding, spec.name) for finding in findings)),
    )
    return frame_table(spec, rows.head(MOST_ROWS), (f"{findings[0].id}-{spec.name}", caption), words, names)
