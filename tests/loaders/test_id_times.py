"""The times in ids: what they say, and that a stated time they contradict is kept and counted."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from loaders.column_times import parse_times

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.loaders.times.id_times import activity_times, activity_us, tid_times, tid_us, tiktok_times, tiktok_us

SAMPLES = Path(__file__).resolve().parent / "samples"
START_S = 1_719_000_000
APART = "more than 2 seconds from those in the posts' ids"


def test_ids_hold_the_times_that_are_known_of_them() -> None:
    # Worked out by hand; the first is an example in the specification of TIDs.
    assert tid_us("at://did:plc:x/app.bsky.feed.post/3jzfcijpj2z2a") == 1_688_137_381_887_007
    assert tiktok_us("7281986300348026145") == 1_695_469_557_000_000
    assert activity_us("6960882777168695296") == 1_659_603_781_025_000
    assert [read("77") for read in (tid_us, tiktok_us, activity_us)] == [None, None, None]


@pytest.mark.parametrize(
    ("one", "many"), [(tid_us, tid_times), (tiktok_us, tiktok_times), (activity_us, activity_times)]
)
def test_a_column_is_read_like_each_id(one: object, many: object) -> None:
    ids = ["x/3jzfcijpj2z2a", "x/3jzfcijpj2z2A", "7281986300348026145", "6960882777168695296", "", "12", "9" * 19, None]
    times = pl.DataFrame({"id": ids}).select(many("id")).to_series()  # type: ignore[operator]
    assert times.to_physical().to_list() == [one(value) for value in ids]  # type: ignore[operator]


def written(tmp_path: Path, columns: dict[str, list[str]]) -> Path:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    path = tmp_path / "export.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def linkedin(tmp_path: Path, ago: str, stated_s: int) -> Path:
    names = ("inclusion_context", "author", "author_name", "body", "post_url", "reactions", "comments", "shares")
    columns = {name: ["x"] for name in (*names, "link_url", "hashtags", "author_mentions")}
    columns |= {"id": [str((START_S * 1000 + 123) << 22)], "timestamp_ago": [ago], "unix_timestamp": [str(stated_s)]}
    return written(tmp_path, columns)


def test_linkedins_estimates_give_way_to_the_posts_numbers(tmp_path: Path) -> None:
    actions = load(linkedin(tmp_path, "3w", START_S - 400_000)).actions
    assert actions["acted_at"].dt.epoch("s").unique().to_list() == [START_S]
    assert actions["time_precision"].unique().to_list() == ["s"]


def test_linkedins_estimates_stay_where_the_numbers_contradict_them(tmp_path: Path) -> None:
    dataset = load(linkedin(tmp_path, "3h", START_S - 400_000))
    assert dataset.actions["acted_at"].dt.epoch("s").unique().to_list() == [START_S - 400_000]
    assert dataset.actions["time_precision"].unique().to_list() == ["estimated"]
    assert any("disagree" in str(note) for note in dataset.sources[0].notes)


@pytest.mark.parametrize(("late_s", "is_counted"), [(1, False), (3600, True)])
def test_a_stated_time_apart_from_that_of_a_videos_id_is_counted(tmp_path: Path, late_s: int, is_counted: bool) -> None:
    video = {
        "id": (START_S << 32) + 811,
        "username": "ann",
        "create_time": START_S + late_s,
        "video_description": "Meet us",
    }
    path = tmp_path / "videos.json"
    path.write_text(
        json.dumps({"data": {"videos": [{**video, "region_code": "FR", "view_count": 1}]}}), encoding="utf-8"
    )
    table = written(
        tmp_path,
        {
            "video_id": [str((START_S << 32) + 811)],
            "author_name": ["ann"],
            "create_time": [str(START_S + late_s)],
            "region_code": ["FR"],
        },
    )
    for dataset in (load(path), load(table)):
        assert dataset.actions["acted_at"].dt.epoch("s")[0] == START_S + late_s
        assert any(APART in str(note) for note in dataset.sources[0].notes) is is_counted


def test_a_record_dated_back_is_counted(tmp_path: Path) -> None:
    event = json.loads((SAMPLES / "bluesky-jetstream.jsonl").read_text(encoding="utf-8").splitlines()[0])
    event["commit"]["rkey"] = "3jzfcijpj2z2a"
    event["commit"]["record"]["createdAt"] = "2020-01-01T00:00:00Z"
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(event), encoding="utf-8")
    assert any(APART in str(note) for note in load(path).sources[0].notes)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*json*")), ids=lambda path: path.name)
def test_each_format_of_json_says_where_its_times_come_from(path: Path) -> None:
    dataset = load(path, options=ReadOptions(settings={"consent": "true"}))
    has_times = dataset.actions["acted_at"].count() or dataset.posts["published_at"].count()
    assert not has_times or any(str(note).startswith("Times are ") for note in dataset.sources[0].notes)


def test_many_rows_at_the_last_time_of_all_are_noted(tmp_path: Path) -> None:
    times = [*range(START_S, START_S + 80), *[START_S + 900] * 30]
    columns = {name: [f"{name}{at}" for at in range(110)] for name in ("object_id", "account_id", "content_id")}
    path = written(tmp_path, {**columns, "timestamp_share": [str(at) for at in times]})
    assert any("very last time: 30" in str(note) for note in load(path).sources[0].notes)


def test_plain_instants_are_read_as_others_are() -> None:
    stamps = [f"2024-0{1 + at % 9}-1{at % 9}T0{at % 9}:5{at % 9}:0{at % 9}Z" for at in range(50)]
    quick, slow = parse_times(pl.Series("t", stamps), {}), parse_times(pl.Series("t", [*stamps, None]), {})
    assert quick.times.to_list() == slow.times.to_list()[:-1]
    assert quick.precision.to_list() == slow.precision.to_list()[:-1]
    assert quick.notes == slow.notes
    assert quick.times[0] == datetime(2024, 1, 10, 0, 50, 0, tzinfo=UTC)
    odd = parse_times(pl.Series("t", ["2024-01-10T00:50:00Z", "2024-13-10T00:50:00Z", "2024-02-30T00:50:00Z"]), {})
    assert odd.times.null_count() == 2


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("bluesky-jetstream.jsonl", '"time_us": 1719000000329308', '"time_us": 17190000003200329308'),
        ("zeeschuimer.mixed.ndjson", '"text": "2h ', '"text": "' + "9" * 40 + "y "),
        ("zeeschuimer.mixed.ndjson", '"text": "2h ', '"text": "9999y '),
        ("ad-library-api.reach.json", '"eu_total_reach": 4000', '"eu_total_reach": 1' + "0" * 400),
    ],
)
def test_numbers_beyond_all_measure_break_nothing(name: str, field: str, value: str, tmp_path: Path) -> None:
    path = with_number(name, field, value, tmp_path)
    source = load(path).sources[0]
    assert source.rows_read == source.rows_kept + source.rejected.height


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("ad-library-api.json", '"lower_bound": "1000"', '"lower_bound": 1e999'),
        ("ad-library-api.reach.json", '"male": 2000', '"male": 1' + "0" * 400),
    ],
)
def test_a_number_that_json_cannot_hold_rejects_the_only_row(name: str, field: str, value: str, tmp_path: Path) -> None:
    path = with_number(name, field, value, tmp_path)
    with pytest.raises(InputFileError, match=r"none of its 1 rows can be used.*\(1 rows\).*Number out of range"):
        load(path)


def with_number(name: str, field: str, value: str, folder: Path) -> Path:
    """Write a sample with one field replaced."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert field in text
    path = folder / name
    path.write_text(text.replace(field, value, 1), encoding="utf-8")
    return path
