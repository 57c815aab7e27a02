"""The drawing of a network at the places the analysis gave its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.figures.svg import ACCENT, FAINT, INK, MUTED
from reports.figures.svg_canvas import POINTS, Canvas

NAME_SIZE = 9.5


@dataclass(frozen=True, slots=True)
class Node:
    """One account.

    Attributes:
        name: as printed; empty to leave it unnamed.
        x: place, any unit.
        y: place, any unit, upwards.
        weight: its number of lines.
    """

    name: str
    x: float
    y: float
    weight: int


@dataclass(frozen=True, slots=True)
class Line:
    """One pair.

    Attributes:
        left: index of a node.
        right: index of another.
        strength: larger is drawn darker, any unit.
    """

    left: int
    right: int
    strength: float


def network(nodes: Sequence[Node], lines: Sequence[Line]) -> str:
    """Draw accounts as dots and pairs as lines, fitted to the page.

    Args:
        nodes: at least one.
        lines: in any order; the strongest are drawn last, in three shades.
    """
    places = np.array([(node.x, node.y) for node in nodes], dtype=float)
    low, high = places.min(axis=0), places.max(axis=0)
    places = (places - (low + high) / 2) / max(float((high - low).max()), 1e-9)
    is_named = any(node.name for node in nodes)
    inches, pad = (3.9, 0.45) if is_named else (5.2, 0.06)
    width = inches * POINTS
    unit = width / (1 + 2 * pad)
    down = max(0.35, float(places[:, 1].max() - places[:, 1].min())) + 0.2
    canvas = Canvas(width, unit * down)
    across = width / 2 + unit * places[:, 0]
    under = unit * down / 2 - unit * places[:, 1]
    order = sorted(lines, key=lambda line: (line.strength, line.left, line.right))
    for shade, (color, thickness, opacity) in enumerate(((FAINT, 0.5, 0.4), (MUTED, 0.6, 0.45), (INK, 0.7, 0.5))):
        third = order[len(order) * shade // 3 : len(order) * (shade + 1) // 3]
        segments = (
            f"M{across[line.left]:.1f} {under[line.left]:.1f}L{across[line.right]:.1f} {under[line.right]:.1f}"
            for line in third
        )
        canvas.path(segments, stroke=color, stroke_width=thickness, stroke_opacity=opacity)
    most = max(node.weight for node in nodes) or 1
    scale = max(0.25, min(1.0, 60 / len(nodes)))
    widths = [round(float(np.sqrt(scale * (28 + 115 * node.weight / most))), 1) for node in nodes]
    for color, extra in (("#ffffff", 1.4), (ACCENT, 0.0)):
        for size in sorted(set(widths)):
            own = [place for place, own_size in enumerate(widths) if own_size == size]
            canvas.dots([(float(across[place]), float(under[place])) for place in own], size + extra, color)
    for node, x, y, left, top in zip(nodes, places[:, 0], places[:, 1], across, under, strict=True):
        if node.name:
            _name(canvas, node.name, (float(x), float(y)), (float(left), float(top)))
    return canvas.svg()


def _name(canvas: Canvas, name: str, place: tuple[float, float], at: tuple[float, float]) -> None:
    """Write a name beside its dot, away from the middle."""
    x, y = place
    across = 0 if abs(x) < 0.12 else 1 if x > 0 else -1
    up = 0 if across else 1 if y >= 0 else -1
    anchor = ("end", "middle", "start")[across + 1]
    canvas.text(name, at[0] + 8 * across, at[1] - 11 * up + 3, NAME_SIZE, text_anchor=anchor)
