"""Where they were, how worked, what it bought: a chapter each, whichever detectors answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from forensics.findings import Detection, Finding, Question, Run
from reports.detector_declarations import is_group, only_measures, question_of
from reports.report_model import Block, Figure, Heading, Table, Text
from reports.run_queries import subjects
from reports.sections.chapter_drawings.camp_places import camp_places
from reports.sections.chapter_drawings.clock_groups import clock_groups
from reports.sections.chapter_drawings.detector_drawings import figures_of
from reports.sections.chapter_drawings.maps_and_clocks import maps_of
from reports.sections.findings.finding_numbers import alike_table, numbers_of
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.sections.findings.rows_behind import rows_behind
from reports.sections.group.whom_group_served import Served, quoted, served_blocks, served_by
from reports.sections.section import Section
from reports.wording import Words

MOST_FINDINGS = 8
"""Findings of one statement described one by one; the others stand in its tables."""
MOST_DRAWN = 1
"""Drawings of a detection in its chapter; the others stand in the evidence annex."""
FEWEST_ALIKE = 3
"""Findings of one statement from which one is described in a sentence and all in a table."""


def build(question: Question, run: Run, words: Words) -> tuple[Block, ...]:
    """Return a part for each detector that answers a question; none leave the chapter out."""
    blocks: list[Block] = []
    quiet, low = [], []
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        own = [f for f in detection.findings if f.question == question and not is_group(f, detection)]
        sure = tuple(finding for finding in own if finding.strength != "low")
        if sure:
            blocks += _part(detection, sure, served_by(run), f"{detection.detector}-{place}", names, words)
        elif not own and question != "who" and _searched(detection.detector, question):
            quiet.append(words.detector(detection.detector))
        if n_low := len(own) - len(sure):
            kind = words("question.low_kind", detector=words.detector(detection.detector), count=words.integer(n_low))
            low.append(kind)
    if question == "where":
        blocks += [*_without_tables(clock_groups(run, words)), *_without_tables(camp_places(run, words))]
    if low:
        section = words("section.evidence")
        blocks.append(Text(words("question.low", kinds=words.series(tuple(low)), section=section)))
    if quiet:
        blocks.append(Text(words("quiet.others", detectors=words.series(tuple(quiet)))))
    return (Text(words(f"question.{question}"), "lead"), *_once(blocks)) if blocks else ()


def _searched(detector: str, question: Question) -> bool:
    """Return whether a detector searched for an answer to a question; one that only describes found nothing missing."""
    return question_of(detector) == question and not only_measures(detector)


def _without_tables(blocks: tuple[Block, ...]) -> list[Block]:
    """Return blocks without their tables, which stand in the evidence annex."""
    return [block for block in blocks if not isinstance(block, Table)]


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
    """Return what was found with more than low confidence, its drawings, and once what could explain all of it."""
    title = words.title(words.detector(detection.detector))
    still = dict.fromkeys(
        words.begun(words.known("alternative", key)) for finding in findings for key in finding.alternatives
    )
    named = words("summary.explain_join").join(still)
    return [
        Heading(title, f"answer-{anchor}"),
        *_sentences(detection, findings, served, anchor, names, words),
        *_figures(detection, anchor, names, words)[:MOST_DRAWN],
        *((Text(words("summary.explain_open", explanations=named), "small"),) if still else ()),
    ]


def _sentences(
    detection: Detection,
    findings: tuple[Finding, ...],
    served: Served,
    anchor: str,
    names: dict[str, str],
    words: Words,
) -> list[Block]:
    """Return the sentences of some findings, of many alike the first and all in one table."""
    blocks: list[Block] = []
    for kind in _kinds(findings):
        is_alike = len(kind) >= FEWEST_ALIKE
        for finding in kind[:1] if is_alike else kind:
            blocks += _finding(finding, detection, names, words, has_numbers=not is_alike)
            name = subject_name(finding, detection, names, words)
            blocks += [Text(text) for text in (quoted(served, finding.id, words),) if text]
            blocks += served_blocks(served, finding.id, name, {}, words)
        if is_alike:
            table_anchor = f"{anchor}-{kind[0].statement}-{kind[0].strength}"
            blocks.append(alike_table(kind[:MOST_FINDINGS], detection, len(kind), table_anchor, names, words))
    return blocks


def _kinds(findings: Sequence[Finding]) -> list[list[Finding]]:
    statements = dict.fromkeys(finding.statement for finding in findings)
    return [[finding for finding in findings if finding.statement == statement] for statement in statements]


def answers_evidence(run: Run, words: Words) -> list[Block]:
    """Return what stands behind the chapters: findings of low confidence, and the rows of all."""
    blocks: list[Block] = []
    names = group_names(subjects(run), words)
    for place, detection in enumerate(run.detections):
        own = tuple(finding for finding in detection.findings if not is_group(finding, detection))
        if not own:
            anchor = f"{detection.detector}-{place}"
            if drawn := _figures(detection, anchor, names, words):
                blocks += [Heading(words.title(words.detector(detection.detector)), f"evidence-{anchor}"), *drawn]
            continue
        anchor = f"{detection.detector}-{place}"
        low = tuple(finding for finding in own if finding.strength == "low")
        figures = _figures(detection, anchor, names, words)
        shown = [finding for kind in _kinds(own) for finding in (kind[:1] if len(kind) >= FEWEST_ALIKE else kind)]
        blocks += [
            Heading(words.title(words.detector(detection.detector)), f"evidence-{anchor}"),
            *_sentences(detection, low, served_by(run), anchor, names, words),
            *(figures if len(low) == len(own) else figures[MOST_DRAWN:]),
            *rows_behind(detection, own, shown, bool(figures), names, words),
        ]
    tables = (*clock_groups(run, words), *camp_places(run, words))
    return _once([*blocks, *(block for block in tables if isinstance(block, Table))])


def _finding(
    finding: Finding, detection: Detection, names: dict[str, str], words: Words, *, has_numbers: bool
) -> list[Block]:
    subject = subject_name(finding, detection, names, words)
    kept = Text(sentence(finding, subject, detection, words))
    return [kept, numbers_of(finding, words)] if has_numbers else [kept]


def _figures(detection: Detection, anchor: str, names: dict[str, str], words: Words) -> list[Figure]:
    return [*figures_of(detection, f"drawing-{anchor}", names, words), *maps_of(detection, f"map-{anchor}", words)]


WHERE = Section("where", "Where they were", partial(build, "where"))
HOW = Section("how", "How they were worked", partial(build, "how"))
WHAT = Section("what", "What it bought", partial(build, "what"))
