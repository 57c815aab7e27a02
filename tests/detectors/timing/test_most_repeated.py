"""The most repeated texts: near-duplicates together, counted by account, with who was first; nobody is accused."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.timing.most_repeated import DETECTOR, Params
from forensics.errors import TooLittleDataError
from forensics.progress import quiet

START = dt.datetime(2024, 9, 1, 8, tzinfo=dt.UTC)
SLOGAN = "Only together will we win back our beautiful country"


def actions(texts: list[tuple[str, str | None]]) -> pl.DataFrame:
    rows = [
        {
            "account_id": account,
            "action": "post",
            "object_kind": "post",
            "object_id": f"p{place}",
            "post_id": f"p{place}",
            "acted_at": START + dt.timedelta(minutes=place),
            "text": text,
            "permalink": f"https://example.org/p{place}",
            "source_id": "s1",
            "source_row": place + 1,
        }
        for place, (account, text) in enumerate(texts)
    ]
    return schema.conform(pl.DataFrame(rows), schema.ACTIONS)


def test_near_duplicates_are_one_text_counted_by_account_with_who_was_first() -> None:
    texts = [
        ("ada", SLOGAN),
        ("bo", f"{SLOGAN}!"),
        ("cy", f"{SLOGAN}, friends"),
        ("ada", SLOGAN),
        ("dee", "I had soup for lunch and it was rather good"),
    ]
    found = DETECTOR.run(Dataset(actions=actions(texts)), Params(), 1, quiet)
    assert found.findings == ()
    (row,) = found.tables["repeated_texts"].rows(named=True)
    assert (row["n_accounts"], row["n_posts"]) == (3, 4)
    assert (row["account_id"], row["permalink"]) == ("ada", "https://example.org/p0")
    assert row["last_at"] - row["first_at"] == dt.timedelta(minutes=3)


def test_a_text_of_one_account_alone_is_not_listed() -> None:
    found = DETECTOR.run(Dataset(actions=actions([("ada", SLOGAN)] * 5)), Params(), 1, quiet)
    assert found.tables["repeated_texts"].is_empty()


def test_acts_without_texts_are_refused() -> None:
    with pytest.raises(TooLittleDataError, match="No act carries a text"):
        DETECTOR.run(Dataset(actions=actions([("ada", None)])), Params(), 1, quiet)
