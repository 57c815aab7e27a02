"""Mentions as the media-monitoring services Brandwatch, Meltwater and Talkwalker export them.

One table holds posts of many platforms and articles of the press. An account is known by the platform's own id where
there is one, and else by the platform and the name together. Vendors rename columns from release to release, so a
format is recognised by the few that are its own. Times are those of the zone that the export was set to: where the file
names none, ``time_zone`` in the case file does. A tweet's id gives its time to the millisecond.

Source: headers of published exports and of public loaders (2020 to 2026).
"""

from __future__ import annotations

import polars as pl

from forensics.loaders.format_declarations.declared_fields import (
    bare,
    mentions_in,
    of_platform,
    only_where,
    reposted_name,
    titled,
    tweet_in,
    tweet_time,
)
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat, first, split
from forensics.loaders.normalising.cell_values import as_count


def _platform(column: str | pl.Expr) -> pl.Expr:
    """Return the platform in lower case, ``twitter`` under each of its names."""
    name = (pl.col(column) if isinstance(column, str) else column).str.strip_chars().str.to_lowercase()
    return pl.when(name.is_in(["x", "twitter", "twitter.com", "x.com"])).then(pl.lit("twitter")).otherwise(name)


def _of_x(*names: str) -> tuple[str, ...]:
    """Return columns under their new and their old names."""
    return tuple(f"{service} {name}" for name in names for service in ("X", "Twitter"))


_BRANDWATCH_PLATFORM = _platform("Page Type")
_ENTRY = pl.col("Thread Entry Type").str.to_lowercase()


def _on(platform: str, *columns: str, of: pl.Expr = _BRANDWATCH_PLATFORM) -> pl.Expr:
    """Return a count of one platform, which the services write as 0 in the rows of all others."""
    return only_where(of == platform, pl.coalesce(*(as_count(pl.col(column)) for column in columns)))


_BRANDWATCH_FOLLOWERS = (
    _on("twitter", *_of_x("Followers")),
    _on("instagram", "Instagram Followers"),
    _on("bluesky", "Bluesky Followers"),
)

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
            "country": ("Country Code", "Country"),
            "latitude": "Latitude",
            "longitude": "Longitude",
            "permalink": "Url",
        },
        acts=(
            Act("repost", first(tweet_in("X Repost of"), tweet_in("Twitter Retweet of"))),
            Act("reply", first(tweet_in("X Reply to"), tweet_in("Twitter Reply to"))),
            Act("repost", tweet_in("Thread URL"), _ENTRY == "share"),
            Act("reply", first(tweet_in("Thread URL"), "Thread URL"), _ENTRY == "reply"),
            Act("comment", "Thread URL", _ENTRY == "comment"),
        ),
        traces={
            "url": split(", ", "Expanded URLs"),
            "hashtag": split(", ", "Hashtags"),
            "account": pl.col("Mentioned Authors").str.replace_all("@", "").str.split(", "),
            "page": only_where(pl.col("Subreddit").is_not_null(), pl.format("r/{}", "Subreddit")),
            "media": split(", ", "Media URLs"),
        },
        facts={
            "handle": bare("Author"),
            "name": "Full Name",
            "followers": _BRANDWATCH_FOLLOWERS,
            "following": _on("twitter", *_of_x("Following")),
            "posts": _on("twitter", *_of_x("Posts"), "Twitter Tweets"),
        },
        counts={
            "likes": (
                _on("twitter", *_of_x("Likes")),
                *(_on(name, f"{name.title()} Likes") for name in ("facebook", "instagram", "bluesky", "tiktok")),
                "Likes",
            ),
            "comments": (
                _on("twitter", *_of_x("Replies")),
                *(_on(name, f"{name.title()} Comments") for name in ("facebook", "instagram", "tiktok")),
                "Comments",
            ),
            "shares": (
                _on("twitter", "X Reposts", "Twitter Retweets"),
                _on("bluesky", "Bluesky Reposts"),
                *(_on(name, f"{name.title()} Shares") for name in ("facebook", "tiktok")),
                "Shares",
            ),
            "views": (_on("tiktok", "Tiktok Views"), _on("youtube", "Youtube Views")),
            "followers": _BRANDWATCH_FOLLOWERS,
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

_TALKWALKER_PLATFORM = _platform(pl.col("source_type").str.replace(r"^.*_(\w+)$", "${1}"))
_TALKWALKER_COUNTS = {
    name: tuple(
        _on(platform, f"{around}.{platform}_{word}", of=_TALKWALKER_PLATFORM)
        for platform, word in (part.split(".") for part in parts.split())
    )
    for name, around, parts in (
        ("likes", "article_extended_attributes", "twitter.likes facebook.likes instagram.likes youtube.likes"),
        ("shares", "article_extended_attributes", "twitter.retweets twitter.shares facebook.shares linkedin.shares"),
        ("views", "article_extended_attributes", "youtube.views"),
        ("followers", "source_extended_attributes", "twitter.followers facebook.followers instagram.followers"),
    )
}
_TAGS = pl.col("tags_internal").str.split(",")
_IS_SHARED = _TAGS.list.contains("isRepost") | pl.col("content").str.starts_with("RT @")
_PARENT = first(tweet_in("parent_url"), "parent_url")

TALKWALKER = loader_of(
    "talkwalker",
    "Talkwalker",
    "Results as Talkwalker exports them: posts of many platforms and news.",
    TableFormat(
        kind="Talkwalker results",
        marks=("published", "content", "source_type", "domain_url"),
        account=first(
            pl.col("extra_author_attributes.id").str.strip_prefix("tw:"),
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
            "client": "generator.type",
            "permalink": "url",
        },
        acts=(
            Act("repost", _PARENT, _IS_SHARED),
            Act("reply", first(tweet_in("parent_url"), only_where(_TAGS.list.contains("isComment"), "parent_url"))),
        ),
        traces={
            "url": "entity_urls[].expanded_url",
            "hashtag": pl.col("content").str.extract_all(r"#\w+"),
            "account": [reposted_name("content"), mentions_in("content")],
            "media": "images.url",
        },
        facts={
            "handle": "extra_author_attributes.short_name",
            "name": "extra_author_attributes.name",
            "stated_country": "extra_author_attributes.world_data.country_code",
        },
        counts={**_TALKWALKER_COUNTS, "comments": "article_extended_attributes.num_comments", "reach": "reach"},
    ),
)
