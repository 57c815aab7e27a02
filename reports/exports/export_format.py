"""What an export is: a frozen value that names a format and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from forensics.findings import Run
from reports.run_queries import subjects
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.wording import words


@dataclass(frozen=True, slots=True)
class Export:
    """One format.

    Attributes:
        name: the word a user types.
        title: the phrase a user reads.
        ending: of the file, with its dot; empty where a folder is written.
        write: ``write(run, path)``; the path does not exist yet.
        text: what opens it and what it holds, one or two sentences.
    """

    name: str
    title: str
    ending: str
    write: Callable[[Run, Path], None]
    text: str


def tables_of(run: Run) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield every table of a run with its name: what was found first, then each detection's tables, then the files."""
    yield "findings", findings_frame(run)
    yield "scores", scores_frame(run)
    for place, detection in enumerate(run.detections):
        again = any(earlier.detector == detection.detector for earlier in run.detections[:place])
        for name, table in detection.tables.items():
            yield f"{detection.detector}_{name}" + (f"_{place}" if again else ""), table
    yield "sources", _sources_frame(run)
    for source in run.sources:
        if not source.rejected.is_empty():
            yield f"rejected_{source.source_id}", source.rejected


def findings_frame(run: Run, language: str = "en") -> pl.DataFrame:
    """Return one row for each finding, with its sentence in a language."""
    phrases = words(language)
    names = group_names(subjects(run), phrases)
    rows = [
        (
            finding.id,
            sentence(finding, subject_name(finding, detection, names, phrases), detection, phrases),
            detection.detector,
            finding.question,
            finding.subject,
            finding.statement,
            finding.strength,
            ", ".join(finding.alternatives),
            ", ".join(finding.excluded),
        )
        for detection in run.detections
        for finding in detection.findings
    ]
    texts = ("finding_id", "sentence", "detector", "question", "subject", "statement", "strength")
    return pl.DataFrame(rows, dict.fromkeys((*texts, "alternatives", "excluded"), pl.String), orient="row")


def scores_frame(run: Run) -> pl.DataFrame:
    """Return one row for each score of a finding, and of a detection where ``finding_id`` is null."""
    rows = []
    for detection in run.detections:
        owners = [(None, detection.scores), *((finding.id, finding.scores) for finding in detection.findings)]
        for finding_id, scores in owners:
            for score in scores:
                low, high = score.interval or (None, None)
                facts = (score.name, score.value, score.unit, score.n, low, high)
                rows.append((finding_id, detection.detector, *facts, score.p_value, score.q_value, score.null))
    text, number = pl.String(), pl.Float64()
    schema = {
        "finding_id": text,
        "detector": text,
        "score": text,
        "value": number,
        "unit": text,
        "n": pl.Int64(),
        "low": number,
        "high": number,
        "p_value": number,
        "q_value": number,
        "null_model": text,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _sources_frame(run: Run) -> pl.DataFrame:
    rows = [
        (
            *(item.source_id, item.name, item.loader, item.sha256),
            *(item.n_bytes, item.rows_read, item.rows_kept, item.rejected.height),
        )
        for item in run.sources
    ]
    texts = dict.fromkeys(("source_id", "name", "loader", "sha256"), pl.String())
    counts = dict.fromkeys(("n_bytes", "rows_read", "rows_kept", "rows_rejected"), pl.Int64())
    return pl.DataFrame(rows, {**texts, **counts}, orient="row")
