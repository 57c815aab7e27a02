"""The book of a town: every act as the rows that an export would hold, and the publications."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from worlds.base import World, frames

Row = tuple[str, str, str, str, float, None, str, str | None, str, str | None, str | None]

__all__ = ["ONCE", "ActBook"]

ONCE = ("like", "follow", "rate", "join", "repost")
"""What a platform lets an account do to one object once only."""


class ActBook:
    """Rows of acts and posts in the order in which they were written down.

    Attributes:
        acts: in the order of ``ACTIONS``.
        posts: in the order of ``POSTS``.
    """

    def __init__(self, salt: str) -> None:
        self._salt = salt
        self._made = 0
        self.acts: list[Row] = []
        self.posts: list[tuple[str, str, float, int]] = []

    def new_id(self, prefix: str = "") -> str:
        """Return an id that tells nothing of what it names."""
        self._made += 1
        return prefix + hashlib.blake2s(f"{self._salt}:{self._made}".encode(), digest_size=6).hexdigest()

    def act(self, account: str, action: str, target: str, kind: str, at: float, *, text: str | None = None) -> None:
        """Write down an act upon an object that is there already."""
        at = float(np.floor(at))
        post = self.new_id("p") if action in {"reply", "quote"} else None
        self.acts.append((account, action, target, kind, at, None, "s", post, self.new_id("e"), text, None))

    def post(
        self,
        account: str,
        at: float,
        text: str,
        *,
        url: str | None = None,
        tags: Sequence[str] = (),
        followers: int = 200,
        client: str | None = None,
    ) -> str:
        """Write down a publication with all it carries, and return its id."""
        at = float(np.floor(at))
        post = self.new_id("p")
        traces = [(post, "post"), (hashlib.blake2s(text.lower().encode(), digest_size=6).hexdigest(), "text")]
        if url is not None:
            traces += [(url, "url"), (url.split("/")[2], "domain")]
        traces += [(tag, "hashtag") for tag in tags]
        for target, kind in traces:
            self.acts.append((account, "post", target, kind, at, None, "s", post, post, text, client))
        self.posts.append((post, account, at, followers))
        return post

    def world(self, end: float, farms: Sequence[frozenset[str]] = ()) -> World:
        """Return what had happened by ``end``, seconds; of an act that counts once, the first."""
        acts: list[Row] = []
        done: dict[tuple[str, ...], None] = {}
        for row in sorted(self.acts, key=lambda one: one[4]):
            if not 0 <= row[4] < end:
                continue
            if row[1] in ONCE:
                if row[:3] in done:
                    continue
                done[row[:3]] = None
            acts.append(row)
        actions, posts = frames(acts, [row for row in self.posts if 0 <= row[2] < end])
        return World(actions, posts, tuple(farms))
