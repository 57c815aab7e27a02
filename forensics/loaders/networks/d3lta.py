"""Clusters of D3lta (VIGINUM): texts that are copies, rewordings or translations of each other, as a layer "same text".

D3lta adds ``cluster`` and the columns it compared (``text_grapheme``, ``text_to_embed``) to the table of posts that it
was given, so that table's own columns say who wrote when. Each post with a cluster is one act upon that cluster.

Source: https://github.com/VIGINUM-FR/D3lta, version 1.0 (2024).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat, first

LOADER = loader_of(
    "d3lta",
    "D3lta",
    "Posts with the clusters of like texts that D3lta found: copies, rewordings and translations.",
    TableFormat(
        kind="D3lta's clusters",
        marks=("original", "text_grapheme", "cluster"),
        account=("account_id", "author_id", "user_id", "author", "username", "account"),
        time=("created_at", "date", "timestamp", "time", "published_at"),
        post={
            "post_id": ("post_id", "doc_id", "id", "url"),
            "text": "original",
            "language": "language",
            "permalink": "url",
        },
        traces={"text": pl.format("d3lta-{}", pl.col("cluster").str.replace(r"\.0+$", ""))},
        facts={"handle": first("username", "author")},
        has_links=True,
    ),
)
