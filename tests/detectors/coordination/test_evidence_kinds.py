"""The kinds of evidence: each is found in acts of its kind, and in no others."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from detectors.coordination.made_search import CLOSE, GROUP

from forensics import schema
from forensics.detectors.coordination.evidence.evidence_kinds import appearances_of, evidence_kinds, moments
from forensics.detectors.coordination.evidence.ties import group_acts

QUIET = replace(GROUP, core=("a", "b", "c"), edge=(), measures=(replace(CLOSE, ratio=1.0),))


def actions_of(rows: list[tuple[str, str, str, str, int]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, ["account_id", "action", "object_kind", "object_id", "second"], orient="row")
    return schema.conform(
        frame.with_columns(
            acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ).drop("second"),
        schema.ACTIONS,
    )


def kinds_of(actions: pl.DataFrame, layer: str) -> dict[str, float | None]:
    members = pl.DataFrame({"finding_id": "g", "account_id": ["a", "b", "c"]})
    acts = group_acts(actions, [layer], members)
    appeared = appearances_of(actions, acts)
    found = evidence_kinds("g", QUIET, moments(actions, acts, appeared), appeared)
    return dict(found.select("kind", "share").iter_rows())


def likes(age_s: int, spread_s: int, between_s: int) -> pl.DataFrame:
    """Return three accounts' likes of five posts of a page, each so long after it and so far from each other."""
    rows = []
    for post in range(5):
        born = post * between_s
        rows.append(("page", "post", "post", f"p{post}", born))
        rows += [(name, "like", "post", f"p{post}", born + age_s + spread_s * k) for k, name in enumerate("abc")]
    return actions_of(rows)


@pytest.mark.parametrize(
    ("age_s", "spread_s", "between_s", "expected"),
    [
        (40, 40, 90_000, {"prompt": 1.0}),
        (3_600, 40, 90_000, {}),
        (3_600, 50_000, 200_000, {"slow": 1.0}),
        (3_600, 40, 600, {"one_sitting": 1.0}),
    ],
)
def test_a_way_of_working_is_named_where_it_is_theirs(
    age_s: int, spread_s: int, between_s: int, expected: dict[str, float]
) -> None:
    assert kinds_of(likes(age_s, spread_s, between_s), "like:post") == expected


def test_links_that_a_member_brought_in_are_their_own() -> None:
    rows = [
        (name, "post", "url", f"u{k}", 90_000 * k + 400 * place) for k in range(4) for place, name in enumerate("abc")
    ]
    assert kinds_of(actions_of(rows), "url") == {"own": 1.0}
    before = [("z", "post", "url", f"u{k}", 90_000 * k - 4_000) for k in range(3)]
    assert kinds_of(actions_of(rows + before), "url") == {}


def test_the_narrowest_window_beyond_all_others_is_named() -> None:
    measures = (CLOSE, replace(CLOSE, window_s=10.0), replace(CLOSE, window_s=1.0, ratio=2.0))
    none = pl.DataFrame(schema={"acted_at": schema.TIME})
    found = evidence_kinds("g", replace(QUIET, measures=measures), none, none)
    assert found.rows() == [("g", "close_in_time", None, 10.0)]
