"""Posts that pass another on or answer one, in tables that have no column for what was done.

They say so by a flag (``is_retweet``), by the other post's id (``in_reply_to_status_id``), or by the words with which
Twitter begins a retweet (``RT @name:``). What a repost carries was written by somebody else: read as posts of their
own, the retweets of one post would be a crowd that wrote the same words.

Source: https://developer.x.com/en/docs/twitter-api/v1/data-dictionary/object-model/tweet (2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from forensics.loaders.generic_tables.column_guessing import ColumnMap
from forensics.loaders.generic_tables.header_names import plain_name
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import as_flag
from forensics.loaders.reading.table_preview import Preview

_FLAGS = ("is_retweet", "is_rt", "is_repost", "is_reblog", "is_forward", "is_forwarded", "is_share", "retweet")
_IDS = {
    "repost": (
        *("retweeted_status_id_str", "retweeted_status_id", "retweet_status_id", "retweeted_tweet_id", "retweet_id"),
        *("reposted_id", "reblog_of_id", "shared_post_id", "retweet_of", "retweet_of_id", "repost_of", "repost_of_id"),
    ),
    "quote": ("quoted_status_id_str", "quoted_status_id", "quoted_tweet_id", "quoted_post_id"),
    "reply": (
        *("in_reply_to_status_id_str", "in_reply_to_status_id", "in_reply_to_tweet_id", "in_reply_to_post_id"),
        *("in_reply_to_id", "reply_to_status_id", "reply_to_tweet_id", "replied_to_id"),
    ),
}
_RETWEET = r"^RT @\w+:"
_NONE = ("0", "-1", "none", "nan", "null", "[]", "{}")
"""What programs write where there is no other post."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Where a table says that a post passes another on or answers one.

    Attributes:
        text: the column of the words.
        flag: a column that says yes or no.
        ids: what was done, to the column of the other post's id.
    """

    text: str | None = None
    flag: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> set[str]:
        """Return the columns besides that of the words."""
        return {*self.ids.values(), *((self.flag,) if self.flag else ())}

    def acts(self) -> list[pl.Expr]:
        """Return what each row is and what it is done to, as columns of ``schema.ACTIONS``."""
        others = {action: _id(column) for action, column in self.ids.items()}
        none = pl.lit(None, pl.String)
        passes = [others["repost"].is_not_null()] if "repost" in others else []
        passes += [as_flag(pl.col(self.flag)).fill_null(value=False)] if self.flag else []
        passes += [pl.col(self.text).cast(pl.String).str.contains(_RETWEET).fill_null(value=False)] if self.text else []
        is_repost = pl.any_horizontal(pl.lit(value=False), *passes)
        quoted, answered = others.get("quote", none), others.get("reply", none)
        action = pl.when(answered.is_not_null()).then(pl.lit("reply")).otherwise(pl.lit("post"))
        action = pl.when(quoted.is_not_null() & answered.is_null()).then(pl.lit("quote")).otherwise(action)
        other = pl.when(is_repost).then(others.get("repost", none)).otherwise(pl.coalesce(answered, quoted))
        return [pl.when(is_repost).then(pl.lit("repost")).otherwise(action).alias("action"), other.alias("object_id")]


def passed_on(start: Preview, mapping: ColumnMap, options: ReadOptions) -> Passed | None:
    """Return where a table says which posts pass another on or answer one; None where its rows are other acts."""
    if mapping.holds_accounts or mapping.is_own or mapping.action != "post" or "action" in options.settings:
        return None
    if {"action", "object", "object_kind"} & mapping.columns.keys():
        return None
    taken = {*mapping.columns.values(), *mapping.objects.values()}
    names = {plain_name(column): column for column in start.columns if column not in taken}
    flag = next((names[name] for name in _FLAGS if name in names and _is_flag(start, names[name])), None)
    ids = {action: next((names[name] for name in known if name in names), "") for action, known in _IDS.items()}
    text = mapping.columns.get("text") or mapping.objects.get("text")
    return Passed(text, flag, {action: column for action, column in ids.items() if column})


def _id(column: str) -> pl.Expr:
    value = pl.col(column).cast(pl.String).str.strip_chars()
    return pl.when((value != "") & ~value.str.to_lowercase().is_in(_NONE)).then(value)


def _is_flag(start: Preview, column: str) -> bool:
    """Return whether a column's values are yes and no; numbers are counts, unless its name says what each row is."""
    values = start.values(column).drop_nulls().cast(pl.String)
    is_count = not plain_name(column).startswith("is_") and values.str.contains(r"^\d").any()
    is_flag = values.to_frame("_").select(as_flag(pl.col("_")).is_not_null().all()).item()
    return bool(values.len() and is_flag and not is_count)
