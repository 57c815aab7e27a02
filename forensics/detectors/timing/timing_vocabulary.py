"""What the detectors of moments say: quick acts, bursts and repeated texts."""

from __future__ import annotations

from forensics.vocabulary import Statement, TableSpec, Vocabulary

RAPID = Vocabulary((Statement("rapid_group", "how", subject="quick"),), (TableSpec("rapid"), TableSpec("rapid_acts")))
BURSTS = Vocabulary(
    (Statement("target_bursts", "what", subject="layer"),),
    (
        TableSpec(
            "bursts",
            ("layer", "object_id", "text", "n_accounts", "burst_share", "burst_window_s", "burst_at", "q_value"),
        ),
    ),
)
TEXTS = Vocabulary(
    tables=(
        TableSpec(
            "repeated_texts",
            ("text", "n_accounts", "n_posts", "n_wordings", "first_at", "last_at", "account_id", "permalink"),
            role="repeated_texts",
        ),
    )
)
