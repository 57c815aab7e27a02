"""Posts as Bluesky's public API shows them: ``getAuthorFeed``, ``searchPosts`` and their items, one a line.

4CAT's NDJSON holds the same posts, one a line, with ``snake_case`` keys and its own notes (``4CAT_metadata``).

In an author's feed a repost is an item whose ``reason`` names who reposted and when: it is that account's act, and the
post itself came along as context. Accounts are known by their DID, never by their handle.

Source: https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed (August 2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Post, PostCounts
from forensics.loaders.platforms.bluesky_records import Record, post_of
from forensics.loaders.reading.json.json_documents import decoded, each, read_json
from forensics.loaders.times.id_times import compare, tid_us
from forensics.loaders.times.single_times import epoch_us, iso_us, precision_of

_TIMES = (
    "Times are what the records claim (createdAt), or when the service saw them (indexedAt) where that was earlier; "
    "reposts have the latter alone."
)

_POST = "app.bsky.feed.post"


class Author(msgspec.Struct):
    did: str | None = None
    handle: str | None = None
    display_name: str | None = msgspec.field(default=None, name="displayName")
    created_at: str | None = msgspec.field(default=None, name="createdAt")
    display_name_in_4cat: str | None = msgspec.field(default=None, name="display_name")
    created_at_in_4cat: str | None = msgspec.field(default=None, name="created_at")


class Collected(msgspec.Struct):
    at: float | None = msgspec.field(default=None, name="collected_at")


class View(msgspec.Struct):
    uri: str | None = None
    author: Author | None = None
    record: Record | None = None
    indexed_at: str | None = msgspec.field(default=None, name="indexedAt")
    n_replies: int | None = msgspec.field(default=None, name="replyCount")
    n_reposts: int | None = msgspec.field(default=None, name="repostCount")
    n_likes: int | None = msgspec.field(default=None, name="likeCount")
    indexed_at_in_4cat: str | None = msgspec.field(default=None, name="indexed_at")
    reply_count: int | None = None
    repost_count: int | None = None
    like_count: int | None = None
    fourcat: Collected | None = msgspec.field(default=None, name="4CAT_metadata")


class Reason(msgspec.Struct):
    type: str = msgspec.field(default="", name="$type")
    by: Author | None = None
    indexed_at: str | None = msgspec.field(default=None, name="indexedAt")


class Item(View):
    post: View | None = None
    reason: Reason | None = None


class Value(msgspec.Struct):
    feed: list[msgspec.Raw] | None = None
    posts: list[msgspec.Raw] | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value)
_item = msgspec.json.Decoder(Item)


def sniff(head: Head) -> Confidence | None:
    """Accept feeds, search results, their items and single posts."""
    keys = set(head.keys)
    if "4CAT_metadata" in keys and {"uri", "author", "record"} <= keys:
        return by_fields(0.95, "4CAT_metadata", "uri", "author", "record")
    if b"app.bsky." not in head.start:
        return None
    if keys & {"feed", "posts", "post"} or {"uri", "cid", "author", "record"} <= keys:
        return by_fields(0.9, *sorted(keys & {"feed", "posts", "post", "uri", "cid", "author", "record"}), "app.bsky")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read posts and reposts.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take, within=(("feed", "posts"), ()), times=_TIMES)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    value = decoded(bytes(raw), _value)[0]
    listed = value.feed if value.feed is not None else value.posts
    for item in each([raw] if listed is None else listed, _item, into):
        view = item.post or item
        if item.reason is not None and item.reason.type.endswith("#reasonRepost"):
            _repost(item.reason, view, into)
        else:
            _add(view, into, is_context=None)


def _repost(reason: Reason, view: View, into: Collector) -> None:
    """Add the act of the one who reposted, and the post itself as context."""
    by = reason.by or Author()
    at = iso_us(reason.indexed_at)
    repost = Post(
        account_id=by.did,
        acted_at=at,
        time_precision=precision_of(at),
        action="repost",
        object_id=view.uri,
        text=view.record.text if view.record else None,
    )
    if into.post(repost, reason.indexed_at):
        _tell(by, at, into)
        _add(view, into, is_context=True)


def _add(view: View, into: Collector, *, is_context: bool | None) -> None:
    author, record = view.author or Author(), view.record or Record()
    stated = record.created_at or record.created_at_in_4cat
    claimed, seen = iso_us(stated), iso_us(view.indexed_at or view.indexed_at_in_4cat)
    at = seen if claimed is None or (seen is not None and claimed > seen) else claimed
    compare(claimed, tid_us(view.uri), into)
    post = post_of(record, _POST, author.did or "", view.uri, at, precision_of(at))
    post.is_context = is_context
    if not into.post(post, stated) or author.did is None or view.uri is None:
        return
    collected = epoch_us(view.fourcat.at) if view.fourcat else None
    _tell(author, collected or seen or at, into)
    into.counts(
        PostCounts(
            post_id=view.uri,
            account_id=author.did,
            platform="bluesky",
            published_at=at,
            time_precision=precision_of(at),
            captured_at=collected,
            likes=view.n_likes if view.n_likes is not None else view.like_count,
            comments=view.n_replies if view.n_replies is not None else view.reply_count,
            shares=view.n_reposts if view.n_reposts is not None else view.repost_count,
            text=record.text,
            language=post.language,
            permalink=post.permalink,
        )
    )


def _tell(author: Author, at: int | None, into: Collector) -> None:
    into.facts(
        AccountFacts(
            account_id=author.did or "",
            platform="bluesky",
            handle=author.handle,
            name=author.display_name or author.display_name_in_4cat,
            created_at=iso_us(author.created_at or author.created_at_in_4cat),
            captured_at=at,
        )
    )


LOADER = Loader(
    name="bluesky-feed",
    title="Bluesky public API",
    text="Feeds, search results or single posts as Bluesky's public API shows them.",
    sniff=sniff,
    read=read,
)
