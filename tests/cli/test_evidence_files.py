"""Evidence files: nothing that a spreadsheet of any country would run, and every id and text can be had back."""

from __future__ import annotations

import csv
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.exports.spreadsheet import csv_text, original, spreadsheet_safe

SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
PARTS = [";", "\t", "\r", "\n", "\r\n", ";;", ";\t"]
COLUMNS = ["text", "account_id", "object_id", "left", "right", "left_post_id", "sha256"]
MIXED = st.text(st.sampled_from("=+-@'\"; \t\r\n,a\uff1d\xa0"), max_size=12) | st.text(max_size=8)


def cells(line: str, separator: str) -> list[str]:
    """Return a line's cells as the coarsest reader parts them: by one sign, quotes not understood."""
    return re.split(f"[{separator}\r\n]", line)


def runs(cell: str) -> bool:
    return cell.strip().strip('"').strip().startswith(tuple(SIGNS))


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("before", ["", " ", "\xa0", '"', "\x00", '" '])
@pytest.mark.parametrize("sign", SIGNS)
def test_text_and_ids_that_begin_like_a_formula_get_an_apostrophe(column: str, before: str, sign: str) -> None:
    text = before + sign + "cmd|'/c calc'!A1"
    assert spreadsheet_safe(pl.DataFrame({column: [text]}))[column].to_list() == ["'" + text]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_a_cell_in_another_country_gets_one_too(part: str, sign: str) -> None:
    text = f"a{part}{sign}1"
    assert spreadsheet_safe(pl.DataFrame({"text": [text]}))["text"].to_list() == [f"a{part}'{sign}1"]


def test_headings_and_texts_of_other_kinds_are_no_way_in() -> None:
    frame = pl.DataFrame(
        {"=1": ["a"], "kind": pl.Series(["=2"], dtype=pl.Categorical), "list": [["=3"]], "bytes": [b"=4"], "n": [-5]}
    )
    assert csv_text(frame) == "'=1,kind,list,bytes,n\na,'=2,['=3'],b'=4',-5\n"


@given(MIXED, MIXED)
def test_no_reader_finds_a_formula(first: str, second: str) -> None:
    text = csv_text(pl.DataFrame({"account_id": [first], "text": [second]}))
    for separator in ";\t":
        body = text.partition("\n")[2]
        assert not [cell for cell in cells(body, separator) if runs(cell)], body
    row = list(csv.reader(text.splitlines(keepends=True)))[1]
    assert not any(map(runs, row))


@given(st.lists(st.none() | MIXED, max_size=5))
def test_every_text_can_be_had_back_and_none_is_lost(texts: list[str | None]) -> None:
    safe = spreadsheet_safe(pl.DataFrame({"text": texts}, schema={"text": pl.String}))["text"].to_list()
    assert [text if text is None else original(text) for text in safe] == texts
    for before, after in zip(texts, safe, strict=True):
        assert after == before or "'" in (after or "")
