"""Records of Bluesky's repositories (posts, reposts, likes, follows), which each export wraps in its own way.

They are decoded into structs: by a declaration of items, an event of Jetstream takes 1.3 times and a post of a feed 1.5
times the processor time.

Source: the lexicons of https://github.com/bluesky-social/atproto (August 2026).
"""

from __future__ import annotations

from typing import Any

import msgspec

from forensics.loaders.normalising.item_records import Post

KNOWN = ("app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like", "app.bsky.graph.follow")
"""Collections whose records are acts."""


class Ref(msgspec.Struct):
    uri: str | None = None


class Reply(msgspec.Struct):
    parent: Ref | None = None


class Feature(msgspec.Struct):
    uri: str | None = None
    tag: str | None = None
    did: str | None = None


class Facet(msgspec.Struct):
    features: list[Feature] = []


class External(msgspec.Struct):
    uri: str | None = None


class Quoted(msgspec.Struct):
    uri: str | None = None
    record: Ref | None = None


class Media(msgspec.Struct):
    external: External | None = None
    images: list[Any] = []


class Embed(Media):
    record: Quoted | None = None
    media: Media | None = None


class Record(msgspec.Struct):
    """A record; which fields it has depends on its collection."""

    created_at: str | None = msgspec.field(default=None, name="createdAt")
    created_at_in_4cat: str | None = msgspec.field(default=None, name="created_at")
    text: str | None = None
    langs: list[str] = []
    tags: list[str] = []
    facets: list[Facet] = []
    reply: Reply | None = None
    embed: Embed | None = None
    subject: Ref | str | None = None


def post_of(record: Record, collection: str, did: str, uri: str | None, at: int | None, precision: str) -> Post:
    """Return what a record does.

    Args:
        collection: one of ``KNOWN``.
        did: of the account.
        at: its time.
        precision: of the time.
    """
    if collection != "app.bsky.feed.post":
        action = {"repost": "repost", "like": "like", "follow": "follow"}[collection.rpartition(".")[2]]
        target = record.subject.uri if isinstance(record.subject, Ref) else record.subject
        kind = "account" if action == "follow" else "post"
        return Post(
            account_id=did,
            acted_at=at,
            time_precision=precision,
            action=action,
            post_id=uri,
            object_id=target,
            object_kind=kind,
        )
    parent = record.reply.parent.uri if record.reply and record.reply.parent else None
    quoted = record.embed.record if record.embed else None
    quoted_uri = (quoted.uri or (quoted.record.uri if quoted.record else None)) if quoted else None
    features = [feature for facet in record.facets for feature in facet.features]
    shown = [part for part in (record.embed, record.embed.media if record.embed else None) if part is not None]
    links = [part.external.uri for part in shown if part.external and part.external.uri]
    return Post(
        account_id=did,
        acted_at=at,
        time_precision=precision,
        action="reply" if parent else "quote" if quoted_uri else "post",
        post_id=uri,
        object_id=parent or quoted_uri,
        text=record.text,
        language=record.langs[0] if record.langs else None,
        permalink=_permalink(uri),
        urls=[*dict.fromkeys([*(f.uri for f in features if f.uri), *links])],
        hashtags=[*dict.fromkeys([*(f.tag for f in features if f.tag), *record.tags])],
        accounts=[f.did for f in features if f.did],
        media=[cid for part in shown for cid in map(_blob, part.images) if cid],
    )


def _blob(image: Any) -> str | None:  # noqa: ANN401  records and views of images differ
    """Return the content id of an image in a record."""
    blob = image.get("image") if isinstance(image, dict) else None
    ref = blob.get("ref") if isinstance(blob, dict) else None
    link = ref.get("$link") if isinstance(ref, dict) else None
    return link if isinstance(link, str) else None


def _permalink(uri: str | None) -> str | None:
    """Return the web address of a post's ``at://`` address."""
    parts = uri.removeprefix("at://").split("/") if uri else []
    return f"https://bsky.app/profile/{parts[0]}/post/{parts[2]}" if len(parts) == 3 else None
