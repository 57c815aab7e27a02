"""The times in the ids of TikTok, Bluesky and LinkedIn, against which stated ones are held; for X ``tweet_id_times``.

TikTok's ids begin with the seconds since 1970. A record's key at Bluesky is a TID: microseconds since 1970, set by the
program that wrote the record, so that a record dated back gives itself away where its key was not dated back too.
LinkedIn's numbers begin with the milliseconds since 1970. None of these replaces a time that a file states.

Source: https://atproto.com/specs/tid (2026); Benson, "Tinkering with TikTok Timestamps" (2020), https://dfir.blog;
https://github.com/Ollie-Boyd/Linkedin-post-timestamp-extractor.
"""

from __future__ import annotations

import polars as pl

from forensics import schema
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import counted

APART_US = 2_000_000
"""How far a stated time may lie from that of its id, microseconds."""

AGO_S = {
    **dict.fromkeys(("s", "m"), 60.0),
    "h": 3600.0,
    "d": 86_400.0,
    "w": 604_800.0,
    **dict.fromkeys(("mo", "mnd"), 2_629_800.0),
    **dict.fromkeys(("yr", "j"), 31_557_600.0),
}
"""Seconds in the units in which LinkedIn says how long ago something was; it shows whole ones."""

_FAR = "Stated times more than 2 seconds from those in the posts' ids (the stated times were kept)"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)}
_TID = 13
_FIRST_TIKTOK_S = 1_388_534_400  # 2014; smaller numbers are no such ids
_FIRST_ACTIVITY_MS = 1_262_304_000_000  # 2010
_LAST_US = 4_102_444_800_000_000


def tiktok_us(post_id: str | None) -> int | None:
    """Return the time in an id of TikTok; None where it is none."""
    seconds = _number(post_id) >> 32
    return seconds * 1_000_000 if seconds >= _FIRST_TIKTOK_S else None


def activity_us(post_id: str | None) -> int | None:
    """Return the time in a number of LinkedIn; None where it is none."""
    milliseconds = _number(post_id) >> 22
    return milliseconds * 1000 if _FIRST_ACTIVITY_MS <= milliseconds < _LAST_US // 1000 else None


def tid_us(uri: str | None) -> int | None:
    """Return the time in the key that an ``at://`` address ends in; None where that is no TID."""
    key = (uri or "").rpartition("/")[2]
    if len(key) != _TID or not set(key) <= _VALUE.keys():
        return None
    number = 0
    for letter in key:
        number = number * 32 + _VALUE[letter]
    return number >> 10 if 0 < number >> 10 < _LAST_US else None


def _number(text: str | None) -> int:
    """Return a whole number of 63 bits; 0 where there is none."""
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 20 else 0
    return number if number < 2**63 else 0


def compare(stated: int | None, hidden: int | None, into: Collector) -> None:
    """Count a stated time that is not that of its id."""
    if stated is not None and hidden is not None and abs(stated - hidden) > APART_US:
        into.count(_FAR)


def compare_table(table: TableFile, times: pl.Expr) -> None:
    """Say how many of a table's times are not those of their ids.

    Args:
        table: its slices have ``_time``.
        times: those of the ids, ``schema.TIME``; null where an id holds none.
    """
    far = (times - pl.col("_time")).dt.total_microseconds().abs() > APART_US
    n_apart = sum(int(rows.select(far.sum()).item()) for rows in table.slices())
    if n_apart:
        table.notes.append(counted(_FAR, n_apart))


def tiktok_times(ids: str | pl.Expr) -> pl.Expr:
    """Return the times in a column of TikTok's ids."""
    seconds = (pl.col(ids) if isinstance(ids, str) else ids).cast(pl.Int64, strict=False) // 2**32
    return pl.when(seconds >= _FIRST_TIKTOK_S).then(seconds * 1_000_000).cast(schema.TIME)


def tid_times(uris: str) -> pl.Expr:
    """Return the times in the keys that a column of ``at://`` addresses ends in."""
    key = pl.col(uris).str.extract(rf"/([{_LETTERS}]{{{_TID}}})$")
    number = pl.lit(0, pl.Int64)
    for at in range(_TID - 2):  # the last two letters are the program's own number, which the shift takes off
        digit = key.str.slice(at, 1).replace_strict(_VALUE, default=None, return_dtype=pl.Int64)
        number = number * 32 + digit
    return pl.when(number.is_between(1, _LAST_US)).then(number).cast(schema.TIME)


def activity_times(ids: str) -> pl.Expr:
    """Return the times in a column of LinkedIn's numbers."""
    milliseconds = pl.col(ids).cast(pl.Int64, strict=False) // 2**22
    fits = milliseconds.is_between(_FIRST_ACTIVITY_MS, _LAST_US // 1000)
    return pl.when(fits).then(milliseconds * 1000).cast(schema.TIME)
