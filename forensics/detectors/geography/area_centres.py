"""Where the middle of a region or country is: of its people, not of its land."""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.places.coordinates import unit_vectors
from forensics.places.gazetteer import cities

__all__ = ["area_positions"]


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
