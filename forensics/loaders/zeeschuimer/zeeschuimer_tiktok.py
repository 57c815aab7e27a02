"""Videos and comments as TikTok's own web page receives them, inside Zeeschuimer's lines.

An account's id is its ``uniqueId``, the name in its address, as in TikTok's other exports.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/tiktok.js and tiktok-comments.js, 1.14.2.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.times.id_times import compare, tiktok_us
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item
from forensics.text.urls import found_urls

__all__ = ["add_comment", "add_video"]


class Author(msgspec.Struct):
    handle: str | None = msgspec.field(default=None, name="uniqueId")
    nickname: str | None = None


class AuthorCounts(msgspec.Struct):
    followers: int | None = msgspec.field(default=None, name="followerCount")
    following: int | None = msgspec.field(default=None, name="followingCount")
    videos: int | None = msgspec.field(default=None, name="videoCount")


class Counts(msgspec.Struct):
    plays: int | None = msgspec.field(default=None, name="playCount")
    likes: int | None = msgspec.field(default=None, name="diggCount")
    comments: int | None = msgspec.field(default=None, name="commentCount")
    shares: int | None = msgspec.field(default=None, name="shareCount")


class Challenge(msgspec.Struct):
    title: str | None = None


class Music(msgspec.Struct):
    id: str | int | None = None


class Video(msgspec.Struct):
    id: str | int | None = None
    desc: str | None = None
    created: int | str | None = msgspec.field(default=None, name="createTime")
    author: Author | str | None = None
    author_counts: AuthorCounts | None = msgspec.field(default=None, name="authorStats")
    counts: Counts | None = msgspec.field(default=None, name="stats")
    challenges: list[Challenge] = []
    music: Music | None = None
    country: str | None = msgspec.field(default=None, name="locationCreated")


class Commenter(msgspec.Struct):
    unique_id: str | None = None
    nickname: str | None = None


class Shared(msgspec.Struct):
    url: str | None = None


class Comment(msgspec.Struct):
    cid: str | int | None = None
    aweme_id: str | int | None = None
    reply_id: str | int | None = None
    text: str | None = None
    create_time: int | str | None = None
    user: Commenter | None = None
    digg_count: int | None = None
    n_replies: int | None = msgspec.field(default=None, name="reply_comment_total")
    language: str | None = msgspec.field(default=None, name="comment_language")
    shared: Shared | None = msgspec.field(default=None, name="share_info")


_video = msgspec.json.Decoder(Video, strict=False)
_comment = msgspec.json.Decoder(Comment, strict=False)


def add_video(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a video, its account and its counts."""
    video = item_of(item, _video, into)
    author = Author(video.author) if isinstance(video.author, str) else video.author or Author()
    post_id, at = str(video.id) if video.id is not None else None, epoch_us(video.created)
    compare(at, tiktok_us(post_id), into)
    country = (video.country or "").upper()
    post = Post(
        account_id=author.handle,
        acted_at=at,
        post_id=post_id,
        text=video.desc,
        country=country if len(country) == 2 and country.isalpha() else None,
        permalink=f"https://www.tiktok.com/@{author.handle}/video/{post_id}",
        urls=found_urls(video.desc),
        hashtags=[challenge.title for challenge in video.challenges if challenge.title],
        media=[f"music-{video.music.id}"] if video.music and video.music.id else [],
    )
    if not into.post(post, video.created) or author.handle is None:
        return
    known = video.author_counts or AuthorCounts()
    into.facts(
        AccountFacts(
            account_id=author.handle,
            platform="tiktok",
            handle=author.handle,
            name=author.nickname,
            captured_at=collected or at,
            followers=known.followers,
            following=known.following,
            posts=known.videos,
        )
    )
    if video.counts is not None and post_id is not None:
        into.counts(
            PostCounts(
                post_id=post_id,
                account_id=author.handle,
                platform="tiktok",
                published_at=at,
                time_precision="s",
                captured_at=collected,
                followers=known.followers,
                likes=video.counts.likes,
                comments=video.counts.comments,
                shares=video.counts.shares,
                views=video.counts.plays,
                text=video.desc,
            )
        )


def add_comment(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a comment and its account."""
    comment = item_of(item, _comment, into)
    user = comment.user or Commenter()
    is_reply = str(comment.reply_id or "0") != "0"
    target = comment.reply_id if is_reply else comment.aweme_id
    at = epoch_us(comment.create_time)
    post = Post(
        account_id=user.unique_id,
        acted_at=at,
        action="reply" if is_reply else "comment",
        post_id=str(comment.cid) if comment.cid is not None else None,
        object_id=str(target) if target is not None else None,
        text=comment.text,
        language=comment.language,
        permalink=comment.shared.url if comment.shared else None,
        urls=found_urls(comment.text),
    )
    compare(at, tiktok_us(post.post_id), into)
    facts = AccountFacts(
        account_id=user.unique_id or "",
        platform="tiktok",
        handle=user.unique_id,
        name=user.nickname,
        captured_at=collected or at,
    )
    add_item(into, post, comment.create_time, facts, likes=comment.digg_count, comments=comment.n_replies)
