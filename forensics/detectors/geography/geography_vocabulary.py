"""What the detectors of place say: their statements, tables, maps and clocks."""

from __future__ import annotations

from forensics.vocabulary import Chart, Statement, TableSpec, Vocabulary

GEOGRAPHY = Vocabulary(
    (
        Statement("foreign_share", "where", by_source=True),
        Statement("regions_unlike_electorate", "where", by_source=True),
        Statement("region_excess", "where", subject="camp_place", by_source=True),
        Statement("ads_outside", "where"),
    ),
    (
        TableSpec(
            "audiences",
            ("audience", "source", "n_known", "n_foreign", "share", "low", "high", "reference_share"),
            shares=("low", "high"),
        ),
        TableSpec("distance", ("audience", "source", "n", "n_regions", "n_references", "q_electorate")),
        TableSpec(
            "regions",
            ("audience", "source", "place", "n_people", "expected_share", "quotient", "low", "high", "q_region"),
        ),
    ),
    (
        Chart("country_maps", ("countries",)),
        Chart("camp_maps", ("camps", "audiences")),
        Chart("funnels", ("regions", "distance")),
        Chart("camps_beside", ("camps", "camp_regions")),
    ),
)
SCAN = Vocabulary(
    (
        Statement("hotspot_space", "where", subject="camp_place", by_source=True),
        Statement("hotspot_space_time", "where", subject="camp_place", by_source=True),
    ),
    (
        TableSpec(
            "hotspots",
            ("audience", "source", "kind", "centre", "n_areas", "first_day", "last_day", "observed", "expected"),
        ),
        TableSpec("areas", ("audience", "source", "area")),
    ),
    (Chart("hotspot_map", ("hotspots", "areas")),),
)
CLOCKS = Vocabulary(
    (Statement("clock_contradicts", "where", subject="placed", by_source=True),),
    (
        TableSpec("groups", ("group", "source", "n_accounts", "n_slots", "offset_h", "low_h", "high_h", "mass_stated")),
        TableSpec("accounts", ("account_id", "n_slots", "offset_h", "mass_stated"), "named"),
        TableSpec("hours", role="drawn"),
        TableSpec("posterior", role="drawn"),
    ),
    (Chart("day_clocks", ("groups", "hours")), Chart("clock_table", ("groups",))),
)
GROUP_COUNTRIES = Vocabulary((Statement("group_country", "where", by_source=True),), (TableSpec("group_countries"),))
