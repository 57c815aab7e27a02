"""The one sentence of a finding: its statement's phrase, filled with its scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from forensics.detectors.declared_measures import MEASURES
from forensics.findings import Detection, Finding
from forensics.vocabulary import Subject
from reports.detector_declarations import statement_of
from reports.visible_text import short
from reports.wording import Words

_FINGERPRINT = re.compile(r"(?:near:)?([0-9a-f]{8})[0-9a-f]{24,}")
"""Fingerprint of a text, of similar texts or of a picture; the evidence files have it whole."""


def group_names(numbers: Mapping[str, int], words: Words) -> dict[str, str]:
    """Return what the report calls each group, by its id."""
    return {name: words("group.name", n=words.integer(number)) for name, number in numbers.items()}


def subject_name(finding: Finding, detection: Detection, names: Mapping[str, str], words: Words) -> str:
    """Return what a finding is about, in words: a group, the whole data set, an account, a kind of act or a place."""
    subject = finding.subject
    if subject in names or words.has(f"subject.{subject}"):
        return names.get(subject) or words(f"subject.{subject}")
    return _SUBJECTS[statement_of(finding, detection).subject](subject, words)


def object_words(layer: str, words: Words) -> dict[str, str]:
    """Return what the objects and the acts of a layer are called, such as posts, likes, liked and the same post."""
    action, _, kind = layer.rpartition(":")
    known = {"things": f"things.{kind}", "acts": f"acts.{action}", "did": f"did.{action}", "same": f"same.{kind}"}
    return {name: words(key if words.has(key) else f"{name}.none") for name, key in known.items()}


def shortened(object_id: str | None, limit: int, words: Words, text: str | None = None) -> str:
    """Return the id of an object in at most so many characters; a fingerprint's is its text, else its first eight."""
    found = _FINGERPRINT.fullmatch(object_id or "")
    if found and text:
        return short(text, limit)
    return words("clusters.fingerprint", id=f"{found[1]}…") if found else short(object_id, limit)


def object_name(object_id: str | None, kind: str, limit: int, words: Words, text: str | None = None) -> str:
    """Return the id of an object as ``shortened`` does; where it has no letter, what it is the number of stands before.

    Args:
        kind: of object, such as url.
    """
    shown = shortened(object_id, limit, words, text)
    if not shown or any(character.isalpha() for character in shown):
        return shown
    return words("served.numbered", kind=words.title(words.known("object", kind)), id=shown)


def _account(subject: str, words: Words) -> str:
    is_pseudonym = subject.startswith("account-")  # which says so itself
    return subject if is_pseudonym else words("subject.account", account=subject)


def _in_place(subject: str, words: Words) -> str:
    camp, _, place = subject.rpartition("/")
    return words("subject.in_place", camp=camp, place=words.place(place))


def _numbered(key: str, subject: str, words: Words) -> str:
    number = subject.rpartition("-")[2]
    return words(key, n=words.integer(int(number))) if number.isdecimal() else subject


def placed(group: str, words: Words) -> str:
    """Return what accounts of one country by one source are called, of their name such as ``stated-GB``."""
    source, _, country = group.partition("-")
    if not words.has(f"source.{source}"):
        return group
    return words("subject.placed", country=words.country(country), source=words(f"source.{source}"))


_SUBJECTS: Mapping[Subject, Callable[[str, Words], str]] = {
    "itself": lambda subject, _words: subject,
    "account": _account,
    "batch": partial(_numbered, "subject.batch"),
    "quick": partial(_numbered, "subject.quick"),
    "layer": lambda subject, words: words("subject.things", **object_words(subject, words)),
    "placed": placed,
    "camp_place": _in_place,
}
"""How each kind of subject is worded."""


def sentence(finding: Finding, subject: str, detection: Detection, words: Words) -> str:
    """Return the sentence of a finding.

    A statement with a source, such as ``foreign_share_stated``, uses the phrase without it and the field ``{source}``.
    Where this version has no phrase for the statement, the scores are listed.
    """
    fields = {score.name: words.score(score) for score in finding.scores}
    for score in finding.scores:
        counted = MEASURES[score.name].phrase if score.name in MEASURES else ""
        if counted and score.value is not None:
            fields[score.name] = words.plural(counted, score.value, n=words.integer(score.value))
    statement = statement_of(finding, detection)
    if statement.subject == "layer":
        fields |= object_words(finding.subject, words)
    if statement.by_source:
        source = finding.statement.removeprefix(f"{statement.key}_")
        fields |= {"source": words.known("source", source), "country": _country(finding, detection, words)}
    if words.has(f"statement.{statement.key}"):
        return words(f"statement.{statement.key}", group=subject, subject=subject, **fields)
    listed = words.series(tuple(f"{words.score_name(name)} {text}" for name, text in fields.items()))
    return words("statement.other", detector=words.detector(detection.detector), subject=subject, scores=listed)


def _country(finding: Finding, detection: Detection, words: Words) -> str:
    """Return the country that the evidence of a finding names, or an empty string."""
    for name in finding.evidence:
        rows = detection.tables[name]
        if {"finding_id", "country"} <= set(rows.columns):
            return ", ".join(words.country(code) for code in rows.filter(finding_id=finding.id)["country"].drop_nulls())
    return ""
