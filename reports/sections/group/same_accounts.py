"""What else is known of a group's accounts, in one place: rhythm, registrations, names, places, work."""

from __future__ import annotations

from forensics.findings import Run
from reports.meaning import is_group
from reports.model import Answer
from reports.run_queries import RANK, Group
from reports.sections.findings.finding_sentence import sentence
from reports.wording import Words

__all__ = ["explanations", "same_accounts"]

MOST_SENTENCES = 3
"""Findings of other kinds on the page of a group; the chapters tell all."""


def same_accounts(group: Group, run: Run, name: str, words: Words) -> tuple[Answer, ...]:
    """Return a sentence for the surest findings of other kinds about the same group; nothing where there is none."""
    found = [
        (finding, detection)
        for detection in run.detections
        for finding in detection.findings
        if finding.subject == group.finding.id and not is_group(finding, detection)
    ]
    found.sort(key=lambda each: RANK[each[0].strength])
    sentences = tuple(
        (
            sentence(finding, name, detection, words),
            words("summary.confidence", word=words(f"confidence.{finding.strength}")),
        )
        for finding, detection in found[:MOST_SENTENCES]
    )
    rest = len(found) - len(sentences)
    more = words.plural("summary.more", rest) if rest else ""
    return (Answer(words("group.same_accounts"), sentences, more=more),) if sentences else ()


def explanations(group: Group, words: Words) -> tuple[Answer, ...]:
    """Return what else could explain a group: what the data exclude, ticked, and what is to be checked by hand."""
    join = words("summary.explain_join").join
    sentences = tuple(
        (words(key, explanations=join(words.begun(words.known(table, name)) for name in names)), "")
        for key, table, names in (
            ("group.excluded", "excluded", group.finding.excluded),
            ("group.unchecked", "alternative", group.finding.alternatives),
        )
        if names
    )
    return (Answer(words("group.explanations"), sentences),) if sentences else ()
