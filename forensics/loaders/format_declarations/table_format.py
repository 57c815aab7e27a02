"""An export format as data: what identifies it, which field of it fills which column, and its few oddities.

A ``TableFormat`` is a frozen value; ``format_reading.loader_of`` makes a loader of one or of several that go by one
name. A field is a column of a table or a path in JSON (``json_format``); of several in a tuple the first that has a
value counts; a polars expression is for what needs more. Values are read by the type of the column that they fill:
counts, coordinates, countries, yes or no, times. Rows are kept or rejected as with every other loader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import Text

Field = str | tuple[str | pl.Expr, ...] | pl.Expr
"""A column or path; several, of which the first that has a value counts; or what is made of columns."""

_MADE = re.compile(r"^_(?!_)\w{2,}$")
"""Columns that reading or a format makes of the others; a key of JSON alone is longer by a dot, or has one letter."""

Trace = Field | list["str | pl.Expr"]
"""Where ids of objects stand; of a list all are taken."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a row does, if it does it.

    Attributes:
        action: a value of ``schema.ACTION``.
        of: the id of what it is done to; without ``when`` the row does it where this has a value.
        when: whether a row does it; with neither it always does.
        kind: of what it is done to, a value of ``schema.OBJECT_KIND``.
    """

    action: str
    of: Field | None = None
    when: pl.Expr | None = None
    kind: str = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """One export format.

    Attributes:
        kind: which of a loader's formats this is, as the reason for its recognition says it.
        marks: columns, or keys of the first JSON object, that only this format has together.
        signs: what stands besides in the beginning of the file.
        without: columns or keys that a similar format has and this one has not.
        account: the id of who acted.
        time: when; several are each read in their own way, the first that gives a time counts. None where rows are
            accounts or payments, or, with ``acts``, acts of which the source does not say when they were.
        platform: the service, or the field that names it; None for what the case file says.
        time_note: where the times come from; None where the notes say how they were read.
        is_time_noted: whether the notes say how the times were read, where ``time_note`` does not.
        hidden_times: those in the ids of posts, against which the stated ones are held.
        time_settings: how times are written, where that is known; else the case file's settings hold.
        precision: of the times, where it is known better than they show it.
        ids: columns with further ids, such as those of music; a spreadsheet may have rounded them.
        tweet_ids: the column of tweets' ids, whose times are finer.
        post: column of ``schema.ACTIONS`` to field.
        acts: what a row can do, the first that holds; a row for which none holds is a post.
        traces: kind of object to where the ids are.
        facts: column of ``schema.ACCOUNTS`` to field.
        facts_of: the account that they are of, where it is not who acted.
        counts: column of ``schema.POSTS`` to field.
        counted: the rows whose counts are their own; those that are no reposts, of which platforms count the original.
        money: column of ``schema.MONEY`` to field.
        captured: when a row was collected.
        items: where the items of a JSON document stand.
        rejected: conditions under which a row is no act, and why.
        prepare: steps that make further columns out of those that ``also`` names.
        also: see there.
        notes: what a reader must know of every file of this format.
        has_links: whether the addresses in the words of a post are among its traces.
        escape: the character that escapes a quote.
        begin: what is done with a table before all else: it refuses one that must not be read as it is, says what must
            be known of it, and makes columns (of names that begin with ``_``).
        begins: what the beginning of a file is, where it is neither a table nor JSON.
        rows: reads such a file.
        read_times: puts ``_time`` and ``_precision`` into the rows, where which column to trust is seen in the file.
    """

    kind: str
    marks: tuple[str, ...]
    signs: tuple[bytes, ...] = ()
    without: tuple[str, ...] = ()
    account: Field
    time: str | pl.Expr | tuple[str | pl.Expr, ...] | None = None
    platform: str | pl.Expr | None = None
    time_note: str | None = None
    is_time_noted: bool = True
    hidden_times: pl.Expr | None = None
    time_settings: Mapping[str, str] | None = None
    precision: str | None = None
    ids: tuple[str, ...] = ()
    tweet_ids: str | None = None
    post: Mapping[str, Field] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    traces: Mapping[str, Trace] = field(default_factory=dict)
    facts: Mapping[str, Field] = field(default_factory=dict)
    facts_of: Field | None = None
    counts: Mapping[str, Field] = field(default_factory=dict)
    counted: pl.Expr | None = None
    money: Mapping[str, Field] = field(default_factory=dict)
    captured: Field | None = None
    items: Items = field(default_factory=Items)
    rejected: tuple[tuple[pl.Expr, Text], ...] = ()
    prepare: tuple[Callable[[pl.DataFrame], pl.DataFrame], ...] = ()
    also: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    has_links: bool = True
    escape: str | None = None
    begin: Callable[[Path, ReadOptions, TableFile], None] | None = None
    begins: re.Pattern[str] | None = None
    rows: Callable[[Path, ReadOptions], TableFile] | None = None
    read_times: Callable[[TableFile, ReadOptions], None] | None = None

    def fields(self) -> list[tuple[str, Trace]]:
        """Return each column that is filled, as ``table.column``, and its field; conditions fill none."""
        tables = {"actions": self.post, "accounts": self.facts, "posts": self.counts, "money": self.money}
        of_tables = [(f"{table}.{name}", part) for table, named in tables.items() for name, part in named.items()]
        time = list(self.time) if isinstance(self.time, tuple) else self.time
        single = {"actions.acted_at": time, "captured_at": self.captured, "snowflake": self.tweet_ids}
        platform = self.platform if isinstance(self.platform, pl.Expr) else None
        found: list[tuple[str, Trace | None]] = [
            ("actions.account_id", self.account),
            ("accounts.account_id", self.facts_of),
            *single.items(),
            ("accounts.platform", platform),
            *of_tables,
            *(("actions.object_id", trace) for trace in self.traces.values()),
            *(("actions.object_id", act.of) for act in self.acts),
            *(("actions.action", act.when) for act in self.acts),
            *(("", condition) for condition, _ in self.rejected),
            ("", self.counted),
            ("", self.hidden_times),
        ]
        return [(name, part) for name, part in found if part is not None]

    def paths(self) -> tuple[str, ...]:
        """Return every column or path that is read, each once."""
        named = [*self.also, *(name for _, part in self.fields() for name in roots(part))]
        return tuple(dict.fromkeys(name for name in named if name == "_type" or not _MADE.match(name)))


def roots(part: Trace) -> list[str]:
    """Return the columns that a field is made of."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, pl.Expr):
        return part.meta.root_names()
    return [name for single in part for name in roots(single)]


def as_text(part: Field) -> pl.Expr:
    """Return a field as text."""
    if isinstance(part, pl.Expr):
        return part
    return pl.col(part) if isinstance(part, str) else pl.coalesce(part)


def first(*parts: Field) -> pl.Expr:
    """Return the first of several fields that has a value."""
    return pl.coalesce(*(as_text(part) for part in parts))


def split(separator: str, column: str) -> pl.Expr:
    """Return a trace of a column whose values are lists."""
    return pl.col(column).str.split(separator)
