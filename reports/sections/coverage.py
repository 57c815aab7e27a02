"""What was looked at: how much of what."""

from __future__ import annotations

from forensics.detectors.overview import COUNTED, acts_by_kind, by_camp
from forensics.findings import Run
from reports.detector_declarations import score_as
from reports.report_model import Cell, Column, Table
from reports.wording import Words


def looked(run: Run, words: Words) -> str:
    """Return how large the data are."""
    scores = {score.name: score for score in run.overview if score.value}
    counts = tuple(
        words.plural(f"overview.{name}", scores[name].value or 0, n=words.score(scores[name]))
        for name in COUNTED
        if name in scores
    )
    sentences = [words("overview.counts", counts=words.series(counts))] if counts else []
    precision = score_as(run.overview, "precision")
    if precision and precision.value:
        sentences.append(words("overview.precision", duration=words.score(precision)))
    if counts and not by_camp(run.overview):
        sentences.append(words("camps.none"))
    return " ".join(sentences)


def acts_table(run: Run, words: Words) -> tuple[Table, ...]:
    """Return how many acts of each kind there are; none where the overview does not say."""
    rows = []
    for action, kind, score in acts_by_kind(run.overview):
        if score.value:
            names = (words.known("action", action), words.known("object", kind or "none"))
            cells = (Cell(words.title(name)) for name in names)
            rows.append((*cells, Cell(words.score(score), score.value, source=f"overview/{score.name}")))
    if not rows:
        return ()
    columns = (
        Column(words("overview.action")),
        Column(words("overview.object")),
        Column(words("overview.number"), "number", 0.6),
    )
    return (Table("acts", words("overview.acts_caption"), columns, tuple(rows)),)
