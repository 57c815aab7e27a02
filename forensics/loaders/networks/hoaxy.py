"""The edges of Hoaxy's networks: who retweeted, quoted, answered or mentioned whom.

An edge leads the way that information went: of a retweet, a quote and a reply from the account that was repeated to
the one that did so, of a mention from the one that mentions. A tweet that mentions three has three edges.

Source: https://github.com/osome-iu/hoaxy-backend, version 2, and the edges that https://hoaxy.osome.iu.edu exports.
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import is_yes, only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat

_TYPE = pl.col("tweet_type").str.to_lowercase()
_MENTIONS = is_yes("is_mention") | (_TYPE == "mention")
_ORIGIN = _MENTIONS | (_TYPE == "origin")


def _acting(name: str) -> pl.Expr:
    return pl.when(_ORIGIN).then(f"from_user_{name}").otherwise(f"to_user_{name}")


LOADER = loader_of(
    "hoaxy",
    "Hoaxy",
    "The edges of a network of Hoaxy, of the Observatory on Social Media: retweets, quotes, replies and mentions.",
    TableFormat(
        kind="edges of Hoaxy",
        marks=("from_user_id", "to_user_id", "tweet_id", "tweet_type", "is_mention"),
        account=_acting("id"),
        time="tweet_created_at",
        tweet_ids="tweet_id",
        platform="twitter",
        ids=("from_user_id", "to_user_id"),
        post={"post_id": "tweet_id", "permalink": "tweet_url"},
        acts=tuple(
            Act(action, when=~_MENTIONS & (word == _TYPE))
            for word, action in (("retweet", "repost"), ("quote", "quote"), ("reply", "reply"))
        ),
        traces={
            "account": [pl.when(_ORIGIN).then("to_user_id").otherwise("from_user_id")],
            "url": ["canonical_url", only_where(pl.col("canonical_url").is_null(), "url_raw")],
        },
        facts={"handle": _acting("screen_name")},
    ),
)
