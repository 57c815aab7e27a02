"""The four tables of a data set, and the ledgers of the files that they were read from.

A loader makes them and a detector reads them. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import overload

import polars as pl

from forensics import schema
from forensics.html_table import html_table
from forensics.messages import Message
from forensics.spool import Spool, Spooled, Stored, slices_of


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file that was read, and its ledger: every row kept or rejected.

    Attributes:
        source_id: ``s1``, ``s2``, ... in the order of the case file; the tables' ``source_id``.
        name: the file's own name, without the folders of the machine it lay on.
        sha256: of the bytes on disk, hexadecimal.
        n_bytes: size on disk, bytes.
        loader: the name of the loader that read it.
        rows_read: rows of data in the file, the header not counted.
        rows_kept: rows that became at least one row of a table.
        rejected: ``schema.REJECTED``; one row for each that did not.
        notes: what was guessed, repaired or could not be used, each a message.
        unmapped: the fields that no table has room for, and in how many of the rows looked at each has a value.
        n_looked: rows looked at for that: all of a table's, of JSON the first thousands and a sample.
    """

    source_id: str
    name: str
    sha256: str
    n_bytes: int
    loader: str
    rows_read: int
    rows_kept: int
    rejected: pl.DataFrame
    notes: tuple[Message, ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)
    n_looked: int = 0

    def __post_init__(self) -> None:
        """Check that every row read is either kept or rejected."""
        if self.rows_read != self.rows_kept + self.rejected.height:
            raise AssertionError(
                f"the ledger of {self.name} does not add up: {self.rows_read} rows read, {self.rows_kept} kept, "
                f"{self.rejected.height} rejected"
            )


class _Table:
    """A field of ``Dataset`` that takes a table from memory or disk and gives it as a frame."""

    def __init__(self, table: schema.Table) -> None:
        self._table = table

    @overload
    def __get__(self, holder: None, owner: object) -> None: ...
    @overload
    def __get__(self, holder: Dataset, owner: object) -> pl.DataFrame: ...
    def __get__(self, holder: Dataset | None, owner: object) -> pl.DataFrame | None:
        if holder is None:
            return None
        stored = holder.stored(self._table.name)
        return stored.collect() if isinstance(stored, Spooled) else stored

    def __set__(self, holder: Dataset, value: Stored | None) -> None:
        holder.__dict__[self._table.name] = schema.empty(self._table) if value is None else value


@dataclass(frozen=True, eq=False)
class Dataset:
    """The four tables and the sources they were read from.

    A large table lies on disk (``forensics.spool``). As an attribute each is a frame, read whole when it is asked for;
    ``slices`` and ``lazy`` give a large one in pieces or for a query.

    Attributes:
        actions: ``schema.ACTIONS``.
        accounts: ``schema.ACCOUNTS``.
        posts: ``schema.POSTS``.
        money: ``schema.MONEY``.
        sources: one for each file, in the order read.
    """

    actions: _Table = _Table(schema.ACTIONS)
    accounts: _Table = _Table(schema.ACCOUNTS)
    posts: _Table = _Table(schema.POSTS)
    money: _Table = _Table(schema.MONEY)
    sources: tuple[Source, ...] = ()

    def stored(self, name: str) -> Stored:
        """Return a table as it is kept."""
        stored: Stored = self.__dict__[name]
        return stored

    def height(self, name: str) -> int:
        """Return a table's number of rows."""
        return self.stored(name).height

    def slices(self, name: str) -> Iterator[pl.DataFrame]:
        """Yield a table's rows in order, a large one's in pieces."""
        return slices_of(self.stored(name))

    def lazy(self, name: str) -> pl.LazyFrame:
        """Return a table for a query; the data set must outlive it."""
        return self.stored(name).lazy()

    def latest_accounts(self, known: str | None = None) -> pl.DataFrame:
        """Return each account as it was captured last, in order of ``account_id``.

        Args:
            known: a column; captures that leave it open are passed over.
        """
        captures = self.accounts if known is None else self.accounts.drop_nulls(known)
        order = ("account_id", "captured_at", "source_id", "source_row")
        return captures.sort(*order, nulls_last=False).unique("account_id", keep="last", maintain_order=True)

    def _repr_html_(self) -> str:
        """Return what was read for a notebook: the size of each table, and each file's ledger."""
        sizes = ", ".join(f"{self.height(table.name):,} {table.name}" for table in schema.TABLES)
        header = ("id", "file", "format", "rows read", "rejected", "notes")
        rows = (
            (
                each.source_id,
                each.name,
                each.loader,
                each.rows_read,
                each.rejected.height,
                " ".join(map(str, each.notes)),
            )
            for each in self.sources
        )
        return html_table(sizes, header, rows)

    def with_times(self) -> Dataset:
        """Return the data set without the acts that have no time; itself where every act has one."""
        if not any(rows["acted_at"].null_count() for rows in self.slices("actions")):
            return self
        timed = Spool(schema.ACTIONS.schema)
        for rows in self.slices("actions"):
            timed.append(rows.filter(pl.col("acted_at").is_not_null()))
        tables = {table.name: self.stored(table.name) for table in schema.TABLES} | {"actions": timed.finish()}
        return Dataset(**tables, sources=self.sources)

    def with_sources(self, sources: tuple[Source, ...]) -> Dataset:
        """Return the same tables with other sources."""
        return Dataset(**{table.name: self.stored(table.name) for table in schema.TABLES}, sources=sources)
