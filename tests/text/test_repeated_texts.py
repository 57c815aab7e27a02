"""The texts that most accounts posted."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.loaders import load
from forensics.loaders.file_inspection import inspect
from forensics.text import repeated_texts
from forensics.text.repeated_texts import REPEATED

WORDS = "I was never political, but this Sunday I vote for the mayor"


def written(folder: Path, rows: list[str]) -> Path:
    path = folder / "posts.csv"
    path.write_text("\n".join(["account,time,action,text", *rows]), encoding="utf-8")
    return path


def crowd(n: int, action: str = "post") -> list[str]:
    """Return so many accounts that each post one sentence once, a few with a word of their own."""
    end = ("", "!", " and only for her")
    return [f'a{k},2024-07-{1 + k % 9:02d} 10:{k % 60:02d},{action},"{WORDS}{end[k % 3]}"' for k in range(n)]


def others(n: int) -> list[str]:
    words = "Number {} writes what nobody else does {}"
    return [f"b{k},2024-07-02 11:{k % 60:02d},post,{words.format(k * 7919, k * k)}" for k in range(n)]


def test_a_sentence_that_each_of_many_posts_once_comes_first(tmp_path: Path) -> None:
    found = repeated_texts.repeated_texts(load(written(tmp_path, crowd(92) + others(30))).actions)
    assert found.schema == REPEATED
    first = found.row(0, named=True)
    assert (first["n_accounts"], first["n_posts"], first["n_wordings"]) == (92, 92, 3)
    assert first["text"].startswith(WORDS)
    assert first["first_account"] == "a0"
    assert f"{first['first_at']:%d %H:%M}" == "01 10:00"
    assert f"{first['last_at']:%d}" == "09"


def test_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = crowd(40) + others(9)
    one = repeated_texts.repeated_texts(load(written(tmp_path, rows)).actions)
    other = repeated_texts.repeated_texts(load(written(tmp_path, rows[::-1])).actions)
    assert one.equals(other)


def test_reposts_repeat_another_and_are_no_texts_of_ones_own(tmp_path: Path) -> None:
    assert repeated_texts.repeated_texts(load(written(tmp_path, crowd(40, "repost"))).actions).is_empty()


def test_beyond_a_size_only_the_same_words_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_texts, "MOST_COMPARED", 10)
    found = repeated_texts.repeated_texts(load(written(tmp_path, crowd(90) + others(30))).actions)
    assert found["n_accounts"].to_list() == [30, 30, 30]


def test_an_inspection_shows_them(tmp_path: Path) -> None:
    assert inspect(written(tmp_path, crowd(12) + others(3))).repeated[0]["n_accounts"] == 12
