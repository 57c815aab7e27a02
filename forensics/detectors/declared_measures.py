"""Every number that a score or a column can hold, declared once: its unit, how it is written and what it is for.

A number that is not here is written as its unit asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from forensics.vocabulary import Format, Kind, Measure

UNIT_FORMATS: Mapping[str, Format] = {
    "s": "duration",
    "utc_s": "moment",
    "share": "share",
    "hours": "hours",
    "hour of UTC": "hour",
    "people": "people",
    "days": "days",
}
"""How a number of a unit is written, where its measure does not say."""


def _of(unit: str, format_: Format, *names: str) -> tuple[Measure, ...]:
    return tuple(Measure(name, unit, format_) for name in names)


MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("accounts", "accounts", role="size", phrase="group.accounts"),
        Measure("edges", "pairs", role="pairs", phrase="group.pairs"),
        Measure("acted", format="rough", role="observed"),
        Measure("acted_expected", format="rough", role="expected"),
        Measure("acted_ratio", format="rough", role="ratio"),
        *_of("1", "rough", "largest", "ratio", "typical", "typical_ratio"),
        Measure("next_ratio", format="rough", role="next"),
        Measure("audiences_alike", "audiences", role="alike"),
        Measure("directions_share", format="share", role="directions"),
        Measure("confirmed_share", format="share", role="confirmed"),
        Measure("stability", format="share", role="steadiness"),
        Measure("organic_share", format="small"),
        *_of("1", "rough", "delay_factor", "work_spread"),
        Measure("accounts_edge", "accounts", role="edge"),
        Measure("first_at", "utc_s", "moment", role="first"),
        Measure("last_at", "utc_s", "moment", role="last"),
        Measure("density", format="share", role="compactness"),
        Measure("audiences_tested", "audiences", role="tested"),
        Measure("accounts_clustered", "accounts", role="grouped"),
        Measure("acts_examined", "acts"),
        Measure("acts_taken", format="share"),
        Measure("interactions_examined", "interactions"),
        Measure("interactions_taken", format="share"),
        Measure("coarsest_precision_s", "s", "duration", role="precision"),
        *_of("s", "duration", "age_s", "burst_window_s", "gap_s", "rapid_s", "window_s"),
        *_of("utc_s", "moment", "burst_from", "burst_to", "jump_at"),
        *_of("days", "span", "burst_days"),
        *_of("days", "days", "active_days", "days_examined", "jumps"),
        *_of("day", "day", "day", "first_day", "from_day", "last_day", "to_day"),
        *_of("year", "year", "year"),
        *_of("hour of UTC", "hour", "busiest_from_hour", "half_hour", "hour"),
        *_of("hours", "hours", "day_hours", "filled_hours", "hours", "quiet_hours", "quiet_hours_high"),
        *_of("hours", "hours", "quiet_hours_low", "quiet_hours_of_others", "shared_hours"),
        *_of("hours", "offset", "clock_offset", "high_h", "low_h", "offset_h"),
        *_of("people", "people", "workers_by_accounts", "workers_by_time"),
        *_of("accounts", "people", "accounts_in_burst_expected"),
        *_of("posts", "people", "posts_beyond_expected"),
        *_of("acts", "people", "rapid_acts_expected"),
        *_of("1", "small", "burst_p", "conformal_p", "p_camp", "p_diaspora", "p_electorate", "p_profile", "p_reach"),
        *_of("1", "small", "p_references", "p_region", "p_shift_p", "p_shift_q", "p_software_p", "p_software_q"),
        *_of("1", "small", "p_value", "q_camp", "q_diaspora", "q_electorate", "q_references", "q_region", "q_value"),
        *_of("1", "small", "quiet_hours_p", "quiet_hours_q", "shift_share_p", "shift_share_q"),
        *_of("1", "share", "ads_outside_share", "ads_unplaced_share", "alpha"),
        *_of("1", "share", "burst_share", "comments_share_usual", "country_share"),
        *_of("1", "share", "country_share_of_others", "coverage_collector", "coverage_geotag", "coverage_language"),
        *_of("1", "share", "coverage_platform", "coverage_stated", "expected_share", "foreign_share", "handle_share"),
        *_of("1", "share", "handle_share_of_others", "main_client_share"),
        *_of("1", "share", "main_client_share_of_others", "main_share", "main_share_of_others", "mass_stated"),
        *_of("1", "share", "mean_burst_share", "mix_ordinary", "mix_shift", "mix_software", "p_ordinary", "p_shift"),
        *_of("1", "share", "p_shift_of_others", "p_software", "p_software_of_others", "reach_share", "reaction_share"),
        *_of("1", "share", "reaction_share_usual", "reactions_share_usual", "reference_share"),
        *_of("1", "share", "share", "share_cluster", "share_high", "share_low", "share_of_others", "share_others"),
        *_of(
            "1",
            "share",
            "share_of_camp",
            "share_of_target",
            "share_rest",
            "share_unplaced",
            "shares_share_usual",
            "shift_share",
        ),
        *_of("1", "share", "shift_share_of_others", "usual_burst_share"),
    )
}
"""Measures by name; a name that is not here is a plain number of its unit."""


def format_of(name: str, unit: str = "1") -> Format:
    """Return how a number is written: as its measure says, or else as its unit asks."""
    measure = MEASURES.get(name)
    return measure.format if measure and measure.format != "number" else UNIT_FORMATS.get(unit, "number")


def _kinds(kind: Kind, *names: str) -> dict[str, Kind]:
    return dict.fromkeys(names, kind)


COLUMN_KINDS: Mapping[str, Kind] = {
    **_kinds("account", "account_id", "left", "right"),
    **_kinds("object", "object_id"),
    **_kinds("handle", "handle"),
    **_kinds("address", "permalink", "left_permalink", "right_permalink"),
    **_kinds("key", "finding_id", "post_id", "left_post_id", "right_post_id", "source_id", "source_row"),
    **_kinds("word", "layer", "layers", "precision", "kind", "group", "source", "audience", "camp"),
    **_kinds("word", "currency", "handle_class", "pattern", "shape", "region", "place", "country", "hotspot", "area"),
    **_kinds(
        "word", "quantity", "unit", "membership", "action", "object_kind", "measure", "scope", "practice", "method"
    ),
    **_kinds("word", "made_of", "input", "centre", "platform", "confidence"),
}
"""What a column of text holds, by its name; what is not here is taken for a text that may name somebody."""
