"""Posts with their traces become acts: the one place where every loader makes ``schema.ACTIONS``.

A post with two links and a hashtag is four acts: the post itself and one for each trace; all share its ``post_id``.
The post's own act is done to itself, a repost's to the post reposted, a reply's to the post answered. The words of a
post are one trace more (kind ``text``): the fingerprint of the folded text.
"""

from __future__ import annotations

import hashlib

import polars as pl

from forensics import schema
from forensics.events import with_events
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.json.json_nesting import is_nested
from forensics.text.fingerprint import fingerprints
from forensics.text.urls import canonical_urls

NO_ID = "an object with values of its own where the account should be"
"""The reason of rows whose account is nested: it would be another account whenever one of its counts changes."""

UNNAMED = "\ufffd"
"""Stands in ``object_id`` for a post of which the source says only that there is one."""

TRACES = {
    "url": "trace_url",
    "domain": "trace_domain",
    "hashtag": "trace_hashtag",
    "text": "trace_text",
    "media": "trace_media",
    "account": "trace_account",
    "page": "trace_page",
    "place": "trace_place",
    "post": "trace_post",
}
"""Kind of object to the column (a list of ids) in which a loader puts a post's traces, in the order of the acts."""

_OWN = ("post", "repost", "quote", "reply", "comment")
"""Actions that make a post of one's own; the others are done directly to their object."""

_ANSWERS = ("reply", "quote")
"""Actions that nothing does to itself: where a source names a post's own id as the one it answers, it answers none."""

_PLACE = ("latitude", "longitude")
_SLICE = 100_000

_CARRIED = (
    *(
        "account_id",
        "action",
        "acted_at",
        "acted_after",
        "time_precision",
        "post_id",
        "source_event",
        "camp",
        "text",
        "language",
        "client",
    ),
    *("country", "latitude", "longitude", "permalink", "is_context"),
)


def acts_from_posts(posts: pl.DataFrame, rejects: Rejects, source_id: str, *, is_timed: bool = True) -> pl.DataFrame:
    """Turn posts with traces into acts; a row without account or time is rejected.

    Args:
        posts: ``_row``, ``account_id``, ``acted_at`` and any other of the columns of ``schema.ACTIONS``, and any of the
            list columns named in ``TRACES``. ``object_id`` and ``object_kind`` are what the post itself is done to,
            where that is not the post. ``action`` is ``post`` where it is missing.
        rejects: receives the rows without account or time.
        is_timed: whether the source has times at all; where it has none, acts are kept without.

    Returns:
        ``schema.ACTIONS``, in the order of the rows and, within one, of ``TRACES``; acts may come twice.
    """
    posts = _complete(posts, rejects, is_timed=is_timed)
    if posts.is_empty():
        return schema.empty(schema.ACTIONS)
    # In slices, so that what is needed on the way is small beside the result.
    return pl.concat([_acts(rows, source_id) for rows in posts.iter_slices(_SLICE)], rechunk=False)


def _acts(posts: pl.DataFrame, source_id: str) -> pl.DataFrame:
    """Return the acts of a slice of posts."""
    base = with_post_ids(_placed(posts)).with_row_index("_at")
    parts = [_own_acts(base)]
    for rank, (kind, column) in enumerate(TRACES.items(), 1):
        traces = _traces(base, kind, column)
        if traces is not None:
            parts.append(traces.with_columns(pl.lit(rank, pl.Int8).alias("_rank"), pl.lit(kind).alias("object_kind")))
    acts = pl.concat(parts, how="diagonal_relaxed").sort("_at", "_rank", maintain_order=True)
    carried = [name for name in _CARRIED if name in base.columns]
    whole = base.select(ROW, *carried).select(pl.all().gather(acts["_at"]))
    return with_events(
        schema.conform(
            whole.with_columns(
                acts["object_id"],
                acts["object_kind"],
                pl.lit(source_id).alias("source_id"),
                pl.col(ROW).alias("source_row"),
            ).drop(ROW),
            schema.ACTIONS,
        )
    )


def _placed(posts: pl.DataFrame) -> pl.DataFrame:
    """Return posts without the place where the equator meets Greenwich, which programs write where they know none."""
    if not {*_PLACE} <= {*posts.columns}:
        return posts
    is_none = (pl.col("latitude") == 0) & (pl.col("longitude") == 0)
    return posts.with_columns(pl.when(~is_none.fill_null(value=False)).then(name).alias(name) for name in _PLACE)


