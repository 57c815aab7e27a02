"""Posts as the web pages of Instagram and Threads receive them, inside Zeeschuimer's lines.

Instagram has had two shapes: the newer with ``taken_at`` and ``user``, the older with ``taken_at_timestamp`` and
``owner``. Likes that are hidden are missing, not 0.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/instagram.js and threads.js, version 1.14.2.
"""

from __future__ import annotations

import re

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.single_times import epoch_us
from forensics.text.urls import found_urls

__all__ = ["add_instagram", "add_threads"]

_HASHTAG = re.compile(r"#(\w+)")


class Words(msgspec.Struct):
    text: str | None = None


class Node(msgspec.Struct):
    node: Words | None = None


class Edges(msgspec.Struct):
    edges: list[Node] = []
    count: int | None = None


class User(msgspec.Struct):
    pk: str | int | None = None
    id: str | int | None = None
    username: str | None = None
    full_name: str | None = None


class Location(msgspec.Struct):
    pk: str | int | None = None
    name: str | None = None
    lat: float | None = None
    lng: float | None = None


class Tagged(msgspec.Struct):
    user: User | None = None


class Tags(msgspec.Struct):
    tagged: list[Tagged] = msgspec.field(default_factory=list, name="in")


class Preview(msgspec.Struct):
    url: str | None = None


class ThreadInfo(msgspec.Struct):
    replies: int | None = msgspec.field(default=None, name="direct_reply_count")
    reposts: int | None = msgspec.field(default=None, name="repost_count")
    link: Preview | None = msgspec.field(default=None, name="link_preview_attachment")


class Item(msgspec.Struct):
    code: str | None = None
    shortcode: str | None = None
    taken_at: int | None = None
    taken_at_timestamp: int | None = None
    caption: Words | None = None
    edge_media_to_caption: Edges | None = None
    edge_media_preview_like: Edges | None = None
    edge_media_to_comment: Edges | None = None
    user: User | None = None
    owner: User | None = None
    like_count: int | None = None
    comment_count: int | None = None
    play_count: int | None = None
    view_count: int | None = None
    product_type: str | None = None
    location: Location | None = None
    usertags: Tags | None = None
    coauthors: list[User] = msgspec.field(default_factory=list, name="coauthor_producers")
    thread: ThreadInfo | None = msgspec.field(default=None, name="text_post_app_info")
    like_and_view_counts_disabled: bool = False


_item = msgspec.json.Decoder(Item, strict=False)


def add_instagram(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Instagram."""
    _add(item, collected, into, "instagram", "https://www.instagram.com/p/{code}/")


def add_threads(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Threads."""
    _add(item, collected, into, "threads", "https://www.threads.net/@{name}/post/{code}")


def _add(data: bytes, collected: int | None, into: Collector, platform: str, link: str) -> None:
    item = item_of(data, _item, into)
    if item.product_type == "ad":
        into.reject("an advertisement that the platform put between the posts")
        return
    user = item.user or item.owner or User()
    moment = item.taken_at if item.taken_at is not None else item.taken_at_timestamp
    code, at = item.code or item.shortcode, epoch_us(moment)
    older = item.edge_media_to_caption.edges if item.edge_media_to_caption else []
    first = older[0].node if older else None
    text = item.caption.text if item.caption else first.text if first else None
    number = user.pk if user.pk is not None else user.id
    account_id = str(number) if number is not None else user.username
    place, thread = item.location or Location(), item.thread or ThreadInfo()
    post = Post(
        account_id=account_id,
        acted_at=at,
        post_id=code,
        text=text,
        permalink=link.format(code=code, name=user.username) if code else None,
        latitude=place.lat,
        longitude=place.lng,
        urls=[*([thread.link.url] if thread.link and thread.link.url else []), *found_urls(text)],
        accounts=_tagged(item),
        places=[str(place.pk or place.name)] if place.pk or place.name else [],
        hashtags=_HASHTAG.findall(text or ""),
    )
    if not into.post(post, moment) or account_id is None:
        return
    into.facts(
        AccountFacts(
            account_id=account_id,
            platform=platform,
            handle=user.username,
            name=user.full_name,
            captured_at=collected or at,
        )
    )
    if code is not None:
        likes = item.edge_media_preview_like.count if item.edge_media_preview_like else item.like_count
        comments = item.edge_media_to_comment.count if item.edge_media_to_comment else item.comment_count
        into.counts(
            PostCounts(
                post_id=code,
                account_id=account_id,
                platform=platform,
                published_at=at,
                time_precision="s",
                captured_at=collected,
                likes=None if item.like_and_view_counts_disabled else likes,
                comments=comments if comments is not None else thread.replies,
                shares=thread.reposts,
                views=item.view_count if item.view_count is not None else item.play_count,
                text=text,
                permalink=post.permalink,
            )
        )


def _tagged(item: Item) -> list[str]:
    """Return the ids, or else the names, of the accounts tagged in the pictures and of the co-authors."""
    users = [tag.user for tag in item.usertags.tagged if tag.user] if item.usertags else []
    users += item.coauthors
    return [str(who) for user in users if (who := user.pk or user.id or user.username)]
