"""The report in short: what was found, how sure, what else could explain it, what was looked at."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from forensics.model import Run
from reports.charts import observed_and_expected
from reports.model import Block, Cell, Column, Figure, Heading, Items, Notice, Table, Text
from reports.reading import QUESTIONS, Group, groups, observed_and_by_chance, score_of, subjects, value_of
from reports.sections.camps import camps_table
from reports.sections.parts import Section
from reports.sections.statements import group_names, sentence, subject_name
from reports.wording import Words, band

__all__ = ["SUMMARY"]

MOST_SENTENCES = 8
"""Findings told in the summary; the others are counted."""

MOST_EXPLANATIONS = 10
"""Explanations told in the summary, those of most findings first; all stand beside the findings they concern."""


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the page that most readers read."""
    return (
        *_warnings(run, words),
        Heading(words("summary.found"), "found"),
        *_found(run, words),
        Heading(words("summary.sure"), "sure"),
        *_sure(run, words),
        *_explanations(run, words),
        Heading(words("summary.levels"), "levels"),
        _levels(run, words),
        *_looked(run, words),
    )


def _warnings(run: Run, words: Words) -> list[Block]:
    blocks: list[Block] = []
    if run.case.is_simulated:
        blocks.append(Notice("warning", words("summary.simulated_title"), (words("summary.simulated"),)))
    if run.failures:
        missing = words("summary.failed", section=words("section.failures"))
        names = words.series(tuple(words.detector(failure.detector) for failure in run.failures))
        title = words.plural("summary.failed_title", len(run.failures))
        tone: Literal["warning", "failure"] = (
            "warning" if all(failure.is_refusal for failure in run.failures) else "failure"
        )
        blocks.append(Notice(tone, title, (f"{names[:1].upper()}{names[1:]}.", missing)))
    return blocks


def _found(run: Run, words: Words) -> list[Block]:
    names = group_names(subjects(run), words)
    told = [
        sentence(finding, subject_name(finding, names, words), detection.detector, words)
        for detection in run.detections
        for finding in detection.findings
    ]
    if not told:
        return _quiet(run, words)
    quiet = tuple(
        words(f"quiet.{detection.detector}")
        for detection in run.detections
        if not detection.findings and words.has(f"quiet.{detection.detector}")
    )
    blocks: list[Block] = [Items((*told[:MOST_SENTENCES], *quiet))]
    if len(told) > MOST_SENTENCES:
        count = len(told) - MOST_SENTENCES
        blocks.append(Text(words.plural("summary.more", count)))
    return [*blocks, *_chart(groups(run)[:MOST_SENTENCES], words)]


def _quiet(run: Run, words: Words) -> list[Block]:
    said = [words(f"quiet.{item.detector}") for item in run.detections if words.has(f"quiet.{item.detector}")] or [
        words("quiet.other")
    ]
    proof = words("quiet.proof", section=words("section.limits"))
    if not run.detections:
        said = [words("quiet.nothing_run")]
    return [*(Text(text, "lead") for text in said), Text(proof)]


def _chart(found: tuple[Group, ...], words: Words) -> list[Block]:
    rows = []
    for group in found:
        hits, expected = observed_and_by_chance(group.finding)
        if hits and expected:
            rows.append((words("group.name", n=words.integer(group.number)), hits, expected))
    if not rows:
        return []
    widest = max(rows, key=lambda row: row[1] / row[2])
    svg = observed_and_expected(
        rows,
        (words("summary.chart_observed"), words("summary.chart_expected")),
        words("summary.chart_axis"),
        words.number,
        "figure-hits",
    )
    alt = words(
        "summary.chart_alt",
        count=words.integer(len(rows)),
        group=widest[0],
        hits=words.number(widest[1]),
        expected=words.number(widest[2]),
    )
    return [Figure("figure-hits", svg, alt, words("summary.chart_caption"))]


