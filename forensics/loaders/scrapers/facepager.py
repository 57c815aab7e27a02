"""Facebook posts and their comments as Facepager exports them: one row for each node, its parent's number beside it.

A node that was fetched as a comment is a comment on its parent. Where Facebook names no author, a page's posts are the
page's, whose number stands in front of the post's.

Source: https://github.com/strohne/Facepager, src/models.py and the preset for Facebook pages, version 4.5 (2023).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.loaders.format_declarations.declared_fields import hashtags_in
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_file import TableFile

_IS_COMMENT = pl.col("query_type").str.contains("comments").fill_null(value=False)


def _name_parents(_: Path, __: ReadOptions, table: TableFile) -> None:
    """Put the id on Facebook of each node's parent beside it; the table numbers the nodes."""
    ids: dict[str, str] = {}
    for rows in table.slices():
        ids.update(rows.select("id", "object_id").drop_nulls().iter_rows())
    table.then(
        lambda rows: rows.with_columns(
            _parent=pl.col("parent_id").replace_strict(ids, default=None, return_dtype=pl.String)
        )
    )


LOADER = loader_of(
    "facepager",
    "Facepager",
    "Facebook posts and comments, a row for each node.",
    TableFormat(
        kind="Facebook's posts and comments",
        marks=("id", "parent_id", "object_id", "object_type", "query_status", "query_type", "created_time", "message"),
        begin=_name_parents,
        account=first("from.id", "from.name", pl.when(~_IS_COMMENT).then(pl.col("object_id").str.extract(r"^(\d+)_"))),
        time="created_time",
        platform="facebook",
        post={"post_id": "object_id", "text": "message", "permalink": ("permalink_url", "permalink")},
        acts=(Act("comment", pl.col("_parent"), _IS_COMMENT),),
        traces={"url": "link", "hashtag": hashtags_in("message")},
        facts={"name": "from.name"},
        counts={
            "likes": ("reactions.summary.total_count", "likes.summary.total_count", "like_count"),
            "comments": ("comments.summary.total_count", "comment_count"),
            "shares": "shares.count",
        },
        captured="query_time",
        also=("id", "parent_id"),
        rejected=((~pl.col("object_type").is_in(["data", "unpacked"]), "a node without a post"),),
    ),
)
