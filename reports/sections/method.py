"""How it was measured: each method in words, its settings and checks, and the scales of likelihood and confidence."""

from __future__ import annotations

from forensics.model import Detection, Run
from reports.model import Block, Cell, Column, Heading, Table, Text
from reports.sections.parts import Section
from reports.wording import BANDS, Words

__all__ = ["METHOD"]


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return a part for each detection, then the two scales."""
    blocks: list[Block] = []
    for detection in run.detections:
        blocks.append(Heading(words.detector(detection.detector).capitalize(), f"method-{detection.detector}"))
        blocks += [Text(text) for text in words.method(detection.detector)]
        blocks += [_parameters(detection, words), _checks(detection, words)]
    blocks += [Heading(words("likelihood.title"), "likelihood"), _likelihood(words)]
    blocks += [Heading(words("confidence.title"), "confidence"), _confidence(words)]
    return tuple(blocks)


def _parameters(detection: Detection, words: Words) -> Table:
    return Table(
        f"{detection.detector}-parameters",
        words("method.parameters_caption", detector=words.detector(detection.detector)),
        (Column(words("method.parameter"), width=1.5), Column(words("method.value"))),
        tuple((Cell(words.parameter(name)), Cell(words.setting(value))) for name, value in detection.params.items()),
    )


def _checks(detection: Detection, words: Words) -> Table:
    return Table(
        f"{detection.detector}-scores",
        words("method.checks_caption", detector=words.detector(detection.detector)),
        (Column(words("method.measure"), width=1.5), Column(words("method.value"), "number")),
        tuple(
            (
                Cell(words.score_name(score.name)),
                Cell(words.score(score), score.value, source=f"{detection.detector}/{score.name}"),
            )
            for score in detection.scores
        ),
    )


def _likelihood(words: Words) -> Table:
    return Table(
        "likelihood-scale",
        words("likelihood.caption"),
        (Column(words("likelihood.word")), Column(words("likelihood.range"), "number")),
        tuple((Cell(words(f"band.{key}")), Cell(words.share_range(low, high), low)) for key, low, high in BANDS),
    )


def _confidence(words: Words) -> Table:
    return Table(
        "confidence-scale",
        words("confidence.caption"),
        (Column(words("confidence.word"), width=0.4), Column(words("confidence.criteria"), width=2)),
        tuple(
            (Cell(words(f"confidence.{key}")), Cell(words(f"confidence.{key}_criteria")))
            for key in ("high", "moderate", "low")
        ),
    )


METHOD = Section("method", "How it was measured", build)
