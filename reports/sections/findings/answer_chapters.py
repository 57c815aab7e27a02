"""Where they were, how worked, what it bought: a chapter each, whichever detectors answered."""

from __future__ import annotations

from functools import partial

from forensics.findings import Detection, Finding, Question, Run
from reports.meaning import is_group, question_of
from reports.model import Block, Figure, Heading, Items, Table, Text
from reports.run_queries import subjects
from reports.sections.findings.finding_numbers import alike_table, numbers_of
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.sections.findings.rows_behind import rows_behind
from reports.sections.group.served import Served, quoted, served_blocks, served_by
from reports.sections.pictures.atlas import maps_of
from reports.sections.pictures.camp_places import camp_places
from reports.sections.pictures.clock_groups import clock_groups
from reports.sections.pictures.detector_drawings import figures_of
from reports.sections.section import Section
from reports.wording import Words

__all__ = ["HOW", "WHAT", "WHERE"]

MOST_FINDINGS = 8
"""Findings of one statement told one by one; the others stand in its tables."""
FEWEST_ALIKE = 3
"""Findings of one statement from which one is told in a sentence and all in a table."""


def build(question: Question, run: Run, words: Words) -> tuple[Block, ...]:
    """Return a part for each detector that answers a question; none leave the chapter out."""
    blocks: list[Block] = []
    quiet, drawn = [], []
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        anchor = f"{detection.detector}-{place}"
        own = [f for f in detection.findings if f.question == question and not is_group(f, detection)]
        if own:
            blocks += _part(detection, tuple(own), served_by(run), anchor, names, words)
        elif question != "who" and question_of(detection.detector) == question:
            quiet.append(words.detector(detection.detector))
            drawn += _figures(detection, anchor, names, words)
    if question == "where":
        blocks += [*clock_groups(run, words), *camp_places(run, words)]
    if quiet:
        title = words("quiet.others_title" if blocks else "quiet.all_title")
        blocks += [
            Heading(title, f"quiet-{question}"),
            Text(words("quiet.others", detectors=words.series(tuple(quiet)))),
            *drawn,
        ]
    return (Text(words(f"question.{question}"), "lead"), *_once(blocks)) if blocks else ()


def _once(blocks: list[Block]) -> list[Block]:
    """Return the blocks without a table that says what an earlier one of the chapter says."""
    rows_shown = [block.rows if isinstance(block, Table) else None for block in blocks]
    return [
        block
        for place, block in enumerate(blocks)
        if rows_shown[place] is None or rows_shown[place] not in rows_shown[:place]
    ]


def _part(
    detection: Detection,
    findings: tuple[Finding, ...],
    served: Served,
    anchor: str,
    names: dict[str, str],
    words: Words,
) -> list[Block]:
    """Return what was found, its drawings, the rows behind it, and once what holds for all of it."""
    title = words.title(words.detector(detection.detector))
    blocks: list[Block] = [Heading(title, f"answer-{anchor}")]
    shown: list[Finding] = []
    for statement in dict.fromkeys(finding.statement for finding in findings):
        kind = [finding for finding in findings if finding.statement == statement]
        is_alike = len(kind) >= FEWEST_ALIKE
        kept = kind[:1] if is_alike else kind
        shown += kept
        for finding in kept:
            blocks += _finding(finding, detection, names, words, has_numbers=not is_alike)
            name = subject_name(finding, detection, names, words)
            blocks += [Text(text, "lead") for text in (quoted(served, finding.id, words),) if text]
            blocks += served_blocks(served, finding.id, name, {}, words)
        if is_alike:
            rows = kind[:MOST_FINDINGS]
            blocks.append(alike_table(rows, detection, len(kind), f"{anchor}-{statement}", names, words))
    figures = _figures(detection, anchor, names, words)
    blocks += [*figures, *rows_behind(detection, findings, shown, bool(figures), names, words)]
    still = dict.fromkeys(key for finding in findings for key in finding.alternatives)
    if still:
        blocks.append(Text(words("summary.explain_open_one")))
        blocks.append(Items(tuple(words.known("alternative", key) for key in still)))
    return blocks


def _finding(
    finding: Finding, detection: Detection, names: dict[str, str], words: Words, *, has_numbers: bool
) -> list[Block]:
    subject = subject_name(finding, detection, names, words)
    lead = Text(sentence(finding, subject, detection, words), "lead")
    return [lead, numbers_of(finding, words)] if has_numbers else [lead]


def _figures(detection: Detection, anchor: str, names: dict[str, str], words: Words) -> list[Figure]:
    return [*figures_of(detection, f"drawing-{anchor}", names, words), *maps_of(detection, f"map-{anchor}", words)]


WHERE = Section("where", "Where they were", partial(build, "where"))
HOW = Section("how", "How they were worked", partial(build, "how"))
WHAT = Section("what", "What it bought", partial(build, "what"))
