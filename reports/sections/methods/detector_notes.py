"""Each detector in the technical annex: its method in words, its settings and its checks."""

from __future__ import annotations

from forensics.findings import Detection
from reports.model import Block, Cell, Column, Heading, Table, Text
from reports.wording import Words

__all__ = ["detector_notes"]


_OPEN = (("diaspora_share", -1.0),)
"""Settings that stand for none."""


def detector_notes(detection: Detection, words: Words) -> tuple[Block, ...]:
    """Return what is needed to judge and to repeat one detection."""
    return (
        Heading(words.title(words.detector(detection.detector)), f"method-{detection.detector}"),
        *(Text(text) for text in words.method(detection.detector)),
        *_parameters(detection, words),
        *_checks(detection, words),
    )


def _parameters(detection: Detection, words: Words) -> tuple[Table, ...]:
    rows = tuple(
        (Cell(words.parameter(name)), Cell(words.setting("" if (name, value) in _OPEN else value)))
        for name, value in detection.params.items()
    )
    caption = words("method.parameters_caption", detector=words.detector(detection.detector))
    columns = (Column(words("method.parameter"), width=2.4), Column(words("method.value")))
    return (Table(f"{detection.detector}-parameters", caption, columns, rows),) if rows else ()


def _checks(detection: Detection, words: Words) -> tuple[Table, ...]:
    rows = tuple(
        (
            Cell(words.score_name(score.name)),
            Cell(words.score(score), score.value, source=f"{detection.detector}/{score.name}"),
        )
        for score in detection.scores
    )
    caption = words("method.checks_caption", detector=words.detector(detection.detector))
    columns = (Column(words("method.measure"), width=2.4), Column(words("method.value")))
    return (Table(f"{detection.detector}-scores", caption, columns, rows),) if rows else ()
