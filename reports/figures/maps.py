"""Maps of the world: countries shaded by a value, small ones as dots, and dots for places.

Equal Earth projection (Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949): areas can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from reports.figures.country_shapes import Shape, shapes
from reports.figures.svg import ACCENT, FAINT, GRID, MUTED, drawing, svg_of

WIDTH, HEIGHT = 6.7, 3.3
Floats = npt.NDArray[np.float64]
Shade = tuple[float, float, float, float]

STEPS = 5
_LABEL = (0.45, 0.1)
"""Room for a label, units of the projection; a smaller place too near to a named one is left unnamed."""
_LEAST_AREA = 0.0012
"""Least area of a country on the sheet, squared units of the projection; a smaller one is drawn as a dot."""


@dataclass(frozen=True, slots=True)
class Place:
    """One dot.

    Attributes:
        latitude: degrees north.
        longitude: degrees east.
        size: people there; the dot's area grows with it.
        label: its name, written beside it; empty for none.
        is_marked: whether it is drawn in the accent colour.
    """

    latitude: float
    longitude: float
    size: float
    label: str = ""
    is_marked: bool = False


def shaded_map(
    values: Mapping[str, float],
    centres: Mapping[str, tuple[float, float]],
    title: str,
    unknown: str,
    number: Callable[[float], str],
    anchor: str,
) -> str:
    """Shade countries by a value, in steps of equal ratio.

    Args:
        values: by ISO 3166-1 alpha-2 code, above 0; countries without one are left blank.
        centres: degrees north and east of countries, for those too small to be shaded.
        title: of the legend.
        unknown: the legend's word for blank countries.
        number: formats a value.
    """
    limits = _limits(values)
    shades = _shades(len(limits) - 1)
    with drawing(WIDTH, HEIGHT + 0.2) as figure:
        axes = figure.add_subplot()
        drawn: set[str] = set()
        for shape in shapes():
            value = values.get(shape.code)
            if _draw(axes, shape, GRID if value is None else shades[_step(value, limits)]):
                drawn.add(shape.code)
        for code in sorted(set(values) & set(centres) - drawn):
            x, y = _projected(np.array([centres[code][1]]), np.array([centres[code][0]]))
            shade = shades[_step(values[code], limits)]
            axes.scatter(x, y, s=16, color=shade, edgecolor=MUTED, linewidth=0.5, zorder=4)
        _sheet(axes)
        entries = [
            (f"{number(low)} – {number(high)}", shade)
            for low, high, shade in zip(limits, limits[1:], shades, strict=False)
        ]
        for name, colour in (*entries, (unknown, to_rgb(GRID))):
            axes.scatter([], [], s=40, marker="s", label=name, color=colour, edgecolor=FAINT, linewidth=0.5)
        axes.legend(
            title=title, loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=3, frameon=False,
            fontsize=9, title_fontsize=9, labelcolor=MUTED, columnspacing=1.2, handletextpad=0.3,
        )  # fmt: skip
        return svg_of(figure, anchor)


def dot_map(places: Sequence[Place], anchor: str) -> str:
    """Draw places as dots on a plain map.

    Args:
        places: larger ones are drawn first, so that small ones stay visible.
    """
    most = max((place.size for place in places), default=1.0)
    with drawing(WIDTH, HEIGHT) as figure:
        axes = figure.add_subplot()
        for shape in shapes():
            _draw(axes, shape, GRID)
        labelled: list[tuple[float, float]] = []
        for place in sorted(places, key=lambda place: (-place.size, place.latitude, place.longitude)):
            x, y = _projected(np.array([place.longitude]), np.array([place.latitude]))
            size = 6 + 170 * place.size / most
            colour = ACCENT if place.is_marked else MUTED
            axes.scatter(x, y, s=size, color=colour, alpha=0.6, edgecolor="#ffffff", linewidth=0.5, zorder=4)
            is_free = all(abs(x[0] - left) > _LABEL[0] or abs(y[0] - low) > _LABEL[1] for left, low in labelled)
            if place.label and is_free:
                labelled.append((float(x[0]), float(y[0])))
                axes.annotate(
                    place.label, (float(x[0]), float(y[0])), xytext=(0, 2 + np.sqrt(size) / 2),
                    textcoords="offset points", ha="center", fontsize=8.5,
                )  # fmt: skip
        _sheet(axes)
        return svg_of(figure, anchor)


def _projected(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Return points of the Equal Earth sheet."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = np.sqrt(3.0)
    angle = np.arcsin(root / 2 * np.sin(np.radians(north)))
    slope = 9 * a4 * angle**8 + 7 * a3 * angle**6 + 3 * a2 * angle**2 + a1
    x = 2 * root * np.radians(east) * np.cos(angle) / (3 * slope)
    return np.asarray(x, np.float64), np.asarray(
        angle * (a1 + a2 * angle**2 + a3 * angle**6 + a4 * angle**8), np.float64
    )


def _draw(axes: Axes, shape: Shape, face: str | Shade) -> bool:
    """Draw a country, hatched where it is disputed; return whether it is large enough to show its shade."""
    rings = [np.column_stack(_projected(ring[:, 0], ring[:, 1])) for ring in shape.rings]
    codes = [np.full(len(ring), Path.LINETO, Path.code_type) for ring in rings]
    for code in codes:
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
    path = Path(np.concatenate(rings), np.concatenate(codes))
    axes.add_patch(PathPatch(path, facecolor=face, edgecolor="#ffffff", linewidth=0.4))
    if shape.is_disputed:
        _hatch(axes, path)
    return sum(_area(ring) for ring in rings) >= _LEAST_AREA


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def _hatch(axes: Axes, path: Path) -> None:
    """Draw slanted lines inside an outline; a drawing's own hatching would need ids that pages cannot share."""
    box = path.get_extents()
    step = 0.025
    for start in np.arange(box.x0 - box.height, box.x1, step):
        along = np.linspace(0, box.height, 60)
        points = np.column_stack((start + along, box.y0 + along))
        inside = path.contains_points(points)
        if inside.any():
            kept = points[inside]
            axes.plot(kept[[0, -1], 0], kept[[0, -1], 1], color=FAINT, linewidth=0.5, zorder=3)


def _sheet(axes: Axes) -> None:
    axes.set_aspect("equal")
    x, _ = _projected(np.array([-170.0, 191.0]), np.array([0.0, 0.0]))
    _, y = _projected(np.array([0.0, 0.0]), np.array([-57.0, 84.0]))
    axes.set_xlim(x[0], x[1])
    axes.set_ylim(y[0], y[1])
    axes.set_axis_off()


def _limits(values: Mapping[str, float]) -> list[float]:
    """Return the ends of up to five steps of equal ratio."""
    low, high = min(values.values(), default=1.0), max(values.values(), default=1.0)
    low = max(low, high / 1e4)
    if high <= low * 1.01:
        return [low, high]
    return [float(end) for end in np.geomspace(low, high, STEPS + 1)]


def _step(value: float, limits: Sequence[float]) -> int:
    return int(np.clip(np.searchsorted(limits, value, side="right") - 1, 0, max(0, len(limits) - 2)))


def _shades(n: int) -> list[Shade]:
    """Return the accent colour in so many strengths, by its opacity: so it is strong on a dark page too."""
    return [(*to_rgb(ACCENT), float(part)) for part in np.linspace(0.32, 1.0, max(1, n))]
