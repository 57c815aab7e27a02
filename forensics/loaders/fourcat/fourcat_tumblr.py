"""Posts of Tumblr as 4CAT keeps them in NDJSON: the objects of Tumblr's API in blocks (its "Neue Post Format").

A blog's ``uuid`` stays when it is renamed. A reblog's own blocks are what was added; what it repeats is a number.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/tumblr/search_tumblr.py, version 1.56;
https://www.tumblr.com/docs/npf (2026).
"""

from __future__ import annotations

import re

from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import Item, Made, all_of, first_of, named
from forensics.loaders.format_declarations.json_format import values_at

_NUMBER = re.compile(r"/(\d{4,})(?:/|$)")


def _parent(item: Item) -> object:
    """Return the number of the post that one repeats, or its address where that has none."""
    address = first_of(item, "parent_post_url", str)
    named_in = _NUMBER.search(address or "")
    return first_of(item, "parent_post_id") or (named_in[1] if named_in else address)


def _blocks(item: Item, *types: str) -> list[Item]:
    blocks = [block for block in values_at(item, ("content", "[]")) if isinstance(block, dict)]
    return [block for block in blocks if block.get("type") in types]


def _media(item: Item) -> list[object]:
    """Return the addresses of pictures, videos and sounds."""
    places = ("media[].url", "media.url", "url")
    return [first_of(block, places, str) for block in _blocks(item, "image", "video", "audio")]


_POST = ItemFormat(
    platform="tumblr",
    account=("blog.uuid", "blog_name"),
    time="timestamp",
    acts=(("repost", Made(_parent, ("parent_post_id", "parent_post_url"))),),
    post={
        "post_id": ("id", "post.id"),
        "text": Made(lambda item: "\n".join(all_of(item, "content[].text")), ("content[].text",)),
        "permalink": "post_url",
        "urls": [lambda item: [block.get("url") for block in _blocks(item, "link")], "content[].formatting[].url"],
        "hashtags": "tags[]",
        "accounts": named("content[].formatting[].blog", "uuid", "name"),
        "media": _media,
    },
    facts={"handle": ("blog_name", "blog.name"), "name": "blog.title"},
    counts_reposts=True,
    counts={"likes": "like_count", "comments": "reply_count", "shares": "reblog_count"},
    also=("content[].type", "content[].url", "content[].media[].url"),
    marks=("blog_name", "post_url", "reblog_key"),
    times="Times are Tumblr's own (timestamp), to the second.",
)

LOADER = item_loader(
    "4cat-tumblr",
    "4CAT, Tumblr NDJSON",
    "Posts of Tumblr as 4CAT keeps them one a line, in the blocks of Tumblr's API.",
    _POST,
)
