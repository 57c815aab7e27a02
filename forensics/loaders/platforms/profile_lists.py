"""Lists of accounts at Bluesky: who follows whom, who liked or reposted what, and single profiles, from its interface.

A page of followers names them under ``followers`` and whom they follow under ``subject``; a page of follows the other
way round. No time of a follow or a repost stands in it (``createdAt`` is when an account was made), so that these are
acts without times: ``docs/how-to/polled-likes.md`` says how several lists date them. A like has its time.

Source: https://docs.bsky.app, ``app.bsky.graph.getFollowers`` and ``getFollows``, ``app.bsky.feed.getLikes`` and
``getRepostedBy`` (2026).
"""

from __future__ import annotations

from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.json_format import Items
from forensics.loaders.format_declarations.table_format import Act, TableFormat

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
    "Lists of Bluesky's followers, follows, likes or reposts, or profiles, as its interface gives them.",
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
        kind="a page of likes",
        marks=("uri", "likes[].actor"),
        items=Items(lists=("likes",)),
        account="actor.did",
        time="createdAt",
        platform="bluesky",
        acts=(Act("like", of="^uri"),),
        facts={column: f"actor.{key}" for column, key in _FACTS.items() if not key.endswith("Count")},
    ),
    TableFormat(
        kind="a page of reposts",
        marks=("uri", "repostedBy"),
        items=Items(lists=("repostedBy",)),
        account="did",
        platform="bluesky",
        acts=(Act("repost", of="^uri"),),
        facts={column: key for column, key in _FACTS.items() if not key.endswith("Count")},
    ),
    TableFormat(
        kind="minet's tables of accounts",
        marks=("did", "handle", "display_name", "timestamp_utc"),
        without=("uri", "text"),
        account="did",
        platform="bluesky",
        facts={
            "handle": "handle",
            "name": "display_name",
            "created_at": "created_at",
            "followers": "followers",
            "following": "follows",
            "posts": "posts",
        },
        notes=("Who follows, liked or reposted what stands in no column of this table that has a name of its own.",),
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
