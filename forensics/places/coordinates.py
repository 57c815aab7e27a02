"""Coordinates to country and region, by the nearest towns, and areas to the middle of their people."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.places.gazetteer import cities

_FARTHEST_KM = 60.0
"""Beyond this from any town of 1,000 inhabitants, the sea is as likely as land."""
_EARTH_KM = 6371.0
_N_TOWNS = 3


def unit_vectors(latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return points on the unit sphere, shape (points, 3), from degrees."""
    north, east = np.radians(latitude.astype(np.float64)), np.radians(longitude.astype(np.float64))
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))


@cache
def _tree() -> Any:  # noqa: ANN401  scipy's tree carries no usable type
    from scipy.spatial import cKDTree  # noqa: PLC0415  takes long, and few data have coordinates

    return cKDTree(unit_vectors(cities()["latitude"].to_numpy(), cities()["longitude"].to_numpy()))


def nearest_countries(latitude: npt.NDArray[Any], longitude: npt.NDArray[Any]) -> pl.DataFrame:
    """Return the country and region of points.

    A point is given a country only where the three nearest towns agree on it, so that one near a border is left open.

    Args:
        latitude: shape (points,), degrees north, finite.
        longitude: shape (points,), degrees east, finite.

    Returns:
        Shape (points, 2): ``country`` and ``region``, null where open; ``region`` is the nearest town's.
    """
    chord, nearest = _tree().query(unit_vectors(latitude, longitude), k=_N_TOWNS)
    distance_km = 2 * _EARTH_KM * np.arcsin(np.clip(chord[:, 0] / 2, 0, 1))
    country = cities()["country"].to_numpy()[nearest]
    known = (country == country[:, :1]).all(axis=1) & (distance_km <= _FARTHEST_KM)
    region = cities()["region"].to_numpy()[nearest[:, 0]]
    at = pl.Series("known", known)
    return pl.DataFrame(
        {"country": country[:, 0], "region": region}, schema={"country": pl.String, "region": pl.String}
    ).select(country=pl.when(at).then("country"), region=pl.when(at & (pl.col("region") != "")).then("region"))


def nearest_country(latitude: float, longitude: float) -> tuple[str, str]:
    """Return the country and region of one point, empty where open."""
    row = nearest_countries(np.array([latitude]), np.array([longitude])).row(0)
    return row[0] or "", row[1] or ""


def area_positions(areas: list[str]) -> pl.DataFrame:
    """Return the middle of areas, the mean place of their townspeople.

    Args:
        areas: ISO 3166-1 or 3166-2 codes, in order.

    Returns:
        ``area, latitude, longitude`` in degrees, in the order given; areas without a known town are left out.
    """
    towns = cities().with_columns(people=pl.col("population").cast(pl.Float64) + 1.0)
    points = unit_vectors(towns["latitude"].to_numpy(), towns["longitude"].to_numpy())
    weighed = towns.select("country", "region", "people", x=points[:, 0], y=points[:, 1], z=points[:, 2])
    both = pl.concat([weighed.with_columns(area=pl.col(name)) for name in ("country", "region")])
    middle = (
        both.filter(pl.col("area").is_in(areas))
        .group_by("area")
        .agg((pl.col(axis) * pl.col("people")).sum() / pl.col("people").sum() for axis in "xyz")
    )
    found = pl.DataFrame({"area": areas}).join(middle, "area", maintain_order="left")
    flat = np.hypot(found["x"].to_numpy(), found["y"].to_numpy())
    return found.select(
        "area",
        latitude=pl.Series(np.degrees(np.arctan2(found["z"].to_numpy(), flat)).round(4)),
        longitude=pl.Series(np.degrees(np.arctan2(found["y"].to_numpy(), found["x"].to_numpy())).round(4)),
    )
