"""What every platform's items in Zeeschuimer's lines come to: a post, its account, and its counts."""

from __future__ import annotations

import re
from typing import TypedDict, Unpack

from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts

__all__ = ["Counts", "add_item", "hashtags_of", "whole_number"]

_HASHTAG = re.compile(r"#(\w+)")


class Counts(TypedDict, total=False):
    """What an item counts of its post, as ``records.PostCounts`` names it."""

    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None


def add_item(into: Collector, post: Post, stated_time: object, facts: AccountFacts, **counts: Unpack[Counts]) -> None:
    """Add a post, the facts on its account, and its counts where there are any.

    Args:
        into: what is filled.
        post: the post; without an account or a time the item is rejected.
        stated_time: what the source has for its time.
        facts: of its account.
        **counts: of the post; None where they are not known.
    """
    if not into.post(post, stated_time) or post.account_id is None:
        return
    into.facts(facts)
    if post.post_id is None or all(number is None for number in counts.values()):
        return
    into.counts(
        PostCounts(
            post_id=post.post_id,
            account_id=post.account_id,
            platform=facts.platform,
            published_at=post.acted_at,
            time_precision=post.time_precision,
            captured_at=facts.captured_at if facts.captured_at != post.acted_at else None,
            followers=facts.followers,
            text=post.text,
            language=post.language,
            permalink=post.permalink,
            **counts,
        )
    )


def hashtags_of(text: str | None) -> list[str]:
    """Return the hashtags in a text."""
    return _HASHTAG.findall(text or "")


def whole_number(stated: str | int | None) -> int | None:
    """Return a count that is a number or its digits; None for one that was shortened, such as ``1.2k``."""
    if isinstance(stated, str):
        return int(stated) if stated.isascii() and stated.isdigit() else None
    return stated
