"""What a JSON loader fills item by item, turned into the tables in batches so that memory holds only the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import polars as pl

from forensics import schema
from forensics.loaders.accounts import accounts_from_rows
from forensics.loaders.acts import TRACES, acts_from_posts, keep_once
from forensics.loaders.assembly import counts_table
from forensics.loaders.dialect import ROW
from forensics.loaders.files import DataFile
from forensics.loaders.ledger import Rejects, source
from forensics.loaders.parts import ReadOptions
from forensics.loaders.records import AccountFacts, Payment, Post, PostCounts
from forensics.model import Dataset

__all__ = ["Collector"]

_BATCH = 50_000
_LISTS = {
    "url": "urls",
    "hashtag": "hashtags",
    "media": "media",
    "account": "accounts",
    "page": "pages",
    "place": "places",
}
_BETWEEN = "\x1f"
_STRINGS = (
    *("account_id", "time_precision", "action", "post_id", "object_id", "object_kind", "text", "language", "client"),
    *("country", "permalink"),
)


@dataclass(slots=True)
class Collector:
    """The rows of one file so far.

    A loader calls ``next_row`` for each item, then says what it holds or why it holds nothing. An item of which nothing
    was said is rejected when the next one begins.
    """

    options: ReadOptions
    rejects: Rejects = field(default_factory=Rejects)
    notes: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    row: int = 0
    _is_used: bool = True
    _posts: list[Post] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _acts: list[pl.DataFrame] = field(default_factory=list)
    _facts: dict[str, tuple[int, AccountFacts]] = field(default_factory=dict)
    _counts: list[tuple[int, PostCounts]] = field(default_factory=list)
    _payments: list[tuple[int, Payment]] = field(default_factory=list)

    def next_row(self) -> int:
        """Begin the next item and return its number, from 1."""
        self._close_row()
        self.row += 1
        self._is_used = False
        return self.row

    def _close_row(self) -> None:
        if not self._is_used and self.row not in self.rejects:
            self.rejects.add(self.row, "holds no post and no fact that could be read")

    def reject(self, reason: str, excerpt: str | None = None) -> None:
        """Reject the item at hand."""
        self.rejects.add(self.row, reason, excerpt)

    def count(self, what: str) -> None:
        """Count something for the notes, which say ``what`` and how many."""
        self.said[what] += 1

    def post(self, post: Post, stated_time: object = None) -> bool:
        """Add a post; one without an account or a time rejects the item, unless it is mere context.

        Args:
            post: the post.
            stated_time: what the source has for its time, for the reason.

        Returns:
            Whether it was added.
        """
        if not post.account_id or post.acted_at is None:
            if not post.is_context:
                reason = (
                    "no account" if not post.account_id else "no time" if stated_time is None else "unreadable time"
                )
                self.reject(reason, None if stated_time is None else str(stated_time))
            return False
        self._is_used = self._is_used or not post.is_context
        self._posts.append(post)
        self._rows.append(self.row)
        if len(self._posts) >= _BATCH:
            self._flush()
        return True

    def facts(self, facts: AccountFacts) -> None:
        """Add facts of an account; of several the latest counts, later rows winning a tie."""
        self._is_used = True
        known = self._facts.get(facts.account_id)
        if known is None or (facts.captured_at or 0) >= (known[1].captured_at or 0):
            self._facts[facts.account_id] = (self.row, facts)

    def counts(self, counts: PostCounts) -> None:
        """Add the counts of a post."""
        self._is_used = True
        self._counts.append((self.row, counts))

    def payment(self, payment: Payment) -> None:
        """Add a payment."""
        self._is_used = True
        self._payments.append((self.row, payment))

    def _flush(self) -> None:
        if self._posts:
            self._acts.append(acts_from_posts(self._frame(), self.rejects, self.options.source_id))
            self._posts, self._rows = [], []
            self.options.progress("reading posts", self.row, 0)

    def _frame(self) -> pl.DataFrame:
        posts = self._posts
        columns = [
            pl.Series(ROW, self._rows, dtype=pl.Int64),
            *(pl.Series(name, list(map(attrgetter(name), posts)), dtype=pl.String) for name in _STRINGS),
            pl.Series("acted_at", [post.acted_at for post in posts], dtype=pl.Int64).cast(schema.TIME),
            pl.Series("latitude", [post.latitude for post in posts], dtype=pl.Float64),
            pl.Series("longitude", [post.longitude for post in posts], dtype=pl.Float64),
            pl.Series("is_context", [post.is_context for post in posts], dtype=pl.Boolean),
        ]
        for kind, name in _LISTS.items():
            values = list(map(attrgetter(name), posts))
            if any(values):
                # A joined string is several times quicker to hand over than a list of lists.
                joined = [_BETWEEN.join(value) if value else None for value in values]
                columns.append(pl.Series(TRACES[kind], joined, dtype=pl.String).str.split(_BETWEEN))
        frame = pl.DataFrame(columns)
        blank = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in _STRINGS]
        return frame.with_columns(blank)

    def dataset(self, loader: str, file: DataFile) -> Dataset:
        """Close the ledger and return the tables."""
        self._close_row()
        self._is_used = True
        self._flush()
        acts = pl.concat(self._acts) if self._acts else schema.empty(schema.ACTIONS)
        self._acts = []
        actions = keep_once(acts, self.rejects)
        camp = self.options.settings.get("camp")
        if camp is not None:
            actions = actions.with_columns(camp=pl.lit(camp))
        facts = _rows_frame(list(self._facts.values()), schema.ACCOUNTS)
        accounts = accounts_from_rows(facts, self.options.source_id) if facts.height else schema.empty(schema.ACCOUNTS)
        counts = _rows_frame(self._counts, schema.POSTS).filter(~pl.col(ROW).is_in(sorted(self.rejects.rows())))
        money = _rows_frame(self._payments, schema.MONEY).with_columns(
            source_id=pl.lit(self.options.source_id), source_row=pl.col(ROW), camp=pl.lit(camp, pl.String)
        )
        notes = [*self.notes, *(f"{what}: {number:,}." for what, number in sorted(self.said.items()) if number)]
        return Dataset(
            actions=actions,
            accounts=accounts,
            posts=counts_table(counts, self.options),
            money=schema.conform(money.drop(ROW), schema.MONEY),
            sources=(source(file, loader, self.options, self.row, self.rejects, notes),),
        )


def _rows_frame(rows: Sequence[tuple[int, Any]], table: schema.Table) -> pl.DataFrame:
    """Return ``_row`` and the fields of the records that are columns of a table."""
    numbers = pl.Series(ROW, [row for row, _ in rows], dtype=pl.Int64)
    kinds = {"accounts": AccountFacts, "posts": PostCounts, "money": Payment}
    fields = kinds[table.name].__struct_fields__
    columns = [numbers]
    for name in fields:
        dtype = table.schema[name]
        values = [getattr(record, name) for _, record in rows]
        if dtype == pl.Int64:
            values = [
                value if value is None or 0 <= value < 2**63 or name == "utc_offset_s" else None for value in values
            ]
        column = pl.Series(name, values, dtype=pl.Int64 if dtype == schema.TIME else dtype)
        columns.append(column.cast(dtype))
    return pl.DataFrame(columns)
