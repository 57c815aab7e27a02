"""What the values of a column look like: times, hours of the day, addresses, numbers, words; how many are alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from forensics.loaders.times.day_parts import PARTS
from forensics.loaders.times.relative_times import are_relative
from forensics.loaders.times.time_columns import readable_share

_LOOKED_AT = 60
_SURE = 3
"""Addresses, all different, from which they are taken for those of the posts themselves."""

_CLOCK = (
    r"(?i)^(?:[\p{L}\p{M}]{2,}\s)?\d{1,2}(?:\s?[:.h]\d{2}|:\d{2}:\d{2}(?:[.,]\d+)?|h\d{2}m?\d{2}s?)"
    r"\s?(?:[ap]\.?\s?m\.?|uhr|hrs?|h|م|ص|wita?|wib|" + PARTS + r")?$"
)
"""An hour of a day, the part of the day before it; one of three parts with points, such as 03.05.26, is a date."""

_SENTENCE = r"\s\S+\s?(?:[.!?…।؟]+|\p{So})$"
"""Several words with a mark at their end."""

_ADDRESS = r"(?i)^(?:https?://|www\.)\S+$"
_NUMBER = r"^[+-]?\d[\d.,\s]*%?$"
_HANDLE = r"^@[\w.]{2,}$"
_HASHTAG = r"^\s*[\[(]?['\"]?#\w"
_OWN_PAGE = (
    r"(?i)^https?://(?:[\w-]+\.)*(?:twitter|x|facebook|fb|instagram|tiktok|youtube|youtu|bsky|t|vk|threads|reddit|truthsocial|gab"
    r"|linkedin)\.(?:com|be|app|me|net)/"
)
"""Addresses on a platform."""

_POST = (
    _OWN_PAGE
    + r"(?:(?:\S*/)?(?:status(?:es)?|posts?|p|reels?|tv|videos?|photos?|shorts|comments|update)/\w|wall-?\d|permalink"
    r"|\S*(?:story_fbid|fbid|[?&]v)=\w|(?:s/|c/)?\w+/\d+$)|(?i:^https?://youtu\.be/\w)"
)
"""Addresses of single posts on one."""


@dataclass(frozen=True)
class Shape:
    """A column's first values.

    Attributes:
        n_values: how many there are.
        n_distinct: how many different ones.
        n_letters: characters of one, on average.
        n_words: words of one, on average.
        clocks: share that are hours of a day without the day.
        addresses: share that are web addresses.
        own_pages: share that are addresses on a platform.
        posts: share that are addresses of single posts there.
        numbers: share that are numbers.
        handles: share that begin with ``@``.
        hashtags: share that begin with ``#``.
        sentences: share that are several words with a mark at their end.
    """

    n_values: int
    n_distinct: int
    n_letters: float
    n_words: float
    clocks: float
    addresses: float
    own_pages: float
    posts: float
    numbers: float
    handles: float
    hashtags: float
    sentences: float
    _values: pl.Series

    @cached_property
    def times(self) -> float:
        """Return the share that can be read as times in one and the same way."""
        return readable_share(self._values)

    @cached_property
    def is_relative(self) -> bool:
        """Return whether most values say how long before somebody looked."""
        return are_relative(self._values)

    @property
    def has_hours(self) -> bool:
        """Return whether any value has an hour or is a number of seconds."""
        if self._values.dtype.is_temporal():
            return self._values.dtype != pl.Date
        return bool(self._values.str.contains(r"\d[:h]\d|\d\s\d{1,2}\.\d\d|\d{9}").any())

    @property
    def is_own_pages(self) -> bool:
        """Return whether the values are addresses on a platform, each another one: of the posts themselves."""
        return self.own_pages > 1 / 2 and self.n_values == self.n_distinct >= _SURE

    @property
    def is_constant(self) -> bool:
        """Return whether all values are one."""
        return self.n_distinct < 2


def shape_of(column: pl.Series) -> Shape:
    """Look at the first values of a column."""
    values = column.drop_nulls().head(_LOOKED_AT)
    if isinstance(values.dtype, pl.List):
        values = values.cast(pl.List(pl.String)).list.join(" ")
    text = values if values.dtype.is_temporal() else values.cast(pl.String, strict=False)
    if text.dtype != pl.String or not text.len():
        return Shape(text.len(), text.n_unique(), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, text)
    words = pl.col("text")
    seen = text.str.strip_chars().to_frame("text")
    sums = {
        "n_letters": words.str.len_chars(),
        "n_words": words.str.count_matches(r"\S+"),
        "clocks": words.str.contains(_CLOCK),
        "addresses": words.str.contains(_ADDRESS),
        "own_pages": words.str.contains(_OWN_PAGE),
        "posts": words.str.contains(_POST),
        "numbers": words.str.contains(_NUMBER),
        "handles": words.str.contains(_HANDLE),
        "hashtags": words.str.contains(_HASHTAG),
        "sentences": words.str.contains(_SENTENCE),
    }
    found = seen.select(words.n_unique().alias("n_distinct"), **{name: part.sum() for name, part in sums.items()})
    of = found.row(0, named=True)
    means = {name: float(of[name]) / text.len() for name in sums}
    return Shape(n_values=text.len(), n_distinct=of["n_distinct"], _values=seen["text"], **means)
