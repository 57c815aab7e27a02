"""Fingerprints of texts and spellings of addresses: what counts as the same."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.text.fingerprint import MIN_CHARACTERS, digest, fingerprints, fold
from forensics.text.html_text import anchor_text, html_links, html_text
from forensics.text.urls import canonical_url, canonical_urls, found_urls, urls_in_texts

TEXT = "Meet us at the town hall, élection today"


def fingerprint(text: str | None) -> str | None:
    """Return the fingerprint of one text by the plain way, which the quick way through a column must equal."""
    folded = fold(text or "")
    long = text is not None and min(len(text), len(folded)) >= MIN_CHARACTERS
    return digest(folded) if long else None


def of_column(text: str | None) -> str | None:
    """Return the fingerprint of one text, read as a column of one."""
    made: str | None = fingerprints(pl.Series("t", [text], dtype=pl.String)).item()
    return made


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        f"RT @someone: {TEXT}",
        f"RT @one: RT @two: {TEXT}",
        f"  {TEXT.replace(' ', chr(10))} ",
        f"{TEXT} https://t.co/abc",
        f"https://example.org/a?b=c {TEXT}",
        unicodedata.normalize("NFD", TEXT),
    ],
)
def test_retyped_and_reposted_texts_have_one_of_column(other: str) -> None:
    assert of_column(other) == of_column(TEXT)
    assert len(of_column(other) or "") == 32


@pytest.mark.parametrize(
    "text", [None, "", "Thanks!", "https://example.org/a-very-long-address-and-nothing-else", " " * 40]
)
def test_short_and_empty_texts_have_none(text: str | None) -> None:
    assert of_column(text) is None


def test_other_words_have_another_of_column() -> None:
    assert of_column(TEXT) != of_column(TEXT + " too")


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=60)), max_size=8))
def test_a_column_has_the_fingerprints_of_its_texts(texts: list[str | None]) -> None:
    assert fingerprints(pl.Series("t", texts, dtype=pl.String)).to_list() == [fingerprint(text) for text in texts]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert " ".join(once.split()) == once
    assert fold(once.upper().lower()) == fold(fold(once.upper().lower()))


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://Example.ORG/A/b?utm_source=x&id=7#top", "https://example.org/A/b?id=7"),
        ("HTTPS://example.org:443/", "https://example.org"),
        ("https://example.org/?fbclid=1", "https://example.org"),
        ("https://user:pass@example.org/a", "https://example.org/a"),
        ("https://example.org/#!/page", "https://example.org/#!/page"),
        ("https://example.org/a?access_token=SECRET&b=1", "https://example.org/a?b=1"),
        ("23678", "23678"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_addresses_have_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
    assert canonical_urls(pl.Series([url])).to_list() == [canonical]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://a.org/x, and (http://b.org).", ["https://a.org/x", "http://b.org"]),
        ("cut https://t.co/abc…", []),
        ("none", []),
    ],
)
def test_addresses_are_found_in_texts(text: str, urls: list[str]) -> None:
    assert found_urls(text) == urls
    assert pl.Series("t", [text]).to_frame().select(urls_in_texts(pl.col("t"))).item().to_list() == urls


def test_html_becomes_plain_words() -> None:
    piece = '<p>Vote &amp; meet<br>us</p><p><a class="mention" href="u">@x</a> <a href="https://a.org">y</a></p>'
    assert html_text(piece) == "Vote & meet\nus\n@x y"
    assert html_links(piece) == ["https://a.org"]
    assert anchor_text('<a href="x">Web &amp; App</a>') == "Web & App"
