"""Posts as the web pages of Instagram and Threads receive them, inside Zeeschuimer's lines.

Instagram has had two shapes: the newer with ``taken_at`` and ``user``, the older with ``taken_at_timestamp`` and
``owner``. Likes that are hidden are missing, not 0.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/instagram.js and threads.js, version 1.14.2.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, Made, first_of, hashtags_in, named, written

_CODE = ("code", "shortcode")
_HANDLE = ("user.username", "owner.username")
_TEXT = ("caption.text", "edge_media_to_caption.edges[].node.text")
_LIKES = ("edge_media_preview_like.count", "like_count")


def _likes(item: Item) -> object:
    return None if item.get("like_and_view_counts_disabled") else first_of(item, _LIKES)


def _posts_of(platform: str, permalink: Made) -> ItemFormat:
    return ItemFormat(
        platform=platform,
        account=("user.pk", "user.id", "owner.pk", "owner.id", *_HANDLE),
        time=("taken_at", "taken_at_timestamp"),
        post={
            "post_id": _CODE,
            "text": _TEXT,
            "permalink": permalink,
            "latitude": "location.lat",
            "longitude": "location.lng",
            "urls": "text_post_app_info.link_preview_attachment.url",
            "accounts": [
                named("usertags.in[].user", "pk", "id", "username"),
                named("coauthor_producers[]", "pk", "id", "username"),
            ],
            "places": ("location.pk", "location.name"),
            "hashtags": hashtags_in(_TEXT),
        },
        facts={"handle": _HANDLE, "name": ("user.full_name", "owner.full_name")},
        counts={
            "likes": _likes,
            "comments": (*("edge_media_to_comment.count", "comment_count"), "text_post_app_info.direct_reply_count"),
            "shares": "text_post_app_info.repost_count",
            "views": ("view_count", "play_count"),
        },
        rejected=(
            (lambda item: item.get("product_type") == "ad", "an advertisement that the platform put between the posts"),
        ),
        also=("product_type", "like_and_view_counts_disabled", *_LIKES),
    )


INSTAGRAM = _posts_of("instagram", written("https://www.instagram.com/p/{}/", _CODE))
THREADS = _posts_of("threads", written("https://www.threads.net/@{}/post/{}", _HANDLE, _CODE))
