"""X's archive of an account: scripts with JSON in them, whose owner stands in another file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from forensics.loaders import load, recognise
from forensics.loaders.loader import ReadOptions

SAMPLES = Path(__file__).resolve().parent / "samples"
OWNER = {"account": {"accountId": "42", "username": "ann", "createdAt": "2010-01-06T10:00:00.000Z", "email": "a@b.c"}}
PARTS = ("tweets", "likes", "followers", "following")


def script(name: str, content: str) -> str:
    return f"window.YTD.{name}.part0 = {content}"


def sample(part: str) -> str:
    return (SAMPLES / f"x-archive.{part}.json").read_text(encoding="utf-8")


def test_each_part_is_a_script_whose_owner_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "account.js").write_text(script("account", json.dumps([OWNER])))
    acted = {}
    for part in PARTS:
        path = tmp_path / f"{part}.js"
        path.write_text(script(part, sample(part)))
        assert recognise(path).loader == "x-archive"
        data = load(path)
        acted[part] = set(data.actions.select("account_id", "action").iter_rows())
        assert not any("account.js" in str(note) for note in data.sources[0].notes)
    assert acted["tweets"] >= {("42", "post"), ("42", "repost"), ("42", "reply")}
    assert acted["likes"] == {("42", "like")}
    assert acted["followers"] == {("7", "follow"), ("8", "follow")}
    assert acted["following"] == {("42", "follow")}
    followed = load(tmp_path / "followers.js").actions["object_id"].to_list()
    assert followed == ["42", "42"]


def test_the_owner_is_found_within_the_archive_as_it_was_sent(tmp_path: Path) -> None:
    path = tmp_path / "twitter-2026.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/account.js", script("account", json.dumps([OWNER])))
        archive.writestr("data/tweets.js", script("tweets", sample("tweets")))
    data = load(path, None, ReadOptions(settings={"member": "data/tweets.js"}))
    assert set(data.accounts["account_id"]) >= {"42"}
    assert set(data.accounts.filter(account_id="42")["handle"]) == {"ann"}


def test_an_owner_whom_nobody_names_is_given_by_the_case_file_or_called_after_the_source(tmp_path: Path) -> None:
    path = tmp_path / "like.js"
    path.write_text(script("like", sample("likes")))
    unnamed = load(path)
    assert set(unnamed.actions["account_id"]) == {"owner of s1"}
    assert any("Give account" in str(note) for note in unnamed.sources[0].notes)
    named = load(path, None, ReadOptions(settings={"account": "42"}))
    assert set(named.actions["account_id"]) == {"42"}
