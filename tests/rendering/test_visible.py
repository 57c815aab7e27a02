"""The border: what cannot be seen is shown."""

from __future__ import annotations

import polars as pl
import pytest
from rendering.fake_run import fake_run

from reports.visible_text import short, visible, visible_run


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Привет, 投票, 😀", "plain, Привет, 投票, 😀"),
        ("a\x00b\x1bc", "a⟨U+0000⟩b⟨U+001B⟩c"),
        ("\u202egnp.exe\u202c", "⟨U+202E⟩gnp.exe⟨U+202C⟩"),
        ("in\u200bvisible\ufeff", "in⟨U+200B⟩visible⟨U+FEFF⟩"),
        ("line\nand\ttab stay", "line\nand\ttab stay"),
        ("z\u0301\u0302\u0303\u0304\u0305\u0306", "z\u0301\u0302\u0303…"),
        ("half \ud83d of a pair", "half ? of a pair"),
        ("", ""),
    ],
)
def test_hidden_characters_are_shown_and_stacks_are_cut(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_text_of_a_run_passes_the_border() -> None:
    run = visible_run(fake_run())
    assert "⟨U+202E⟩" in str(run.failures[0].message)
    assert any("⟨U+202E⟩" in name for name in run.detections[0].tables["accounts"]["handle"].drop_nulls())
    for table in run.detections[0].tables.values():
        for name in (key for key, dtype in table.schema.items() if dtype == pl.String):
            assert not table[name].str.contains("[\x00-\x08\u202a-\u202e\u2066-\u2069]").any()


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert short("x" * 10_000, 20) == "x" * 19 + "…"
    assert short("short", 20) == "short"
    assert short(None, 20) == ""