def _sure(run: Run, words: Words) -> list[Block]:
    blocks: list[Block] = []
    for detection in run.detections:
        tested = score_of(detection.scores, "pairs_testable")
        if tested is not None and detection.detector == "synchrony":
            blocks.append(Text(words("summary.sure_basis", tested=words.score(tested))))
    found = groups(run)
    weakest = [(value_of(group.finding.scores, "largest_q"), group.number) for group in found]
    known = [entry for entry in weakest if entry[0] is not None]
    if known:
        q_value, number = max(known, key=lambda entry: (entry[0] or 0.0, -entry[1]))
        blocks.append(Text(likelihood(1 - (q_value or 0.0), words("group.name", n=words.integer(number)), words)))
    counts = Counter(finding.strength for detection in run.detections for finding in detection.findings)
    parts = tuple(
        words.plural("confidence.part", counts[level], word=words(f"confidence.{level}"))
        for level in ("high", "moderate", "low")
        if counts[level]
    )
    if parts:
        blocks.append(Text(words("confidence.spread", parts=words.series(parts))))
    return blocks or [Text(words("quiet.proof", section=words("section.limits")))]


def likelihood(probability: float, group: str, words: Words) -> str:
    """Return the likelihood sentence of a group's listed pairs."""
    key, low, high = band(probability)
    return words("likelihood.sentence", group=group, band=words(f"band.{key}"), range=words.share_range(low, high))


def _explanations(run: Run, words: Words) -> list[Block]:
    findings = [finding for detection in run.detections for finding in detection.findings]
    still = [key for key, _ in Counter(key for finding in findings for key in finding.alternatives).most_common()]
    rest = len(still) - MOST_EXPLANATIONS
    gone = dict.fromkeys(key for finding in findings for key in finding.excluded)
    if not findings:
        return []
    return [
        Heading(words("summary.explain"), "explain"),
        Text(words("summary.explain_open")),
        Items(tuple(words.known("alternative", key) for key in still[:MOST_EXPLANATIONS])),
        *((Text(words.plural("summary.explain_more", rest)),) if rest > 0 else ()),
        *(
            (Text(words("summary.explain_closed")), Items(tuple(words.known("excluded", key) for key in gone)))
            if gone
            else ()
        ),
    ]


def _levels(run: Run, words: Words) -> Table:
    answered = {QUESTIONS.get(detection.detector) for detection in run.detections}
    coordination, origin = words("summary.coordination_missing"), words("summary.origin_missing")
    if "who" in answered:
        once = [f for d in run.detections for f in d.findings if f.question == "who" and "edges" not in f.evidence]
        counts = {"found": len(groups(run)), "once": len(once)}
        told = [words.plural(f"summary.coordination_{key}", n) for key, n in counts.items() if n]
        coordination = " ".join(told) or words("summary.coordination_quiet")
    if "where" in answered:
        origin = words("summary.origin_examined", section=words("section.where"))
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


def _looked(run: Run, words: Words) -> list[Block]:
    told: list[str] = []
    for score in run.overview:
        text = words.score(score)
        if score.value is None or (score.unit != "utc_s" and score.value == 0):
            continue
        if score.name.startswith("actions:"):
            action, _, kind = score.name.removeprefix("actions:").partition(":")
            action, kind = words.known("action", action), words.known("object", kind or "none")
            told.append(words("overview.by_kind", n=text, action=action, object=kind))
        elif score.unit == "utc_s":
            told.append(words(f"overview.{score.name}", moment=text))
        elif score.unit == "s":
            told.append(words(f"overview.{score.name}", duration=text))
        elif words.has(f"overview.{score.name}.other"):
            told.append(words.plural(f"overview.{score.name}", score.value, n=text))
    if not told:
        return []
    lines = tuple(f"{text[:1].upper()}{text[1:]}" for text in told)
    return [Heading(words("summary.looked"), "looked"), Items(lines), *camps_table(run, words)]


SUMMARY = Section("summary", "In short", build)
