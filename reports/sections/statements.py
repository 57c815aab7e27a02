"""The one sentence of a finding: its statement's phrase, filled with its scores."""

from __future__ import annotations

from collections.abc import Mapping

from forensics.model import Detection, Finding
from reports.wording import Words

__all__ = ["group_names", "placed", "sentence", "subject_name"]

_COUNTED = {"accounts": "group.accounts", "edges": "group.pairs"}
"""Scores that a sentence says with their noun, such as "12 accounts"."""


_OF_ACCOUNTS = ("growth_", "reach_", "ratio_", "labour_page")
"""Statements about a single account."""


def group_names(numbers: Mapping[str, int], words: Words) -> dict[str, str]:
    """Return what the report calls each group, by its id."""
    return {name: words("group.name", n=words.integer(number)) for name, number in numbers.items()}


def subject_name(finding: Finding, names: Mapping[str, str], words: Words) -> str:
    """Return what a finding is about, in words: a group, the whole data set, an account, a kind of act or a place."""
    subject = finding.subject
    if subject in names or words.has(f"subject.{subject}"):
        return names.get(subject) or words(f"subject.{subject}")
    if finding.statement.startswith(_OF_ACCOUNTS) and not subject.startswith("account-"):  # a pseudonym says so itself
        return words("subject.account", account=subject)
    if finding.statement == "target_bursts":
        return words.layer(subject)
    if finding.statement.startswith("clock_"):
        return placed(subject, words)
    if finding.statement.startswith(("region_", "hotspot_")):
        camp, _, place = subject.rpartition("/")
        return words("subject.in_place", camp=camp, place=words.place(place))
    return subject


def placed(group: str, words: Words) -> str:
    """Return what accounts of one country by one source are called, of their name such as ``stated-GB``."""
    source, _, country = group.partition("-")
    if not words.has(f"source.{source}"):
        return group
    return words("subject.placed", country=words.country(country), source=words(f"source.{source}"))


def sentence(finding: Finding, subject: str, detection: Detection, words: Words) -> str:
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
        fields |= {"source": words.known("source", source), "country": _country(finding, detection, words)}
        return words(f"statement.{stem}", subject=subject, **fields)
    told = words.series(tuple(f"{words.score_name(name)} {text}" for name, text in fields.items()))
    return words("statement.other", detector=words.detector(detection.detector), subject=subject, scores=told)


def _country(finding: Finding, detection: Detection, words: Words) -> str:
    """Return the country that the evidence of a finding names, or an empty string."""
    for name in finding.evidence:
        rows = detection.tables[name]
        if {"finding_id", "country"} <= set(rows.columns):
            return ", ".join(words.country(code) for code in rows.filter(finding_id=finding.id)["country"].drop_nulls())
    return ""
