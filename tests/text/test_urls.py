"""Addresses: what is one page is one object, and what is not stays apart."""

from __future__ import annotations

import polars as pl
import pytest

from forensics.text.hosts import canonical_host, registrable_domain
from forensics.text.urls import canonical_url, canonical_urls

PAGE = "https://journal.example/politique/a-b_1.html"


@pytest.mark.parametrize(
    "same",
    [
        "http://journal.example/politique/a-b_1.html",
        "https://www.journal.example/politique/a-b_1.html/",
        "HTTPS://M.Journal.Example/politique/a-b_1.html#comments",
        "https://mobile.journal.example:443/politique/a-b_1.html",
        "http://journal.example:80/politique/a-b_1.html?",
        "https://amp.journal.example/politique/a-b_1.html?utm_source=x&utm_medium=y&fbclid=Z",
        "https://journal.example./politique/a-b_1.amp.html?amp=1&gclid=1",
        "https://user:secret@journal.example/politique/a-b_1.html?access_token=abc",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.journal.example%2Fpolitique%2Fa-b_1.html%3Ffbclid%3D1&h=AT",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fjournal.example%2Fpolitique%2Fa-b_1.html&usg=A",
        "https://www.google.com/url?q=https://journal.example/politique/a-b_1.html&sa=D",
    ],
)
def test_spellings_of_one_page_are_one(same: str) -> None:
    assert canonical_url(same) == PAGE


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://site.example/?p=12&lang=fr", "https://site.example?lang=fr&p=12"),
        ("https://site.example/A/%C3%A9?b=2&a=1&a=0", "https://site.example/A/%C3%A9?a=0&a=1&b=2"),
        ("https://fr.m.wikipedia.org/wiki/Lyon", "https://fr.wikipedia.org/wiki/Lyon"),
        ("https://youtu.be/dQw4w9WgXcQ?si=1&t=42", "https://youtube.com/watch?t=42&v=dQw4w9WgXcQ"),
        ("https://mobile.twitter.com/a/status/1?s=20&t=x", "https://twitter.com/a/status/1"),
        ("https://site.example/#!/page/2", "https://site.example/#!/page/2"),
        ("https://site.example:8080/x", "https://site.example:8080/x"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://t.co/AbC", "https://t.co/AbC"),
        ("https://m.me/page", "https://m.me/page"),
        ("https://www.co.uk/x", "https://www.co.uk/x"),
        ("http://192.168.0.1/x/", "https://192.168.0.1/x"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://site.example/amplitude/camp", "https://site.example/amplitude/camp"),
    ],
)
def test_each_address_has_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://blog.a.example/x", "https://shop.a.example/x"),
        ("https://bit.ly/abc", "https://bit.ly/abd"),
    ],
)
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("text", ["", "url_17", "mailto:a@b.c", "https://", "http://?", "javascript:alert(1)", "//a.b"])
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert canonical_url(text) == text


@pytest.mark.parametrize("odd", ["https://[bad", "https://a..b/x", "https://é" + "a" * 70 + ".fr/", "http://%zz/\x00"])
def test_broken_addresses_break_nothing(odd: str) -> None:
    once = canonical_url(odd)
    assert canonical_url(once) == once


def test_only_a_few_wrappers_are_taken_off() -> None:
    wrapper = "https://l.facebook.com/l.php?u="
    assert canonical_url(wrapper * 3 + PAGE) == PAGE
    assert canonical_url(wrapper * 9_000 + PAGE) == wrapper * 8_997 + PAGE


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.lemonde.fr", "lemonde.fr"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("someone.github.io", "someone.github.io"),
        ("a.b.journal.example", "journal.example"),
        ("127.0.0.1", None),
        ("localhost", None),
    ],
)
def test_a_domain_is_what_somebody_registered(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


def test_a_column_keeps_its_shape_and_name() -> None:
    urls = pl.Series("u", ["http://www.a.example/x", None, "id-1", "http://www.a.example/x"])
    found = canonical_urls(urls)
    assert found.to_list() == ["https://a.example/x", None, "id-1", "https://a.example/x"]
    assert found.name == "u"
    assert canonical_urls(urls.clear()).len() == 0


def test_a_label_is_left_out_only_before_the_domain() -> None:
    assert canonical_host("m.fr") == "m.fr"
    assert canonical_host("amp.dev") == "amp.dev"
    assert canonical_host("www.amp.dev") == "amp.dev"
