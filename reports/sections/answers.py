"""What was done at once, where they were, how worked, what it bought: a chapter each, whichever detectors answered."""

from __future__ import annotations

from functools import partial

import polars as pl

from forensics.model import Detection, Finding, Question, Run
from reports.model import Block, Figure, Heading, Items, Text
from reports.reading import QUESTIONS, subjects
from reports.sections.alike import alike_table, numbers_of
from reports.sections.atlas import maps_of
from reports.sections.camp_places import camp_places
from reports.sections.drawings import figures_of
from reports.sections.frames import frame_table
from reports.sections.parts import Section
from reports.sections.statements import group_names, sentence, subject_name
from reports.wording import Words

__all__ = ["BATCHES", "HOW", "WHAT", "WHERE"]

MOST_FINDINGS = 8
"""Findings of one statement told one by one; the others stand in its tables."""
FEWEST_ALIKE = 3
"""Findings of one statement from which one is told in a sentence and all in a table."""
MOST_ROWS = 10
DRAWN = frozenset({"hours", "posterior"})
"""Tables that say nothing to a reader beside their drawing."""


def build(question: Question, run: Run, words: Words) -> tuple[Block, ...]:
    """Return a part for each detector that answers a question; none leave the chapter out."""
    blocks: list[Block] = []
    quiet, drawn = [], []
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        anchor = f"{detection.detector}-{place}"
        own = [f for f in detection.findings if f.question == question and "edges" not in f.evidence]
        if own:
            blocks += _part(detection, tuple(own), anchor, names, words)
        elif question != "who" and QUESTIONS.get(detection.detector) == question:
            quiet.append(words.detector(detection.detector))
            drawn += _figures(detection, anchor, names, words)
    if question == "where":
        blocks += camp_places(run, words)
    if quiet:
        title = words("quiet.others_title" if blocks else "quiet.all_title")
        blocks += [
            Heading(title, f"quiet-{question}"),
            Text(words("quiet.others", detectors=words.series(tuple(quiet)))),
            *drawn,
        ]
    return (Text(words(f"question.{question}"), "lead"), *blocks) if blocks else ()


def _part(
    detection: Detection, findings: tuple[Finding, ...], anchor: str, names: dict[str, str], words: Words
) -> list[Block]:
    """Return what was found, its drawings, the rows behind it, and once what holds for all of it."""
    blocks: list[Block] = [Heading(words.title(words.detector(detection.detector)), f"answer-{anchor}")]
    shown: list[tuple[Finding, bool]] = []
    for statement in dict.fromkeys(finding.statement for finding in findings):
        kind = [finding for finding in findings if finding.statement == statement]
        is_alike = len(kind) >= FEWEST_ALIKE
        told = kind[:1] if is_alike else kind
        for finding in told:
            blocks += _finding(finding, detection, names, words, has_numbers=not is_alike)
            shown.append((finding, is_alike))
        if is_alike:
            blocks.append(alike_table(kind[:MOST_FINDINGS], len(kind), f"{anchor}-{statement}", names, words))
    figures = _figures(detection, anchor, names, words)
    blocks += figures
    shared = [name for name in findings[0].evidence if _is_shared(detection.tables[name], findings)]
    for finding, is_example in shown:
        blocks += _rows_behind(finding, detection, (shared, bool(figures), is_example), names, words)
    for name in shared:
        blocks += _evidence(findings[0], detection.tables[name], name, names, words)
    still = dict.fromkeys(key for finding in findings for key in finding.alternatives)
    if still:
        blocks.append(Text(words("summary.explain_open_one")))
        blocks.append(Items(tuple(words.known("alternative", key) for key in still)))
    return blocks


def _finding(
    finding: Finding, detection: Detection, names: dict[str, str], words: Words, *, has_numbers: bool
) -> list[Block]:
    subject = subject_name(finding, names, words)
    lead = Text(sentence(finding, subject, detection, words), "lead")
    return [lead, numbers_of(finding, words)] if has_numbers else [lead]


def _figures(detection: Detection, anchor: str, names: dict[str, str], words: Words) -> list[Figure]:
    return [*figures_of(detection, f"drawing-{anchor}", names, words), *maps_of(detection, f"map-{anchor}", words)]


def _is_shared(frame: pl.DataFrame, told: tuple[Finding, ...]) -> bool:
    """Return whether a table says the same of every finding, such as the prices that all estimates use."""
    rows = [_rows(frame, finding).drop("finding_id", strict=False) for finding in told]
    return len(rows) > 1 and all(other.equals(rows[0]) for other in rows)


def _rows(frame: pl.DataFrame, finding: Finding) -> pl.DataFrame:
    return frame.filter(pl.col("finding_id") == finding.id) if "finding_id" in frame.columns else frame


def _rows_behind(
    finding: Finding,
    detection: Detection,
    how: tuple[list[str], bool, bool],
    names: dict[str, str],
    words: Words,
) -> list[Block]:
    """Return the tables of a finding, but for those that all share and those that are drawn.

    ``how`` holds the shared tables, whether there is a drawing, and whether the finding stands for others like it.
    """
    shared, is_drawn, is_example = how
    drawn = [name for name in finding.evidence if is_drawn and name in DRAWN]
    tables = [name for name in finding.evidence if name not in shared and name not in drawn]
    blocks: list[Block] = []
    if is_example and tables:
        blocks.append(Text(words("question.example", subject=subject_name(finding, names, words)), "small"))
    for name in tables:
        blocks += _evidence(finding, detection.tables[name], name, names, words)
    if drawn:
        files = words.series(tuple(f"evidence/{finding.id}-{name}.csv" for name in drawn))
        blocks.append(Text(words("question.drawn", files=files), "small"))
    return blocks


def _evidence(
    finding: Finding, frame: pl.DataFrame, table: str, names: dict[str, str], words: Words
) -> tuple[Block, ...]:
    rows = _rows(frame, finding)
    caption = words(
        "question.evidence" if rows.height > MOST_ROWS else "question.evidence_whole",
        table=words.known("table", table),
        shown=words.integer(min(MOST_ROWS, rows.height)),
        total=words.integer(rows.height),
        file=f"evidence/{finding.id}-{table}.csv",
    )
    return frame_table(rows.head(MOST_ROWS), f"{finding.id}-{table}", caption, words, names)


BATCHES = Section("batches", "Done in one sitting", partial(build, "who"))
WHERE = Section("where", "Where they were", partial(build, "where"))
HOW = Section("how", "How they were worked", partial(build, "how"))
WHAT = Section("what", "What it bought", partial(build, "what"))
