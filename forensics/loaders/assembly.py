"""The last step of every loader: acts kept once, counts and facts of the rows kept, and the ledger closed."""

from __future__ import annotations

import polars as pl

from forensics import schema
from forensics.loaders.accounts import accounts_from_rows
from forensics.loaders.acts import acts_from_posts, keep_once
from forensics.loaders.dialect import ROW
from forensics.loaders.ledger import source
from forensics.loaders.parts import ReadOptions
from forensics.loaders.tables import TableFile
from forensics.model import Dataset

__all__ = ["counts_table", "dataset_from_table"]


def dataset_from_table(
    loader: str,
    options: ReadOptions,
    table: TableFile,
    posts: pl.DataFrame,
    facts: pl.DataFrame | None = None,
    counts: pl.DataFrame | None = None,
    platform: str | None = None,
) -> Dataset:
    """Make a data set of a table's rows.

    Args:
        loader: its name.
        options: of the reading; ``camp`` among the settings is given to every act and post.
        table: what was read; its rejects and notes are closed here.
        posts: for ``acts.acts_from_posts``.
        facts: for ``accounts.accounts_from_rows``.
        counts: ``_row`` and columns of ``schema.POSTS``; rows without post or account are left out.
        platform: of the accounts and posts.
    """
    camp = options.settings.get("camp")
    if camp is not None:
        posts = posts.with_columns(camp=pl.lit(camp))
    actions = keep_once(acts_from_posts(posts, table.rejects, options.source_id), table.rejects)
    accounts = schema.empty(schema.ACCOUNTS)
    if facts is not None:
        accounts = accounts_from_rows(facts, options.source_id, platform)
    measured = schema.empty(schema.POSTS)
    if counts is not None:
        kept = counts.filter(~pl.col(ROW).is_in(sorted(table.rejects.rows())))
        measured = counts_table(kept.with_columns(platform=pl.lit(platform)), options)
    ledger = source(table.file, loader, options, table.n_rows, table.rejects, table.notes)
    return Dataset(actions=actions, accounts=accounts, posts=measured, sources=(ledger,))


def counts_table(counts: pl.DataFrame, options: ReadOptions) -> pl.DataFrame:
    """Return ``schema.POSTS`` of rows with ``_row``, the first of each post."""
    camp = options.settings.get("camp")
    rows = counts.filter(pl.col("post_id").is_not_null() & pl.col("account_id").is_not_null())
    rows = rows.unique(["post_id", "account_id"], keep="first", maintain_order=True)
    rows = rows.with_columns(source_id=pl.lit(options.source_id), source_row=pl.col(ROW)).drop(ROW)
    if camp is not None:
        rows = rows.with_columns(camp=pl.lit(camp))
    return schema.conform(rows, schema.POSTS)
