"""Posts as Facebook's own web page receives them, inside the lines of Zeeschuimer's development versions or of 4CAT.

The page's data hold no counts that 4CAT relies on, and neither are any read here.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/facebook/search_facebook.py, August 2026.
"""

from __future__ import annotations

import msgspec

from forensics.loaders.reading.documents import item_of
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.item import add_item, hashtags_of
from forensics.text.urls import found_urls

__all__ = ["add_facebook"]


class Actor(msgspec.Struct):
    id: str | None = None
    name: str | None = None
    url: str | None = None


class Words(msgspec.Struct):
    text: str | None = None


class Target(msgspec.Struct):
    kind: str = msgspec.field(default="", name="__typename")
    id: str | None = None


class Attachment(msgspec.Struct):
    target: Target | None = None


class Story(msgspec.Struct):
    post_id: str | None = None
    url: str | None = msgspec.field(default=None, name="wwwURL")
    actors: list[Actor] = []
    message: Words | None = None
    attachments: list[Attachment] = []


class Stamp(msgspec.Struct):
    created: int | None = msgspec.field(default=None, name="creation_time")
    url: str | None = None


class Metadata(msgspec.Struct):
    story: Stamp | None = None


class Layout(msgspec.Struct):
    metadata: list[Metadata] = []


class LayoutStory(msgspec.Struct):
    sections: Layout | None = msgspec.field(default=None, name="comet_sections")


class Context(msgspec.Struct):
    story: LayoutStory | None = None


class Content(msgspec.Struct):
    story: Story | None = None


class Sections(msgspec.Struct):
    content: Content | None = None
    context: Context | None = msgspec.field(default=None, name="context_layout")


class Item(msgspec.Struct):
    sections: Sections | None = msgspec.field(default=None, name="comet_sections")


_item = msgspec.json.Decoder(Item, strict=False)


def add_facebook(item: bytes, collected: int | None, into: Collector) -> None:
    """Add a post of Facebook."""
    sections = item_of(item, _item, into).sections or Sections()
    story = sections.content.story if sections.content else None
    if story is None:
        into.reject("no post: it has no story")
        return
    stamp = _stamp(sections)
    at, actor = epoch_us(stamp.created), story.actors[0] if story.actors else Actor()
    handle = (actor.url or "").rstrip("/").rpartition("/")[2] or None
    account_id = actor.id or handle
    text = story.message.text if story.message else None
    group = (stamp.url or "").partition("/groups/")[2].partition("/")[0]
    targets = [attachment.target for attachment in story.attachments if attachment.target]
    post = Post(
        account_id=account_id,
        acted_at=at,
        post_id=story.post_id,
        text=text,
        permalink=story.url,
        urls=found_urls(text),
        hashtags=hashtags_of(text),
        media=[f"https://www.facebook.com/photo/?fbid={one.id}" for one in targets if one.kind == "Photo" and one.id],
        pages=[group] if group else [],
    )
    facts = AccountFacts(
        account_id=account_id or "", platform="facebook", handle=handle, name=actor.name, captured_at=collected or at
    )
    add_item(into, post, stamp.created, facts)


def _stamp(sections: Sections) -> Stamp:
    """Return the part of a post's head that says when it was made."""
    story = sections.context.story if sections.context else None
    listed = story.sections.metadata if story and story.sections else []
    return next((one.story for one in listed if one.story and one.story.created is not None), Stamp())
