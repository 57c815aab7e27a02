"""The one sentence of a finding: its statement's phrase, filled with its scores."""

from __future__ import annotations

from collections.abc import Mapping

from forensics.model import Finding
from reports.wording import Words

__all__ = ["group_names", "sentence", "subject_name"]

_COUNTED = {"accounts": "group.accounts", "edges": "group.pairs"}
"""Scores that a sentence says with their noun, such as "12 accounts"."""


def group_names(numbers: Mapping[str, int], words: Words) -> dict[str, str]:
    """Return what the report calls each group, by its id."""
    return {name: words("group.name", n=words.integer(number)) for name, number in numbers.items()}


def subject_name(finding: Finding, names: Mapping[str, str], words: Words) -> str:
    """Return what a finding is about: a group, the whole data set, or the id of an account, region or camp."""
    return names.get(finding.subject) or words.known("subject", finding.subject)


def sentence(finding: Finding, subject: str, detector: str, words: Words) -> str:
    """Return the sentence of a finding.

    A statement with a source, such as ``foreign_share_stated``, uses the phrase without it and the field ``{source}``.
    Where this version has no phrase for the statement, the scores are listed.
    """
    fields = {score.name: words.score(score) for score in finding.scores}
    for score in finding.scores:
        if score.name in _COUNTED and score.value is not None:
            fields[score.name] = words.plural(_COUNTED[score.name], score.value, n=words.integer(score.value))
    stem, _, source = finding.statement.rpartition("_")
    if words.has(f"statement.{finding.statement}"):
        return words(f"statement.{finding.statement}", group=subject, subject=subject, **fields)
    if words.has(f"statement.{stem}"):
        return words(f"statement.{stem}", subject=subject, source=words.known("source", source), **fields)
    told = words.series(tuple(f"{words.score_name(name)} {text}" for name, text in fields.items()))
    return words("statement.other", detector=words.detector(detector), subject=subject, scores=told)
