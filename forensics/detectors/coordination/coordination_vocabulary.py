"""What the detectors of who acted together say: their statements, tables and the sizes they would have found."""

from __future__ import annotations

from forensics.vocabulary import Statement, TableSpec, Vocabulary

__all__ = ["LOCKSTEP", "MEMBERSHIP", "MINIMUM_DETECTABLE", "SYNCHRONY"]

_GROUP = ("accounts", "accounts_core", "objects", "hits_ratio", "shared_ratio", "misfit")
"""Set large on a group's page, beside its confidence."""
_SWARM, _COPYPASTA = ("T0049.005",), ("T0084.001",)
_TABLES = (
    TableSpec("accounts", ("account_id", "n_acts", "first_at", "n_slots", "offset_h", "mass_stated"), "members"),
    TableSpec("edges", role="ties"),
    TableSpec("acts", role="meetings"),
    TableSpec("moments", role="moments"),
    TableSpec("windows", role="fit"),
    TableSpec("layers", role="layers"),
)


def _group(key: str, *, accuses: bool = True) -> Statement:
    return Statement(key, "who", accuses, links=True, fields=_GROUP, techniques=_SWARM, text_techniques=_COPYPASTA)


SYNCHRONY = Vocabulary((_group("synchrony_cluster"),), _TABLES)
MEMBERSHIP = Vocabulary(
    (
        _group("membership_cluster"),
        _group("membership_audience", accuses=False),
        _group("membership_one_publisher", accuses=False),
    ),
    _TABLES,
)
LOCKSTEP = Vocabulary(
    (Statement("lockstep_batch", "who", subject="batch", techniques=_SWARM, text_techniques=_COPYPASTA),),
    (
        TableSpec(
            "batches",
            ("layer", "n_accounts", "n_objects", "n_acts", "from_at", "to_at", "batch_share", "batch_p"),
        ),
        TableSpec("accounts", ("account_id", "n_acts", "first_at"), "named"),
        TableSpec("objects"),
        TableSpec("acts"),
    ),
)
MINIMUM_DETECTABLE = Vocabulary(tables=(TableSpec("detectable", role="sizes"),))
