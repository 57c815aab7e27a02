"""Tables that people type: what was done in words, marks that repeat a row, words for nobody, values before names."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from forensics.dataset import Dataset
from forensics.errors import ForensicsError
from forensics.loaders import load
from forensics.loaders.generic_tables.action_words import ACTION_WORDS, names_acts
from forensics.loaders.generic_tables.column_proposals import propose
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_preview import preview

AT = "2024-06-0{} 18:00"
NAMES = ("@ann", "@bob", "@eva")


def table(folder: Path, header: str, *rows: str, name: str = "desk.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def done(dataset: Dataset) -> list[str]:
    own = dataset.actions.unique(["source_row"], maintain_order=True).sort("source_row")
    return own["action"].cast(pl.String).to_list()


@pytest.mark.parametrize(
    ("words", "actions"),
    [
        (("postou", "compart.", "comentou", "postou"), ["post", "repost", "comment", "post"]),
        (("paylaştı", "Yorum", "BEĞENDİ", "paylaştı"), ["repost", "comment", "like", "repost"]),
        (("مشاركة", "تعليق", "إعجاب", "نشر"), ["repost", "comment", "like", "post"]),
        (("फॉरवर्ड (कई बार)", "पोस्ट", "फॉरवर्ड", "पोस्ट"), ["repost", "post", "repost", "post"]),
        (("kusambaza", "kutoa maoni", "kupenda", "kuchapisha"), ["repost", "comment", "like", "post"]),
        (("репост", "коментар", "пост", "репост"), ["repost", "comment", "post", "repost"]),
        (("RT", "shared", "share", "Comment"), ["repost", "repost", "repost", "comment"]),
    ],
)
def test_a_column_of_words_for_acts_is_found_by_its_values(
    tmp_path: Path, words: tuple[str, ...], actions: list[str]
) -> None:
    rows = [f"{NAMES[k % 3]},{word},{AT.format(k + 1)},https://a.org/{k % 2}" for k, word in enumerate(words)]
    dataset = load(table(tmp_path, "user,Gerçekten ne,date,link", *rows))
    assert done(dataset) == actions
    assert any("Gerçekten ne" in str(note) for note in dataset.sources[0].notes)


def test_a_word_for_no_act_is_listed_and_not_guessed(tmp_path: Path) -> None:
    words = ("share", "like", "share", "comment", "like", "share", "pinned")
    rows = [f"{NAMES[k % 3]},{word},{AT.format(k + 1)},https://a.org/{k % 2}" for k, word in enumerate(words)]
    dataset = load(table(tmp_path, "user,What did,date,link", *rows))
    assert dataset.sources[0].rejected.select("row", "excerpt").rows() == [(7, "pinned")]


@pytest.mark.parametrize("kinds", [("video", "photo", "video"), ("post", "post", "post"), ("news", "rumour", "share")])
def test_kinds_of_posts_are_no_acts(kinds: tuple[str, ...]) -> None:
    assert not names_acts(pl.Series(kinds * 4))


def test_no_word_is_two_acts() -> None:
    assert ACTION_WORDS["compartilhou"] == ACTION_WORDS["rt"] == "repost"
    assert not {word for word in ACTION_WORDS if word != word.strip("_") or " " in word}


def test_the_words_for_acts_are_proposed_where_other_columns_are_open(tmp_path: Path) -> None:
    rows = [f"{AT.format(k + 1)},{word}" for k, word in enumerate(("share", "like", "share", "like"))]
    proposals = propose(preview(table(tmp_path, "moment,x", *rows), ReadOptions()))
    assert (proposals["action"][0].column, proposals["action"][0].reason) == ("x", "acts")


def test_a_mark_that_repeats_the_row_above_is_read_as_it(tmp_path: Path) -> None:
    cells = ("@ann", '""""', "idem", "@bob", "〃")
    rows = [f"{cell},{AT.format(k + 1)},https://a.org" for k, cell in enumerate(cells)]
    dataset = load(table(tmp_path, "user,date,link", *rows))
    own = dataset.actions.filter(pl.col("object_kind") == "post").sort("source_row")
    assert own["account_id"].to_list() == ["@ann", "@ann", "@ann", "@bob", "@bob"]
    assert any("repeat" in str(note) and "3" in str(note) for note in dataset.sources[0].notes)


def test_a_word_for_many_people_is_no_account(tmp_path: Path) -> None:
    cells = ("@ann", "A Google user", "[deleted]", "पता नहीं", "@bob")
    rows = [f"{cell},{AT.format(k + 1)},https://a.org" for k, cell in enumerate(cells)]
    dataset = load(table(tmp_path, "user,date,link", *rows))
    assert dataset.sources[0].rejected["row"].to_list() == [2, 3, 4]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("column_1,cuenta creada,moment,who", "{k},0{k}/03/2020,2024-06-0{k} 18:00,ann{m}"),
        ("n,समय,moment,who", "{k},रात 8:3{k},2024-06-0{k} 18:00,ann{m}"),
        ("n,author remark,moment,who", "{k},So it goes {k}!,2024-06-0{k} 18:00,ann{m}"),
        ("id,subreddit,moment,who", "1gj{k},news{m},2024-06-0{k} 18:00,ann{m}"),
    ],
)
def test_values_decide_who_acted_before_names_do(tmp_path: Path, header: str, rows: str) -> None:
    lines = [rows.format(k=k, m=k % 3) for k in range(1, 8)]
    proposals = propose(preview(table(tmp_path, header, *lines), ReadOptions()))
    assert [found.column for found in proposals["account"]] == ["who"]


def test_numbers_of_versions_are_no_times(tmp_path: Path) -> None:
    lines = [f"ann{k % 3},2.4.{k % 2},2024-06-0{k} 18:00:05,Good app number {k}" for k in range(1, 8)]
    path = table(tmp_path, "who,createdVersion,seen there,content", *lines)
    assert propose(preview(path, ReadOptions()))["time"][0].column == "seen there"


def test_a_table_that_names_nobody_proposes_nobody(tmp_path: Path) -> None:
    lines = [f"{k},Title of it {k},1gj{k}b,news{k % 2},17307290{k}0.0" for k in range(7)]
    with pytest.raises(ForensicsError, match="who acted") as raised:
        load(table(tmp_path, ",title,id,subreddit,created", *lines))
    assert "account = " not in str(raised.value)


def test_who_follows_whom_is_read_once_the_time_is_settled(tmp_path: Path) -> None:
    lines = [f"@ann{k % 3},@eva{k % 2},0{k}/10/2020,2{k}/07/2023 13:00" for k in range(1, 8)]
    path = table(tmp_path, "Seguidor,Sigue a,Cuenta creada,Visto por primera vez", *lines)
    columns = {"account": "Seguidor", "time": "Visto por primera vez"}
    acts = load(path, None, ReadOptions(columns=columns, objects={"account": "Sigue a"})).actions
    assert acts.select("action", "object_kind").unique().rows() == [("follow", "account")]
    assert acts["object_id"].n_unique() == 2
