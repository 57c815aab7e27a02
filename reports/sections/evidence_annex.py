"""The evidence annex: low findings, the rows behind all, the tables of the groups, and what is known beforehand."""

from __future__ import annotations

from forensics.findings import Run
from reports.report_model import Block, Text
from reports.sections.findings.answer_chapters import answers_evidence
from reports.sections.group.group_chapter import groups_evidence
from reports.sections.known_truth import truth_blocks
from reports.sections.section import Section
from reports.wording import Words


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return what stands behind the chapters; a run without findings leaves the annex out."""
    blocks = (*groups_evidence(run, words), *answers_evidence(run, words), *truth_blocks(run, words))
    return (Text(words("evidence.intro"), "lead"), *blocks) if blocks else ()


EVIDENCE = Section("evidence", "Evidence annex", build)
