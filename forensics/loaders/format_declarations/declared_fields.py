"""What declarations of formats make of columns more than once: ids in addresses, times in ids, words that mean yes."""

from __future__ import annotations

import polars as pl

from forensics import schema
from forensics.loaders.normalising.cell_values import as_country, as_flag
from forensics.loaders.times.tweet_id_times import snowflake_ms

_REPOST = r"^(?:RT|QT)\s+@(\w+):?"


def tweet_in(column: str) -> pl.Expr:
    """Return the id of the tweet in each address."""
    return pl.col(column).str.extract(r"/status(?:es)?/(\d+)")


def tweet_time(ids: pl.Expr | str) -> pl.Expr:
    """Return the time in each tweet's id, written in UTC; null where an id holds none."""
    return (snowflake_ms(ids) * 1000).cast(schema.TIME).dt.strftime("%Y-%m-%d %H:%M:%S%.3f+00:00")


def is_yes(column: str) -> pl.Expr:
    """Return whether a column says yes."""
    return as_flag(pl.col(column)).fill_null(value=False)


def bare(column: str) -> pl.Expr:
    """Return names without the ``@`` before them."""
    return pl.col(column).str.strip_chars().str.strip_prefix("@")


def only_where(condition: pl.Expr, value: pl.Expr | str) -> pl.Expr:
    """Return a value where a condition holds, null elsewhere."""
    return pl.when(condition).then(pl.col(value) if isinstance(value, str) else value)


def titled(title: str, text: str) -> pl.Expr:
    """Return a text below its title, or the one of them that there is; a title that begins the text stands once."""
    words = pl.col(text).fill_null("")
    head = pl.when(~words.str.starts_with(pl.col(title))).then(pl.col(title))
    whole = pl.concat_str(head, pl.col(text), separator="\n", ignore_nulls=True)
    return pl.when(whole != "").then(whole)


def hashtags_in(column: str) -> pl.Expr:
    """Return the hashtags that stand in a text."""
    return pl.col(column).str.extract_all(r"#\w+")


def mentions_in(column: str) -> pl.Expr:
    """Return the accounts that a text mentions."""
    found = pl.col(column).str.extract_all(r"(?:^|[^\w@/])@\w+")
    return found.list.eval(pl.element().str.extract(r"@(\w+)$"))


def reposted_name(column: str) -> pl.Expr:
    """Return whom a text repeats that begins with ``RT @name:``; null where it repeats nobody."""
    return pl.col(column).str.extract(_REPOST)


def of_platform(platform: pl.Expr, *names: str) -> pl.Expr:
    """Return accounts of which only names are known, each behind its platform: one name can be two accounts."""
    return pl.format("{}/{}", platform.fill_null("web"), pl.coalesce(names))


def stated_country(*columns: str) -> pl.Expr:
    """Return the first code of a country among columns."""
    return pl.coalesce(*(as_country(pl.col(column)) for column in columns))
