"""Posts as Facebook's own web page receives them, inside the lines of Zeeschuimer's development versions or of 4CAT.

The page's data hold no counts that 4CAT relies on, and neither are any read here.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/facebook/search_facebook.py, August 2026.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, all_of, first_of, hashtags_in
from forensics.loaders.format_declarations.json_format import values_at

_STORY = "comet_sections.content.story"
_STAMP = "comet_sections.context_layout.story.comet_sections.metadata[].story"
_TARGETS = (*_STORY.split("."), "attachments", "[]", "target")


def _has_no_story(item: Item) -> bool:
    return first_of(item, _STORY, dict) is None


def _handle(item: Item) -> str | None:
    address = first_of(item, f"{_STORY}.actors[].url", str) or ""
    return address.rstrip("/").rpartition("/")[2] or None


def _groups(item: Item) -> list[str]:
    within = (url.partition("/groups/")[2].partition("/")[0] for url in all_of(item, f"{_STAMP}.url"))
    return [group for group in within if group][:1]


def _photos(item: Item) -> list[str]:
    targets = [target for target in values_at(item, _TARGETS) if isinstance(target, dict)]
    photos = [target["id"] for target in targets if target.get("__typename") == "Photo" and target.get("id")]
    return [f"https://www.facebook.com/photo/?fbid={number}" for number in photos]


POST = ItemFormat(
    platform="facebook",
    account=(f"{_STORY}.actors[].id", _handle),
    time=f"{_STAMP}.creation_time",
    post={
        "post_id": f"{_STORY}.post_id",
        "text": f"{_STORY}.message.text",
        "permalink": f"{_STORY}.wwwURL",
        "hashtags": hashtags_in(f"{_STORY}.message.text"),
        "media": _photos,
        "pages": _groups,
    },
    facts={"handle": _handle, "name": f"{_STORY}.actors[].name"},
    rejected=((_has_no_story, "no post: it has no story"),),
    also=(
        *(f"{_STORY}.actors[].url", f"{_STAMP}.url"),
        *(f"{_STORY}.attachments[].target.{key}" for key in ("id", "__typename")),
    ),
)
