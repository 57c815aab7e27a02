"""What the detectors of engagement say: reach, proportions, money and work."""

from __future__ import annotations

from forensics.vocabulary import Chart, Statement, TableSpec, Vocabulary

_WORK = (
    TableSpec("labour"),
    TableSpec("sensitivity"),
    TableSpec("prices", ("id", "kind", "unit", "price", "currency", "year", "source")),
)

REACH = Vocabulary(
    (Statement("reach_beyond", "what", subject="account"),),
    (
        TableSpec(
            "reach_posts",
            (
                *("account_id", "published_at", "permalink", "reach", "followers", "views", "reactions", "comments"),
                *("shares", "interactions", "ceiling"),
            ),
        ),
        TableSpec("reach_pages", ("account_id", "n_posts", "n_beyond", "excess", "n_explained", "most", "q_value")),
    ),
    (Chart("ceilings", ("reach_posts",), ("quantile",)),),
)
RATIOS = Vocabulary(
    (Statement("ratio_odd", "what", subject="account"),),
    (
        TableSpec(
            "ratio_posts",
            ("account_id", "published_at", "permalink", "reactions", "comments", "shares", "interactions"),
        ),
    ),
    (Chart("proportions", ("ratio_posts",)),),
)
MONEY = Vocabulary(
    (Statement("money_camp", "what"), Statement("money_apart", "what")),
    (
        TableSpec(
            "spending",
            (
                *("camp", "n_payments", "amount_low", "amount_high", "currency", "interactions"),
                *("per_unit", "per_unit_low", "per_unit_high"),
            ),
        ),
    ),
    (Chart("price_intervals", ("spending",)),),
)
LABOUR = Vocabulary((Statement("labour_page", "what", subject="account"),), _WORK)
GROUP_LABOUR = Vocabulary((Statement("labour_group", "what"),), _WORK)
SERVED = Vocabulary(
    tables=(
        TableSpec("served_camps", role="served_camps"),
        TableSpec("served_targets", role="served_targets"),
        TableSpec("episodes", role="episodes"),
        TableSpec("episode_acts", role="episode_acts"),
    )
)
REMAINING = Vocabulary(tables=(TableSpec("remaining_camps", role="remaining_camps"), TableSpec("remaining_days")))
