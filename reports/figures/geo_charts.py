"""Charts of geography: shares with the noise of their size, and the day of a group around a clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.ticker import LogLocator, NullLocator

from reports.figures.svg import ACCENT, FAINT, GRID, LABEL_PAD, MUTED, SERIES, column_spacing, drawing, svg_of

WIDTH = 6.7
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """One region of a funnel.

    Attributes:
        expected: people expected there, above 0.
        quotient: observed over expected.
        is_found: whether it is a finding.
    """

    label: str
    expected: float
    quotient: float
    is_found: bool


@dataclass(frozen=True, slots=True)
class CampShare:
    """One camp in one place.

    Attributes:
        share: of the camp's accounts of known place, 0 to 1.
        low: lower end of the share's 95 % interval.
        high: its upper end.
    """

    place: str
    camp: str
    share: float
    low: float
    high: float


def camp_shares(shares: Sequence[CampShare], title: str, share: Callable[[float], str], anchor: str) -> str:
    """Draw each camp's share in each place with its interval, the camps of a place one under the other.

    Args:
        shares: the places from top to bottom.
        title: of the horizontal axis.
        share: formats a share.
    """
    places = list(dict.fromkeys(row.place for row in shares))
    camps = sorted({row.camp for row in shares})
    step = 0.7 / max(1, len(camps))
    with drawing(WIDTH, 0.9 + (0.12 + 0.16 * len(camps)) * len(places)) as figure:
        axes = figure.add_subplot()
        for number, camp in enumerate(camps):
            colour = SERIES[number % len(SERIES)]
            own = [row for row in shares if row.camp == camp]
            at = [places.index(row.place) + step * (number - (len(camps) - 1) / 2) for row in own]
            axes.hlines(at, [row.low for row in own], [row.high for row in own], color=colour, linewidth=1.4)
            axes.scatter([row.share for row in own], at, s=22, color=colour, linewidth=0, zorder=3, label=camp)
        axes.set_yticks(range(len(places)), places)
        axes.set_ylim(len(places) - 0.45, -0.55)
        axes.set_xlim(left=0)
        axes.xaxis.set_major_formatter(lambda value, _place: share(value))
        axes.set_xlabel(title)
        axes.grid(visible=True, axis="x")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.legend(
            loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(camps), frameon=False, fontsize=8.5,
            labelcolor=MUTED, handletextpad=0.2, columnspacing=column_spacing(axes),
        )  # fmt: skip
        return svg_of(figure, anchor)


def funnel(
    shares: Sequence[Share],
    phi: float,
    axes_titles: tuple[str, str],
    legend: tuple[str, str],
    number: Callable[[float], str],
    anchor: str,
) -> str:
    """Draw location quotients against the number expected, with the funnel in which chance leaves 95 %.

    Args:
        shares: the regions; findings are named.
        phi: overdispersion of the funnel.
        axes_titles: of the horizontal and the vertical axis.
        legend: names of the funnel and of a finding.
        number: formats a value.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    expected = np.array([max(share.expected, 0.1) for share in shares])
    grid = np.geomspace(expected.min() / 1.5, expected.max() * 1.5, 120)
    top = max([share.quotient for share in shares] + [2.0]) * 1.15
    low, high = (stats.gamma.ppf(level, grid / phi, scale=phi / grid) for level in (0.025, 0.975))
    with drawing(WIDTH, 3.2) as figure:
        axes = figure.add_subplot()
        axes.fill_between(grid, low, np.minimum(high, top), color=GRID, linewidth=0, label=legend[0])
        axes.axhline(1.0, color=FAINT, linewidth=0.8)
        for is_found, colour in ((False, MUTED), (True, ACCENT)):
            own = [share for share in shares if share.is_found == is_found]
            places = ([max(share.expected, 0.1) for share in own], [share.quotient for share in own])
            axes.scatter(
                *places, s=18, color=colour, alpha=0.85, linewidth=0, zorder=3, label=legend[1] if is_found else None
            )
        for share in shares:
            if share.is_found:
                where = (max(share.expected, 0.1), share.quotient)
                axes.annotate(share.label, where, xytext=(5, 2), textcoords="offset points", fontsize=8.5)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.xaxis.set_minor_locator(NullLocator())
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _place: number(value))
        axes.set_xlabel(axes_titles[0])
        axes.set_ylabel(axes_titles[1], labelpad=LABEL_PAD)
        axes.set_ylim(0, top)
        axes.legend(
            loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=8.5, labelcolor=MUTED,
            columnspacing=column_spacing(axes),
        )  # fmt: skip
        return svg_of(figure, anchor)


def day_clock(observed: Floats, expected: Floats, names: tuple[str, str], hours: str, anchor: str) -> str:
    """Draw a group's acts around a day of 24 hours, beside those of an ordinary day at the stated place.

    Args:
        observed: shape (48,), acts by half hour of UTC.
        expected: shape (48,), in the same unit.
        names: of the two.
        hours: the words in the middle of the dial, such as "UTC".
    """
    angle = (np.arange(48) + 0.5) / 48 * 2 * np.pi
    total = max(float(observed.sum()), 1.0)
    with drawing(3.4, 3.4) as figure:
        axes = figure.add_subplot(projection="polar")
        axes.set_theta_zero_location("N")  # type: ignore[attr-defined]
        axes.set_theta_direction(-1)  # type: ignore[attr-defined]
        axes.bar(
            angle, observed / total, width=2 * np.pi / 48 * 0.92, color=ACCENT, alpha=0.75, linewidth=0, label=names[0]
        )
        closed = np.append(expected, expected[0]) / max(float(expected.sum()), 1e-9)
        axes.plot(np.append(angle, angle[0] + 2 * np.pi), closed, color=SERIES[1], linewidth=1.4, label=names[1])
        most = max(float(observed.max()) / total, float(closed.max()))
        axes.set_rlim(-0.35 * most, most * 1.05)  # type: ignore[attr-defined]
        axes.set_xticks(
            np.arange(0, 24, 3) / 24 * 2 * np.pi, [f"{hour:02d}:00" for hour in range(0, 24, 3)], fontsize=7.5
        )
        axes.set_yticks([])
        axes.grid(color=GRID, linewidth=0.6)
        axes.spines["polar"].set_color(GRID)
        axes.text(0, -0.35 * most, hours, ha="center", va="center", fontsize=8, color=MUTED)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.06), frameon=False, fontsize=7.5, labelcolor=MUTED)
        return svg_of(figure, anchor)
