"""Ids that a spreadsheet rounded, in every kind of table that has ids of digits: noted, and in no table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.normalising.act_rows import UNNAMED

SAMPLES = Path(__file__).resolve().parent / "samples"

DROPPED = {
    "4cat.csv": ("id", "thread_id", "quote_tweet_id", "author_id"),
    "ad-library-report.csv": ("Page ID",),
    "content-library.csv": ("id", "shared_post_id"),
    "coordination-toolkit.csv": ("message_id", "repost_id"),
    "coortweet.csv": ("content_id",),
    "crowdtangle.csv": ("Facebook Id",),
    "fivethirtyeight.csv": ("alt_external_id", "tweet_id"),
    "generic.csv": ("post",),
    "tiktok-table.csv": ("video_id", "music_id"),
    "twarc-csv.csv": ("id", "referenced_tweets.retweeted.id"),
    "twitter-operations.csv": ("tweetid", "retweet_tweetid"),
}
"""Sample to the columns of which a row can do without."""

REFUSED = {
    "4cat.csv": "author",
    "content-library.csv": "post_owner.id",
    "coordination-toolkit.csv": "user_id",
    "coortweet.csv": "object_id",
    "generic.csv": "account",
    "twarc-csv.csv": "author_id",
    "twitter-operations-users.csv": "userid",
    "twitter-operations.csv": "userid",
}
"""Sample to the column without which its rows say nothing."""

ROUNDED = ("1.80424E+18", "1,80424E+18", "180424000000000000", "1804240000000000000")


def damaged(tmp_path: Path, name: str, columns: tuple[str, ...], value: str) -> Path:
    """Write a sample with one value in every filled cell of some columns."""
    rows = list(csv.DictReader(io.StringIO((SAMPLES / name).read_text(encoding="utf-8-sig"))))
    for row in rows:
        row.update({column: value for column in columns if row[column] and row[column] != column})
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def cells(dataset: Dataset) -> list[object]:
    frames = (dataset.actions, dataset.accounts, dataset.posts, dataset.money)
    return [cell for frame in frames for row in frame.iter_rows() for cell in row]


@pytest.mark.parametrize("value", ROUNDED)
@pytest.mark.parametrize("name", DROPPED)
def test_rounded_ids_are_noted_and_not_used(name: str, value: str, tmp_path: Path) -> None:
    clean, dataset = load(SAMPLES / name), load(damaged(tmp_path, name, DROPPED[name], value))
    assert dataset.sources[0].rows_kept == clean.sources[0].rows_kept
    assert not [cell for cell in cells(dataset) if isinstance(cell, str) and (value in cell or UNNAMED in cell)]
    assert dataset.actions["action"].n_unique() == clean.actions["action"].n_unique()
    rounded = [str(note) for note in dataset.sources[0].notes if "rounded by a spreadsheet" in str(note)]
    assert {column for column in DROPPED[name] if any(f"'{column}'" in note for note in rounded)} >= {DROPPED[name][0]}


@pytest.mark.parametrize("name", REFUSED)
def test_rounded_accounts_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=f"'{REFUSED[name]}'.*rounded by a spreadsheet"):
        load(damaged(tmp_path, name, (REFUSED[name],), "9.06E+17"))


def test_one_rounded_id_among_sound_ones_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    rows = [f"a{number},{1_720_000_000 + number**2},18042428875048222{number}" for number in range(10, 30)]
    path.write_text("\n".join(["account,time,post", *rows, "a9,1720009999,1.80424E+18"]), encoding="utf-8")
    dataset = load(path)
    assert dataset.actions.height == 21
    assert not dataset.actions["post_id"].str.contains("E").any()
    assert any("'post'" in str(note) and "not used: 1." in str(note) for note in dataset.sources[0].notes)
