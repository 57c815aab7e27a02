"""Posts of Imgur, 9GAG and Pinterest as their web pages receive them, inside Zeeschuimer's lines.

Imgur names accounts by number only. 9GAG's anonymous posts have no account. Pins read off the page itself
(``_zs-origin``) have neither a time nor an account, and of the others some have no time.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, modules/imgur.js, 9gag.js and pinterest.js, 1.14.2.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, first_of, hashtags_in, lines_of, written
from forensics.loaders.times.single_times import iso_us


def _mail_us(text: str) -> int | None:
    """Read ``Fri, 21 Jun 2024 20:00:00 +0000``, or ISO 8601."""
    try:
        return iso_us(parsedate_to_datetime(text).isoformat())
    except ValueError:
        return iso_us(text)


def _number(item: Item) -> object:
    """Return an account's number; 0 stands for nobody's."""
    return first_of(item, "account_id") or None


_TEXT = lines_of("title", "description")

IMAGE = ItemFormat(
    platform="imgur",
    account=_number,
    time="created_at",
    clock=iso_us,
    post={"post_id": "id", "text": _TEXT, "permalink": "url"},
    counts={"likes": "upvote_count", "comments": "comment_count", "views": "view_count"},
    also=("account_id",),
)

GAG = ItemFormat(
    platform="9gag",
    account="creator.username",
    time="creationTs",
    post={"post_id": "id", "text": _TEXT, "permalink": "url", "urls": "sourceUrl", "hashtags": "tags[].key"},
    facts={"handle": "creator.username", "name": "creator.fullName"},
    counts={"likes": "upVoteCount", "comments": "commentsCount"},
)

_PIN = ("entityId", "id")

PIN = ItemFormat(
    platform="pinterest",
    account="pinner.username",
    time=("created_at", "createdAt"),
    clock=_mail_us,
    post={
        "post_id": _PIN,
        "text": _TEXT,
        "permalink": written("https://www.pinterest.com/pin/{}", _PIN),
        "urls": "link",
        "hashtags": hashtags_in("title", "description"),
        "pages": written("https://www.pinterest.com{}", "board.url"),
    },
    facts={"handle": "pinner.username", "name": ("pinner.fullName", "pinner.full_name")},
)
