"""Reddit's comments and submissions as the Pushshift dumps hold them (``RC_*``, ``RS_*``), one a line, often ``.zst``.

Accounts are known by their names, which Reddit never gives away twice; deleted ones are rejected. A comment is done to
the submission or, as a reply, to the comment it answers; a crosspost repeats its parent. Scores are those of the day of
collection. ``created_utc`` is a number or, in early years, a string.

Source: https://github.com/Watchful1/PushshiftDumps (March 2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions
from forensics.loaders.reading.documents import read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.shaping.single_times import epoch_us, precision_of
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are Reddit's own (created_utc), to the second."

_DELETED = ("[deleted]", "[removed]", "")
_AUTOMATED = ("AutoModerator",)


class Item(msgspec.Struct):
    """A comment (``body``) or a submission (``title``)."""

    id: str | None = None
    author: str | None = None
    author_created_utc: int | float | None = None
    created_utc: int | float | str | None = None
    retrieved_on: int | float | None = None
    retrieved_utc: int | float | None = None
    subreddit: str | None = None
    permalink: str | None = None
    score: int | None = None
    body: str | None = None
    link_id: str | None = None
    parent_id: str | int | None = None
    title: str | None = None
    selftext: str | None = None
    url: str | None = None
    domain: str | None = None
    is_self: bool | None = None
    num_comments: int | None = None
    crosspost_parent: str | None = None


_decoder = msgspec.json.Decoder(Item)


def sniff(head: Head) -> Confidence:
    """Accept comments with ``body`` and ``link_id``, and submissions with ``title`` and ``num_comments``."""
    keys = set(head.keys)
    if {"subreddit", "author", "created_utc"} <= keys:
        if {"body", "link_id"} <= keys:
            return Confidence(0.95, "its lines are Reddit comments (subreddit, body, link_id)")
        if "title" in keys:
            return Confidence(0.95, "its lines are Reddit submissions (subreddit, title)")
    return Confidence(0.0, "its lines are neither comments nor submissions of Reddit")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a dump.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _decoder, _take, times=_TIMES)


def _take(item: Item, into: Collector) -> None:
    into.next_row()
    if item.author in _DELETED:
        into.reject("the account is deleted")
        return
    at, retrieved = epoch_us(item.created_utc), epoch_us(item.retrieved_on) or epoch_us(item.retrieved_utc)
    post = _submission(item, at) if item.body is None else _comment(item, at)
    if not into.post(post, item.created_utc) or item.author is None:
        return
    into.facts(
        AccountFacts(
            account_id=item.author,
            platform="reddit",
            handle=item.author,
            created_at=epoch_us(item.author_created_utc),
            captured_at=retrieved or at,
            is_automated=True if item.author in _AUTOMATED else None,
        )
    )
    if item.body is None and post.post_id is not None:
        into.counts(
            PostCounts(
                post_id=post.post_id,
                account_id=item.author,
                platform="reddit",
                published_at=at,
                time_precision=precision_of(at),
                captured_at=retrieved,
                likes=item.score if item.score is not None and item.score >= 0 else None,
                comments=item.num_comments,
                text=post.text,
                permalink=post.permalink,
            )
        )


def _link(item: Item) -> str | None:
    return f"https://www.reddit.com{item.permalink}" if item.permalink else None


def _comment(item: Item, at: int | None) -> Post:
    parent = item.parent_id if isinstance(item.parent_id, str) else item.link_id
    return Post(
        account_id=item.author,
        acted_at=at,
        time_precision=precision_of(at),
        action="reply" if parent is not None and parent.startswith("t1_") else "comment",
        post_id=f"t1_{item.id}" if item.id else None,
        object_id=parent,
        text=item.body,
        permalink=_link(item),
        urls=found_urls(item.body),
        pages=[f"r/{item.subreddit}"] if item.subreddit else [],
    )


def _submission(item: Item, at: int | None) -> Post:
    linked = item.url if item.url and not item.is_self else None
    text = "\n".join(part for part in (item.title, item.selftext) if part and part not in _DELETED) or None
    return Post(
        account_id=item.author,
        acted_at=at,
        time_precision=precision_of(at),
        action="repost" if item.crosspost_parent else "post",
        post_id=f"t3_{item.id}" if item.id else None,
        object_id=item.crosspost_parent,
        text=text,
        permalink=_link(item),
        urls=[*([linked] if linked else []), *found_urls(item.selftext)],
        pages=[f"r/{item.subreddit}"] if item.subreddit else [],
    )


LOADER = Loader(
    name="reddit",
    title="Reddit, Pushshift dumps",
    text="Comments (RC) or submissions (RS) of Reddit, one a line, as the Pushshift dumps hold them.",
    sniff=sniff,
    read=read,
)
