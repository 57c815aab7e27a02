"""Posts of Douyin, and notes and comments of Xiaohongshu, as their web pages receive them, inside Zeeschuimer's lines.

Both write an item in two ways: with ``snake_case`` keys from their interfaces and with ``camelCase`` keys from within a
page. Xiaohongshu's tiles without contents and Douyin's live streams are no posts. Where a comment was written
(``ip_location``) is what Xiaohongshu tells from its network address; it is kept where it is a country's name.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/douyin.js, rednote.js and rednote-comments.js,
1.14.2.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us, precision_of
from forensics.loaders.zeeschuimer.item import add_item, hashtags_of, whole_number
from forensics.places.place_resolution import resolve
from forensics.text.urls import found_urls

__all__ = ["add_douyin", "add_note", "add_note_comment"]


class DouyinAuthor(msgspec.Struct):
    uid: str | int | None = None
    nickname: str | None = None
    region: str | None = None
    followers: int | None = msgspec.field(default=None, name="follower_count")


class DouyinCounts(msgspec.Struct):
    digg_count: int | None = None
    comment_count: int | None = None
    share_count: int | None = None
    play_count: int | None = None
    diggs: int | None = msgspec.field(default=None, name="diggCount")
    comments: int | None = msgspec.field(default=None, name="commentCount")
    shares: int | None = msgspec.field(default=None, name="shareCount")
    plays: int | None = msgspec.field(default=None, name="playCount")


class Extra(msgspec.Struct):
    hashtag_name: str | None = None
    hashtag: str | None = msgspec.field(default=None, name="hashtagName")
    sec_uid: str | None = None
    mentioned: str | None = msgspec.field(default=None, name="secUid")


class Music(msgspec.Struct):
    id: int | str | None = None
    mid: str | None = None


class Douyin(msgspec.Struct):
    aweme_id: str | None = None
    id: str | None = msgspec.field(default=None, name="awemeId")
    desc: str | None = None
    create_time: int | None = None
    created: int | None = msgspec.field(default=None, name="createTime")
    author: DouyinAuthor | None = None
    author_info: DouyinAuthor | None = msgspec.field(default=None, name="authorInfo")
    author_user_id: str | int | None = None
    author_id: str | int | None = msgspec.field(default=None, name="authorUserId")
    statistics: DouyinCounts | None = None
    stats: DouyinCounts | None = None
    text_extra: list[Extra] = []
    extra: list[Extra] = msgspec.field(default_factory=list, name="textExtra")
    region: str | None = None
    music: Music | str | None = None
    rawdata: msgspec.Raw | None = None


class NoteUser(msgspec.Struct):
    user_id: str | None = None
    id: str | None = msgspec.field(default=None, name="userId")
    nickname: str | None = None
    nick_name: str | None = None


class Interactions(msgspec.Struct):
    liked_count: str | int | None = None
    comment_count: str | int | None = None
    share_count: str | int | None = None
    liked: str | int | None = msgspec.field(default=None, name="likedCount")
    comments: str | int | None = msgspec.field(default=None, name="commentCount")
    shares: str | int | None = msgspec.field(default=None, name="shareCount")


class Card(msgspec.Struct):
    title: str | None = None
    display_title: str | None = None
    desc: str | None = None
    time: int | None = None
    user: NoteUser | None = None
    interact_info: Interactions | None = None
    interactions: Interactions | None = msgspec.field(default=None, name="interactInfo")


class Note(Card):
    id: str | None = None
    note_id: str | None = None
    note_card: Card | None = None
    note: Card | None = None


class Answered(msgspec.Struct):
    id: str | None = None


class NoteComment(msgspec.Struct):
    id: str | None = None
    note_id: str | None = None
    content: str | None = None
    create_time: int | None = None
    user_info: NoteUser | None = None
    ip_location: str | None = None
    like_count: str | int | None = None
    sub_comment_count: str | int | None = None
    target_comment: Answered | None = None


_douyin = msgspec.json.Decoder(Douyin, strict=False)
_note = msgspec.json.Decoder(Note, strict=False)
_comment = msgspec.json.Decoder(NoteComment, strict=False)


def add_douyin(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Douyin."""
    video = item_of(item, _douyin, into)
    post_id, stated = video.aweme_id or video.id, video.create_time or video.created
    if post_id is None or stated is None or video.rawdata is not None:
        into.reject("a live stream or a fragment of Douyin, no post")
        return
    author = video.author or video.author_info or DouyinAuthor()
    number = video.author_user_id or video.author_id or author.uid
    account_id = str(number) if number is not None else author.nickname
    extras = video.text_extra or video.extra
    counted = video.statistics or video.stats or DouyinCounts()
    music = video.music if isinstance(video.music, Music) else Music()
    at = epoch_us(stated)
    post = Post(
        account_id=account_id,
        acted_at=at,
        post_id=post_id,
        text=video.desc,
        country=_code(video.region),
        permalink=f"https://www.douyin.com/video/{post_id}",
        urls=found_urls(video.desc),
        hashtags=[tag for extra in extras if (tag := extra.hashtag_name or extra.hashtag)],
        accounts=[who for extra in extras if (who := extra.sec_uid or extra.mentioned)],
        media=[f"music-{music.mid or music.id}"] if music.mid or music.id else [],
    )
    country = _code(author.region)
    facts = AccountFacts(
        account_id=account_id or "",
        platform="douyin",
        name=author.nickname,
        captured_at=collected or at,
        followers=author.followers,
        platform_country=country,
        platform_country_kind="profile" if country else None,
    )
    counts = {
        "likes": counted.digg_count if counted.digg_count is not None else counted.diggs,
        "comments": counted.comment_count if counted.comment_count is not None else counted.comments,
        "shares": counted.share_count if counted.share_count is not None else counted.shares,
        "views": (counted.play_count if counted.play_count is not None else counted.plays) or None,
    }
    add_item(into, post, stated, facts, **counts)


