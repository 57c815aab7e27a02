"""A finished run beside what is known of its data: for each finding what of it was planted, and what was not found.

Nothing here is read by a detector: the files of what is known are opened when the last detector has answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.findings import Detection, Finding, FindingTruth, Run, Truth, TruthKind, named_accounts

_NAMES = ("account_id", "target")
_KINDS = ("practice", "habit", "label", "farm_id", "group")
_LISTED = "listed"
_KNOWN = {"name": pl.String, "kind": pl.String, "is_planted": pl.Boolean, "is_account": pl.Boolean}
_MOST_BYTES, _MOST_COMMAS = 64_000_000, 1_000
"""Limits of a list of what is known: one of three million accounts has so many bytes."""
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")
"""How what Polars unpacks by itself begins (gzip, Zstandard, zlib): it would do so without an end."""
_SUBJECTS = ("account_id", "object_id", "post_id")
"""Columns of evidence that hold what a finding is about."""


def read_list(path: Path) -> pl.DataFrame:
    """Read a file that lists what is known, every value as a text.

    Raises:
        InputFileError: it is no CSV file, or a larger one than such a list can be.
    """
    try:
        if not path.is_file():  # a pipe would be waited for, a device read without end
            raise InputFileError("{file} is no plain file.", file=path.name)
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputFileError("{file} cannot be read: {error}.", file=path.name, error=error.strerror) from error
    if len(content) > _MOST_BYTES or content.partition(b"\n")[0].count(b",") > _MOST_COMMAS:
        raise InputFileError("{file} is larger than a list of accounts can be.", file=path.name)
    try:
        if content.startswith(_PACKED):
            raise pl.exceptions.ComputeError("it is packed")
        return pl.read_csv(content, infer_schema=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise InputFileError("{path} cannot be read as CSV. Save it as CSV in UTF-8.", path=path) from error


def read_known(paths: Sequence[Path]) -> pl.DataFrame:
    """Read files of what is known: CSV with ``account_id`` or ``target``, and ``practice``, ``habit`` or ``label``.

    Returns:
        ``name, kind, is_planted, is_account``: a row for each object and kind, ordered; habits are known, not planted.

    Raises:
        InputFileError: a file is no such file.
    """
    parts = [pl.DataFrame(schema=_KNOWN)]
    for path in paths:
        frame = read_list(path)
        name = next((column for column in _NAMES if column in frame.columns), None)
        if name is None:
            columns = ", ".join(frame.columns)
            raise InputFileError(
                "{path} has neither a column 'account_id' nor 'target'; it has: {columns}.", path=path, columns=columns
            )
        kind = next((column for column in _KINDS if column in frame.columns), None)
        parts.append(
            frame.select(
                name=name,
                kind=pl.col(kind).fill_null(_LISTED) if kind else pl.lit(_LISTED),
                is_planted=pl.lit(kind != "habit"),
                is_account=pl.lit(name == "account_id"),
            ).drop_nulls("name")
        )
    return pl.concat(parts).unique().sort("name", "kind")


def compare_with_truth(run: Run, known: pl.DataFrame) -> Truth:
    """Hold every finding of a run against what is known.

    Args:
        known: as from ``read_known``.

    Returns:
        For each kind how much of it stands in any finding, planted kinds first; for each finding what of it is known.
    """
    members = {
        finding.id: names_of(finding, detection, run) for detection in run.detections for finding in detection.findings
    }
    pairs = pl.DataFrame(
        [(finding, name) for finding, names in members.items() for name in sorted(names)],
        schema={"finding_id": pl.String, "name": pl.String},
        orient="row",
    )
    met = pairs.join(known, "name", maintain_order="left")
    kinds = [
        _kind(kind, own, met.filter(pl.col("kind") == kind))
        for (kind,), own in known.sort("is_planted", "kind", descending=[True, False]).group_by(
            "kind", maintain_order=True
        )
    ]
    return Truth(
        kinds=tuple(kinds),
        findings=tuple(
            _finding(name, names, met.filter(pl.col("finding_id") == name)) for name, names in members.items()
        ),
    )


def names_of(finding: Finding, detection: Detection, run: Run) -> set[str]:
    """Return what a finding is about: its accounts, else its objects; where it has none, the parts of its subject."""
    own = _members(finding.id, detection)
    if not own:
        own = _evidence(finding, detection)
    of_group = {name for other in run.detections if other is not detection for name in _members(finding.subject, other)}
    return own | of_group or set(finding.subject.split("/"))


def _members(finding_id: str, detection: Detection) -> set[str]:
    frame = detection.tables.get("accounts")
    if frame is None or not {"finding_id", "account_id"} <= set(frame.columns):
        return set()
    return set(named_accounts(frame).filter(pl.col("finding_id") == finding_id)["account_id"].drop_nulls())


def _evidence(finding: Finding, detection: Detection) -> set[str]:
    names: set[str] = set()
    for table in finding.evidence:
        frame = detection.tables[table]
        if "finding_id" in frame.columns:
            own = frame.filter(pl.col("finding_id") == finding.id)
            names |= {str(name) for column in _SUBJECTS if column in own.columns for name in own[column].drop_nulls()}
    return names


def _kind(kind: str, known: pl.DataFrame, met: pl.DataFrame) -> TruthKind:
    counted = known.filter("is_account") if known["is_account"].any() else known
    return TruthKind(
        kind=str(kind),
        is_planted=bool(known["is_planted"].all()),
        n_known=counted["name"].n_unique(),
        n_found=met.filter(pl.col("name").is_in(counted["name"].implode()))["name"].n_unique(),
        findings=tuple(met["finding_id"].unique(maintain_order=True)),
    )


def _finding(finding_id: str, names: Iterable[str], met: pl.DataFrame) -> FindingTruth:
    counted = met.group_by("kind").agg(n=pl.col("name").n_unique()).sort(["n", "kind"], descending=[True, False])
    return FindingTruth(
        finding_id=finding_id,
        n_names=len(set(names)),
        n_planted=met.filter("is_planted")["name"].n_unique(),
        kinds=tuple(counted.iter_rows()),
    )
