"""One post is one event, one repost of a post is one event, and an act without a post is an event of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from forensics import schema
from forensics.coaction.layers import index_acts, layer_names
from forensics.dataset import Dataset
from forensics.events import with_events
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.simulate import Election, simulate

SAMPLES = sorted((Path(__file__).parent / "loaders" / "samples").iterdir())
AT = datetime(2024, 6, 21, 20, tzinfo=UTC)


def actions(*rows: tuple[str, str, str | None, str | None, str | None]) -> pl.DataFrame:
    """Return acts of account, action, kind and id of the object, and post, each read from a row of its own."""
    columns = ["account_id", "action", "object_kind", "object_id", "post_id"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row").with_columns(
        acted_at=pl.lit(AT),
        time_precision=pl.lit("s"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
    )
    return schema.conform(frame, schema.ACTIONS)


RETWEETS = actions(
    ("ann", "post", "post", "t1", "t1"),
    ("ann", "post", "hashtag", "vote", "t1"),
    ("ben", "repost", "post", "t1", "t2"),
    ("ben", "repost", "hashtag", "vote", "t2"),
    ("ben", "repost", "url", "https://example.org/", "t2"),
    ("cleo", "repost", "post", "t1", "t3"),
    ("cleo", "repost", "hashtag", "vote", "t3"),
    ("cleo", "post", "hashtag", "vote", "t4"),
    ("cleo", "like", "post", "t1", None),
    ("cleo", "like", "post", "t1", None),
)


def test_the_traces_of_a_post_share_its_event() -> None:
    events = with_events(RETWEETS)["source_event"].to_list()
    assert events[:2] == ["t1", "t1"]
    assert events[2:5] == ["repost:ben:t1"] * 3
    assert events[5:8] == ["repost:cleo:t1", "repost:cleo:t1", "t4"]
    assert events[8:] == ["s1:9", "s1:10"]


def test_rows_in_any_order_have_the_same_events() -> None:
    turned = with_events(RETWEETS.reverse()).reverse()
    assert turned["source_event"].equals(with_events(RETWEETS)["source_event"])


def test_events_that_are_known_stay() -> None:
    known = with_events(RETWEETS).with_columns(source_event=pl.lit("e1"))
    assert with_events(known).equals(known)


def test_what_a_repost_carries_is_in_no_layer_of_traces() -> None:
    assert layer_names(RETWEETS) == ("hashtag", "like:post", "repost:post")
    tags = index_acts(RETWEETS, "hashtag")
    assert tags.account_ids.gather(tags.accounts).to_list() == ["ann", "cleo"]
    assert index_acts(RETWEETS, "repost:post").n_acts == 2


def test_reposts_of_an_unknown_post_keep_their_traces() -> None:
    unknown = actions(("ben", "repost", None, None, "t2"), ("ben", "repost", "hashtag", "vote", "t2"))
    assert layer_names(unknown) == ("hashtag",)
    assert with_events(unknown)["source_event"].to_list() == ["t2", "t2"]


def test_the_words_stand_for_an_unknown_post() -> None:
    unknown = actions(
        ("ben", "repost", None, None, "t2"),
        ("ben", "repost", "hashtag", "vote", "t2"),
        ("ben", "repost", "text", "words-of-t1", "t2"),
        ("ben", "quote", "hashtag", "vote", "t3"),
        ("ben", "quote", "text", "own words", "t3"),
    )
    assert layer_names(unknown) == ("hashtag", "text")
    assert index_acts(unknown, "hashtag").n_acts == 1
    assert index_acts(unknown, "text").n_acts == 2


def test_an_event_is_the_same_in_every_layer_and_another_for_every_account() -> None:
    rows = actions(
        ("ann", "post", "url", "https://example.org/", "p1"),
        ("ann", "post", "hashtag", "vote", "p1"),
        ("ben", "post", "hashtag", "vote", "p1"),  # the post of another service
    )
    (link,) = index_acts(rows, "url").events
    tags = index_acts(rows, "hashtag")
    assert tags.events[0] == link
    assert tags.events[1] != link


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_loader_says_of_every_act_to_which_event_it_belongs(path: Path) -> None:
    acts = load(path, options=ReadOptions(settings={"consent": "true"})).actions
    assert acts["source_event"].null_count() == 0
    posts = acts.filter(pl.col("post_id").is_not_null())
    per_post = posts.group_by("account_id", "post_id").agg(pl.col("source_event").n_unique())
    assert (per_post["source_event"] == 1).all()


def test_the_acts_of_a_simulated_election_have_events() -> None:
    acts = simulate(Election(n_accounts=300, n_acts=4_000, n_communities=3), 1).dataset.actions
    assert acts["source_event"].null_count() == 0
    assert acts["source_event"].n_unique() < acts.height


def test_two_files_that_hold_parts_of_one_post_make_one_event(tmp_path: Path) -> None:
    for name, tag in (("one.csv", "vote"), ("two.csv", "hall")):
        (tmp_path / name).write_text(
            f"account,time,post_id,hashtag\nann,2024-06-21T20:00:00Z,p1,{tag}\n", encoding="utf-8"
        )
    acts: Dataset = load(tmp_path)
    assert acts.actions["source_event"].unique().to_list() == ["p1"]
    assert set(acts.actions["object_id"]) == {"p1", "vote", "hall"}


def test_a_repost_given_row_by_row_is_one_event(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "account_id,acted_at,post_id,action,object_kind,object_id\n"
        "ben,2024-06-21T20:00:00Z,t2,post,hashtag,vote\n"
        "ben,2024-06-21T20:00:00Z,t2,repost,post,t1\n",
        encoding="utf-8",
    )
    acts = load(path).actions
    assert acts["source_event"].unique().to_list() == ["repost:ben:t1"]
