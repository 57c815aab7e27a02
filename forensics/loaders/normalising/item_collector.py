"""The collector that a JSON loader fills item by item; it writes the tables in batches, one in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import msgspec
import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.account_rows import accounts_from_rows, gather_accounts
from forensics.loaders.normalising.act_rows import TRACES, acts_from_posts
from forensics.loaders.normalising.item_records import AccountFacts, Payment, Post, PostCounts
from forensics.loaders.normalising.redaction import BLACKED_OUT, PSEUDONYM, PSEUDONYMS, REDACTED, blacked_out
from forensics.loaders.normalising.repeated_rows import keep_once
from forensics.loaders.normalising.row_ledger import Rejects, source
from forensics.loaders.normalising.table_assembly import counted_rows, counts_table
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import DataFile
from forensics.messages import Message, Text, counted, message
from forensics.spool import Spool, Stored, slices_of

_BATCH = 20_000
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

    A loader calls ``next_row`` for each item, then adds what it holds or rejects it. An item with which neither
    was done is rejected when the next one begins.
    """

    options: ReadOptions
    rejects: Rejects = field(default_factory=Rejects)
    notes: list[Text] = field(default_factory=list)
    tallies: Counter[Message] = field(default_factory=Counter)
    row: int = 0
    unmapped: FieldCount = field(default_factory=FieldCount)
    _is_used: bool = True
    _n_blacked: int = 0
    _posts: list[Post] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _facts: dict[tuple[str | None, str], tuple[int, AccountFacts]] = field(default_factory=dict)
    _counts: list[tuple[int, PostCounts]] = field(default_factory=list)
    _payments: list[tuple[int, Payment]] = field(default_factory=list)
    _acts: Spool = field(default_factory=lambda: Spool(schema.ACTIONS.schema))
    _spools: dict[str, Spool] = field(default_factory=lambda: {name: Spool(_schema(name)) for name in _RECORDS})

    def next_row(self) -> int:
        """Begin the next item and return its number, from 1."""
        self._close_row()
        if max(len(self._posts), len(self._facts), len(self._counts), len(self._payments)) >= _BATCH:
            self._flush()
        self.row += 1
        self._is_used = False
        return self.row

    def _close_row(self) -> None:
        if not self._is_used and self.row not in self.rejects:
            self.rejects.add(self.row, "holds no post and no fact that could be read")

    def reject(self, reason: Text, excerpt: str | None = None) -> None:
        """Reject the item at hand."""
        self.rejects.add(self.row, reason, excerpt)

    def look(self, item: bytes, decoder: msgspec.json.Decoder[Any], part: str | None = None) -> None:
        """Count the fields of an item, or of a part of it, that its decoder leaves out."""
        if decoder.type not in (Any, msgspec.Raw):
            self.unmapped.look(item, decoder.type, part)

    def count(self, what: str, by: int = 1, **fields: object) -> None:
        """Count something for the notes, which say ``what``, its values in braces, and how many."""
        if by:
            self.tallies[message(what, **fields)] += by

    def post(self, post: Post, stated_time: object = None) -> bool:
        """Add a post; one without an account or a time rejects the item, unless it is mere context.

        Args:
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
        if post.account_id in REDACTED:
            if not post.is_context:
                self._n_blacked += 1
                self.reject(BLACKED_OUT, post.account_id)
            return False
        self._is_used = self._is_used or not post.is_context
        self._posts.append(post)
        self._rows.append(self.row)
        return True

    def facts(self, facts: AccountFacts) -> None:
        """Add facts of an account; of each the latest counts, later rows winning a tie."""
        self._is_used = True
        key = (facts.platform, facts.account_id)
        known = self._facts.get(key)
        if known is None:
            self._facts[key] = (self.row, facts)
            return
        row, earlier, later = self.row, known[1], facts
        if (facts.captured_at or 0) < (earlier.captured_at or 0):
            row, earlier, later = known[0], facts, earlier
        left = {
            name: value
            for name in later.__struct_fields__
            if getattr(later, name) is None and (value := getattr(earlier, name)) is not None
        }
        self._facts[key] = (row, msgspec.structs.replace(later, **left) if left else later)

    def counts(self, counts: PostCounts) -> None:
        """Add the counts of a post."""
        self._is_used = True
        self._counts.append((self.row, counts))

    def payment(self, payment: Payment) -> None:
        """Add a payment."""
        self._is_used = True
        self._payments.append((self.row, payment))

    def _flush(self) -> None:
        """Put the batch into the tables; not within an item, whose acts stay together."""
        if self._posts:
            self._acts.append(acts_from_posts(self._frame(), self.rejects, self.options.source_id))
            self._posts, self._rows = [], []
            self.options.progress("reading posts", self.row, 0)
        for name, rows in (
            ("accounts", list(self._facts.values())),
            ("posts", self._counts),
            ("money", self._payments),
        ):
            self._spools[name].append(_rows_frame(rows, name))
        self._facts, self._counts, self._payments = {}, [], []

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
        camp = self.options.settings.get("camp")
        if camp is not None:
            columns.append(pl.Series("camp", [camp], dtype=pl.String).new_from_index(0, len(posts)))
        frame = pl.DataFrame(columns)
        blank = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in _STRINGS]
        return frame.with_columns(blank)

    def dataset(self, loader: str, file: DataFile) -> Dataset:
        """Close the ledger and return the tables.

        Raises:
            InputFileError: most of the accounts are blacked out.
        """
        self._close_row()
        if 2 * self._n_blacked > self.row:
            raise blacked_out(file.name)
        self._is_used = True
        self._flush()
        facts, counts, payments = (self._spools[name].finish() for name in _RECORDS)
        measured = counts_table(counts, self.rejects, self.options)
        actions = keep_once(self._acts.finish(), self.rejects, counted_rows(measured))
        if _are_pseudonyms(actions):
            self.notes.append(PSEUDONYMS)
        tallied = sorted(self.tallies.items(), key=lambda pair: str(pair[0]))
        notes = [*self.notes, *(counted(what.key, number, **what.fields) for what, number in tallied)]
        return Dataset(
            actions=actions,
            accounts=gather_accounts(facts, lambda rows: accounts_from_rows(rows, self.options.source_id)),
            posts=measured,
            money=self._money(payments),
            sources=(source(file, loader, self.options, self.row, self.rejects, notes, self.unmapped),),
        )

    def _money(self, payments: Stored) -> Stored:
        money = Spool(schema.MONEY.schema)
        named = {"source_id": self.options.source_id, "camp": self.options.settings.get("camp")}
        for rows in slices_of(payments):
            named_rows = rows.with_columns(pl.lit(value, pl.String).alias(name) for name, value in named.items())
            money.append(schema.conform(named_rows.rename({ROW: "source_row"}), schema.MONEY))
        return money.finish()


def _are_pseudonyms(actions: Stored) -> bool:
    """Return whether most acts are of accounts that were given pseudonyms."""
    made = [rows["account_id"].str.contains(PSEUDONYM) for rows in slices_of(actions, ["account_id"])]
    return 2 * sum(part.sum() for part in made) > actions.height


_RECORDS: dict[str, Any] = {"accounts": AccountFacts, "posts": PostCounts, "money": Payment}


def _schema(name: str) -> pl.Schema:
    return _rows_frame([], name).schema


def _rows_frame(rows: Sequence[tuple[int, Any]], name: str) -> pl.DataFrame:
    """Return ``_row`` and the fields of the records that are columns of a table."""
    columns = [pl.Series(ROW, [row for row, _ in rows], dtype=pl.Int64)]
    records = [record for _, record in rows]
    types = next(table.schema for table in schema.TABLES if table.name == name)
    for column in _RECORDS[name].__struct_fields__:
        dtype = types[column]
        values = list(map(attrgetter(column), records))
        if dtype == pl.Int64:
            columns.append(_counts(column, values))
        else:
            columns.append(pl.Series(column, values, dtype=pl.Int64 if dtype == schema.TIME else dtype).cast(dtype))
    return pl.DataFrame(columns)


def _counts(column: str, values: list[int | None]) -> pl.Series:
    """Return whole numbers; those that no count can be are null."""
    try:
        numbers = pl.Series(column, values, dtype=pl.Int64)
    except (OverflowError, TypeError, pl.exceptions.PolarsError):
        fits = [value if value is not None and -(2**63) <= value < 2**63 else None for value in values]
        numbers = pl.Series(column, fits, dtype=pl.Int64)
    if column == "utc_offset_s" or not (numbers < 0).any():
        return numbers
    return numbers.to_frame().select(pl.when(pl.col(column) >= 0).then(column)).to_series()
