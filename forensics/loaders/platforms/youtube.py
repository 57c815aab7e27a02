"""Comments, videos and channels as YouTube's Data API v3 gives them: response documents, or their items one a line.

A comment is done to its video, a reply to the comment it answers. The API gives at most five replies of a thread;
a note counts those that are missing. Counts are written as strings and left out where hidden. A channel states its own
country. Where a video was recorded is what its uploader says.

Source: https://developers.google.com/youtube/v3/docs (2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import Item, Made, first_of, lines_of, time_at, written
from forensics.loaders.format_declarations.json_format import Items, values_at
from forensics.loaders.loader import Confidence, Head, by_fields
from forensics.loaders.times.single_times import iso_us
from forensics.messages import Text, message
from forensics.text.html_text import html_text

_VIDEO_ID = ("snippet.videoId", "_video")
_WATCH = "https://www.youtube.com/watch?v={}"
_TEXTS = ("snippet.textOriginal", "snippet.textDisplay")


def _comments(item: Item) -> Iterator[Item]:
    """Yield the comments in a thread: the first, with how many replies it has, and those that came along."""
    first = next(values_at(item, ("snippet", "topLevelComment")), None)
    if item.get("kind") != "youtube#commentThread" or not isinstance(first, dict):
        yield item
        return
    replies = [reply for reply in values_at(item, ("replies", "comments", "[]")) if isinstance(reply, dict)]
    stated = str(first_of(item, "snippet.totalReplyCount"))
    n_replies = int(stated) if stated.isascii() and stated.isdigit() else 0
    video = {"_video": first_of(item, "snippet.videoId")}
    yield {**first, **video, "kind": "youtube#comment", "_replies": n_replies, "_missing": n_replies - len(replies)}
    yield from ({**reply, **video} for reply in replies)


def _text(item: Item) -> str | None:
    plain = first_of(item, "snippet.textOriginal", str)
    return html_text(first_of(item, "snippet.textDisplay", str)) if plain is None else str(plain)


def _missing(item: Item) -> int:
    missing = item.get("_missing")
    return max(0, missing) if isinstance(missing, int) else 0


_COMMENT = ItemFormat(
    platform="youtube",
    account="snippet.authorChannelId.value",
    time="snippet.publishedAt",
    clock=iso_us,
    post={"post_id": "id", "text": Made(_text, (_TEXTS,)), "permalink": written(_WATCH + "&lc={}", _VIDEO_ID, "id")},
    acts=(("reply", "snippet.parentId"), ("comment", _VIDEO_ID)),
    facts={"handle": "snippet.authorDisplayName"},
    counts={"likes": "snippet.likeCount", "comments": "_replies"},
    noted=(("Replies that are missing, because the API puts at most five into a thread", _missing),),
    also=("_missing", "kind"),
    items=Items(lists=("items",), parts=_comments),
    times="Times are YouTube's own (publishedAt), to the second.",
)

_VIDEO = ItemFormat(
    platform="youtube",
    account="snippet.channelId",
    time="snippet.publishedAt",
    clock=iso_us,
    post={
        "post_id": ("id.videoId", "id"),
        "text": lines_of("snippet.title", "snippet.description"),
        "language": ("snippet.defaultAudioLanguage", "snippet.defaultLanguage"),
        "latitude": "recordingDetails.location.latitude",
        "longitude": "recordingDetails.location.longitude",
        "permalink": written(_WATCH, ("id.videoId", "id")),
        "hashtags": "snippet.tags[]",
    },
    facts={"name": "snippet.channelTitle"},
    counts={"likes": "statistics.likeCount", "comments": "statistics.commentCount", "views": "statistics.viewCount"},
    also=("kind",),
)

_CHANNEL = ItemFormat(
    platform="youtube",
    account="id",
    facts={
        "handle": "snippet.customUrl",
        "name": "snippet.title",
        "created_at": time_at("snippet.publishedAt", iso_us),
        "followers": "statistics.subscriberCount",
        "posts": "statistics.videoCount",
        "stated_country": "snippet.country",
        "language": "snippet.defaultLanguage",
    },
    also=("kind",),
)

_SHAPES = {"comment": _COMMENT, "video": _VIDEO, "searchResult": _VIDEO, "channel": _CHANNEL}


def _shape(item: Item) -> ItemFormat | Text:
    kind = str(item.get("kind") or "")
    if kind == "youtube#commentThread":
        return "a thread without its first comment"
    is_video = kind != "youtube#searchResult" or first_of(item, ("id.videoId", "id")) is not None
    known = _SHAPES.get(kind.removeprefix("youtube#")) if is_video else None
    return known or message("of the kind '{kind}', which holds no act", kind=kind)


def _sniff(head: Head) -> Confidence | None:
    """Accept objects whose ``kind`` begins with ``youtube#``."""
    return by_fields(0.95, "kind: youtube#") if "kind" in head.keys and b"youtube#" in head.start else None


LOADER = replace(
    item_loader(
        "youtube",
        "YouTube Data API",
        "Responses of YouTube's Data API v3: comment threads, comments, videos and channels.",
        _COMMENT,
        _shape,
    ),
    sniff=_sniff,
)
