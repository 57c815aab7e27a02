"""Tables as strangers write them: each reaches a case without an editor, with the right columns for who and when."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from polars.testing import assert_frame_equal

from cases.case_file.case_file import DataEntry, parse
from cases.case_file.starter_case import starter
from cases.conversation.column_choice import take_likeliest
from cases.conversation.inspected_files import Look, look_into
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.progress import quiet

TABLES = tomllib.loads((Path(__file__).parent / "strangers_tables.toml").read_text(encoding="utf-8"))
NAMES = ("ann", "bob", "eva")
ROWS = 12


def moment(k: int) -> str:
    return f"2024-06-{k + 1:02d} 18:0{k % 10}:05"


VALUES: dict[str, Callable[[int], str]] = {
    "id": lambda k: str(1_800_000_000_000_000_000 + k * 1_000_003),
    "uid": lambda k: str(700_001 + k % 3),
    "neg": lambda k: str(-1_001_000_724_666 - k % 3),
    "acc": lambda k: NAMES[k % 3],
    "at": lambda k: f"@{NAMES[k % 3]}",
    "name": lambda k: f"{NAMES[k % 3].title()} Lee",
    "iso": moment,
    "isoz": lambda k: moment(k).replace(" ", "T") + "+00:00",
    "day": lambda k: moment(k)[:10],
    "clock": lambda k: moment(k)[11:16],
    "unix": lambda k: str(1_718_000_000 + k * 86_400),
    "us": lambda k: f"6/{k + 13}/2024 6:0{k % 10}:05 PM",
    "tw": lambda k: f"Sun Jul 07 18:{k + 10:02d}:05 +0000 2024",
    "dmy": lambda k: f"{k + 13:02d}-06-2024",
    "pub": lambda _: "2024-05-01T10:00:00Z",
    "join": lambda k: f"2019-03-0{k % 3 + 1}",
    "y": lambda _: "2024",
    "m": lambda _: "6",
    "d": lambda k: str(k + 1),
    "txt": lambda k: f"We all vote on Sunday, number {k % 4}",
    "desc": lambda _: "I post about many things here",
    "n": lambda k: str(k * 7 % 50),
    "b": lambda _: "False",
    "c": lambda _: "politics",
    "e": lambda _: "",
    "lang": lambda _: "en",
    "place": lambda _: "Lyon",
    "tags": lambda _: "#vote",
    "url": lambda k: f"https://news.example.org/{k % 4}",
    "own": lambda k: f"https://twitter.com/{NAMES[k % 3]}/status/{k}",
    "own2": lambda k: f"https://twitter.com/{NAMES[k % 3]}/status/9{k}",
    "img": lambda k: f"https://yt3.ggpht.com/{NAMES[k % 3]}.jpg",
    "aurl": lambda k: f"http://www.youtube.com/@{NAMES[k % 3]}",
    "ent": lambda k: json.dumps({"urls": [{"url": f"https://a.org/{k % 3}"}]}),
    "chan": lambda _: "NewsChannel",
    "chid": lambda _: "UCabcdef",
    "vid": lambda _: "dQw4w9WgXcQ",
}


def written(folder: Path, table: dict[str, Any]) -> Path:
    """Write a stranger's table."""
    fields = [field.split(" = ") for field in table["fields"]]
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=table.get("delimiter", ","))
        writer.writerow([column for column, _ in fields])
        writer.writerows([VALUES[kind](k) for _, kind in fields] for k in range(ROWS))
    return path


def started(path: Path) -> tuple[DataEntry, Look]:
    """Return the entry of a starter case for a table, and what was seen of it."""
    (look,) = look_into([path], quiet, lambda _path, error: pytest.fail(str(error)), None, take_likeliest)
    (entry,) = parse(starter(path.parent, [look]), path.parent / "case.toml").data
    return entry, look


@pytest.mark.parametrize("name", TABLES)
def test_a_strangers_table_reaches_a_case(tmp_path: Path, name: str) -> None:
    table = TABLES[name]
    entry, look = started(written(tmp_path, table))
    assert entry.columns["account"] in table["account"]
    assert entry.columns["time"] == table["time"]
    assert entry.columns.get("hour") == table.get("hour")
    assert "text" not in table or entry.columns["text"] == table["text"]
    assert look.seen.rows_kept == ROWS
    assert not {"image_url", "authorProfileImageUrl", "authorChannelUrl"} & set(entry.objects.values())


LIKERS = "Post URL,Profile URL\n" + "".join(
    f"https://facebook.com/mayor/posts/{post},https://facebook.com/{name}\n" for post in (1, 2) for name in NAMES
)
FOLLOWERS = "follower,followed,date\nann,mayor,2024-06-01\nbob,mayor,2024-06-01\neva,bob,2024-06-02\n"


@pytest.mark.parametrize("table", [*list(TABLES)[::5], "youtube-wide", LIKERS, FOLLOWERS])
def test_a_case_reads_a_table_as_it_was_seen(tmp_path: Path, table: str) -> None:
    path = tmp_path / "table.csv"
    if table in TABLES:
        path = written(tmp_path, TABLES[table])
    else:
        path.write_text(table, encoding="utf-8")
    entry, look = started(path)
    seen = load(path, "generic", look.options or ReadOptions())
    read = load(path, "generic", ReadOptions("s1", entry.columns, entry.objects, entry.settings))
    assert_frame_equal(read.actions, seen.actions)
    assert_frame_equal(read.accounts, seen.accounts)
    assert_frame_equal(read.posts, seen.posts)


def test_a_map_by_hand_that_names_what_several_acted_on_needs_no_word_for_the_act(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(LIKERS, encoding="utf-8")
    columns = {"account": "Profile URL", "object": "Post URL"}
    assert set(load(path, "generic", ReadOptions("s1", columns)).actions["action"]) == {"like"}
    own = ReadOptions("s1", columns, {}, {"action": "repost"})
    assert set(load(path, "generic", own).actions["action"]) == {"repost"}


@pytest.mark.parametrize(("one", "other"), [("Source", "Target"), ("from", "to"), ("sender", "receiver")])
def test_the_edges_of_a_network_reach_a_case_as_acts_without_times(tmp_path: Path, one: str, other: str) -> None:
    path = tmp_path / "edges.csv"
    path.write_text(f"{one},{other},Weight\nann,mayor,3\nbob,mayor,1\neva,bob,2\n", encoding="utf-8")
    entry, look = started(path)
    assert (entry.columns, entry.objects) == ({"account": one}, {"account": other})
    assert look.seen.rows_kept == 3
