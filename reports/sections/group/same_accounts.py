"""What else is known of a group's accounts, in one place: rhythm, registrations, names, places, work."""

from __future__ import annotations

from forensics.findings import Finding, Run
from reports.meaning import is_group
from reports.model import Block, Cell, Column, Heading, Items, Table
from reports.run_queries import Group
from reports.sections.findings.finding_sentence import sentence
from reports.wording import Words

__all__ = ["explanations_table", "same_accounts"]


def same_accounts(group: Group, run: Run, name: str, words: Words) -> list[Block]:
    """Return a sentence for each finding of another kind about the same group; nothing where there is none."""
    told = [
        f"{sentence(finding, name, detection, words)} {_confidence(finding, words)}"
        for detection in run.detections
        for finding in detection.findings
        if finding.subject == group.finding.id and not is_group(finding, detection)
    ]
    if not told:
        return []
    return [Heading(words("group.same_accounts"), f"group-{group.number}-same", 4), Items(tuple(told))]


def _confidence(finding: Finding, words: Words) -> str:
    return f"({words('summary.confidence', word=words(f'confidence.{finding.strength}')).rstrip('.')}.)"


def explanations_table(group: Group, words: Words) -> Table:
    """Return what else could explain a group: what the data exclude, ticked, and what is to be checked by hand."""
    rows = [
        *((words.known("excluded", key), words("group.excluded")) for key in group.finding.excluded),
        *((words.known("alternative", key), words("group.unchecked")) for key in group.finding.alternatives),
    ]
    columns = (Column(words("clusters.explanation"), width=4.3), Column(words("group.checked"), width=1.1))
    cells = tuple((Cell(text), Cell(mark)) for text, mark in rows)
    return Table(f"group-{group.number}-explanations", words("group.explanations_caption"), columns, cells)
