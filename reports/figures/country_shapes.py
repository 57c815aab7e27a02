"""Country shapes: rings of points in degrees, decoded from ``shapes/countries.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

_FINEST_DEGREES = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One country.

    Attributes:
        code: ISO 3166-1 alpha-2 code, or a word for a territory that has none.
        is_disputed: drawn hatched.
        rings: each of shape (points, 2), degrees east and north.
    """

    code: str
    is_disputed: bool
    rings: tuple[npt.NDArray[np.float64], ...]


@cache
def shapes() -> tuple[Shape, ...]:
    """Return every country but Antarctica, in order of its code."""
    text = resources.files("reports").joinpath("shapes", "countries.json").read_text(encoding="utf-8")
    topology: dict[str, Any] = json.loads(text)
    scale, origin = (np.array(topology["transform"][part]) for part in ("scale", "translate"))
    arcs = [_thinned(np.cumsum(np.array(arc), axis=0) * scale + origin) for arc in topology["arcs"]]
    return tuple(
        Shape(shape["code"], shape["disputed"], tuple(_ring(ring, arcs) for ring in shape["rings"]))
        for shape in topology["shapes"]
        if shape["code"] != "AQ"
    )


def _thinned(arc: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return an arc without points that the width of a page cannot show; borders shared by two countries stay one."""
    kept = [arc[0]]
    for point in arc[1:-1]:
        if np.hypot(*(point - kept[-1])) >= _FINEST_DEGREES:
            kept.append(point)
    return np.array([*kept, arc[-1]])


def _ring(numbers: list[int], arcs: list[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """Join arcs to a ring; an arc of negative number is walked backwards, and joints are kept once."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    ring = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    # A ring across the 180th meridian goes on beyond it.
    if np.ptp(ring[:, 0]) > 300:
        ring[:, 0] = np.where(ring[:, 0] < 0, ring[:, 0] + 360.0, ring[:, 0])
    return ring
