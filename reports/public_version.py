"""The public profile: the same report with accounts under pseudonyms, and nothing beside them that gives them away.

A pseudonym is a keyed BLAKE2b digest of the account's id: the same account has the same pseudonym throughout and in
every report made with the key; without the key nobody can try ids until one fits. Accounts that the case names with a
reason keep their id and handle. Texts, addresses and the ids of posts would name an account to a search engine, and so
would exact times: a column of text passes only where it is known to hold none, and times are rounded down. Data files
are called by their number, since their names often are those of who is examined, or who gave them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

import polars as pl

from forensics.dataset import Source
from forensics.detectors.declared_measures import COLUMN_KINDS
from forensics.errors import ParameterError
from forensics.findings import Detection, Finding, Run, Score
from forensics.messages import Message
from reports.detector_declarations import spec_of

SHORTEST_KEY = 16
"""Bytes of the key: fewer could be tried one by one."""

_QUOTED_VALUE = r': ?"(?:[^"\\]|\\.)*"'
"""A text among the values of a message, in JSON."""

ROUNDED, ROUNDED_S = "10m", 600.0
"""To what times are rounded down; registration dates to the month."""


def public_run(run: Run, key: bytes) -> Run:
    """Return a run that may be shown to the public.

    Args:
        key: of the pseudonyms; kept secret and apart from the run.

    Raises:
        ParameterError: the key is shorter than ``SHORTEST_KEY``.
    """
    if len(key) < SHORTEST_KEY:
        raise ParameterError(
            "The key of the pseudonyms has {n_bytes} bytes; it needs {least} or more.",
            n_bytes=len(key),
            least=SHORTEST_KEY,
        )
    named = {account for account, _ in run.case.named}
    accounts = sorted(
        {
            account
            for detection in run.detections
            for table in detection.tables.values()
            for name in sorted(table.columns)
            if _names_accounts(name, table.schema[name])
            for account in table[name].drop_nulls()
        }
    )
    pseudonyms = {account: account if account in named else _digest("account", account, key) for account in accounts}
    return dataclasses.replace(
        run,
        sources=tuple(_source(source) for source in run.sources),
        detections=tuple(_detection(detection, pseudonyms, named, key) for detection in run.detections),
        failures=tuple(dataclasses.replace(failure, message=Message("")) for failure in run.failures),
        truth=None,  # its findings' names hold accounts
    )


def _names_accounts(name: str, dtype: pl.DataType) -> bool:
    """Return whether a column holds accounts; an id is never a number, and a number may be called as they are."""
    return COLUMN_KINDS.get(name) == "account" and dtype == pl.String


def _digest(kind: str, text: str, key: bytes) -> str:
    digest = hashlib.blake2b(text.encode(), key=key[:64], digest_size=5, person=kind.encode())
    return f"{kind}-{digest.hexdigest()}"


def _source(source: Source) -> Source:
    values = pl.col("fields").str.replace_all(_QUOTED_VALUE, ': "…"')
    hidden = source.rejected.with_columns(excerpt=pl.lit(None, pl.String), fields=values)
    return dataclasses.replace(source, name=source.source_id, rejected=hidden, notes=())  # names of files name people


def _detection(detection: Detection, pseudonyms: Mapping[str, str], named: set[str], key: bytes) -> Detection:
    ids = {
        finding.id: f"{detection.detector}-{pseudonyms[finding.subject]}"
        for finding in detection.findings
        if finding.subject in pseudonyms and pseudonyms[finding.subject] != finding.subject
    }
    return dataclasses.replace(
        detection,
        findings=tuple(_finding(finding, ids, pseudonyms) for finding in detection.findings),
        tables={
            name: _table(table, ids, pseudonyms, named, key)
            for name, table in detection.tables.items()
            if spec_of(detection, name).role != "newsroom"
        },
    )


def _finding(finding: Finding, ids: Mapping[str, str], pseudonyms: Mapping[str, str]) -> Finding:
    subject = "/".join(pseudonyms.get(part, part) for part in finding.subject.split("/"))
    scores = tuple(_score(score) for score in finding.scores)
    return dataclasses.replace(finding, id=ids.get(finding.id, finding.id), subject=subject, scores=scores)


def _score(score: Score) -> Score:
    """Return a score; a time rounded down, which would otherwise lead to the group's first and last act."""
    if score.unit != "utc_s" or score.value is None:
        return score
    return dataclasses.replace(score, value=score.value // ROUNDED_S * ROUNDED_S)


def _table(
    table: pl.DataFrame, ids: Mapping[str, str], pseudonyms: Mapping[str, str], named: set[str], key: bytes
) -> pl.DataFrame:
    columns = []
    for name, dtype in table.schema.items():
        column = pl.col(name)
        if _names_accounts(name, dtype):
            column = column.replace_strict(pseudonyms, default=None, return_dtype=pl.String)
        elif name == "finding_id":
            column = column.replace(ids)
        elif name == "handle" and "account_id" in table.columns:
            column = pl.when(pl.col("account_id").is_in(sorted(named))).then(column)
        elif COLUMN_KINDS.get(name) == "object":
            objects = table[name].drop_nulls().unique().sort()
            digests = {each: _digest("thing", each, key) for each in objects}
            column = column.replace_strict(digests, default=None, return_dtype=pl.String)
        elif dtype == pl.String:
            column = column.replace(pseudonyms) if COLUMN_KINDS.get(name) == "word" else pl.lit(None, pl.String)
        elif dtype.is_temporal():
            column = column.dt.truncate("1mo" if name == "created_at" else ROUNDED)
        columns.append(column.alias(name))
    return table.with_columns(columns)
