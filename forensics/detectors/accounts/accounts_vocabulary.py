"""What the detectors of accounts say: registrations, names and followers."""

from __future__ import annotations

from forensics.vocabulary import Chart, Statement, TableSpec, Vocabulary

REGISTRATIONS = Vocabulary((Statement("registration_burst", "how"),), (TableSpec("registrations", role="named"),))
GROUP_REGISTRATIONS = Vocabulary(
    (Statement("registration_burst_group", "how"),),
    (
        TableSpec(
            "registration_groups", ("group", "n_accounts", "from_day", "to_day", "observed", "expected", "q_value")
        ),
    ),
)
HANDLES = Vocabulary(tables=(TableSpec("handles"), TableSpec("handle_classes")))
GROUP_HANDLES = Vocabulary((Statement("handle_pattern_group", "how"),), (TableSpec("handle_groups"),))
GROWTH = Vocabulary(
    (Statement("growth_jump", "how", subject="account"),),
    (
        TableSpec(
            "growth",
            ("account_id", "day", "followers", "gained", "elapsed", "rate", "usual_rate", "q_value"),
            first="is_jump",
        ),
    ),
    (Chart("growth_curves", ("growth",)),),
)
