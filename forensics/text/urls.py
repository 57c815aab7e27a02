"""Addresses: one spelling for each page, without tracking marks, and never with somebody's access token."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

import polars as pl

__all__ = ["canonical_url", "canonical_urls", "found_urls", "urls_in_texts", "without_tokens"]

_TOKENS = frozenset({"access_token", "accesstoken", "auth_token", "oauth_token", "api_key", "apikey", "client_secret"})
_TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh", "mc_cid", "mc_eid"}
    | {"ref_src", "ref_url", "__twitter_impression", "__cft__", "__tn__", "_hsenc", "_hsmi", "ocid", "cmpid"}
)
_PORTS = {"http": ":80", "https": ":443"}
_FOUND = "(?i)https?://[^\\s<>\"'\u201c\u201d\u00ab\u00bb]+"
_FOUND_ONE = re.compile(_FOUND)
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?/[^?#\s]+")
_TRAILING = ".,;:!?)]}\u2026'\""


def canonical_url(url: str) -> str:
    """Return one spelling of an address: host in lower case, no fragment, no tracking marks, no tokens.

    The scheme, ``www.`` and the path stay, because they can lead elsewhere. What is no web address stays as it is.
    """
    url = url.strip()
    if _PLAIN.fullmatch(url) and ":80/" not in url and ":443/" not in url:
        return url
    if url[:4].lower() != "http":
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS.get(scheme, ":"))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    query = _query(parts.query, _TOKENS | _TRACKING, drop_utm=True)
    path = "" if parts.path == "/" and not query and not fragment else parts.path
    return urlunsplit((scheme, host, path, query, fragment))


def without_tokens(url: str) -> str:
    """Return an address without access tokens; everything else stays."""
    if "?" not in url:
        return url
    base, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = _query(query, _TOKENS, drop_utm=False)
    return base + ("?" + kept if kept else "") + mark + fragment


def _query(query: str, drop: frozenset[str], *, drop_utm: bool) -> str:
    if not query:
        return query
    names = ((pair, pair.partition("=")[0].lower()) for pair in query.split("&"))
    return "&".join(pair for pair, name in names if name not in drop and not (drop_utm and name.startswith("utm_")))


def canonical_urls(urls: pl.Series) -> pl.Series:
    """Return the canonical spelling of each address of a column; shape and order as given."""
    known: dict[str, str] = {}
    values = [
        None if url is None else known[url] if url in known else known.setdefault(url, canonical_url(url))
        for url in urls.to_list()
    ]
    return pl.Series(urls.name, values, dtype=pl.String)


def urls_in_texts(texts: pl.Expr) -> pl.Expr:
    """Return the web addresses in each text, in order, without the punctuation behind them; cut ones are left out."""
    found = pl.element().str.strip_chars_end(_TRAILING)
    whole = pl.when(~pl.element().str.contains(r"(?:\u2026|\.\.\.)$")).then(found)
    return texts.str.extract_all(_FOUND).list.eval(whole).list.drop_nulls()


def found_urls(text: str | None) -> list[str]:
    """Return the web addresses in one text, as ``urls_in_texts`` does for a column."""
    if not text or "://" not in text:
        return []
    found = (url.rstrip(_TRAILING) for url in _FOUND_ONE.findall(text) if not url.endswith(("\u2026", "...")))
    return list(found)
