"""The report in short: what was found, how sure, what else could explain it, what was looked at; one page."""

from __future__ import annotations

from forensics.findings import Run
from reports.detector_declarations import finds_groups, question_of, score_as
from reports.report_model import Answer, Answers, Block, Cell, Column, Heading, Notice, Table, Text
from reports.run_queries import groups
from reports.sections.back_matter.sensitivity import sensitivity
from reports.sections.chapter_drawings.camp_table import camps_table
from reports.sections.claim import about_claim, replies
from reports.sections.coverage import looked
from reports.sections.findings.abcde import most_repeated
from reports.sections.findings.strongest_findings import found, kinds_of
from reports.sections.page_one import (
    left_over,
    neutral_answer,
    not_judged,
    picture,
    strongest,
    which_groups,
    whom_served,
)
from reports.sections.section import Section
from reports.wording import Words

MOST_EXPLANATIONS = 6
"""Explanations named in the summary, those of the surest findings first; all stand beside the findings they concern."""


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the page that most readers read, then each question, and the background to it."""
    rows = (*(found(run, words) if run.detections else ()), *_row("looked", looked(run, words), words))
    return (
        *first_page(run, words),
        Heading(words("page_one.by_question"), "questions"),
        *((Answers(rows),) if rows else ()),
        *camps_table(run, words),
        Heading(words("summary.levels"), "levels"),
        _levels(run, words),
    )


def first_page(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the page that most readers read."""
    is_quiet = not any(detection.findings for detection in run.detections)
    quiet = (Text(words("quiet.proof", section=words("section.limits"))),) if is_quiet else ()
    answers = (
        *about_claim(run, words),
        *which_groups(run, words),
        *whom_served(run, words),
        *strongest(run, words),
        *most_repeated(run, words),
        *left_over(run, words),
        *_row("sure", _sure(run, words), words),
        *_explanations(run, words),
        *not_judged(run, words),
        *replies(run, words),
    )
    return (
        *_warnings(run, words),
        *(() if run.detections else (Text(words("quiet.nothing_run"), "lead"),)),
        *neutral_answer(run, words),
        *quiet,
        *picture(run, words),
        Answers(answers),
    )


def _warnings(run: Run, words: Words) -> list[Block]:
    blocks: list[Block] = []
    if run.case.is_simulated:
        blocks.append(Notice("warning", words("summary.simulated_title"), (words("summary.simulated"),)))
    broken = [failure for failure in run.failures if not failure.is_refusal]
    if broken:
        names = words.series(tuple(words.detector(failure.detector) for failure in broken))
        missing = words("summary.failed", section=words("section.failures"))
        title = words.plural("summary.failed_title", len(broken))
        blocks.append(Notice("failure", title, (f"{words.title(names)}. {missing}",)))
    return blocks


def _row(key: str, texts: str, words: Words) -> tuple[Answer, ...]:
    return (Answer(words(f"summary.{key}"), ((texts, ""),)),) if texts else ()


def _sure(run: Run, words: Words) -> str:
    texts: list[str] = []
    for detection in run.detections:
        audiences = score_as(detection.scores, "tested")
        if audiences is not None and audiences.value and groups(run):
            texts.append(words("summary.sure_basis", audiences=words.score(audiences)))
    if any(finds_groups(detection.detector) for detection in run.detections):
        texts.append(sensitivity(run, words))
    return " ".join(filter(None, texts))


def _explanations(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return what else could explain the surest findings; what could explain others stands beside them."""
    surest = [finding for _, findings in kinds_of(run) for finding in findings]
    still = list(dict.fromkeys(key for finding in surest for key in finding.alternatives))
    if not still:
        return ()
    named = words("summary.explain_join").join(
        words.begun(words.known("alternative", key)) for key in still[:MOST_EXPLANATIONS]
    )
    key = "summary.explain_open_many" if len(still) > MOST_EXPLANATIONS else "summary.explain_open"
    return (Answer(words("summary.explain"), ((words(key, explanations=named), ""),)),)


def _levels(run: Run, words: Words) -> Table:
    coordination, origin = words("summary.coordination_missing"), words("summary.origin_missing")
    if any(finds_groups(detection.detector) for detection in run.detections):
        n = len(groups(run))
        found = words.plural("summary.coordination_found", n, section=words("section.clusters")) if n else ""
        coordination = found or words("summary.coordination_quiet")
    elif any(finds_groups(failure.detector) for failure in run.failures):
        coordination = words("summary.refused", section=words("section.failures"))
    if "where" in {question_of(detection.detector) for detection in run.detections}:
        origin = words("summary.origin_examined", section=words("section.where"))
    elif any(question_of(failure.detector) == "where" for failure in run.failures):
        origin = words("summary.refused", section=words("section.failures"))
    answers = (
        ("coordination", coordination),
        ("origin", origin),
        ("authenticity", words("summary.authenticity_missing")),
    )
    return Table(
        "level-table",
        words("summary.levels_caption"),
        (
            Column(words("summary.levels_level"), width=0.8),
            Column(words("summary.levels_question"), width=1.4),
            Column(words("summary.levels_answer"), width=1.8),
        ),
        tuple(
            (Cell(words(f"summary.{key}")), Cell(words(f"summary.{key}_question")), Cell(text)) for key, text in answers
        ),
    )


SUMMARY = Section("summary", "In short", build)
