"""The last step of every loader: acts kept once, counts and facts of the rows kept, and the ledger closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.account_rows import accounts_from_rows, gather_accounts, latest_facts
from forensics.loaders.normalising.act_rows import acts_from_posts
from forensics.loaders.normalising.repeated_rows import first_of_each, keep_once, sliced
from forensics.loaders.normalising.repost_events import with_whole_reposts
from forensics.loaders.normalising.row_ledger import Rejects, source
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile
from forensics.spool import Spool, Stored, slices_of

_COUNTED = ("likes", "comments", "shares", "views", "reach", "love", "wow", "haha", "sad", "angry", "care")
LATEST_COUNTS = (
    -pl.col("captured_at").to_physical().fill_null(0),
    -pl.sum_horizontal(pl.col(name).fill_null(0) for name in _COUNTED),
)
"""The counts of a post that were collected last are kept, or where that is not known the highest, as counts grow."""

_SLICE = 100_000

Rows = Callable[[pl.DataFrame], pl.DataFrame]
"""Makes of a slice's rows those of a table, each row for itself."""


def dataset_from_table(
    loader: str,
    options: ReadOptions,
    table: TableFile,
    posts: Rows,
    facts: Rows | None = None,
    counts: Rows | None = None,
    platform: str | None = None,
) -> Dataset:
    """Make a data set of a table's rows.

    Args:
        options: of the reading; ``camp`` among the settings is given to every act and post.
        table: what was read; its rejects and notes are closed here.
        posts: makes what ``act_rows.acts_from_posts`` takes.
        facts: makes what ``account_rows.accounts_from_rows`` takes.
        counts: makes ``_row`` and columns of ``schema.POSTS``; rows without post or account are left out.
        platform: of the accounts and posts.
    """
    camp = options.settings.get("camp")
    acts, stated_facts, counted = Spool(schema.ACTIONS.schema), Spool(pl.Schema()), Spool(pl.Schema())
    for part in table.slices(is_last=True):
        for rows in [part] if part.height <= _SLICE else part.iter_slices(_SLICE):
            made = posts(rows)
            if camp is not None:
                made = made.with_columns(camp=pl.lit(camp))
            acts.append(acts_from_posts(made, table.rejects, options.source_id, is_timed=table.is_timed))
            if facts is not None:
                stated_facts.append(latest_facts(facts(rows)))
            if counts is not None:
                measured = counts(rows)
                if "platform" not in measured.columns:
                    measured = measured.with_columns(platform=pl.lit(platform, pl.String))
                counted.append(measured)
            options.progress("reading rows", int(rows[ROW][-1]) if rows.height else 0, table.n_rows)
    table.rows = schema.empty(schema.ACTIONS)  # of a large file the rows are no longer needed beside the acts
    latest = counts_table(counted.finish(), table.rejects, options)
    actions = keep_once(with_whole_reposts(acts.finish()), table.rejects, counted_rows(latest))
    accounts = gather_accounts(
        stated_facts.finish(), lambda rows: accounts_from_rows(rows, options.source_id, platform)
    )
    ledger = source(table.file, loader, options, table.n_rows, table.rejects, table.notes, table.unmapped)
    return Dataset(actions=actions, accounts=accounts, posts=latest, sources=(ledger,))


def dataset_from_payments(
    loader: str, options: ReadOptions, table: TableFile, money: Rows, facts: Rows, platform: str
) -> Dataset:
    """Make a data set of a table of payments.

    Args:
        options: of the reading; ``camp`` among the settings is given to every payment.
        table: what was read; its rejects and notes are closed here.
        money: makes ``source_row`` and columns of ``schema.MONEY``.
        facts: makes what ``account_rows.accounts_from_rows`` takes.
        platform: of the accounts.
    """
    named = {"source_id": options.source_id, "camp": options.settings.get("camp")}
    payments, stated_facts = Spool(schema.MONEY.schema), Spool(pl.Schema())
    for rows in table.slices(is_last=True):
        made = money(rows).with_columns(pl.lit(value, pl.String).alias(name) for name, value in named.items())
        payments.append(schema.conform(made, schema.MONEY))
        stated_facts.append(latest_facts(facts(rows)))
    accounts = gather_accounts(
        stated_facts.finish(), lambda rows: accounts_from_rows(rows, options.source_id, platform)
    )
    ledger = source(table.file, loader, options, table.n_rows, table.rejects, table.notes, table.unmapped)
    return Dataset(accounts=accounts, money=payments.finish(), sources=(ledger,))


def dataset_from_accounts(
    loader: str, options: ReadOptions, table: TableFile, facts: Rows, platform: str | None
) -> Dataset:
    """Make a data set of a table of accounts that holds no acts.

    Args:
        table: what was read; its rejects and notes are closed here.
        facts: makes what ``account_rows.accounts_from_rows`` takes.
        platform: of the accounts.
    """
    stated_facts = Spool(pl.Schema())
    for rows in table.slices(is_last=True):
        stated_facts.append(latest_facts(facts(rows)))
    accounts = gather_accounts(
        stated_facts.finish(), lambda rows: accounts_from_rows(rows, options.source_id, platform)
    )
    ledger = source(table.file, loader, options, table.n_rows, table.rejects, table.notes, table.unmapped)
    return Dataset(accounts=accounts, sources=(ledger,))


def counts_table(counts: Stored, rejects: Rejects, options: ReadOptions) -> Stored:
    """Return ``schema.POSTS`` of rows with ``_row``, the counts collected last of each post; without those rejected."""
    camp = options.settings.get("camp")
    if not counts.height:
        return schema.empty(schema.POSTS)
    named = pl.col("post_id").is_not_null() & pl.col("account_id").is_not_null()
    kept = Spool(schema.POSTS.schema)
    for part in slices_of(counts):
        rows = rejects.left(part.filter(named), ROW)
        rows = rows.with_columns(source_id=pl.lit(options.source_id), source_row=pl.col(ROW)).drop(ROW)
        if camp is not None:
            rows = rows.with_columns(camp=pl.lit(camp))
        kept.append(schema.conform(rows, schema.POSTS))
    return first_rows(kept.finish(), ("post_id", "account_id"), LATEST_COUNTS)


def counted_rows(counts: Stored) -> pl.Series:
    """Return the rows whose counts are kept."""
    parts = [rows["source_row"] for rows in slices_of(counts, ["source_row"])]
    return pl.concat([pl.Series("source_row", [], dtype=pl.Int64), *parts])


def first_rows(table: Stored, key: Sequence[str | pl.Expr], ranks: Sequence[pl.Expr] = ()) -> Stored:
    """Return the first row of each key by its ranks, in the order of the rows."""
    is_first = first_of_each(table, key, ranks)
    if is_first.all() or not table.height:
        return table
    kept = Spool(next(slices_of(table)).schema)
    for part, first in sliced(table, is_first):
        kept.append(part.filter(first))
    return kept.finish()
