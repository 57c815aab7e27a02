"""The four tables every loader fills and every detector reads: their columns, types and units.

A column is declared once, here. Ids are strings and are never parsed as numbers. Times are UTC in microseconds, each
beside the precision at which its source kept it. Missing is null, never 0 or the empty string.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from forensics.errors import InputFileError

TIME = pl.Datetime("us", "UTC")
ACTION = pl.Enum(["post", "repost", "quote", "reply", "like", "follow", "rate", "comment", "view", "join"])
OBJECT_KIND = pl.Enum(["post", "url", "domain", "hashtag", "text", "media", "account", "page", "place"])
PRECISION = pl.Enum(["ms", "s", "min", "day", "estimated"])

PRECISION_S = {"ms": 0.001, "s": 1.0, "min": 60.0, "day": 86_400.0, "estimated": float("inf")}
"""The step between two neighbouring times of a precision, in seconds."""

IS_OBSERVED = ~pl.col("is_context").fill_null(value=False)
"""Of the rows of ``ACTIONS``: those that were observed, and did not merely come along with an observed act."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: its name, the same in every table that has it.
        dtype: its polars type, the same in every table that has it.
        text: what it means, with its unit.
        required: whether a row without it is rejected.
    """

    name: str
    dtype: pl.DataType
    text: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pl.Schema:
        """Return the polars schema."""
        return pl.Schema({column.name: column.dtype for column in self.columns})


_STRING, _INT, _FLOAT, _FLAG = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean()

_ACCOUNT_ID = Column("account_id", _STRING, "who acted; a string, never a number", required=True)
_CAMP = Column("camp", _STRING, "the side of the campaign that the case file gives it, if any")
_LANGUAGE = Column("language", _STRING, "BCP 47 code as the platform states it")
_PERMALINK = Column("permalink", _STRING, "address at which the act can be seen")
_TIME_PRECISION = Column("time_precision", PRECISION, "how finely the source kept the time")
_CAPTURED_AT = Column("captured_at", TIME, "when this was collected, UTC")
_TEXT = Column("text", _STRING, "what was written")
_ORIGIN = (
    Column("source_id", _STRING, "the file it was read from", required=True),
    Column("source_row", _INT, "its row in that file, from 1, header rows not counted", required=True),
)

ACTIONS = Table(
    "actions",
    (
        _ACCOUNT_ID,
        Column("action", ACTION, "what was done", required=True),
        Column("object_id", _STRING, "what it was done to"),
        Column("object_kind", OBJECT_KIND, "what kind of object that is"),
        Column(
            "acted_at",
            TIME,
            "when, UTC; the end of the interval where 'acted_after' is known; null where none is known",
        ),
        Column("acted_after", TIME, "the act lies after this and not after 'acted_at'; null where the time is exact"),
        _TIME_PRECISION,
        Column("post_id", _STRING, "the post in which it was done; the acts of one post share it"),
        Column("source_event", _STRING, "the act that a person did, see forensics.events; its traces share it"),
        _CAMP,
        _TEXT,
        _LANGUAGE,
        Column("client", _STRING, "the application it was sent from"),
        Column("country", _STRING, "ISO 3166-1 alpha-2 code stated for this act"),
        Column("latitude", _FLOAT, "degrees north, WGS 84"),
        Column("longitude", _FLOAT, "degrees east, WGS 84"),
        _PERMALINK,
        Column("is_context", _FLAG, "came along with an observed act; not itself observed"),
        *_ORIGIN,
    ),
)
"""One row per act: a post that carries two links and a hashtag is four (the post and one per trace)."""

ACCOUNTS = Table(
    "accounts",
    (
        _ACCOUNT_ID,
        Column("platform", _STRING, "the service, in lower case"),
        Column("handle", _STRING, "the name in addresses and mentions"),
        Column("name", _STRING, "the name it shows"),
        Column("created_at", TIME, "when it was registered, UTC"),
        _CAPTURED_AT,
        Column("followers", _INT, "accounts that follow it"),
        Column("following", _INT, "accounts it follows"),
        Column("posts", _INT, "posts it has made"),
        Column("stated_place", _STRING, "the place it gives, as typed"),
        Column("stated_country", _STRING, "ISO 3166-1 alpha-2 code it gives itself"),
        Column("platform_country", _STRING, "ISO 3166-1 alpha-2 code the platform gives it"),
        Column("platform_country_kind", _STRING, "how the platform came to it, such as admin or registration"),
        Column("utc_offset_s", _INT, "its clock's distance from UTC, seconds"),
        _LANGUAGE,
        Column("is_automated", _FLAG, "the account declares that software runs it"),
        Column("label", _STRING, "ground truth; only ever read when a run is scored"),
        *_ORIGIN,
    ),
)
"""One row per account and capture."""

POSTS = Table(
    "posts",
    (
        Column("post_id", _STRING, "the post", required=True),
        _ACCOUNT_ID,
        _CAMP,
        Column("platform", _STRING, "the service, in lower case"),
        Column("published_at", TIME, "when, UTC"),
        _TIME_PRECISION,
        _CAPTURED_AT,
        Column("followers", _INT, "followers of its account when it was published"),
        Column("likes", _INT, "likes, or all reactions where the source gives no more"),
        Column("comments", _INT, "comments"),
        Column("shares", _INT, "shares or reposts"),
        Column("views", _INT, "views"),
        Column("reach", _INT, "accounts reached"),
        Column("love", _INT, "reactions of this kind"),
        Column("wow", _INT, "reactions of this kind"),
        Column("haha", _INT, "reactions of this kind"),
        Column("sad", _INT, "reactions of this kind"),
        Column("angry", _INT, "reactions of this kind"),
        Column("care", _INT, "reactions of this kind"),
        _TEXT,
        _LANGUAGE,
        _PERMALINK,
        *_ORIGIN,
    ),
)
"""One row per post: the counts a platform gives where single acts do not exist."""

MONEY = Table(
    "money",
    (
        Column("payment_id", _STRING, "the advertisement or declaration"),
        _CAMP,
        Column("payer", _STRING, "who paid, as declared"),
        Column("account_id", _STRING, "the page or account it was paid for", required=False),
        Column("started_at", TIME, "first day, UTC"),
        Column("ended_at", TIME, "last day, UTC"),
        Column("amount_low", _FLOAT, "least it can have been, in the currency"),
        Column("amount_high", _FLOAT, "most it can have been, in the currency"),
        Column("currency", _STRING, "ISO 4217 code"),
        Column("impressions_low", _INT, "least it can have been shown"),
        Column("impressions_high", _INT, "most it can have been shown"),
        Column("region", _STRING, "where it was shown"),
        Column("share", _FLOAT, "share of its showing in that region, 0 to 1"),
        *_ORIGIN,
    ),
)
"""One row per payment, or per payment and region."""

REJECTED = Table(
    "rejected",
    (
        Column("row", _INT, "its row in the file, from 1, header rows not counted", required=True),
        Column("reason", _STRING, "why it was not kept: the key of a message", required=True),
        Column("excerpt", _STRING, "the value at fault, cut to 200 characters"),
        Column("fields", _STRING, "the values of the reason, a JSON object"),
    ),
)
"""One row per row that was read and not kept."""

TABLES = (ACTIONS, ACCOUNTS, POSTS, MONEY)


def empty(table: Table) -> pl.DataFrame:
    """Return a frame of a table's columns with no rows."""
    return _empty(table.name, table.columns).clone()


