"""What the detectors of who acted together say: their statements, tables and the sizes they would have found."""

from __future__ import annotations

from forensics.vocabulary import Statement, TableSpec, Vocabulary

_GROUP = ("accounts", "objects", "acted_ratio", "next_ratio", "directions_share")
"""Set large on a group's page, beside its confidence."""
_SWARM, _COPYPASTA = ("T0049.005",), ("T0084.001",)


def _group(key: str) -> Statement:
    return Statement(key, "who", links=True, fields=_GROUP, techniques=_SWARM, text_techniques=_COPYPASTA)


COORDINATION = Vocabulary(
    (_group("coordinated_group"), _group("coordinated_group_jointly")),
    (
        TableSpec("accounts", ("account_id", "n_acts", "first_at", "n_slots", "offset_h", "mass_stated"), "members"),
        TableSpec("edges", role="ties"),
        TableSpec("acts", role="meetings"),
        TableSpec("moments", role="moments"),
        TableSpec("layers", role="layers"),
        TableSpec(
            "measures",
            (
                *("measure", "window_s", "observed", "expected", "ratio", "typical", "largest"),
                *("n_audiences", "n_alike"),
            ),
            "measures",
        ),
        TableSpec("kinds", ("kind", "share", "window_s"), "kinds"),
        TableSpec("patterns", ("pattern", "account_id", "handle", "ratio", "largest"), "newsroom"),
        TableSpec("error_rates", role="error_rates"),
    ),
    first_notes=("beyond_validated",),
)
MINIMUM_DETECTABLE = Vocabulary(tables=(TableSpec("detectable", role="sizes"),))
