"""A run as JSON, and back: everything the report says, in one form only.

Keys are sorted, floats carry ten significant digits, and neither a clock nor a machine's folders enter, so that the
same run is the same bytes. Frames are named by their file and kept beside it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping

import msgspec
import polars as pl

from cases.terminal.command_language import tr
from forensics import schema
from forensics.case import Case
from forensics.dataset import Source
from forensics.errors import InputFileError
from forensics.findings import Detection, Failure, Finding, Run, Score, Truth
from forensics.messages import Message

FORMAT = "campaign-forensics run 2"

DIGITS = 10
"""Significant digits of a float; below them, machines with other processors may differ."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}", re.ASCII)
"""What may become part of a file's name: no folder, no drive, nothing hidden."""

ReadTable = Callable[[str], pl.DataFrame]
"""Gives the frame of a file's name within the run folder."""


def table_file(detector: str, table: str) -> str:
    """Return the name, within the run folder, of the file that holds a detection's table."""
    return f"tables/{detector}.{table}.parquet"


def encode(run: Run) -> bytes:
    """Return a run as JSON, frames left out but named."""
    content = {
        "format": FORMAT,
        "case": msgspec.to_builtins(run.case),
        "overview": msgspec.to_builtins(run.overview),
        "sources": [_source(source) for source in run.sources],
        "detections": [items_of(detection) for detection in run.detections],
        "failures": msgspec.to_builtins(run.failures),
        "seed": run.seed,
        "versions": dict(run.versions),
        **({"truth": msgspec.to_builtins(run.truth)} if run.truth else {}),
    }
    text = json.dumps(_canonical(content), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def decode(content: bytes, read_table: ReadTable, rejected: Mapping[str, pl.DataFrame]) -> Run:
    """Return the run that was encoded.

    Args:
        content: what ``encode`` gave.
        read_table: gives a table by the name of its file.
        rejected: the rejected rows of each source, by its id; one that has none is absent.

    Raises:
        InputFileError: the content is not a run of this format.
    """
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            sentence = "The run has the format '{found}'; this version reads '{known}'. Run the case again."
            raise InputFileError(tr(sentence, found=data["format"], known=FORMAT))
        run = _run_of(msgspec.convert(data, _Run), read_table, rejected)
        _check_names(run)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError, msgspec.MsgspecError) as error:
        if isinstance(error, InputFileError):
            raise
        raise InputFileError(tr("run.json is damaged: {error}", error=error)) from error
    return run


def _check_names(run: Run) -> None:
    """Raise where a name could lead out of the folder its file is written to, or evidence is named that is not there.

    Raises:
        ValueError: it does, or two findings or sources have one id.
    """
    findings = [finding.id for detection in run.detections for finding in detection.findings]
    sources = [source.source_id for source in run.sources]
    tables = [name for detection in run.detections for name in (detection.detector, *detection.tables)]
    for name in (*findings, *sources, *tables):
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be part of a file's name")
    for names in (findings, sources):
        if len({*names}) < len(names):
            raise ValueError("an id stands there twice")
    for detection in run.detections:
        for name in {name for finding in detection.findings for name in finding.evidence}:
            if detection.tables[name].schema.get("finding_id") != pl.String:
                raise ValueError(f"the table {name!r} of {detection.detector} has no finding_id")


def _canonical(value: object) -> object:
    """Return a value whose floats have ten digits; one that is no number is null."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _canonical(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical(entry) for entry in value]
    return value


def _source(source: Source) -> dict[str, object]:
    return {
        "source_id": source.source_id,
        "name": source.name,
        "sha256": source.sha256,
        "n_bytes": source.n_bytes,
        "loader": source.loader,
        "rows_read": source.rows_read,
        "rows_kept": source.rows_kept,
        "rows_rejected": source.rejected.height,
        "notes": msgspec.to_builtins(source.notes),
        **({"unmapped": dict(source.unmapped), "n_looked": source.n_looked} if source.unmapped else {}),
    }


def items_of(detection: Detection) -> dict[str, object]:
    """Return a detection as plain values, its tables by the names of their files; floats keep all their digits."""
    return {
        "detector": detection.detector,
        "params": dict(detection.params),
        "findings": msgspec.to_builtins(detection.findings),
        "scores": msgspec.to_builtins(detection.scores),
        "tables": {name: table_file(detection.detector, name) for name in detection.tables},
        "notes": list(detection.notes),
    }


def detection_of(item: object, read_table: ReadTable) -> Detection:
    """Return the detection that ``items_of`` gave as plain values.

    Raises:
        msgspec.ValidationError: they are not such values.
    """
    return _detection_of(msgspec.convert(item, _Detection), read_table)


class _Source(msgspec.Struct, forbid_unknown_fields=True):
    """A source as it is written."""

    source_id: str
    name: str
    sha256: str
    n_bytes: int
    loader: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    notes: tuple[Message, ...]
    unmapped: dict[str, int] = {}
    n_looked: int = 0


class _Detection(msgspec.Struct, forbid_unknown_fields=True):
    """A detection as it is written, its tables by their files."""

    detector: str
    params: dict[str, bool | int | float | str | list[int | float | str] | None]
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    tables: dict[str, str]
    notes: tuple[str, ...]


class _Run(msgspec.Struct, forbid_unknown_fields=True):
    """A run as it is written."""

    format: str
    case: Case
    overview: tuple[Score, ...]
    sources: tuple[_Source, ...]
    detections: tuple[_Detection, ...]
    failures: tuple[Failure, ...]
    seed: int
    versions: dict[str, str]
    truth: Truth | None = None


def _run_of(data: _Run, read_table: ReadTable, rejected: Mapping[str, pl.DataFrame]) -> Run:
    return Run(
        case=data.case,
        overview=data.overview,
        sources=tuple(_source_of(item, rejected) for item in data.sources),
        detections=tuple(_detection_of(item, read_table) for item in data.detections),
        failures=data.failures,
        seed=data.seed,
        versions=data.versions,
        truth=data.truth,
    )


def _source_of(item: _Source, rejected: Mapping[str, pl.DataFrame]) -> Source:
    fields = msgspec.structs.asdict(item)
    del fields["rows_rejected"]
    return Source(**fields, rejected=rejected.get(item.source_id, schema.empty(schema.REJECTED)))


def _detection_of(item: _Detection, read_table: ReadTable) -> Detection:
    return Detection(
        detector=item.detector,
        params={name: tuple(value) if isinstance(value, list) else value for name, value in item.params.items()},
        findings=item.findings,
        scores=item.scores,
        tables={name: read_table(file) for name, file in item.tables.items()},
        notes=item.notes,
    )
