"""Comments, videos and channels as YouTube's Data API v3 gives them: response documents, or their items one a line.

A comment is done to its video, a reply to the comment it answers. The API gives at most five replies of a thread;
a note counts those that are missing. Counts are written as strings and left out where hidden. A channel states its own
country. Where a video was recorded is what its uploader says.

Source: https://developers.google.com/youtube/v3/docs (2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import decoded, each, read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.single_times import iso_us, precision_of
from forensics.messages import message
from forensics.text.html_text import html_text
from forensics.text.urls import found_urls

__all__ = ["LOADER"]

_TIMES = "Times are YouTube's own (publishedAt), to the second."


class ChannelId(msgspec.Struct):
    value: str | None = None


class Snippet(msgspec.Struct):
    """What a comment, a thread, a video or a channel says of itself."""

    published_at: str | None = msgspec.field(default=None, name="publishedAt")
    channel_id: str | None = msgspec.field(default=None, name="channelId")
    video_id: str | None = msgspec.field(default=None, name="videoId")
    parent_id: str | None = msgspec.field(default=None, name="parentId")
    author: str | None = msgspec.field(default=None, name="authorDisplayName")
    author_channel: ChannelId | None = msgspec.field(default=None, name="authorChannelId")
    text: str | None = msgspec.field(default=None, name="textOriginal")
    html: str | None = msgspec.field(default=None, name="textDisplay")
    like_count: int | None = msgspec.field(default=None, name="likeCount")
    n_replies: int = msgspec.field(default=0, name="totalReplyCount")
    top: msgspec.Raw | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="topLevelComment")
    title: str | None = None
    description: str | None = None
    channel_title: str | None = msgspec.field(default=None, name="channelTitle")
    custom_url: str | None = msgspec.field(default=None, name="customUrl")
    tags: list[str] = []
    language: str | None = msgspec.field(default=None, name="defaultAudioLanguage")
    written: str | None = msgspec.field(default=None, name="defaultLanguage")
    country: str | None = None


class Statistics(msgspec.Struct):
    views: int | None = msgspec.field(default=None, name="viewCount")
    likes: int | None = msgspec.field(default=None, name="likeCount")
    comments: int | None = msgspec.field(default=None, name="commentCount")
    subscribers: int | None = msgspec.field(default=None, name="subscriberCount")
    videos: int | None = msgspec.field(default=None, name="videoCount")


class Point(msgspec.Struct):
    latitude: float | None = None
    longitude: float | None = None


class Recording(msgspec.Struct):
    location: Point | None = None


class Replies(msgspec.Struct):
    comments: list[msgspec.Raw] = []


class Found(msgspec.Struct):
    """What the id of a search result is of."""

    video_id: str | None = msgspec.field(default=None, name="videoId")


class Item(msgspec.Struct):
    kind: str = ""
    given: str | Found | None = msgspec.field(default=None, name="id")
    snippet: Snippet | None = None
    statistics: Statistics | None = None
    recorded: Recording | None = msgspec.field(default=None, name="recordingDetails")
    replies: Replies | None = None

    @property
    def id(self) -> str | None:
        """Return its id, or that of the video that a search found."""
        return self.given.video_id if isinstance(self.given, Found) else self.given


class Value(msgspec.Struct):
    items: list[msgspec.Raw] | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value)
_item = msgspec.json.Decoder(Item, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept objects whose ``kind`` begins with ``youtube#``."""
    if "kind" in head.keys and b"youtube#" in head.start:
        return by_fields(0.95, "kind: youtube#")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read comments, videos and channels.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take, within=(("items",), ()), times=_TIMES)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    items = decoded(bytes(raw), _value)[0].items
    for item in each([raw] if items is None else items, _item, into):
        what = item.kind.removeprefix("youtube#")
        if what == "searchResult" and item.id is not None:
            what = "video"
        if what == "commentThread":
            _thread(item, into)
        elif what == "comment":
            _comment(item, into)
        elif what == "video":
            _video(item, into)
        elif what == "channel":
            _channel(item, into)
        else:
            into.reject(message("of the kind '{kind}', which holds no act", kind=item.kind))


