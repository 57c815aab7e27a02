"""What a file holds, before anything is decided about it: its format, its ledger, its span and how complete it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders import LOADERS, Recognition, load, recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import reasons
from forensics.messages import Message, message
from forensics.text.repeated_texts import repeated_texts

_ORIGIN = ("source_id", "source_row", "source_event")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What there is to know of one file.

    Attributes:
        name: the file's own name.
        n_bytes: size on disk.
        sha256: of the bytes on disk.
        recognition: its format and why.
        rows_read: rows of data.
        rows_kept: rows that are in a table.
        reasons: why rows were rejected, row numbers left out, and how many for each, the most first.
        tables: rows of each table that is not empty, by name.
        first_at: the earliest act or post.
        last_at: the latest.
        precisions: how many times of each precision, acts and posts together.
        objects: different objects of each kind, in the order of ``schema.OBJECT_KIND``.
        actions: acts of each action, in the order of ``schema.ACTION``.
        completeness: by table and column, the share of rows with a value, 0 to 1.
        notes: what was guessed, repaired or could not be used.
        unmapped: the fields that no table has room for, and in how many of the rows looked at each has a value.
        n_looked: rows looked at for that.
        repeated: the texts that most accounts posted, rows of ``repeated_texts.REPEATED``.
    """

    name: str
    n_bytes: int
    sha256: str
    recognition: Recognition
    rows_read: int
    rows_kept: int
    reasons: tuple[tuple[Message, int], ...]
    tables: Mapping[str, int]
    first_at: datetime | None
    last_at: datetime | None
    precisions: Mapping[str, int]
    n_accounts: int
    objects: Mapping[str, int]
    actions: Mapping[str, int]
    completeness: Mapping[str, Mapping[str, float]]
    notes: tuple[Message, ...]
    unmapped: Mapping[str, int]
    n_looked: int
    repeated: tuple[Mapping[str, object], ...] = ()


def inspect(path: Path, loader_name: str | None = None, options: ReadOptions | None = None) -> Inspection:
    """Read a file and describe what it holds.

    Raises:
        ForensicsError: as ``load``.
    """
    options = options or ReadOptions()
    if loader_name is None:
        recognition = recognise(path, options)
    else:
        loader = LOADERS.get(loader_name)
        recognition = Recognition(loader.name, loader.title, 1.0, message("it was asked for"))
    dataset = load(path, recognition.loader, options)
    source = dataset.sources[0]
    times = pl.concat([dataset.actions["acted_at"], dataset.posts["published_at"]]).drop_nulls()
    precisions = pl.concat([dataset.actions["time_precision"], dataset.posts["time_precision"]])
    tables = {table.name: getattr(dataset, table.name) for table in schema.TABLES}
    return Inspection(
        name=source.name,
        n_bytes=source.n_bytes,
        sha256=source.sha256,
        recognition=recognition,
        rows_read=source.rows_read,
        rows_kept=source.rows_kept,
        reasons=reasons(source.rejected),
        tables={name: frame.height for name, frame in tables.items() if frame.height},
        first_at=_moment(times.min()),
        last_at=_moment(times.max()),
        precisions=_counts(precisions, schema.PRECISION),
        n_accounts=_n_accounts(dataset),
        objects=_objects(dataset.actions),
        actions=_counts(dataset.actions["action"], schema.ACTION),
        completeness={name: _completeness(frame) for name, frame in tables.items() if frame.height},
        notes=source.notes,
        unmapped=source.unmapped,
        n_looked=source.n_looked,
        repeated=tuple(repeated_texts(dataset.actions, progress=options.progress).iter_rows(named=True)),
    )


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _counts(values: pl.Series, words: pl.Enum) -> dict[str, int]:
    counted = dict(values.cast(pl.String).drop_nulls().value_counts().iter_rows())
    return {word: counted[word] for word in words.categories if word in counted}


def _n_accounts(dataset: Dataset) -> int:
    frames = (dataset.actions, dataset.accounts, dataset.posts)
    return pl.concat([frame["account_id"] for frame in frames]).drop_nulls().n_unique()


def _objects(actions: pl.DataFrame) -> dict[str, int]:
    known = actions.filter(pl.col("object_id").is_not_null() & pl.col("object_kind").is_not_null())
    counted = dict(
        known.group_by(pl.col("object_kind").cast(pl.String)).agg(pl.col("object_id").n_unique()).iter_rows()
    )
    return {kind: counted[kind] for kind in schema.OBJECT_KIND.categories if kind in counted}


def _completeness(frame: pl.DataFrame) -> dict[str, float]:
    columns = [name for name in frame.columns if name not in _ORIGIN]
    return {name: 1 - frame[name].null_count() / frame.height for name in columns}
