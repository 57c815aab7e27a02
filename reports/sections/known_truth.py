"""Beside the findings what is known of the data beforehand: of a simulation what was planted."""

from __future__ import annotations

from forensics.findings import FindingTruth, Run, Truth
from reports.report_model import Block, Cell, Column, Heading, Table, Text
from reports.run_queries import subjects
from reports.sections.findings.finding_sentence import group_names, subject_name
from reports.wording import Words

_MOST_LISTED = 4


def truth_blocks(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the two tables of the truth; none where the case names no files of what is known."""
    if run.truth is None:
        return ()
    names = group_names(subjects(run), words)
    return (
        Heading(words("truth.title"), "truth"),
        Text(words("truth.intro")),
        _kinds(run, run.truth, names, words),
        _findings(run, run.truth, names, words),
    )


def _kinds(run: Run, truth: Truth, names: dict[str, str], words: Words) -> Table:
    methods = {finding.id: words.detector(d.detector) for d in run.detections for finding in d.findings}
    return Table(
        "truth-kinds",
        words("truth.kinds_caption"),
        (
            Column(words("truth.kind"), width=1.6),
            Column(words("truth.planted")),
            Column(words("truth.known"), "number"),
            Column(words("truth.found"), "number"),
            Column(words("truth.in_findings"), width=2.4),
        ),
        tuple(
            (
                Cell(words.known("practice", kind.kind)),
                Cell(words("number.yes" if kind.is_planted else "number.no")),
                Cell(words.integer(kind.n_known), kind.n_known),
                Cell(words.integer(kind.n_found), kind.n_found),
                Cell(_listed(tuple(dict.fromkeys(names.get(name) or methods[name] for name in kind.findings)), words)),
            )
            for kind in truth.kinds
        ),
    )


def _listed(entries: tuple[str, ...], words: Words) -> str:
    more = [words("truth.more", n=words.integer(len(entries) - _MOST_LISTED))] if len(entries) > _MOST_LISTED else []
    return ", ".join((*entries[:_MOST_LISTED], *more)) or "–"


def _findings(run: Run, truth: Truth, names: dict[str, str], words: Words) -> Table:
    found = {finding.id: (finding, detection) for detection in run.detections for finding in detection.findings}
    return Table(
        "truth-findings",
        words("truth.findings_caption"),
        (
            Column(words("truth.finding"), width=1.6),
            Column(words("truth.detector"), width=1.8),
            Column(words("truth.names"), "number"),
            Column(words("truth.planted_of"), "number"),
            Column(words("truth.what"), width=2.4),
        ),
        tuple(
            (
                Cell(names.get(item.finding_id) or subject_name(*found[item.finding_id], names, words)),
                Cell(words.detector(found[item.finding_id][1].detector)),
                Cell(words.integer(item.n_names), item.n_names),
                Cell(words.integer(item.n_planted), item.n_planted),
                Cell(_what(item, words)),
            )
            for item in truth.findings
        ),
    )


def _what(item: FindingTruth, words: Words) -> str:
    kinds = [f"{words.known('practice', kind)} ({words.integer(n)})" for kind, n in item.kinds]
    return _listed(tuple(kinds), words) if kinds else words("truth.nothing")
