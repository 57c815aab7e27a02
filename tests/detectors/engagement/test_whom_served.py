"""Whom groups served: counted by hand on a dozen acts."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.detector import Answer
from forensics.detectors.engagement.whom_served import DETECTOR, Params, episodes, served
from forensics.errors import TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet

START = dt.datetime(2024, 9, 2, 12, tzinfo=dt.UTC)
LIKES = [
    *(("m1", "p1", 0, "violet"), ("m2", "p1", 5, "violet"), ("m3", "p1", 9, "violet"), ("u1", "p1", 500, "violet")),
    *(("m1", "p2", 3_600, "amber"), ("m2", "p2", 3_900, "amber"), ("u1", "p2", 9_000, "amber")),
    *(("u2", "p3", 20, "violet"), ("u3", "p3", 9_999, "violet")),
]


def data() -> Dataset:
    actions = pl.DataFrame(
        [
            {
                "account_id": account,
                "object_id": post,
                "acted_at": START + dt.timedelta(seconds=second),
                "camp": camp,
                "action": "like",
                "object_kind": "post",
                "time_precision": "s",
                "source_id": "s1",
                "source_row": row,
            }
            for row, (account, post, second, camp) in enumerate(LIKES, start=1)
        ]
    )
    posts = pl.DataFrame(
        {"post_id": ["p1"], "text": ["Vote violet"], "permalink": ["https://social.example/p1"], "source_id": ["s2"]}
    )
    return Dataset(
        actions=schema.conform(actions, schema.ACTIONS),
        posts=schema.conform(posts.with_columns(account_id=pl.lit("page"), source_row=1), schema.POSTS),
    )


def found() -> pl.DataFrame:
    rows = [(account, post, second) for account, post, second, _ in LIKES if account.startswith("m")]
    return pl.DataFrame(rows, ["account_id", "object_id", "second"], orient="row").select(
        "account_id",
        "object_id",
        finding_id=pl.lit("g-1"),
        layer=pl.lit("like:post"),
        acted_at=(pl.lit(START) + pl.duration(seconds="second")).cast(schema.TIME),
    )


def run(moments: pl.DataFrame, dataset: Dataset | None = None) -> Detection:
    answers = {"any": Answer(None, Detection("any", {}, tables={"moments": moments}))}
    return served(dataset or data(), Params(), 0, quiet, answers)


def test_the_camps_of_a_group_and_its_part_of_each_camp() -> None:
    camps = run(found()).tables["served_camps"].select("camp", "n_acts", "share", "n_camp", "share_of_camp")
    assert camps.rows() == [("violet", 3, 0.6, 6, 0.5), ("amber", 2, 0.4, 3, 2 / 3)]


def test_the_targets_of_a_group_with_their_text_and_link_and_its_part_of_each() -> None:
    targets = run(found()).tables["served_targets"]
    shown = targets.select("object_id", "n_accounts", "n_target", "share_of_target", "text", "permalink", "camp")
    assert shown.rows() == [
        ("p1", 3, 4, 0.75, "Vote violet", "https://social.example/p1", "violet"),
        ("p2", 2, 3, 2 / 3, None, None, "amber"),
    ]


@pytest.mark.parametrize(
    ("camps", "camp"),
    [
        (("amber", "violet", "violet"), "violet"),
        (("amber", "violet", None), None),
        (("amber", None, None), "amber"),
        ((None, None, None), None),
    ],
)
def test_a_target_is_of_the_camp_that_most_acts_on_it_name(camps: tuple[str | None, ...], camp: str | None) -> None:
    """A link stands in posts about several camps; the first by alphabet is not whom it served."""
    whole = data()
    of_member = pl.col("account_id").replace_strict(dict(zip(("m1", "m2", "m3"), camps, strict=True)), default=None)
    mixed = Dataset(actions=whole.actions.with_columns(camp=of_member.cast(pl.String)), posts=whole.posts)
    targets = run(found(), mixed).tables["served_targets"]
    assert targets.filter(object_id="p1")["camp"].to_list() == [camp]


def test_an_act_of_a_group_is_of_the_camp_that_its_whole_event_is_of() -> None:
    """A group found by one link of its members' posts served whom the posts are for: its part of a camp is a part."""
    whole = data()
    more = whole.actions.filter(account_id="m1", object_id="p1").with_columns(camp=pl.lit("amber"))
    more = pl.concat([more.with_columns(object_id=pl.lit(name)) for name in ("q1", "q2")])
    one_event = pl.when(account_id="m1", object_id="p1").then(pl.lit("post")).otherwise("source_event")
    actions = pl.concat(
        [whole.actions.with_columns(source_event=one_event), more.with_columns(source_event=pl.lit("post"))]
    )
    camps = run(found(), Dataset(actions=actions, posts=whole.posts)).tables["served_camps"]
    assert camps.select("camp", "n_acts", "n_camp").rows() == [("amber", 3, 4), ("violet", 2, 5)]


def test_the_moment_to_quote_is_the_tightest_in_which_two_or_more_met() -> None:
    whole, acts = episodes(found().select("finding_id", "account_id", "layer", "object_id", "acted_at"), 60.0)
    assert whole.select("n_accounts", "n_objects", "n_acts").rows() == [(3, 1, 3)]
    assert whole["to_at"][0] - whole["from_at"][0] == dt.timedelta(seconds=9)
    assert acts["account_id"].to_list() == ["m1", "m2", "m3"]


def test_the_order_of_the_rows_changes_nothing() -> None:
    one, other = run(found()), run(found().reverse())
    assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)


def test_without_groups_nobody_was_served() -> None:
    with pytest.raises(TooLittleDataError):
        run(found().clear())


def test_it_finds_nobody() -> None:
    assert not run(found()).findings
    assert not DETECTOR.vocabulary.statements
