"""What the times of an account's acts say of its rhythm: one row of numbers, the same in every time zone.

Times are cut to the minute before anything is measured, so that data kept in seconds and data kept in minutes are
judged by one yardstick.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from forensics.detectors.rhythm.circadian import (
    busiest_arc,
    day_bins,
    edge_density,
    midday_dip,
    own_days,
    quiet_arc,
    weekly_low,
)
from forensics.detectors.rhythm.day_profiles import Shape, day_bounds, shape
from forensics.detectors.rhythm.inter_event_times import (
    finite_burstiness,
    gap_entropy,
    local_variation,
    memory,
    modal_gap_share,
)

MINIMUM_ACTS = 30
"""An account with fewer acts has no rhythm that could be judged."""

SHIFT_HOURS = 9.0
QUIET_SHARE = 0.02
SAME_SESSION_MINUTES = 360
CLOCK_PERIODS = (5, 10, 15, 20, 30, 60)

Minutes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rhythm(Shape):
    """An account's rhythm: the shape of its days, and these.

    Attributes:
        quiet_hours: longest arc of the day holding at most 2 % of the acts, hours: the sleep gap.
        shift_share: share of acts in the busiest nine hours of the day.
        week_arc: as ``shift_share``, each week with its own arc, so that shifts that change by the week are seen.
        edges: acts per hour in the first and last hour outside the quiet arc, against all hours outside it; 1 is a
            day that begins and ends at once, 0 one that fades in and out.
        weekly_low: share of acts on the two quietest days of the week; 2/7 where all are alike.
        midday_dip: how far the quietest hour amid the busiest nine lies below their mean; 1 is no act at all.
        burstiness: of all gaps, corrected for their number.
        session_burstiness: of the gaps below six hours, corrected for their number.
        local_variation: of the gaps below six hours; 1 is chance.
        memory: correlation of each logarithm of a gap with the next.
        entropy: of the gaps, bits, in half doublings.
        modal_gap: largest share of gaps of five minutes or more that agree within 5 %.
        clock: how much the acts prefer a minute of the hour or a part of it: largest ln(1 + Rayleigh's z).
        day_hours: median hours from the first to the last act of the account's own days with three acts or more.
        day_start_spread: how far the first act of such a day lies from that of the day before, median, hours.
        daily_spread: ln of variance over mean of the acts of an active day.
        pace: ln of the acts of an active day, on average.
        active_days: share of the days from first to last that have an act.
        filled_hours: share of the hours from first to last act of such a day that have an act, on average.
        weekly_spread: ln of variance over mean of the acts of a week, from first to last.
        short_gaps: share of the gaps of five minutes or less.
        gap_tail: ln of the gap that a tenth of those below six hours exceed, over their median.
    """

    quiet_hours: float
    shift_share: float
    week_arc: float
    edges: float
    weekly_low: float
    midday_dip: float
    burstiness: float
    session_burstiness: float
    local_variation: float
    memory: float
    entropy: float
    modal_gap: float
    clock: float
    day_hours: float
    day_start_spread: float
    daily_spread: float
    pace: float
    active_days: float
    filled_hours: float
    weekly_spread: float
    short_gaps: float
    gap_tail: float


FEATURES = tuple(field.name for field in fields(Rhythm))
SHAPE = tuple(field.name for field in fields(Shape))


def measure(minutes: Minutes) -> Rhythm:
    """Return the rhythm of one account.

    Args:
        minutes: shape (n,), n ≥ 30; minutes since 1970 of each act, in any order.
    """
    ordered = np.sort(minutes)
    counts = day_bins(ordered)
    quiet_hours, quiet_from = quiet_arc(counts, QUIET_SHARE)
    # Acts of the same minute are half a minute apart: nothing finer is known.
    gaps = np.maximum(np.diff(ordered).astype(np.float64), 0.5)
    near = gaps[gaps < SAME_SESSION_MINUTES]
    session = near if near.size >= 5 else gaps
    days, of_day = own_days(ordered, quiet_hours, quiet_from)
    day_hours, start_spread, filled = _days(days, of_day)
    per_day = np.unique(days, return_counts=True)[1]
    per_week = np.bincount((days - days[0]) // 7)
    days_shape = shape(days, of_day, ordered)
    middle, late = np.quantile(session, [0.5, 0.9])
    return Rhythm(
        **{name: getattr(days_shape, name) for name in SHAPE},
        quiet_hours=quiet_hours,
        shift_share=busiest_arc(counts, SHIFT_HOURS)[0],
        week_arc=_week_arc(ordered, days),
        edges=edge_density(counts, quiet_hours, quiet_from),
        weekly_low=weekly_low(days),
        midday_dip=midday_dip(counts, SHIFT_HOURS),
        burstiness=finite_burstiness(gaps),
        session_burstiness=finite_burstiness(session),
        local_variation=local_variation(session),
        memory=memory(np.log(gaps)),
        entropy=gap_entropy(gaps),
        modal_gap=modal_gap_share(gaps[gaps >= 5]),
        clock=_clock(ordered),
        day_hours=day_hours,
        day_start_spread=start_spread,
        daily_spread=float(np.log((per_day.var() + 0.1) / per_day.mean())),
        pace=float(np.log(per_day.mean())),
        active_days=per_day.size / float(days[-1] - days[0] + 1),
        filled_hours=filled,
        weekly_spread=float(np.log((per_week.var() + 0.1) / per_week.mean())),
        short_gaps=float(np.mean(gaps <= 5)),
        gap_tail=float(np.log(late / middle)),
    )


def _week_arc(minutes: Minutes, days: Minutes) -> float:
    """Return the share of acts in the busiest nine hours of their week, over the weeks with four acts or more."""
    inside, of = 0.0, 0
    # Day 0 of 1970 was a Thursday; weeks begin on Monday.
    edges = np.flatnonzero(np.diff((days + 3) // 7)) + 1
    for week in np.split(minutes, edges):
        if week.size >= 4:
            inside += busiest_arc(day_bins(week), SHIFT_HOURS)[0] * week.size
            of += week.size
    return inside / of if of else 1.0


def _clock(minutes: Minutes) -> float:
    """Return the strongest preference for a phase of a round period, ln(1 + n R²)."""
    angles = 2 * np.pi * (minutes[None, :] % np.array(CLOCK_PERIODS)[:, None]) / np.array(CLOCK_PERIODS)[:, None]
    resultant = np.hypot(np.cos(angles).mean(axis=1), np.sin(angles).mean(axis=1))
    return float(np.log1p(minutes.size * np.max(resultant) ** 2))


def _days(days: Minutes, of_day: Minutes) -> tuple[float, float, float]:
    """Return the typical length of a day in hours, the spread of its start in hours and how much of it is filled."""
    first, stop = day_bounds(days)
    full = stop - first >= 3
    if not full.any():
        return 0.0, 12.0, 0.0
    starts, ends = of_day[first[full]], of_day[stop[full] - 1]
    hours = np.unique(days * 24 + of_day // 60) // 24
    active_hours = np.unique(hours, return_counts=True)[1][full]
    spread = float(np.median(np.abs(np.diff(starts)))) / 60 if starts.size > 1 else 12.0
    return (
        float(np.median(ends - starts)) / 60,
        spread,
        float(np.mean(active_hours / (ends // 60 - starts // 60 + 1))),
    )
