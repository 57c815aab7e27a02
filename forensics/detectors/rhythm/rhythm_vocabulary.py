"""What the detectors of rhythm say: their statements, tables and weeks."""

from __future__ import annotations

from forensics.vocabulary import Chart, Statement, TableSpec, Vocabulary

_SOFTWARE = ("T0146.007",)
_WEEK = (Chart("weeks", ("hours", "busiest")),)

ACCOUNT_RHYTHM = Vocabulary(
    (Statement("tempo_shift", "how"), Statement("tempo_software", "how", techniques=_SOFTWARE)),
    (
        TableSpec(
            "profiles",
            ("account_id", "n_acts", "quiet_hours", "shift_share", "p_shift", "p_software", "p_ordinary"),
            "named",
        ),
        TableSpec("hours", role="drawn"),
    ),
    _WEEK,
)
GROUP_RHYTHM = Vocabulary(
    (
        Statement("tempo_group_shift", "how"),
        Statement("tempo_group_shift_pooled", "how"),
        Statement("tempo_group_software", "how", techniques=_SOFTWARE),
        Statement("client_mix_group", "how"),
    ),
    (
        TableSpec(
            "groups",
            (
                *("group", "n_accounts", "n_acts", "busiest_from_hour", "quiet_hours"),
                *("quiet_hours_of_others", "shift_share", "shift_share_of_others"),
            ),
        ),
        TableSpec("hours", role="drawn"),
        TableSpec("clients"),
    ),
    _WEEK,
)
