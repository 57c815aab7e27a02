"""Lists of accounts at Bluesky: who follows whom, and single profiles, as its interface gives them.

A page of followers names them under ``followers`` and whom they follow under ``subject``; a page of follows the other
way round. No time of a follow stands in it (``createdAt`` is when an account was made), so that its follows are acts
without times: ``docs/how-to/polled-likes.md`` says how several lists date them.

Source: https://docs.bsky.app, ``app.bsky.graph.getFollowers`` and ``getFollows`` (2026).
"""

from __future__ import annotations

from forensics.loaders.format_reading import loader_of
from forensics.loaders.json_format import Items
from forensics.loaders.table_format import Act, TableFormat

__all__ = ["LOADER"]

_FACTS = {
    "handle": "handle",
    "name": "displayName",
    "created_at": "createdAt",
    "followers": "followersCount",
    "following": "followsCount",
    "posts": "postsCount",
}

LOADER = loader_of(
    "bluesky-profiles",
    "Bluesky, accounts",
    "Lists of Bluesky's followers or follows, or profiles, as its interface gives them.",
    TableFormat(
        kind="a page of followers",
        marks=("subject.did", "followers"),
        items=Items(lists=("followers",)),
        account="did",
        platform="bluesky",
        acts=(Act("follow", of="^subject.did", kind="account"),),
        facts=_FACTS,
    ),
    TableFormat(
        kind="a page of follows",
        marks=("subject.did", "follows"),
        items=Items(lists=("follows",)),
        account="^subject.did",
        platform="bluesky",
        acts=(Act("follow", of="did", kind="account"),),
        facts_of="did",
        facts=_FACTS,
    ),
    TableFormat(
        kind="profiles",
        marks=("did", "handle", "createdAt", "indexedAt"),
        without=("record", "post", "commit"),
        account="did",
        platform="bluesky",
        facts=_FACTS,
    ),
)
