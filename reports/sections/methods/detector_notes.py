"""Each detector in the technical annex: its method in words, its settings and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from forensics.findings import Detection
from reports.model import Block, Heading, Text
from reports.wording import Words

__all__ = ["detector_notes"]


_OPEN = (("diaspora_share", -1.0),)
"""Settings that stand for none."""


def detector_notes(detection: Detection, words: Words) -> tuple[Block, ...]:
    """Return what is needed to judge and to repeat one detection."""
    return (
        Heading(words.title(words.detector(detection.detector)), f"method-{detection.detector}"),
        *(Text(text) for text in words.method(detection.detector)),
        *_settings(detection, words),
        *_checks(detection, words),
    )


def _settings(detection: Detection, words: Words) -> tuple[Text, ...]:
    entries = (
        (words.parameter(name), words.setting("" if (name, value) in _OPEN else value))
        for name, value in detection.params.items()
    )
    return _listed("method.settings", entries, words)


def _checks(detection: Detection, words: Words) -> tuple[Text, ...]:
    entries = ((words.score_name(score.name), words.score(score)) for score in detection.scores)
    return _listed("method.checks", entries, words)


def _listed(key: str, entries: Iterable[tuple[str, str]], words: Words) -> tuple[Text, ...]:
    """Return names with their values as one small paragraph, which takes a fifth of the room of a table."""
    named = tuple(words("method.entry", name=name, value=value) for name, value in entries)
    return (Text(words(key, entries=words("summary.explain_join").join(named)), "small"),) if named else ()
