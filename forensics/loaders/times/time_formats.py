"""The ways of writing a time that are known, each tried on a column as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling of a format.

    Attributes:
        text: in the notation of ``strptime``, as polars reads it.
        precision: of the times it gives, a value of ``schema.PRECISION``.
    """

    text: str
    precision: str


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """One way of writing times; a column may leave out seconds or the time of day, but not change the order.

    Attributes:
        name: as the notes say it.
        patterns: tried in this order on each value.
    """

    name: str
    patterns: tuple[Pattern, ...]

    @property
    def marks(self) -> str:
        """Return a regular expression that matches the whole of every time this format can read."""
        return _marks(tuple(pattern.text for pattern in self.patterns))


_PARTS = {"Y": r"\d+", "y": r"\d{2}", **dict.fromkeys("mdHIMS", r"\d{1,2}"), **dict.fromkeys("abp", r"\p{L}+")}
"""What a directive of ``strptime`` takes; others may take anything."""


@cache
def _marks(patterns: tuple[str, ...]) -> str:
    """Return a regular expression as loose as ``strptime``, to which blanks mean nothing."""
    loose = []
    for text in patterns:
        parts = re.findall(r"%(?:\.f|#z|.)|\s+|.", text)
        loose.append(
            r"\s*".join(
                _PARTS.get(part[-1], ".*") if part[0] == "%" else re.escape(part).strip("\\ ") for part in parts
            )
        )
    return rf"^\s*(?:{'|'.join(loose)})\s*$"


def pattern_precision(text: str) -> str:
    """Return the precision of the times that a pattern can give."""
    if any(mark in text for mark in ("%S", "%T", "%s", "%X", "%c", "%+")):
        return "s"
    if any(mark in text for mark in ("%H", "%I", "%R", "%k", "%l")):
        return "min"
    return "day"


_HALVES = (" %I:%M:%S %p", " %I:%M %p", " %I:%M:%S %p%#z", " %I:%M %p%#z")


def _family(name: str, date: str) -> TimeFormat:
    """Return a format from its date, with the usual times of day behind it."""
    endings = (" %H:%M:%S%.f", " %H:%M", " %H:%M:%S%.f%#z", " %H:%M%#z", *_HALVES, "")
    return TimeFormat(name, tuple(Pattern(date + ending, pattern_precision(ending)) for ending in endings))


FORMATS = (
    _family("year-month-day", "%Y-%m-%d"),
    _family("year/month/day", "%Y/%m/%d"),
    _family("month/day/year", "%m/%d/%Y"),
    _family("day/month/year", "%d/%m/%Y"),
    _family("day.month.year", "%d.%m.%Y"),
    _family("month-day-year", "%m-%d-%Y"),
    _family("day-month-year", "%d-%m-%Y"),
    _family("month/day/year of two digits", "%m/%d/%y"),
    _family("day/month/year of two digits", "%d/%m/%y"),
    _family("day.month.year of two digits", "%d.%m.%y"),
    _family("day-month-year of two digits", "%d-%m-%y"),
    _family("year-month-day of two digits", "%y-%m-%d"),
    _family("day month year", "%d %b %Y"),
    _family("month day, year", "%b %d, %Y"),
    TimeFormat("Twitter's", (Pattern("%a %b %d %H:%M:%S %z %Y", "s"),)),
    TimeFormat("RFC 2822", (Pattern("%a, %d %b %Y %H:%M:%S %z", "s"),)),
    TimeFormat("digits only", (Pattern("%Y%m%d%H%M%S", "s"), Pattern("%Y%m%d", "day"))),
)

WORDED = (
    *FORMATS,
    _family("month day year", "%b %d %Y"),
    _family("day month year of two digits", "%d %b %y"),
    _family("year month day", "%Y %b %d"),
    TimeFormat("day month, year last", (Pattern("%d %b %H:%M:%S %Y", "s"), Pattern("%b %d %H:%M:%S %Y", "s"))),
)
"""Those of times that ``worded_times`` has brought into plain forms."""

_UNMISTAKABLE = (
    *("year-month-day", "year/month/day", "day.month.year", "day month year", "month day, year", "month day year"),
    *("year month day", "day month, year last", "Twitter's", "RFC 2822"),
)
UNMISTAKABLE = tuple(known for known in WORDED if known.name in _UNMISTAKABLE)
"""Those that can be read in one way alone, so that single rows of a column may be written in them.

The year stands first, the month in letters, or points behind a day, which no country puts behind a month.
"""
