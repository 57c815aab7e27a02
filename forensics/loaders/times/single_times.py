"""Single times, as the JSON formats have them, in microseconds since 1970 in UTC; None where one cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from forensics.loaders.times.tweet_id_times import EPOCH_MS, FIRST_ID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_EARLIEST_US = 631_152_000_000_000  # 1990
_LATEST_US = 4_102_444_800_000_000  # 2100
_MONTHS = dict(zip(("Jan", "Feb", "Mar", "Apr", "May", "Jun"), range(1, 7), strict=True)) | dict(
    zip(("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), range(7, 13), strict=True)
)


def _plausible(moment: int) -> int | None:
    return moment if _EARLIEST_US <= moment < _LATEST_US else None


def iso_us(text: str | None) -> int | None:
    """Read ISO 8601; a time without a zone is UTC."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _plausible((moment - _EPOCH) // _STEP)


def twitter_us(text: str | None) -> int | None:
    """Read Twitter's ``Sun Jul 07 18:00:05 +0000 2024``."""
    if not text:
        return None
    try:
        _, month, day, clock, zone, year = text.split()
        seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:8])
        ahead = int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[3:5]) * 60)
        return _plausible(_midnight_us(year, month, day) + (seconds - ahead) * 1_000_000)
    except (ValueError, KeyError, IndexError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def _midnight_us(year: str, month: str, day: str) -> int:
    return (datetime(int(year), _MONTHS[month], int(day), tzinfo=UTC) - _EPOCH) // _STEP


def epoch_us(number: float | str | None, per_second: int = 1) -> int | None:
    """Read a count since 1970.

    Args:
        number: seconds, or smaller units; digits in a string are read exactly.
        per_second: how many of the unit make a second.
    """
    if number is None or isinstance(number, bool):
        return None
    try:
        if isinstance(number, str):
            number = int(number) if number.strip().isdigit() else float(number)
        moment = number * 1_000_000 // per_second
        return _plausible(int(moment))
    except (ValueError, OverflowError):
        return None


def epoch_ms_us(number: float | str | None) -> int | None:
    """Read a count of milliseconds since 1970."""
    return epoch_us(number, 1000)


def precision_of(moment: int | None) -> str:
    """Return ``ms`` for a time with a part of a second, else ``s``."""
    return "ms" if moment is not None and moment % 1_000_000 else "s"


def snowflake_us(tweet_id: str | None) -> int | None:
    """Return the time in a tweet's id; None where it is no Snowflake."""
    if tweet_id is None or not tweet_id.isascii() or not tweet_id.isdigit():
        return None
    number = int(tweet_id)
    return _plausible(((number >> 22) + EPOCH_MS) * 1000) if FIRST_ID < number < 2**63 else None
