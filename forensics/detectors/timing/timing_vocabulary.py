"""What the detectors of moments say: quick acts and bursts."""

from __future__ import annotations

from forensics.vocabulary import Statement, TableSpec, Vocabulary

__all__ = ["BURSTS", "RAPID"]

RAPID = Vocabulary(
    (Statement("rapid_group", "how", subject="quick"), Statement("rapid_accounts", "how", subject="quick")),
    (TableSpec("rapid"), TableSpec("rapid_acts")),
)
BURSTS = Vocabulary(
    (Statement("target_bursts", "what", subject="layer"),),
    (
        TableSpec(
            "bursts",
            ("layer", "object_id", "n_accounts", "burst_share", "burst_window_s", "burst_at", "q_value"),
        ),
    ),
)
