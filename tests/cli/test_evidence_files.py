"""Evidence files: text that a spreadsheet would run is made harmless, ids are left as they are."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.exports.spreadsheet import spreadsheet_safe

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(beginning: str) -> None:
    frame = spreadsheet_safe(pl.DataFrame({"text": [beginning + "cmd|'/c calc'!A1"]}))
    assert frame["text"].to_list() == ["'" + beginning + "cmd|'/c calc'!A1"]


@pytest.mark.parametrize("column", ["account_id", "object_id", "left", "right", "left_post_id"])
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_ids_are_never_altered(column: str, beginning: str) -> None:
    ids = [beginning + "Zm9v/Yg==", "007", "a=b"]
    assert spreadsheet_safe(pl.DataFrame({column: ids}))[column].to_list() == ids


@given(st.lists(st.none() | st.text(), max_size=5))
def test_no_other_text_is_altered_and_none_is_lost(texts: list[str | None]) -> None:
    safe = spreadsheet_safe(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()
    for before, after in zip(texts, safe, strict=True):
        assert after == before if before is None or before[:1] not in BEGINNINGS else after == "'" + before
