"""When people have their phones in their hands: the sessions of everybody over the weeks of a world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAY", "HOUR", "ROUTINES", "Floats", "Ints", "Sittings"]

HOUR, DAY = 3600.0, 86_400.0
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUTINES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "commuter": ((7.6, 0.5, 3), (12.4, 0.5, 2), (17.6, 0.6, 3), (21.0, 1.3, 5)),
    "pupil": ((7.6, 0.3, 2), (10.15, 0.12, 2.5), (12.5, 0.3, 3), (15.8, 0.6, 3), (21.0, 1.5, 5)),
    "home": ((9.5, 1.5, 3), (14.0, 1.5, 3), (20.5, 1.5, 4)),
    "retired": ((7.0, 1.0, 3), (10.0, 1.5, 3), (13.5, 1.0, 2), (19.5, 1.2, 4)),
    "night": ((1.0, 1.0, 2), (4.0, 1.5, 2), (8.0, 1.0, 2), (16.0, 1.5, 3), (21.5, 1.0, 2)),
    "desk": ((9.0, 0.7, 3), (11.0, 1.0, 2), (13.0, 0.5, 3), (15.5, 1.0, 2), (20.5, 1.5, 3)),
}
"""Local hour, spread in hours and weight of each bump of a weekday."""

WEEKEND = ((10.5, 1.5, 3), (14.5, 2.0, 2), (21.0, 1.8, 5))  # people sleep in, and the evening is as ever
FLOOR = 0.004  # somebody looks at any hour
HABIT_SHARE = 0.4  # of sessions, at the person's own fixed times: breakfast, the bus, the bed
HABIT_SPREAD_H = 0.3
LENGTH_S, LENGTH_SPREAD, LENGTH_MOST_S = 330.0, 1.0, 3600.0  # five minutes, at times an hour
RATE_SHAPE = 3.0  # one day a person looks twice as often as on another
AWAKE = 0.25  # of the mean height: below it nearly everybody of the routine sleeps
_SPAN = 1e8


def _curve(bumps: tuple[tuple[float, float, float], ...]) -> Floats:
    hour = (np.arange(96) + 0.5) / 4
    height = np.full(96, FLOOR)
    for centre, spread, weight in bumps:
        away = (hour - centre + 12) % 24 - 12
        height += weight / spread * np.exp(-0.5 * (away / spread) ** 2)
    return height / height.sum()


CURVES = np.array([_curve(bumps) for bumps in ROUTINES.values()])
FREE = np.array([_curve(bumps if name in {"retired", "night"} else WEEKEND) for name, bumps in ROUTINES.items()])


class Sittings:
    """The sessions of all, by person and start.

    Attributes:
        routine: shape (people,), a place in ``ROUTINES``.
        zone: shape (people,), hours of the local clock ahead of UTC.
    """

    def __init__(self, rng: np.random.Generator, routine: Ints, zone: Floats, rate: Floats, days: int) -> None:
        self._rng, self.routine, self.zone, self.days = rng, routine, zone, days
        people = len(routine)
        moods = rng.gamma(RATE_SHAPE, 1 / RATE_SHAPE, (people, days))
        number = rng.poisson(np.clip(rate, 0.15, 14)[:, None] * moods)  # once a week to all day long
        who = np.repeat(np.arange(people), number.sum(axis=1))
        day = np.repeat(np.tile(np.arange(days), people), number.ravel())
        habit = self._hours(np.repeat(np.arange(people), 2), np.zeros(2 * people, np.int64)).reshape(people, 2)
        hour = self._hours(who, day)
        fixed = rng.random(len(who)) < HABIT_SHARE
        slot = rng.integers(0, 2, len(who))
        hour[fixed] = habit[who, slot][fixed] + rng.normal(0, HABIT_SPREAD_H, fixed.sum())
        start = day * DAY + (hour - zone[who]) * HOUR
        order = np.argsort(who * _SPAN + start, kind="stable")
        self._who, self.start = who[order], start[order]
        self._key = self._who * _SPAN + self.start
        self.length = np.minimum(rng.lognormal(np.log(LENGTH_S), LENGTH_SPREAD, len(order)), LENGTH_MOST_S)

    def _hours(self, who: Ints, day: Ints) -> Floats:
        hour = np.empty(len(who))
        free = day % 7 >= 5
        for place in range(len(ROUTINES)):
            for is_free, curves in ((False, CURVES), (True, FREE)):
                chosen = (self.routine[who] == place) & (free == is_free)
                quarter = self._rng.choice(96, chosen.sum(), p=curves[place])
                hour[chosen] = (quarter + self._rng.random(chosen.sum())) / 4
        return hour

    def after(self, who: Ints, at: Floats, skipped: Ints) -> tuple[Floats, Floats]:
        """Return start and length of the session that follows ``at`` for each, some skipped; NaN where none is."""
        place = np.searchsorted(self._key, who * _SPAN + at) + skipped
        inside = np.minimum(place, len(self._key) - 1)
        found = (place < len(self._key)) & (self._who[inside] == who)
        return np.where(found, self.start[inside], np.nan), self.length[inside]

    def is_awake(self, who: Ints, at: Floats) -> NDArray[np.bool_]:
        """Return who is about at a time, by the routine of each."""
        quarter = ((at / HOUR + self.zone[who]) % 24 * 4).astype(np.int64)
        work, free = CURVES[self.routine[who], quarter], FREE[self.routine[who], quarter]
        return np.asarray(np.where(at // DAY % 7 >= 5, free, work) > AWAKE / 96)
