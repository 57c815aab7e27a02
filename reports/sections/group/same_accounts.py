"""What else is known of a group's accounts, in one place: rhythm, registrations, names, places, work."""

from __future__ import annotations

from forensics.findings import Finding, Run
from reports.meaning import is_group
from reports.model import Block, Heading, Items
from reports.run_queries import Group
from reports.sections.findings.finding_sentence import sentence
from reports.wording import Words

__all__ = ["explanations", "same_accounts"]


def same_accounts(group: Group, run: Run, name: str, words: Words) -> list[Block]:
    """Return a sentence for each finding of another kind about the same group; nothing where there is none."""
    sentences = [
        f"{sentence(finding, name, detection, words)} {_confidence(finding, words)}"
        for detection in run.detections
        for finding in detection.findings
        if finding.subject == group.finding.id and not is_group(finding, detection)
    ]
    if not sentences:
        return []
    return [Heading(words("group.same_accounts"), f"group-{group.number}-same", 4), Items(tuple(sentences))]


def _confidence(finding: Finding, words: Words) -> str:
    return f"({words('summary.confidence', word=words(f'confidence.{finding.strength}')).rstrip('.')}.)"


def explanations(group: Group, words: Words) -> Items:
    """Return what else could explain a group: what the data exclude, ticked, and what is to be checked by hand."""
    join = words("summary.explain_join").join
    sentences = [
        (key, join(words.begun(words.known(table, name)) for name in names))
        for key, table, names in (
            ("group.excluded", "excluded", group.finding.excluded),
            ("group.unchecked", "alternative", group.finding.alternatives),
        )
        if names
    ]
    return Items(tuple(words(key, explanations=text) for key, text in sentences))
