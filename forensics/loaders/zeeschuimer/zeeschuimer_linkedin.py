"""Posts as LinkedIn's own web page receives them, inside the lines of Zeeschuimer's earlier versions or of 4CAT.

LinkedIn shows only how long ago a post was made ("3w"). A post's number holds the moment, its upper bits counting
milliseconds since 1970; that moment is used where it agrees with what was shown, else the post's time is an estimate.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/linkedin/search_linkedin.py, version 1.56; of the
numbers https://github.com/Ollie-Boyd/Linkedin-post-timestamp-extractor.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.id_times import AGO_S, activity_us
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item
from forensics.text.urls import found_urls

__all__ = ["add_linkedin"]

_AGO = re.compile(r"(?<!\d)(\d{1,4})\s*([a-z]+)")
_ACTIVITY = re.compile(r"urn:li:activity:(\d+)")


class Named(msgspec.Struct):
    person: str | None = msgspec.field(default=None, name="publicIdentifier")
    company: str | None = msgspec.field(default=None, name="universalName")


class Tag(msgspec.Struct):
    urn: str | None = msgspec.field(default=None, name="trackingUrn")


class Detail(msgspec.Struct):
    hashtag: Tag | None = msgspec.field(default=None, name="*hashtag")


class Attribute(Tag):
    type: str | None = None
    profile: Named | None = msgspec.field(default=None, name="*miniProfile")
    company: Named | None = msgspec.field(default=None, name="*miniCompany")
    detail: Detail | None = msgspec.field(default=None, name="detailData")


class Words(msgspec.Struct):
    text: str | None = None
    attributes: list[Attribute] = []
    newer: list[Attribute] = msgspec.field(default_factory=list, name="attributesV2")


class Link(msgspec.Struct):
    target: str | None = msgspec.field(default=None, name="actionTarget")


class Actor(msgspec.Struct):
    name: Words | None = None
    ago: Words | None = msgspec.field(default=None, name="subDescription")
    link: Link | None = msgspec.field(default=None, name="navigationContext")


class Commentary(msgspec.Struct):
    text: Words | None = None


class Article(msgspec.Struct):
    link: Link | None = msgspec.field(default=None, name="navigationContext")


class Content(Article):
    article: Article | None = msgspec.field(default=None, name="articleComponent")


class Paging(msgspec.Struct):
    total: int | None = None


class Paged(msgspec.Struct):
    paging: Paging | None = None


class Counted(msgspec.Struct):
    comments: int | None = msgspec.field(default=None, name="numComments")
    shares: int | None = msgspec.field(default=None, name="numShares")
    likes: int | None = msgspec.field(default=None, name="numLikes")


class Social(msgspec.Struct):
    counted: Counted | None = msgspec.field(default=None, name="*totalSocialActivityCounts")
    comments: Paged | None = None
    likes: Paged | None = None
    shares: int | None = msgspec.field(default=None, name="totalShares")


class Urn(msgspec.Struct):
    urn: str | None = None


class Update(msgspec.Struct):
    actor: Actor | None = None
    commentary: Commentary | None = None
    content: Content | None = None
    social: Social | None = msgspec.field(default=None, name="*socialDetail")
    metadata: Urn | None = msgspec.field(default=None, name="updateMetadata")
    urn: str | None = msgspec.field(default=None, name="preDashEntityUrn")


_update = msgspec.json.Decoder(Update, strict=False)


def add_linkedin(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of LinkedIn."""
    update = item_of(item, _update, into)
    actor = update.actor
    named = _ACTIVITY.search((update.metadata.urn if update.metadata else update.urn) or "")
    if actor is None or named is None:
        into.reject("no post: it has no actor or no number")
        return
    post_id = named[1]
    ago = actor.ago.text if actor.ago else None
    at, precision = _time(post_id, ago, collected, into)
    address = (actor.link.target if actor.link else None) or ""
    handle = address.partition("linkedin.com/")[2].partition("?")[0].strip("/") or None
    name = actor.name.text if actor.name else None
    words = (update.commentary.text if update.commentary else None) or Words()
    shown = [part.link.target for part in _parts(update.content) if part.link and part.link.target]
    post = Post(
        account_id=handle or name,
        acted_at=at,
        time_precision=precision,
        post_id=post_id,
        text=words.text,
        permalink=f"https://www.linkedin.com/feed/update/urn:li:activity:{post_id}",
        urls=list(dict.fromkeys([*shown[:1], *found_urls(words.text)])),
        hashtags=[tag for attribute in (*words.attributes, *words.newer) if (tag := _hashtag(attribute))],
        accounts=[who for attribute in words.attributes if (who := _mentioned(attribute))],
    )
    facts = AccountFacts(
        account_id=handle or name or "", platform="linkedin", handle=handle, name=name, captured_at=collected or at
    )
    add_item(into, post, ago, facts, **_counts(update.social or Social()))


def _parts(content: Content | None) -> list[Article]:
    return [part for part in (content, content.article if content else None) if part is not None]


def _time(post_id: str, ago: str | None, collected: int | None, into: Collector) -> tuple[int | None, str]:
    """Return the moment in a post's number, unless what was shown contradicts it; else the moment that was shown."""
    exact = activity_us(post_id)
    found = _AGO.search(ago.partition("•")[0].lower()) if ago else None
    unit = AGO_S.get(found[2]) if found else None
    if collected is None or found is None or unit is None:
        return _second(exact), "s"
    shown, step = collected - int(int(found[1]) * unit * 1_000_000), int(unit * 1_000_000)
    if exact is not None and shown - 2 * step <= exact <= shown + step:
        return _second(exact), "s"
    into.count("Moments in the posts' numbers that contradict how long ago they were shown to be (the latter was kept)")
    return epoch_us(shown, 1_000_000), "estimated"


def _second(moment: int | None) -> int | None:
    return None if moment is None else moment - moment % 1_000_000


def _hashtag(attribute: Attribute) -> str | None:
    """Return the word of an attribute that is a hashtag, which an address such as ``urn:li:hashtag:vote`` ends in."""
    newer = attribute.detail.hashtag if attribute.detail else None
    urn = newer.urn if newer else attribute.urn if attribute.type == "HASHTAG" else None
    return urn.rpartition(":")[2] if urn else None


def _mentioned(attribute: Attribute) -> str | None:
    named = attribute.profile or attribute.company
    return (named.person or named.company) if named else None


def _counts(social: Social) -> Any:  # noqa: ANN401  the counts as keywords
    if social.counted is not None:
        counted = social.counted
        return {"likes": counted.likes, "comments": counted.comments, "shares": counted.shares}
    likes, comments = (part.paging.total if part and part.paging else None for part in (social.likes, social.comments))
    return {"likes": likes, "comments": comments, "shares": social.shares}
