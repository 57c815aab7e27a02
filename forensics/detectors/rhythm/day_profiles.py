"""How the acts of an account lie within its own days, and how alike those days are.

A shift fills its hours and comes again at the same hours; ordinary use comes in a few sessions, at other hours each
day. Every measure here is the same in every time zone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SESSION_MINUTES = 30
"""A pause longer than this ends a session."""

FEW_PAIRS = 3.0
"""Pairs of acts without any concentration that are added, so that few pairs say little."""

Minutes = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """The days of an account: the first two of days with three acts or more, the pauses and sessions with four.

    The last four say how near in the time of day two acts lie: the mean cosine of their difference, 1 together and 0 by
    chance.

    Attributes:
        overlap: time between first and last act that a day shares with the day before, as a share of both together.
        length_spread: how far the length of such a day lies from that of the day before, median, hours.
        shared_hours: share of its hours with acts that any active day shares with the active day before.
        largest_pause: the longest pause of a day, as a share of its length.
        largest_session: share of a day's acts in its largest session.
        unevenness: how far the acts between the first and the last of a day lie from evenly spread, Kolmogorov's
            distance, all days together.
        same_day: nearness of two acts of one day.
        next_day: nearness of acts on neighbouring days.
        next_week: nearness of acts seven days apart.
        any_day: nearness of any two acts.
    """

    overlap: float
    length_spread: float
    shared_hours: float
    largest_pause: float
    largest_session: float
    unevenness: float
    same_day: float
    next_day: float
    next_week: float
    any_day: float


def day_bounds(days: Minutes) -> tuple[Minutes, Minutes]:
    """Return where each day begins and stops among its acts."""
    edges = np.flatnonzero(np.diff(days)) + 1
    return np.concatenate([[0], edges]), np.concatenate([edges, [days.size]])


def shape(days: Minutes, of_day: Minutes, minutes: Minutes) -> Shape:
    """Return the shape of an account's days.

    Args:
        days: shape (n,); day of each act, in order.
        of_day: shape (n,); minute of its day of each act, in order.
        minutes: shape (n,); minutes since 1970 of each act, in order.
    """
    first, stop = day_bounds(days)
    sizes = stop - first
    full, fuller = sizes >= 3, sizes >= 4
    begins, ends = of_day[first[full]], of_day[stop[full] - 1]
    overlap, length_spread = 0.0, 12.0
    if begins.size > 1:
        shared = np.clip(np.minimum(ends[1:], ends[:-1]) - np.maximum(begins[1:], begins[:-1]), 0, None) + 1
        either = np.maximum(ends[1:], ends[:-1]) - np.minimum(begins[1:], begins[:-1]) + 1
        overlap = float(np.median(shared / either))
        length_spread = float(np.median(np.abs(np.diff(ends - begins)))) / 60
    pauses, sessions, places = [], [], []
    for begin, end in zip(first[fuller], stop[fuller], strict=True):
        acts = of_day[begin:end]
        length = int(acts[-1] - acts[0])
        gaps = np.diff(acts)
        pauses.append(float(gaps.max()) / length if length else 1.0)
        if length:
            breaks = np.concatenate([[0], np.flatnonzero(gaps > SESSION_MINUTES) + 1, [acts.size]])
            sessions.append(float(np.diff(breaks).max()) / acts.size)
            places.append((acts[1:-1] - acts[0]) / length)
    same_day, next_day, next_week, any_day = _nearness(days, minutes)
    return Shape(
        overlap=overlap,
        length_spread=length_spread,
        shared_hours=_shared_hours(first, sizes, of_day),
        largest_pause=float(np.mean(pauses)) if pauses else 1.0,
        largest_session=float(np.mean(sessions)) if sessions else 1.0,
        unevenness=_unevenness(np.sort(np.concatenate(places))) if places else 0.5,
        same_day=same_day,
        next_day=next_day,
        next_week=next_week,
        any_day=any_day,
    )


def _unevenness(places: Numbers) -> float:
    """Return the distance of sorted places in 0 to 1 from evenly spread ones."""
    return float(np.max(np.abs(places - (np.arange(places.size) + 0.5) / places.size)))


def _shared_hours(first: Minutes, sizes: Minutes, of_day: Minutes) -> float:
    if first.size < 2:
        return 0.0
    active = np.zeros((first.size, 24), dtype=bool)
    active[np.repeat(np.arange(first.size), sizes), of_day // 60] = True
    fewer = np.minimum(active[1:].sum(axis=1), active[:-1].sum(axis=1))
    return float(np.mean((active[1:] & active[:-1]).sum(axis=1) / fewer))


def _nearness(days: Minutes, minutes: Minutes) -> tuple[float, float, float, float]:
    """Return how near in the time of day two acts lie: of one day, of neighbouring days, of days a week apart, of any.

    The sums of unit vectors by day give all pairs at once: of two days it is the product of their sums, of one day its
    square less the acts themselves, so that the mean is without bias however few the acts.
    """
    of = days - days[0]
    angles = 2 * np.pi * (minutes % 1440) / 1440
    size = int(of[-1]) + 8
    counts = np.bincount(of, minlength=size).astype(np.float64)
    east = np.bincount(of, weights=np.cos(angles), minlength=size)
    north = np.bincount(of, weights=np.sin(angles), minlength=size)

    def apart(n_days: int) -> float:
        together = np.sum(east[:-n_days] * east[n_days:] + north[:-n_days] * north[n_days:])
        return float(together / (np.sum(counts[:-n_days] * counts[n_days:]) + FEW_PAIRS))

    n = float(of.size)
    within = np.sum(east**2 + north**2 - counts) / (np.sum(counts * (counts - 1)) + FEW_PAIRS)
    of_any = (east.sum() ** 2 + north.sum() ** 2 - n) / (n * (n - 1) + FEW_PAIRS)
    return float(within), apart(1), apart(7), float(of_any)
