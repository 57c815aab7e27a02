"""Values within values: what stands in an object is read by its path, and an object is nobody and nothing itself."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

AT = 1_720_375_205

SAMPLES = Path(__file__).parent / "samples"


def items(n: int) -> list[dict[str, object]]:
    """Return posts of one account whose follower count grows, as an API gives them."""
    return [
        {
            "id": f"p{k}",
            "created_at": AT + k,
            "user": {"id": 12345678901234567890, "username": "ann", "counts": {"followers": 100 + k, "lists": 3}},
            "text": f"Post number {k} on the vote of Sunday",
            "media": [{"url": f"https://a.org/{k}.jpg"}, {"url": "https://a.org/b.jpg"}],
        }
        for k in range(n)
    ]


def ndjson(folder: Path, rows: list[dict[str, object]]) -> Path:
    path = folder / "rows.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def accounts(dataset: Dataset) -> list[str]:
    return sorted(dataset.actions["account_id"].unique())


def test_a_count_that_grows_makes_no_other_account(tmp_path: Path) -> None:
    dataset = load(ndjson(tmp_path, items(5)))
    assert accounts(dataset) == ["12345678901234567890"]


def test_a_path_can_be_mapped_and_one_through_a_list_gives_a_list(tmp_path: Path) -> None:
    columns = {"account": "user.username", "time": "created_at", "followers": "user.counts.followers"}
    dataset = load(ndjson(tmp_path, items(5)), "generic", ReadOptions(columns=columns, objects={"media": "media.url"}))
    assert accounts(dataset) == ["ann"]
    assert dataset.accounts["followers"].to_list() == [104]
    media = dataset.actions.filter(pl.col("object_kind") == "media")["object_id"]
    assert media.n_unique() == 6
    assert media.str.starts_with("https://").all()


@pytest.mark.parametrize("write", [json.dumps, repr], ids=["json", "python"])
def test_objects_in_the_cells_of_a_table_are_read_by_their_paths(tmp_path: Path, write: object) -> None:
    assert callable(write)
    path = tmp_path / "rows.csv"
    rows = [{"author": write(row["user"]), "time": row["created_at"], "text": row["text"]} for row in items(5)]
    pl.DataFrame(rows).write_csv(path)
    assert accounts(load(path)) == ["12345678901234567890"]
    options = ReadOptions(
        columns={"account": "author.username", "time": "time", "followers": "author.counts.followers"}
    )
    dataset = load(path, "generic", options)
    assert accounts(dataset) == ["ann"]
    assert dataset.accounts["followers"].to_list() == [104]


def test_structs_of_parquet_are_read_by_their_paths(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    rows = [{**row, "user": {"id": "7", "counts": k}} for k, row in enumerate(items(5))]
    pl.DataFrame(rows).write_parquet(path)
    dataset = load(path)
    assert accounts(dataset) == ["7"]
    options = ReadOptions(columns={"account": "user.id", "time": "created_at"}, objects={"media": "media.url"})
    media = load(path, "generic", options).actions.filter(pl.col("object_kind") == "media")["object_id"]
    assert media.n_unique() == 6


@pytest.mark.parametrize("key", ["account", "time", "post", "object"])
def test_a_column_of_objects_cannot_be_mapped(tmp_path: Path, key: str) -> None:
    columns = {"account": "id", "time": "created_at", key: "user"}
    with pytest.raises(InputFileError, match=r"Name one of those: user\.id, user\.username"):
        load(ndjson(tmp_path, items(5)), "generic", ReadOptions(columns=columns))


def test_an_object_among_ids_is_rejected_with_its_row(tmp_path: Path) -> None:
    rows = ["who,at,liked"] + [f"a{k},{AT + k},p{k}" for k in range(9)]
    rows += ['"{""id"": 1, ""n"": 5}",1720375300,p1', 'a1,1720375301,"{""id"": 1, ""n"": 5}"']
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    options = ReadOptions(columns={"account": "who", "time": "at", "object": "liked"}, settings={"action": "like"})
    dataset = load(path, "generic", options)
    assert dataset.sources[0].rejected["row"].to_list() == [10, 11]
    assert not dataset.actions["account_id"].str.contains("{", literal=True).any()
    assert not dataset.actions["object_id"].str.contains("{", literal=True).any()


def test_objects_in_a_list_are_no_media(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    cell = json.dumps(["https://a.org/b.jpg", {"url": "x", "views": 3}]).replace('"', '""')
    path.write_text(f'account,time,media\na,{AT},"{cell}"\n', encoding="utf-8")
    acts = load(path).actions.filter(pl.col("object_kind") == "media")
    assert acts["object_id"].to_list() == ["https://a.org/b.jpg"]


def test_names_in_brackets_stay_names(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"account,time\n[Bob],{AT}\n{{Anna}},{AT}\n", encoding="utf-8")
    assert accounts(load(path)) == ["[Bob]", "{Anna}"]


def test_fields_within_others_that_are_not_read_are_counted_by_their_paths(tmp_path: Path) -> None:
    (source,) = load(ndjson(tmp_path, items(5))).sources
    assert source.unmapped["user.counts.lists"] == 5
    assert "user" not in source.unmapped


def test_of_a_declared_format_the_keys_beside_those_that_are_read_are_counted() -> None:
    (source,) = load(SAMPLES / "apify.json").sources
    assert source.unmapped["authorMeta.id"] == 1
    assert "authorMeta.name" not in source.unmapped
