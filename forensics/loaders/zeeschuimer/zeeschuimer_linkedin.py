"""Posts as LinkedIn's own web page receives them, inside the lines of Zeeschuimer's earlier versions or of 4CAT.

LinkedIn shows only how long ago a post was made ("3w"). A post's number holds the moment, its upper bits counting
milliseconds since 1970; that moment is used where it agrees with what was shown, else the post's time is an estimate.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/linkedin/search_linkedin.py, version 1.56; of the
numbers https://github.com/Ollie-Boyd/Linkedin-post-timestamp-extractor.
"""

from __future__ import annotations

import re

from forensics.loaders.format_declarations.item_format import ItemFormat
from forensics.loaders.format_declarations.item_values import Item, Made, first_of, written
from forensics.loaders.format_declarations.json_format import values_at
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.times.id_times import AGO_S, activity_us
from forensics.loaders.times.single_times import epoch_us

_AGO = re.compile(r"(?<!\d)(\d{1,4})\s*([a-z]+)")
_ACTIVITY = re.compile(r"urn:li:activity:(\d+)")
_NUMBERED = ("updateMetadata.urn", "preDashEntityUrn")
_SHOWN = "actor.subDescription.text"
_WORDS = "commentary.text"
_MENTIONED = [f"{_WORDS}.attributes[].*mini{who}" for who in ("Profile.publicIdentifier", "Company.universalName")]


def _number(item: Item) -> str | None:
    found = _ACTIVITY.search(first_of(item, _NUMBERED, str) or "")
    return found[1] if found else None


def _handle(item: Item) -> str | None:
    address = first_of(item, "actor.navigationContext.actionTarget", str) or ""
    return address.partition("linkedin.com/")[2].partition("?")[0].strip("/") or None


def _is_no_post(item: Item) -> bool:
    return first_of(item, "actor", dict) is None or _number(item) is None


def _moment(item: Item, _: int | None, collected: int | None, into: Collector) -> tuple[int | None, str]:
    """Return the moment in a post's number, unless what was shown contradicts it; else the moment that was shown."""
    exact = activity_us(_number(item))
    found = _AGO.search((first_of(item, _SHOWN, str) or "").partition("•")[0].lower())
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


def _hashtags(item: Item) -> list[str]:
    """Return the words of the hashtags, which an address such as ``urn:li:hashtag:vote`` ends in."""
    lists = ("attributes", "attributesV2")
    attributes = [one for name in lists for one in values_at(item, ("commentary", "text", name, "[]"))]
    addresses = []
    for one in attributes:
        if isinstance(one, dict):
            newer = first_of(one, "detailData.*hashtag.trackingUrn", str)
            addresses.append(newer or (first_of(one, "trackingUrn", str) if one.get("type") == "HASHTAG" else None))
    return [address.rpartition(":")[2] for address in addresses if address]


_COUNTED = "*socialDetail.*totalSocialActivityCounts"

POST = ItemFormat(
    platform="linkedin",
    account=(_handle, "actor.name.text"),
    time=_SHOWN,
    clock=lambda _: None,
    moment=_moment,
    post={
        "post_id": _number,
        "text": f"{_WORDS}.text",
        "permalink": written("https://www.linkedin.com/feed/update/urn:li:activity:{}", _number),
        "urls": ("content.navigationContext.actionTarget", "content.articleComponent.navigationContext.actionTarget"),
        "hashtags": Made(
            _hashtags,
            tuple(
                f"{_WORDS}.{name}[].{key}"
                for name in ("attributes", "attributesV2")
                for key in ("type", "trackingUrn", "detailData.*hashtag.trackingUrn")
            ),
        ),
        "accounts": [*_MENTIONED],
    },
    facts={"handle": _handle, "name": "actor.name.text"},
    counts={
        "likes": (f"{_COUNTED}.numLikes", "*socialDetail.likes.paging.total"),
        "comments": (f"{_COUNTED}.numComments", "*socialDetail.comments.paging.total"),
        "shares": (f"{_COUNTED}.numShares", "*socialDetail.totalShares"),
    },
    rejected=((_is_no_post, "no post: it has no actor or no number"),),
    also=(*_NUMBERED, "actor.navigationContext.actionTarget"),
)
