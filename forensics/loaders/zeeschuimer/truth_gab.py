"""Posts of Truth Social and Gab as their web pages receive them, inside Zeeschuimer's lines.

Both grew out of Mastodon. Accounts and posts are known by the platform's own numbers, as in 4CAT's tables. Gab writes
short keys in its timelines (``c`` for the contents, ``ca`` for the time) and Mastodon's in its search.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/truth.js and gab.js, version 1.14.2.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, Made, first_of, named, time_at, written
from forensics.loaders.times.single_times import iso_us
from forensics.text.html_text import html_links, html_text

_CONTENT = ("c", "reblog.content", "content")
_HANDLE = ("author_info.username", "author_info.un", "account.username", "account.un")


def _content(item: Item) -> str | None:
    found: str | None = first_of(item, _CONTENT, str)
    return found


def _posts_of(platform: str) -> ItemFormat:
    return ItemFormat(
        platform=platform,
        account=("author_info.id", "author_info.i", "account.id", "account.i", *_HANDLE),
        time=("ca", "created_at"),
        clock=iso_us,
        acts=(("repost", "reblog.id"), ("reply", ("in_reply_to_id", "in_reply_to.id")), ("quote", "quote_id")),
        post={
            "post_id": ("i", "id"),
            "text": Made(lambda item: html_text(_content(item)), (_CONTENT,)),
            "language": ("reblog.language", "language"),
            "permalink": ("ul", "url"),
            "urls": [
                ("link_info.url", "reblog.card.url", "card.url"),
                Made(lambda item: html_links(_content(item)), (_CONTENT,)),
            ],
            "hashtags": ("tg[].name", "reblog.tags[].name", "tags[].name"),
            "accounts": tuple(named(path, "id", "username") for path in ("m[]", "reblog.mentions[]", "mentions[]")),
            "media": ("reblog.media_attachments[].url", "media_attachments[].url"),
            "pages": written("group-{}", ("g.id", "group.id")),
        },
        facts={
            "handle": _HANDLE,
            "name": ("author_info.display_name", "author_info.dn", "account.display_name", "account.dn"),
            "created_at": time_at(("author_info.created_at", "account.created_at"), iso_us),
            "followers": ("author_info.followers_count", "account.followers_count"),
            "following": ("author_info.following_count", "account.following_count"),
            "posts": ("author_info.statuses_count", "account.statuses_count"),
        },
        counts={"likes": ("fbc", "favourites_count"), "comments": "replies_count", "shares": ("rbc", "reblogs_count")},
    )


TRUTH, GAB = _posts_of("truthsocial"), _posts_of("gab")