def _thread(thread: Item, into: Collector) -> None:
    """Add a thread's first comment under its own row, and each reply under a row of its own."""
    snippet = thread.snippet or Snippet()
    if snippet.top is msgspec.UNSET:
        into.reject("a thread without its first comment")
        return
    try:
        top, _ = decoded(bytes(snippet.top), _item)
    except JSON_ERRORS as error:
        into.reject(message("a thread whose first comment cannot be read: {error}", error=error))
        return
    _comment(top, into, snippet.video_id, snippet.n_replies)
    replies = thread.replies.comments if thread.replies else []
    for reply in each(replies, _item, into):
        _comment(reply, into, snippet.video_id)
    into.count(
        "Replies that are missing, because the API puts at most five into a thread",
        max(0, snippet.n_replies - len(replies)),
    )


def _comment(comment: Item, into: Collector, video_id: str | None = None, n_replies: int | None = None) -> None:
    described = comment.snippet or Snippet()
    video_id = described.video_id or video_id
    account_id = described.author_channel.value if described.author_channel else None
    at = iso_us(described.published_at)
    text = described.text if described.text is not None else html_text(described.html)
    link = f"https://www.youtube.com/watch?v={video_id}&lc={comment.id}" if video_id and comment.id else None
    post = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        action="reply" if described.parent_id else "comment",
        post_id=comment.id,
        object_id=described.parent_id or video_id,
        text=text,
        permalink=link,
        urls=found_urls(text),
    )
    if not into.post(post, described.published_at) or not account_id:
        return
    into.facts(AccountFacts(account_id=account_id, platform="youtube", handle=described.author, captured_at=at))
    if comment.id is not None and (described.like_count is not None or n_replies is not None):
        into.counts(
            PostCounts(
                post_id=comment.id,
                account_id=account_id,
                platform="youtube",
                published_at=at,
                time_precision=precision_of(at),
                likes=described.like_count,
                comments=n_replies,
                text=text,
                permalink=link,
            )
        )


def _video(video: Item, into: Collector) -> None:
    described = video.snippet or Snippet()
    at = iso_us(described.published_at)
    text = "\n".join(part for part in (described.title, described.description) if part) or None
    place = (video.recorded.location if video.recorded else None) or Point()
    is_place = place.latitude is not None and place.longitude is not None
    language = described.language or described.written
    post = Post(
        account_id=described.channel_id,
        acted_at=at,
        time_precision=precision_of(at),
        post_id=video.id,
        text=text,
        language=language,
        latitude=place.latitude if is_place else None,
        longitude=place.longitude if is_place else None,
        permalink=f"https://www.youtube.com/watch?v={video.id}",
        urls=found_urls(described.description),
        hashtags=described.tags,
    )
    if not into.post(post, described.published_at) or described.channel_id is None or video.id is None:
        return
    into.facts(
        AccountFacts(account_id=described.channel_id, platform="youtube", name=described.channel_title, captured_at=at)
    )
    counted = video.statistics or Statistics()
    into.counts(
        PostCounts(
            post_id=video.id,
            account_id=described.channel_id,
            platform="youtube",
            published_at=at,
            time_precision=precision_of(at),
            likes=counted.likes,
            comments=counted.comments,
            views=counted.views,
            text=text,
            language=language,
            permalink=post.permalink,
        )
    )


def _channel(channel: Item, into: Collector) -> None:
    described, counted = channel.snippet or Snippet(), channel.statistics or Statistics()
    if channel.id is None:
        into.reject("a channel without an id")
        return
    into.facts(
        AccountFacts(
            account_id=channel.id,
            platform="youtube",
            handle=described.custom_url,
            name=described.title,
            created_at=iso_us(described.published_at),
            followers=counted.subscribers,
            posts=counted.videos,
            stated_country=described.country,
            language=described.written,
        )
    )


LOADER = Loader(
    name="youtube",
    title="YouTube Data API",
    text="Responses of YouTube's Data API v3: comment threads, comments, videos and channels.",
    sniff=sniff,
    read=read,
)