def _complete(posts: pl.DataFrame, rejects: Rejects, *, is_timed: bool) -> pl.DataFrame:
    """Take out the rows that lack an account or a time; an object with values of its own is no account."""
    account = pl.col("account_id")
    nested = is_nested(account).fill_null(value=False)
    marks = posts.select(
        nested=nested,
        blank=account.is_null() | (account.str.strip_chars() == ""),
        timeless=pl.col("acted_at").is_null() & pl.lit(is_timed) & ~nested,
    )
    if not any(marks[name].any() for name in marks.columns):
        return posts
    lost = posts.filter(marks["nested"])
    rejects.add_all(lost[ROW].to_list(), NO_ID, lost["account_id"].to_list())
    for reason, name in (("no account", "blank"), ("no time", "timeless")):
        rows = posts.filter(marks[name])[ROW].to_list()
        rejects.add_all(rows, reason, [None] * len(rows))
    return posts.filter(~(marks["nested"] | marks["blank"] | marks["timeless"]))


def with_post_ids(posts: pl.DataFrame) -> pl.DataFrame:
    """Complete the columns the acts rest on; a post without an id gets one from its account, time and words."""
    absent = {"action": "post", "post_id": None, "object_id": None, "object_kind": None}
    posts = posts.with_columns(
        pl.lit(value, pl.String).alias(name) for name, value in absent.items() if name not in posts.columns
    ).with_columns(
        pl.col("action").cast(pl.String).fill_null("post"),
        pl.col("object_kind").cast(pl.String),
        pl.when(~is_nested(pl.col("post_id"))).then("post_id"),
    )
    itself = pl.col("action").is_in(_ANSWERS) & (pl.col("object_id") == pl.col("post_id"))
    posts = posts.with_columns(
        pl.when(itself).then(pl.lit("post")).otherwise("action").alias("action"),
        pl.when(~itself.fill_null(value=False)).then("object_id").alias("object_id"),
    )
    nameless = pl.col("post_id").is_null() & pl.col("action").is_in(_OWN)
    if not posts.select(nameless.any()).item():
        return posts
    text = pl.col("text") if "text" in posts.columns else pl.lit(None, pl.String).alias("text")
    rows = posts.filter(nameless).select(ROW, "account_id", pl.col("acted_at").to_physical().alias("at"), text)
    made = pl.DataFrame({ROW: rows[ROW], "_made": [_made_id(*row) for row in rows.drop(ROW).iter_rows()]})
    joined = posts.join(made, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("post_id", "_made").alias("post_id")).drop("_made")


def _made_id(account_id: str, at: int | None, text: str | None) -> str:
    content = "\x1f".join((account_id, str(at), text or ""))
    return "made-" + hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _own_acts(base: pl.DataFrame) -> pl.DataFrame:
    """Return the act that each post is itself; one done directly to an object that is only a trace has none."""
    is_post = (pl.col("action") == "post") & pl.col("object_id").is_null()
    named = pl.when((pl.col("object_id") != UNNAMED) & ~is_nested(pl.col("object_id"))).then("object_id")
    object_id = pl.when(is_post).then("post_id").otherwise(named)
    kind = pl.when(object_id.is_not_null()).then(pl.coalesce("object_kind", pl.lit("post")))
    traced = [pl.col(column).list.len().fill_null(0) > 0 for column in TRACES.values() if column in base.columns]
    wanted = object_id.is_not_null() | pl.col("action").is_in(_OWN) | ~pl.any_horizontal(pl.lit(value=False), *traced)
    return base.filter(wanted).select(
        "_at", object_id.alias("object_id"), kind.alias("object_kind"), _rank=pl.lit(0, pl.Int8)
    )


def _traces(base: pl.DataFrame, kind: str, column: str) -> pl.DataFrame | None:
    """Return a kind's traces, one a row, or None where the posts have none."""
    if column in base.columns:
        rows = base.select("_at", pl.col(column).alias("object_id")).explode("object_id", empty_as_null=False)
        rows = rows.with_columns(pl.col("object_id").str.strip_chars()).filter(
            (pl.col("object_id") != "") & ~is_nested(pl.col("object_id"))
        )
        if kind == "url":
            return rows.with_columns(canonical_urls(rows["object_id"]))
        if kind == "hashtag":
            return rows.with_columns(pl.col("object_id").str.strip_prefix("#").str.to_lowercase())
        return rows
    if kind == "text" and "text" in base.columns:
        return base.select("_at", fingerprints(base["text"]).alias("object_id")).drop_nulls("object_id")
    return None
