"""Two files whose clocks disagree are noticed by when the first acts on posts come."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import forensics as cf

START = datetime(2024, 7, 1, tzinfo=UTC)


def loaded(folder: Path, apart_h: float, slow_h: float = 0.0, seed: int = 1) -> list[str]:
    """Return the notes on likes of which the clock differs by hours; the first comes at once or hours later."""
    rng = random.Random(seed)  # noqa: S311  invented data
    posts, likes = ["author,post_id,created_at,text"], ["user_id,object_id,acted_at"]
    for number in range(200):
        born = START + timedelta(minutes=60 * number + rng.randrange(60))
        posts.append(f"page,p{number},{born:%Y-%m-%d %H:%M:%S},Post {number} of the day")
        for _ in range(6):
            lag = timedelta(seconds=rng.expovariate(1 / 3_000), hours=rng.random() * slow_h)
            likes.append(f"u{rng.randrange(300)},p{number},{born + lag + timedelta(hours=apart_h):%Y-%m-%d %H:%M:%S}")
    for name, lines in (("posts.csv", posts), ("likes.csv", likes)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    one = cf.load(folder / "posts.csv")
    other = cf.load(
        folder / "likes.csv",
        columns={"account": "user_id", "object": "object_id", "time": "acted_at"},
        action="like",
        object_kind="post",
    )
    merged = cf.merge([one, other])
    return [
        str(note) for source in merged.sources for note in source.notes if "clocks" in str(note) or "zone:" in str(note)
    ]


@pytest.mark.parametrize(
    ("apart_h", "words"), [(2.0, "2 hours too late"), (-1.0, "1 hours before"), (5.5, "5.5 hours")]
)
def test_clocks_apart_are_noted(tmp_path: Path, apart_h: float, words: str) -> None:
    (note,) = loaded(tmp_path, apart_h)
    assert words in note
    assert "posts.csv" in note


@pytest.mark.parametrize("slow_h", [0.0, 1.0, 12.0, 72.0])
def test_slow_readers_have_no_other_clock(tmp_path: Path, slow_h: float) -> None:
    assert [loaded(tmp_path, 0.0, slow_h, seed) for seed in range(5)] == [[]] * 5
