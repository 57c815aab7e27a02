"""What people write: comments, posts and reviews, partly stock phrases, partly own words."""

from __future__ import annotations

import numpy as np

__all__ = ["CLIENTS", "write"]

CLIENTS = ("Android", "iPhone", "Web", "iPad", "Buffer", "Hootsuite")


def listed(text: str, sign: str) -> tuple[str, ...]:
    """Return the entries of a text that a sign divides."""
    return tuple(text.strip().split(sign))


STOCK = listed(
    "great!|so true|lol|thanks for sharing|wow|agree|well done|no way|love it|finally|❤️|😂😂|👏👏👏|🔥|"
    "congratulations!|exactly this|not again|who cares|sad|👍|any source?|first|same here|beautiful|shame|when?|"
    "yes|no",
    "|",
)
COMMON = listed(
    "the a to and of in is it that for on with this was they we you i have be are not but so what all from about "
    "just if can people there why how when more their one get out do has our know now think time see really like "
    "good never ",
    " ",
)
TOPIC = listed(
    "mayor match bridge school price vote goal stadium coach rent bus train doctor market recipe garden dog song "
    "album tour ticket film series budget minister tax road storm river festival phone update game server patch "
    "team season player league crypto job wage strike union hospital vaccine exam teacher holiday beach flight "
    "hotel city council park tree climate energy gas oil farm wheat border law court judge police case protest "
    "petition camera lens light photo bike race run gym diet cake bread coffee wine beer shop sale fashion dress "
    "shoes makeup hair baby family ",
    " ",
)


def write(rng: np.random.Generator, communities: np.ndarray, stock_share: float = 0.3) -> list[str]:
    """Write one text for each entry, with words of its community's topics."""
    size = len(communities)
    stock = rng.random(size) < stock_share
    which = rng.integers(len(STOCK), size=size)
    length = np.clip(rng.geometric(0.11, size) + 2, 3, 22)
    common = rng.integers(len(COMMON), size=(size, 22))
    topic = (communities[:, None] * 7 + np.minimum(rng.geometric(0.12, (size, 22)), 40)) % len(TOPIC)
    is_topic = rng.random((size, 22)) < 0.3
    texts = []
    for i in range(size):
        if stock[i]:
            texts.append(STOCK[which[i]])
            continue
        pairs = zip(is_topic[i, : length[i]], common[i], topic[i], strict=False)
        texts.append(" ".join(TOPIC[t] if flag else COMMON[c] for flag, c, t in pairs))
    return texts
