"""FiveThirtyEight's Russian troll tweets (``IRAhandle_tweets_*.csv``), whole or less some columns.

Times are UTC to the minute, ``M/D/YYYY H:MM``. ``external_author_id`` was rounded by a spreadsheet and is not used;
``alt_external_id`` is, or the author's name where it is missing. A retweet does not name the tweet it repeats: its act
has no object of its own, and the identical words are what the accounts share. ``region`` is a guess of the collecting
software, made for each tweet: an account's last is kept as of kind ``collector``, evidence of its own that is
worth no more than a guess. ``account_category`` was coded by hand and is kept as ``label``: truth, for scoring
only. Where ``tweet_id`` is there, the time hidden in it is used, which is exact to the millisecond.

Source: Linvill & Warren 2020, doi:10.1080/10584609.2020.1718257; https://github.com/fivethirtyeight/russian-troll-tweets.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from forensics.loaders.format_declarations.declared_fields import only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.places import resolve_places
from forensics.text.urls import urls_in_texts

_HASHTAG = r"(?:^|[^\w&])#(\w*[^\W\d_]\w*)"
_RESOLVED = pl.concat_list("tco1_step1", "tco2_step1", "tco3_step1").list.drop_nulls()
_LANGUAGE_NAMES = (
    "Albanian=sq; Arabic=ar; Bengali=bn; Bulgarian=bg; Catalan=ca; Croatian=hr; Czech=cs; Danish=da; Dutch=nl; "
    "English=en; Estonian=et; Farsi (Persian)=fa; Finnish=fi; French=fr; German=de; Greek=el; Gujarati=gu; "
    "Hebrew=he; Hindi=hi; Hungarian=hu; Icelandic=is; Indonesian=id; Italian=it; Japanese=ja; Korean=ko; "
    "Kurdish=ku; Latvian=lv; Lithuanian=lt; Macedonian=mk; Malay=ms; Norwegian=no; Persian=fa; Polish=pl; "
    "Portuguese=pt; Pushto=ps; Romanian=ro; Russian=ru; Serbian=sr; Simplified Chinese=zh-Hans; Slovak=sk; "
    "Slovenian=sl; Somali=so; Spanish=es; Swedish=sv; Tagalog (Filipino)=tl; Thai=th; "
    "Traditional Chinese=zh-Hant; Turkish=tr; Ukrainian=uk; Urdu=ur; Uzbek=uz; Vietnamese=vi"
)

_LANGUAGE_CODES = dict(pair.split("=") for pair in _LANGUAGE_NAMES.split("; "))
"""English name of a language to its BCP 47 code."""


def _with_country(rows: pl.DataFrame) -> pl.DataFrame:
    """Read the countries that the collecting software guessed."""
    names = resolve_places(rows["region"]).select(region="stated_place", _country="country")
    return rows.join(names, "region", "left", maintain_order="left")


_TWEETS = TableFormat(
    kind="FiveThirtyEight's tweets",
    marks=("author", "content", "publish_date", "harvested_date", "account_category"),
    account=("alt_external_id", "author"),
    time="publish_date",
    time_settings={"time_format": "%m/%d/%Y %H:%M"},
    time_note="Times are UTC, as the release's tweet ids prove, and were kept to the minute.",
    tweet_ids="tweet_id",
    platform="twitter",
    post={
        "post_id": "tweet_id",
        "text": "content",
        "language": pl.col("language").replace_strict(_LANGUAGE_CODES, default=None, return_dtype=pl.String),
        "permalink": "article_url",
    },
    acts=(
        Act("repost", when=(pl.col("retweet") == "1") | (pl.col("post_type") == "RETWEET")),
        Act("quote", when=pl.col("post_type") == "QUOTE_TWEET"),
    ),
    traces={
        "url": pl.when(_RESOLVED.list.len() > 0).then(_RESOLVED).otherwise(urls_in_texts(pl.col("content"))),
        "hashtag": pl.col("content").str.extract_all(_HASHTAG).list.eval(pl.element().str.extract("#(.*)$")),
    },
    has_links=False,
    also=("region",),
    prepare=(_with_country,),
    facts={
        "handle": "author",
        "label": "account_category",
        "followers": "followers",
        "following": "following",
        "posts": "updates",
        "platform_country": pl.col("_country"),
        "platform_country_kind": only_where(pl.col("_country").is_not_null(), pl.lit("collector")),
    },
    captured="harvested_date",
)

LOADER = loader_of(
    "fivethirtyeight",
    "FiveThirtyEight, Russian troll tweets",
    "The Internet Research Agency's tweets as FiveThirtyEight and Clemson University published them in 2018.",
    _TWEETS,
    replace(_TWEETS, marks=("author", "content", "publish_date", "retweet")),
)
