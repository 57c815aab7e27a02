"""The rota: which worker acts upon which target, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.election import Plant
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import DAY_S, is_awake
from forensics.simulate.random_draws import Floats, Ints

_SUNDAY = 6  # the period begins on a Monday


@dataclass(frozen=True, slots=True, eq=False)
class Rota:
    """One row per piece of work.

    Attributes:
        account: shape (pieces,): who.
        target: shape (pieces,): position among the targets.
        time_s: shape (pieces,): seconds since the period's start.
    """

    account: Ints
    target: Ints
    time_s: Floats


def last_birth_s(end_s: float, plant: Plant) -> float:
    """Return the latest time at which a target may appear so that the work on it ends with the period."""
    return end_s - plant.age_low_s - plant.window_s - (2.0 * DAY_S if plant.shift_h else 0.0)


def make_rota(rng: np.random.Generator, stage: Stage, plant: Plant, workers: Ints, born_s: Floats) -> Rota:
    """Draw a rota for a simulated world; see ``draw_rota``.

    Args:
        workers: shape (workers,): the accounts.
        born_s: shape (targets,): when the targets appeared.
    """
    rota = draw_rota(
        rng, plant, born_s, last_birth_s(stage.end_s, plant), float(np.median(stage.people.clock_s[workers]))
    )
    return Rota(workers[rota.account], rota.target, rota.time_s)


def draw_rota(rng: np.random.Generator, plant: Plant, born_s: Floats, last_birth_s: float, clock_s: float) -> Rota:
    """Draw a rota.

    The work on a target begins when it has reached an age between the plant's two ages, on a shift if there are
    shifts; every worker who attends acts at a time spread evenly over the window, so in no fixed order.

    Args:
        born_s: shape (targets,): when the targets appeared, seconds since a Monday 00:00 UTC.
        last_birth_s: see the function of that name.
        clock_s: the workers' clocks' distance from UTC, seconds.

    Returns:
        Its accounts are positions among the plant's workers.
    """
    # The work on a late target must end before the period does.
    oldest = np.clip(last_birth_s + plant.age_low_s - born_s, plant.age_low_s, plant.age_high_s)
    begins = born_s + plant.age_low_s * (oldest / plant.age_low_s) ** rng.random(len(born_s))
    if plant.shift_h:
        begins = _on_shift(rng, begins, clock_s, plant.shift_h, plant.window_s)
    row, column = np.nonzero(rng.random((plant.n_accounts, len(born_s))) < plant.attendance)
    return Rota(row, column, begins[column] + plant.window_s * rng.random(len(row)))


def awake_rota(rng: np.random.Generator, stage: Stage, plant: Plant, rota: Rota) -> Rota:
    """Return a rota whose every piece is done at an hour when its worker is awake, still within the window."""
    time_s = rota.time_s.copy()
    clock = stage.people.clock_s[rota.account]
    begins = np.full(rota.target.max(initial=-1) + 1, np.inf)
    np.minimum.at(begins, rota.target, time_s)
    asleep = np.flatnonzero(~is_awake(rng, time_s, clock))
    for _ in range(8):
        time_s[asleep] = begins[rota.target[asleep]] + plant.window_s * rng.random(len(asleep))
        asleep = asleep[~is_awake(rng, time_s[asleep], clock[asleep])]
    return Rota(rota.account, rota.target, time_s)


def _on_shift(
    rng: np.random.Generator, time_s: Floats, clock_s: float, shift_h: tuple[float, float], window_s: float
) -> Floats:
    """Move times into working hours: those outside to the next shift, at any minute of it."""
    local = time_s + clock_s
    day, opens, closes = np.floor(local / DAY_S), shift_h[0] * 3_600.0, shift_h[1] * 3_600.0 - window_s
    since = local - day * DAY_S
    day += (since >= closes) | ((since >= opens) & (day % 7 == _SUNDAY))
    day += day % 7 == _SUNDAY
    fits = (since >= opens) & (since < closes) & (np.floor(local / DAY_S) == day)
    moved = day * DAY_S + opens + rng.random(len(time_s)) * max(0.0, closes - opens)
    return np.asarray(np.where(fits, local, moved) - clock_s, np.float64)
