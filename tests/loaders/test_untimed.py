"""Acts without times: lists of followers and likers are read, and what needs no time is asked of them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import polars as pl
import pytest

import forensics as cf
from forensics.errors import InputFileError
from forensics.findings import Detection
from forensics.loaders import load


def likes(path: Path, seed: int = 1, size: int = 40) -> set[str]:
    """Write who likes which post, without times: 2,000 people of many tastes, some of whom work together."""
    rng = random.Random(seed)  # noqa: S311  invented data
    people, posts = [f"u{number}" for number in range(2_000)], [f"p{number}" for number in range(500)]
    weights = [(number + 5) ** -0.7 for number in range(len(posts))]
    rows = {
        (person, post)
        for person in people
        for post in rng.choices(posts, weights, k=min(60, 3 * int(rng.paretovariate(1.1))))
    }
    workers, targets = rng.sample(people, size), rng.sample(posts[100:], 25)
    rows |= {(worker, target) for worker in workers for target in targets if rng.random() < 0.7}
    lines = [f"{person},{post}" for person, post in sorted(rows)]
    path.write_text("\n".join(["user_id,post_id", *lines]) + "\n", encoding="utf-8")
    return set(workers)


def test_a_table_without_times_is_read_as_acts_on_its_posts(tmp_path: Path) -> None:
    path = tmp_path / "likes.csv"
    path.write_text("user_id,post_id\nann,p1\nbob,p1\nbob,p2\n,p2\n", encoding="utf-8")
    dataset = load(path)
    assert dataset.actions.select(
        "account_id", pl.col("action", "object_kind").cast(pl.String), "object_id"
    ).rows() == [("ann", "like", "post", "p1"), ("bob", "like", "post", "p1"), ("bob", "like", "post", "p2")]
    assert dataset.actions["acted_at"].null_count() == dataset.actions["time_precision"].null_count() == 3
    assert any("no times" in str(note) for note in dataset.sources[0].notes)
    assert dataset.sources[0].rejected["reason"].to_list() == ["no account"]


def test_a_column_that_may_be_a_time_is_never_left_unread(tmp_path: Path) -> None:
    path = tmp_path / "likes.csv"
    path.write_text("user_id,post_id,seen\nann,p1,2024-07-01 10:00:00\nbob,p1,2024-07-01 10:00:05\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="time"):
        load(path)


def test_posts_of_single_accounts_stay_posts(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = "".join(f"u{number % 7},p{number},2024-07-01 10:00:{number:02}\n" for number in range(60))
    path.write_text("user_id,post_id,created_at\n" + rows, encoding="utf-8")
    assert load(path).actions["action"].cast(pl.String).unique().to_list() == ["post"]


def test_followers_at_bluesky_are_follows_without_times(tmp_path: Path) -> None:
    page = {"subject": {"did": "did:plc:hub", "handle": "hub.org"}, "followers": [{"did": "did:plc:a", "handle": "a"}]}
    path = tmp_path / "followers.json"
    path.write_text(json.dumps(page), encoding="utf-8")
    dataset = load(path)
    assert dataset.actions.select("account_id", pl.col("action").cast(pl.String), "object_id", "acted_at").rows() == [
        ("did:plc:a", "follow", "did:plc:hub", None)
    ]
    assert dataset.accounts["handle"].to_list() == ["a"]


def test_a_group_is_found_and_reported_without_any_time(tmp_path: Path) -> None:
    workers = likes(tmp_path / "likes.csv")
    run = cf.detect(cf.load(tmp_path / "likes.csv"), "coordination", "rapid", "served")
    found = next(d for d in run.detections if d.detector == "coordination")
    assert isinstance(found, Detection)
    core = set(found.tables["accounts"].filter(pl.col("membership") == "core")["account_id"])
    assert len(core & workers) >= 0.9 * len(workers)
    assert core <= workers
    assert "untimed_acts" in found.notes
    assert [(f.detector, str(f.message)) for f in run.failures] == [
        ("rapid", "The data say of no act when it was, which this question needs.")
    ]
    run.report(tmp_path / "out")
    assert "the data do not say when they acted" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
