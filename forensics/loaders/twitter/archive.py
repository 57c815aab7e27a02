"""The archive that X gives to the owner of an account: tweets, likes, followers and who is followed.

Each file is a script with JSON in it (``window.YTD.tweets.part0 = [...]``). It names its owner nowhere but in
``account.js``, which lies beside the others; without it, ``account`` in the case file says whose archive it is. A
retweet is known by its words ``RT @name:`` alone. When likes and follows were is not in the archive.

Source: archives of 2022 to 2025 as public parsers read them, https://github.com/timhutton/twitter-archive-parser.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath

import msgspec
import polars as pl

from forensics.errors import ForensicsError
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.data_file import open_bytes
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import message

_ACCOUNT = "account.js"
_MOST = 1 << 20
_OWNER = {"_owner": "accountId", "_handle": "username", "_name": "accountDisplayName", "_since": "createdAt"}


class _Account(msgspec.Struct):
    account: dict[str, str | None]


def _owner(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Put the facts on the owner of an archive into columns."""
    known = _stated(path, options)
    given = options.settings.get("account")
    if not (given or known.get("accountId")):
        sentence = (
            "Whose archive {file} is stands in account.js, which is not beside it, so its owner is called '{owner}'. "
            "Give account, the number of the account, in the case file."
        )
        given = f"owner of {options.source_id}"
        table.notes.append(message(sentence, file=path.name, owner=given))
    facts = {"accountId": given} if given and given != known.get("accountId") else known
    columns = [pl.lit(facts.get(key), pl.String).alias(column) for column, key in _OWNER.items()]
    table.then(lambda rows: rows.with_columns(columns))


def _stated(path: Path, options: ReadOptions) -> dict[str, str | None]:
    """Return what ``account.js`` beside a file says, in the same archive where that is packed."""
    member = options.settings.get("member")
    beside = path if member else path.with_name(_ACCOUNT)
    try:
        with closing(open_bytes(beside, str(PurePosixPath(member).with_name(_ACCOUNT)) if member else None)) as stream:
            (found,) = msgspec.json.decode(stream.read(_MOST), type=list[_Account])
    except (ForensicsError, msgspec.DecodeError, ValueError):
        return {}
    return found.account


_FACTS = {"handle": "_handle", "name": "_name", "created_at": "_since"}

LOADER = loader_of(
    "x-archive",
    "X's archive of an account",
    "What X gives to the owner of an account: tweets.js, like.js, follower.js and following.js.",
    TableFormat(
        kind="tweets of X's archive",
        marks=("tweet.id_str", "tweet.full_text"),
        account="_owner",
        begin=_owner,
        time="tweet.created_at",
        tweet_ids="tweet.id_str",
        platform="twitter",
        post={"post_id": "tweet.id_str", "text": "tweet.full_text", "language": "tweet.lang"}
        | {"client": pl.col("tweet.source").str.replace_all(r"<[^>]*>", "")},
        acts=(
            Act("repost", when=pl.col("tweet.full_text").str.starts_with("RT @")),
            Act("reply", "tweet.in_reply_to_status_id_str"),
        ),
        traces={
            "url": "tweet.entities.urls[].expanded_url",
            "hashtag": "tweet.entities.hashtags[].text",
            "account": "tweet.entities.user_mentions[].id_str",
            "media": "tweet.extended_entities.media[].media_url_https",
        },
        facts=_FACTS,
        counts={"likes": "tweet.favorite_count", "shares": "tweet.retweet_count"},
    ),
    TableFormat(
        kind="likes of X's archive",
        marks=("like.tweetId",),
        account="_owner",
        begin=_owner,
        platform="twitter",
        acts=(Act("like", "like.tweetId"),),
        facts=_FACTS,
    ),
    TableFormat(
        kind="followers of X's archive",
        marks=("follower.accountId",),
        account="follower.accountId",
        begin=_owner,
        platform="twitter",
        acts=(Act("follow", pl.col("_owner"), kind="account"),),
    ),
    TableFormat(
        kind="followed accounts of X's archive",
        marks=("following.accountId",),
        account="_owner",
        begin=_owner,
        platform="twitter",
        acts=(Act("follow", "following.accountId", kind="account"),),
        facts=_FACTS,
    ),
)