def add_note(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a note of Xiaohongshu."""
    note = item_of(item, _note, into)
    card = note.note_card or note.note or note
    user, counted = card.user or NoteUser(), card.interact_info or card.interactions or Interactions()
    account_id, post_id = user.user_id or user.id or user.nickname or user.nick_name, note.id or note.note_id
    at = epoch_us(card.time, 1000)
    words = [part for part in (card.title or card.display_title, card.desc) if part]
    text = "\n".join(words) or None
    post = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        post_id=post_id,
        text=text,
        permalink=f"https://www.xiaohongshu.com/explore/{post_id}" if post_id else None,
        urls=found_urls(text),
        hashtags=hashtags_of(text),
    )
    facts = AccountFacts(
        account_id=account_id or "",
        platform="xiaohongshu",
        name=user.nickname or user.nick_name,
        captured_at=collected or at,
    )
    likes = counted.liked_count if counted.liked_count is not None else counted.liked
    comments = counted.comment_count if counted.comment_count is not None else counted.comments
    shares = counted.share_count if counted.share_count is not None else counted.shares
    counts = {"likes": whole_number(likes), "comments": whole_number(comments), "shares": whole_number(shares)}
    add_item(into, post, card.time, facts, **counts)


def add_note_comment(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a comment on a note of Xiaohongshu."""
    comment = item_of(item, _comment, into)
    user = comment.user_info or NoteUser()
    account_id = user.user_id or user.id or user.nickname
    answered = comment.target_comment.id if comment.target_comment else None
    at = epoch_us(comment.create_time, 1000)
    post = Post(
        account_id=account_id,
        acted_at=at,
        time_precision=precision_of(at),
        action="reply" if answered else "comment",
        post_id=comment.id,
        object_id=answered or comment.note_id,
        text=comment.content,
        permalink=f"https://www.xiaohongshu.com/explore/{comment.note_id}" if comment.note_id else None,
    )
    place = resolve(comment.ip_location) if comment.ip_location else None
    country = place.country or None if place and place.kind == "country" else None
    facts = AccountFacts(
        account_id=account_id or "",
        platform="xiaohongshu",
        name=user.nickname,
        captured_at=collected or at,
        platform_country=country,
        platform_country_kind="network address" if country else None,
    )
    counts = {"likes": whole_number(comment.like_count), "comments": whole_number(comment.sub_comment_count)}
    add_item(into, post, comment.create_time, facts, **counts)


def _code(region: str | None) -> str | None:
    code = (region or "").upper()
    return code if len(code) == 2 and code.isalpha() else None
