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
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        if (question != "who" and QUESTIONS.get(detection.detector) == question) or any(
            finding.question == question and "edges" not in finding.evidence for finding in detection.findings
        ):
            blocks += _part(detection, f"{detection.detector}-{place}", names, words)
    return (Text(words(f"question.{question}"), "lead"), *blocks) if blocks else ()


def _part(detection: Detection, anchor: str, names: dict[str, str], words: Words) -> list[Block]:
    title = words.detector(detection.detector)
    blocks: list[Block] = [Heading(f"{title[:1].upper()}{title[1:]}", f"answer-{anchor}")]
    if not detection.findings:
        blocks.append(Text(words("quiet.other")))
    for finding in detection.findings[:MOST_FINDINGS]:
        blocks += _finding(finding, detection, names, words)
    if len(detection.findings) > MOST_FINDINGS:
        blocks.append(Text(words.plural("question.more", len(detection.findings) - MOST_FINDINGS), "small"))
    return blocks


def _finding(finding: Finding, detection: Detection, names: dict[str, str], words: Words) -> list[Block]:
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
        blocks += _evidence(finding, detection.tables[table], table, names, words)
    if finding.alternatives:
        blocks.append(Text(words("summary.explain_open_one")))
        blocks.append(Items(tuple(words.known("alternative", key) for key in finding.alternatives)))
    return blocks


def _evidence(
    finding: Finding, frame: pl.DataFrame, table: str, names: dict[str, str], words: Words
) -> tuple[Block, ...]:
    rows = frame.filter(pl.col("finding_id") == finding.id) if "finding_id" in frame.columns else frame
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
