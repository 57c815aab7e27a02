"""Where a stated place is: names, coordinates, time zones and populations, all offline."""

from __future__ import annotations

from forensics.places.coordinates import nearest_countries
from forensics.places.electorate import country_populations, given_figures
from forensics.places.gazetteer import region_names
from forensics.places.place_resolution import resolve, resolve_places
from forensics.places.reading_choice import Resolution
from forensics.places.time_zones import offsets_kept, offsets_of, time_zone, zones_of

__all__ = [
    "Resolution",
    "country_populations",
    "given_figures",
    "nearest_countries",
    "offsets_kept",
    "offsets_of",
    "region_names",
    "resolve",
    "resolve_places",
    "time_zone",
    "zones_of",
]
