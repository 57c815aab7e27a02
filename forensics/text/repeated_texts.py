"""The texts that most accounts posted, those that are nearly the same together: how many, over how long, first by whom.

Of accounts that each post one sentence once no two share enough to be tested as a pair. Their sentence, side by side
with how many wrote it, is what a person sees at once.
"""

from __future__ import annotations

import polars as pl

from forensics.progress import Progress, quiet
from forensics.schema import IS_OBSERVED
from forensics.text.fingerprint import fingerprints
from forensics.text.near_duplicates import near_duplicate_groups

MOST_COMPARED = 50_000
"""Different texts beyond which only those of the same words are put together."""

_OWN = ("post", "quote", "reply", "comment")
"""Acts whose words are their account's; a repost carries another's."""

REPEATED = pl.Schema(
    {
        "text": pl.String(),
        "n_accounts": pl.UInt32(),
        "n_posts": pl.UInt32(),
        "n_wordings": pl.UInt32(),
        "first_at": pl.Datetime("us", "UTC"),
        "last_at": pl.Datetime("us", "UTC"),
        "first_account": pl.String(),
        "first_permalink": pl.String(),
    }
)
"""The columns of ``repeated_texts``; ``text`` is the wording that most accounts used."""


def repeated_texts(
    actions: pl.DataFrame, n_most: int = 20, similarity: float = 0.8, progress: Progress = quiet
) -> pl.DataFrame:
    """Return the texts that two accounts or more posted as their own, the most widespread first.

    Args:
        actions: ``schema.ACTIONS``, rows in any order.
        n_most: so many are returned at most.
        similarity: least cosine of two texts that count as one, see ``near_duplicate_groups``.

    Returns:
        ``REPEATED``, shape (at most ``n_most``, 8), ordered by accounts, posts and text. Texts of fewer than 20
        characters are left out.
    """
    own = actions.filter(pl.col("text").is_not_null() & pl.col("action").cast(pl.String).is_in(_OWN) & IS_OBSERVED)
    posts = (
        own.select("account_id", "post_id", "acted_at", "permalink", "text")
        .sort("acted_at", "account_id", "post_id", "text", "permalink")
        .unique(["account_id", "post_id", "text"], keep="first", maintain_order=True)
    )
    posts = posts.with_columns(fingerprints(posts["text"]).alias("words")).drop_nulls("words")
    if posts.is_empty():
        return pl.DataFrame(schema=REPEATED)
    texts = posts.group_by("words").agg(
        pl.col("text").min(), n=pl.col("account_id").n_unique(), n_all=pl.len(),
    ).sort("n", "n_all", "text", descending=[True, True, False])  # fmt: skip
    groups = texts["words"]
    if texts.height <= MOST_COMPARED:
        near = near_duplicate_groups(texts["text"], similarity, progress)
        groups = pl.DataFrame({"near": near, "words": texts["words"]}).select(pl.coalesce("near", "words")).to_series()
    known = texts.select("words", pl.col("text").alias("wording"), "n", group=groups)
    wordings = known.group_by("group", maintain_order=True).agg(pl.col("wording").first())
    joined = posts.join(known.select("words", "group"), on="words").sort("acted_at", "account_id", "post_id")
    return (
        joined.group_by("group", maintain_order=True)
        .agg(
            n_accounts=pl.col("account_id").n_unique(),
            n_posts=pl.len(),
            n_wordings=pl.col("words").n_unique(),
            first_at=pl.col("acted_at").first(),
            last_at=pl.col("acted_at").last(),
            first_account=pl.col("account_id").first(),
            first_permalink=pl.col("permalink").first(),
        )
        .join(wordings, on="group")
        .filter(pl.col("n_accounts") > 1)
        .with_columns(pl.col("wording").alias("text"))
        .sort("n_accounts", "n_posts", "text", descending=[True, True, False])
        .head(n_most)
        .select(pl.col(name).cast(dtype) for name, dtype in REPEATED.items())
    )
