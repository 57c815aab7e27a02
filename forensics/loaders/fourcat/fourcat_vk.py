"""Posts and comments of VK: the objects of VK's API as it answers, or as 4CAT keeps each with its author's profile.

Numbers of posts and comments count within a wall, so that a post is known by the wall's number and its own. Groups have
negative numbers. A repost holds the post it repeats (``copy_history``).

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/vk/search_vk.py, version 1.56;
https://dev.vk.com/en/reference/objects/post (2026).
"""

from __future__ import annotations

from collections.abc import Callable

from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import (
    Item,
    Made,
    all_of,
    country_named,
    first_of,
    hashtags_in,
    written,
)
from forensics.loaders.format_declarations.json_format import Items, values_at


def _answered(item: Item) -> object:
    """Return the post that a comment stands below; a post names none."""
    is_comment = item.get("4cat_item_type") == "comment" or "parents_stack" in item
    return first_of(item, "post_id") if is_comment else None


def _at(place: int) -> Callable[[Item], float | None]:
    """Return what reads latitude or longitude where older versions of the API wrote both in one text."""

    def made(item: Item) -> float | None:
        parts = (first_of(item, "geo.coordinates", str) or "").split()
        try:
            return float(parts[place]) if len(parts) == 2 else None
        except ValueError:
            return None

    return made


def _name(item: Item) -> object:
    whole = all_of(item, ["author_profile.first_name", "author_profile.last_name"])
    return first_of(item, "author_profile.name") or " ".join(whole)


def _media(item: Item) -> list[str]:
    """Return the pictures, videos and documents as VK's addresses name them."""
    parts = [one for one in values_at(item, ("attachments", "[]")) if isinstance(one, dict)]
    kinds = [(kind, one.get(kind)) for one in parts for kind in ("photo", "video", "doc")]
    return [
        f"https://vk.com/{kind}{one.get('owner_id')}_{one['id']}"
        for kind, one in kinds
        if isinstance(one, dict) and one.get("id") is not None
    ]


_ITEM = ItemFormat(
    platform="vk",
    account="from_id",
    time="date",
    acts=(
        ("repost", written("{}_{}", "copy_history[].owner_id", "copy_history[].id")),
        ("reply", written("{}_{}", "owner_id", "reply_to_comment")),
        ("comment", written("{}_{}", "owner_id", Made(_answered, ("4cat_item_type", "post_id")))),
    ),
    post={
        "post_id": written("{}_{}", "owner_id", "id"),
        "text": "text",
        "client": "post_source.type",
        "latitude": ("geo.coordinates.latitude", _at(0)),
        "longitude": ("geo.coordinates.longitude", _at(1)),
        "permalink": written("https://vk.com/wall{}_{}", "owner_id", "id"),
        "urls": "attachments[].link.url",
        "hashtags": hashtags_in("text"),
        "accounts": "reply_to_user",
        "media": _media,
    },
    facts={
        "handle": "author_profile.screen_name",
        "name": _name,
        "followers": ("author_profile.followers_count", "author_profile.members_count"),
        "stated_place": "author_profile.city.title",
        "stated_country": country_named("author_profile.country.title"),
    },
    counts_reposts=True,
    counts={"likes": "likes.count", "comments": "comments.count", "shares": "reposts.count", "views": "views.count"},
    also=(
        *(f"attachments[].{kind}.{key}" for kind in ("photo", "video", "doc") for key in ("id", "owner_id")),
        *(f"author_profile.{key}" for key in ("name", "first_name", "last_name")),
    ),
    marks=("owner_id", "from_id", "date"),
    one_of=("author_profile", "4cat_item_type", "post_type", "parents_stack"),
    items=Items(lists=("items",), around=("response",)),
    times="Times are VK's own (date), to the second.",
)

LOADER = item_loader(
    "4cat-vk",
    "VK, as its API has it",
    "Posts and comments of VK as its API answers, or as 4CAT keeps them one a line with the profile of each author.",
    _ITEM,
)