@cache
def _empty(name: str, columns: tuple[Column, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=Table(name, columns).schema)


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Give a frame exactly a table's columns, in its order and of its types.

    Columns the frame lacks are null. Nothing is dropped in silence: a column the table does not know, a value that
    does not fit its type and a missing required value are errors, because a loader must settle them row by row.

    Args:
        frame: any rows; its columns are a subset of the table's.
        table: one of ``TABLES`` or ``REJECTED``.

    Returns:
        Shape (frame rows, table columns).

    Raises:
        InputFileError: an unknown column, a value of the wrong type, or a required value that is null.
    """
    schema = table.schema
    unknown = [name for name in frame.columns if name not in schema]
    if unknown:
        raise InputFileError(
            "The table '{table}' has no column {unknown}.", table=table.name, unknown=", ".join(unknown)
        )
    try:
        whole = frame.select(
            pl.col(name).cast(dtype, strict=True) if name in frame.columns else pl.lit(None, dtype).alias(name)
            for name, dtype in schema.items()
        )
    except (pl.exceptions.InvalidOperationError, pl.exceptions.ComputeError) as error:
        raise InputFileError(
            "A value does not fit the table '{table}': {error}", table=table.name, error=error
        ) from error
    for column in table.columns:
        if column.required and whole[column.name].null_count():
            raise InputFileError(
                "The table '{table}' needs '{column}' in every row.", table=table.name, column=column.name
            )
    return whole
