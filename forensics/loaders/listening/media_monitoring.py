"""Mentions as the media-monitoring services Brandwatch, Meltwater and Talkwalker export them.

One table holds posts of many platforms and articles of the press. An account is known by the platform's own id where
there is one, and else by the platform and the name together. Vendors rename columns from release to release, so a
format is recognised by the few that are its own. Times are those of the zone that the export was set to: where the file
names none, ``time_zone`` in the case file does. A tweet's id gives its time to the millisecond.

Source: headers of published exports and of public loaders (2020 to 2026).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.declared_fields import (
    bare,
    mentions_in,
    of_platform,
    only_where,
    reposted_name,
    titled,
    tweet_in,
    tweet_time,
)
from forensics.loaders.format_reading import loader_of
from forensics.loaders.table_format import Act, TableFormat, first, split

__all__ = ["BRANDWATCH", "MELTWATER", "TALKWALKER"]


def _platform(column: str) -> pl.Expr:
    """Return the platform in lower case, ``twitter`` under each of its names."""
    name = pl.col(column).str.strip_chars().str.to_lowercase()
    return pl.when(name.is_in(["x", "twitter", "twitter.com", "x.com"])).then(pl.lit("twitter")).otherwise(name)


def _of_x(*names: str) -> tuple[str, ...]:
    """Return columns under their new and their old names."""
    return tuple(f"{service} {name}" for name in names for service in ("X", "Twitter"))


_BRANDWATCH_PLATFORM = _platform("Page Type")

BRANDWATCH = loader_of(
    "brandwatch",
    "Brandwatch",
    "Mentions of Brandwatch's Bulk Mentions Download: posts of many platforms, news and forums.",
    TableFormat(
        kind="Brandwatch mentions",
        marks=("Query Id", "Query Name", "Page Type", "Full Text"),
        account=first(
            *_of_x("Author ID"),
            "Facebook Author ID",
            "Bluesky Author Id",
            of_platform(_BRANDWATCH_PLATFORM, "Author", "Domain"),
        ),
        time="Date",
        platform=_BRANDWATCH_PLATFORM,
        post={
            "post_id": first(tweet_in("Url"), "Url"),
            "text": ("Full Text", "Title"),
            "language": "Language",
            "country": "Country Code",
            "latitude": "Latitude",
            "longitude": "Longitude",
            "permalink": "Url",
        },
        acts=(
            Act("repost", first(tweet_in("X Repost of"), tweet_in("Twitter Retweet of"))),
            Act("reply", first(tweet_in("X Reply to"), tweet_in("Twitter Reply to"))),
        ),
        traces={
            "url": split(", ", "Expanded URLs"),
            "hashtag": split(", ", "Hashtags"),
            "account": pl.col("Mentioned Authors").str.replace_all("@", "").str.split(", "),
            "page": only_where(pl.col("Subreddit").is_not_null(), pl.format("r/{}", "Subreddit")),
        },
        facts={
            "handle": bare("Author"),
            "name": "Full Name",
            "followers": (*_of_x("Followers"), "Instagram Followers", "Bluesky Followers"),
            "following": _of_x("Following"),
            "posts": (*_of_x("Posts"), "Twitter Tweets"),
        },
        counts={
            "likes": (*_of_x("Likes"), "Facebook Likes", "Instagram Likes", "Bluesky Likes", "Tiktok Likes"),
            "comments": (*_of_x("Replies"), "Facebook Comments", "Instagram Comments", "Tiktok Comments"),
            "shares": ("X Reposts", "Twitter Retweets", "Facebook Shares", "Bluesky Reposts", "Tiktok Shares"),
            "views": ("Tiktok Views", "Youtube Views"),
            "followers": (*_of_x("Followers"), "Instagram Followers", "Bluesky Followers"),
        },
    ),
)

_SAYS_KIND = pl.col("Content Type").str.to_lowercase()
_MELTWATER_PLATFORM = _platform("Source")
_MELTWATER_TEXT = first("Hit Sentence", "Opening Text", "Headline")
_MELTWATER_TWEET = pl.col("Tweet Id").str.strip_chars("\"' ")
_MELTWATER_WHEN = (
    pl.col("Date")
    .str.replace(r"^(\d{1,2})-(\w{3})-(\d{4})", "${1} ${2} ${3}")
    .str.replace(r"(\d)\s*([AP]M)$", "${1} ${2}")
)

MELTWATER = loader_of(
    "meltwater",
    "Meltwater",
    "Mentions as Meltwater exports them (UTF-16, columns separated by tabs): posts of many platforms and news.",
    TableFormat(
        kind="Meltwater mentions",
        marks=("Hit Sentence", "Influencer", "Opening Text", "Input Name"),
        account=first(
            pl.col("Twitter Id").str.strip_chars("\"' "), of_platform(_MELTWATER_PLATFORM, "Influencer", "Source")
        ),
        time=(tweet_time(_MELTWATER_TWEET), _MELTWATER_WHEN),
        platform=_MELTWATER_PLATFORM,
        post={
            "post_id": first(_MELTWATER_TWEET, "Document ID", "URL"),
            "text": _MELTWATER_TEXT,
            "language": "Language",
            "client": "Twitter Client",
            "permalink": "URL",
        },
        acts=(
            Act("repost", when=pl.col("Hit Sentence").str.starts_with("RT @")),
            Act("quote", when=pl.col("Hit Sentence").str.starts_with("QT @")),
            Act("reply", of=tweet_in("Parent URL")),
        ),
        traces={"account": [reposted_name("Hit Sentence"), mentions_in("Hit Sentence")]},
        facts={
            "handle": first("Twitter Screen Name", bare("Influencer")),
            "name": "Influencer",
            "followers": "Twitter Followers",
            "following": "Twitter Following",
        },
        counts={
            "likes": "Likes",
            "comments": ("Replies", "Comments"),
            "shares": ("Retweets", "Shares"),
            "views": "Views",
            "followers": "Twitter Followers",
        },
    ),
    TableFormat(
        kind="Meltwater mentions, by author",
        marks=("Document ID", "Source Domain", "Author Handle", "Hit Sentence"),
        account=of_platform(_platform("Source Name"), "Author Handle", "Author Name", "Source Domain"),
        time=(tweet_time(tweet_in("URL")), first(pl.format("{} {}", _MELTWATER_WHEN, "Time"), _MELTWATER_WHEN)),
        platform=_platform("Source Name"),
        post={
            "post_id": first(tweet_in("URL"), "Document ID", "URL"),
            "text": first("Hit Sentence", "Opening Text", "Title"),
            "language": "Language",
            "permalink": "URL",
        },
        acts=(
            Act("repost", when=_SAYS_KIND.is_in(["repost", "retweet", "share"])),
            Act("quote", when=_SAYS_KIND.is_in(["quote", "quoted post"])),
            Act("reply", when=_SAYS_KIND.is_in(["reply", "comment"])),
        ),
        traces={
            "url": pl.col("Links").str.extract_all(r"https?://[^\s;,]+"),
            "hashtag": pl.col("Hashtags").str.extract_all(r"#?[^\s;,]+"),
            "account": [reposted_name("Hit Sentence"), mentions_in("Hit Sentence")],
        },
        facts={"handle": bare("Author Handle"), "name": "Author Name"},
        counts={
            "likes": "Likes",
            "comments": ("Replies", "Comments"),
            "shares": ("Reposts", "Shares"),
            "views": "Views",
        },
    ),
)

_TALKWALKER_PLATFORM = _platform("source_type").str.replace(r"^.*_(\w+)$", "${1}")

TALKWALKER = loader_of(
    "talkwalker",
    "Talkwalker",
    "Results as Talkwalker exports them: posts of many platforms and news.",
    TableFormat(
        kind="Talkwalker results",
        marks=("published", "content", "source_type", "domain_url"),
        account=first(
            "extra_author_attributes.id",
            of_platform(
                _TALKWALKER_PLATFORM, "extra_author_attributes.name", "extra_source_attributes.name", "domain_url"
            ),
        ),
        time="published",
        platform=_TALKWALKER_PLATFORM,
        post={
            "post_id": first(tweet_in("url"), "url"),
            "text": titled("title", "content"),
            "language": "lang",
            "permalink": "url",
        },
        acts=(Act("reply", tweet_in("parent_url")),),
        traces={"hashtag": pl.col("content").str.extract_all(r"#\w+")},
        facts={
            "handle": "extra_author_attributes.short_name",
            "name": "extra_author_attributes.name",
            "stated_country": "extra_author_attributes.world_data.country_code",
        },
        counts={
            "likes": "article_extended_attributes.twitter_likes",
            "shares": "article_extended_attributes.twitter_shares",
            "reach": "reach",
        },
    ),
)
