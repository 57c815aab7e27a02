"""What was done at once, where they were, how worked, what it bought: a chapter each, whichever detectors answered."""

from __future__ import annotations

from functools import partial

import polars as pl

from forensics.model import Detection, Finding, Question, Run
from reports.model import Block, Heading, Items, KeyNumber, KeyNumbers, Text
from reports.reading import QUESTIONS, subjects
from reports.sections.frames import frame_table
from reports.sections.parts import Section
from reports.sections.statements import group_names, sentence, subject_name
from reports.wording import Words

__all__ = ["BATCHES", "HOW", "WHAT", "WHERE"]

MOST_FINDINGS = 8
"""Findings of a detector told one by one; the others stand in its tables."""
MOST_ROWS = 10


def build(question: Question, run: Run, words: Words) -> tuple[Block, ...]:
    """Return a part for each detector that answers a question; none leave the chapter out."""
    blocks: list[Block] = []
    quiet = []
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        if any(finding.question == question and "edges" not in finding.evidence for finding in detection.findings):
            blocks += _part(detection, f"{detection.detector}-{place}", names, words)
        elif question != "who" and QUESTIONS.get(detection.detector) == question:
            quiet.append(words.detector(detection.detector))
    if quiet:
        title = words("quiet.others_title" if blocks else "quiet.all_title")
        blocks += [
            Heading(title, f"quiet-{question}"),
            Text(words("quiet.others", detectors=words.series(tuple(quiet)))),
        ]
    return (Text(words(f"question.{question}"), "lead"), *blocks) if blocks else ()


def _part(detection: Detection, anchor: str, names: dict[str, str], words: Words) -> list[Block]:
    """Return a detection's findings, then once what holds for all of them."""
    told = detection.findings[:MOST_FINDINGS]
    blocks: list[Block] = [Heading(words.title(words.detector(detection.detector)), f"answer-{anchor}")]
    shared = [table for table in told[0].evidence if _is_shared(detection.tables[table], told)]
    for finding in told:
        blocks += _finding(finding, detection, shared, names, words)
    if len(detection.findings) > MOST_FINDINGS:
        blocks.append(Text(words.plural("question.more", len(detection.findings) - MOST_FINDINGS), "small"))
    for table in shared:
        blocks += _evidence(told[0], detection.tables[table], table, names, words)
    still = dict.fromkeys(key for finding in told for key in finding.alternatives)
    if still:
        blocks.append(Text(words("summary.explain_open_one")))
        blocks.append(Items(tuple(words.known("alternative", key) for key in still)))
    return blocks


def _is_shared(frame: pl.DataFrame, told: tuple[Finding, ...]) -> bool:
    """Return whether a table says the same of every finding, such as the prices that all estimates use."""
    rows = [_rows(frame, finding).drop("finding_id", strict=False) for finding in told]
    return len(rows) > 1 and all(other.equals(rows[0]) for other in rows)


def _rows(frame: pl.DataFrame, finding: Finding) -> pl.DataFrame:
    return frame.filter(pl.col("finding_id") == finding.id) if "finding_id" in frame.columns else frame


def _finding(
    finding: Finding, detection: Detection, shared: list[str], names: dict[str, str], words: Words
) -> list[Block]:
    subject = subject_name(finding, names, words)
    numbers = KeyNumbers(
        tuple(
            KeyNumber(
                words.score_name(score.name), words.score(score), f"{finding.id}/{score.name}", words.interval(score)
            )
            for score in finding.scores
            if score.value is not None
        )
    )
    blocks: list[Block] = [
        Text(sentence(finding, subject, detection.detector, words), "lead"),
        *((numbers,) if numbers.numbers else ()),
        Text(words("confidence.sentence", word=words(f"confidence.{finding.strength}"))),
    ]
    for table in finding.evidence:
        if table not in shared:
            blocks += _evidence(finding, detection.tables[table], table, names, words)
    return blocks


def _evidence(
    finding: Finding, frame: pl.DataFrame, table: str, names: dict[str, str], words: Words
) -> tuple[Block, ...]:
    rows = _rows(frame, finding)
    caption = words(
        "question.evidence",
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
