"""Plain words and addresses from the small pieces of HTML that platforms put into their exports."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.parser import HTMLParser

_TAG = re.compile(r"<[^>]*>")
_BREAKS = {"br": "\n", "p": "\n", "div": "\n", "li": "\n"}


class _Reader(HTMLParser):
    """Gathers the words and the links of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "br":
            self.words.append("\n")
        if tag == "a" and named.get("href"):
            self.links.append((named["href"] or "", named.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.words.append(_BREAKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


def html_text(text: str | None) -> str | None:
    """Return the words of a piece of HTML, its paragraphs and breaks as new lines."""
    if text is None:
        return None
    if "<" not in text:
        return html.unescape(text)
    return "".join(_read(text).words).strip()


def html_links(text: str | None) -> list[str]:
    """Return the addresses linked in a piece of HTML, those of mentions and hashtags left out."""
    if not text or "href" not in text:
        return []
    links = _read(text).links
    return [href for href, kind in links if not {"mention", "hashtag"} & set(kind.split())]


@lru_cache(maxsize=4096)
def anchor_text(text: str | None) -> str | None:
    """Return what stands between the tags of ``<a ...>...</a>``; quicker than ``html_text``."""
    if not text:
        return None
    return html.unescape(_TAG.sub("", text)).strip() or None
