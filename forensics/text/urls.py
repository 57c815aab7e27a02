"""Addresses: one spelling for each page, without tracking marks, and never with somebody's access token."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote

import polars as pl

from forensics.text.hosts import canonical_host

_TOKENS = frozenset({"access_token", "accesstoken", "auth_token", "oauth_token", "api_key", "apikey", "client_secret"})
_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(?:campaign|kwd|source|medium|content)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|"
    r"twclid|ttclid|igshid|igsh|mibextid|_ga|_gl|mc_[ce]id|mkt_tok|ref_src|ref_url|__twitter_impression|__cft__.*|"
    r"__tn__|__xts__.*|_hsenc|_hsmi|ocid|cmpid|ncid|xtor|echobox|fb_action_(?:ids|types)|fb_source|fref|guccounter|"
    r"guce_referrer.*|_unique_id|amp|amp_.*|outputtype|usqp"
)
"""Names of parameters that say how a reader came, not what is read."""
_OWN_TRACKING = {
    **dict.fromkeys(("twitter.com", "x.com"), frozenset({"s", "t"})),
    **dict.fromkeys(("youtube.com", "instagram.com"), frozenset({"si", "feature", "ab_channel", "img_index"})),
    "facebook.com": frozenset({"_rdc", "_rdr", "rdid", "share_url", "sfnsn"}),
}
"""The same, where the name means it on one site only."""
_REDIRECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("l.facebook.com", "lm.facebook.com", "l.instagram.com"), ("/l.php", ("u",))),
    "google.com": ("/url", ("url", "q")),
}
"""Hosts that wrap outgoing addresses: the wrapper's path and the parameters that may hold the address."""
_WRAPPERS = 3
"""Wrappers about each other that are taken off."""
_PARTS = re.compile(
    r"(https?):/*(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:\[\]]+)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_AMP_PATH = re.compile(r"/amp(?=/?$)|(?<=.)\.amp(?=(?:\.html)?/?$)", re.IGNORECASE)
_FOUND = "(?i)https?://[^\\s<>\"'\u201c\u201d\u00ab\u00bb]+"
_FOUND_ONE = re.compile(_FOUND)
_TRAILING = ".,;:!?)]}\u2026'\""


@lru_cache(maxsize=1 << 16)
def canonical_url(url: str) -> str:
    """Return one spelling of an address, so that two links to a page are the same object.

    ``https``; the host without ``www``, mobile and AMP labels; no default port, user, fragment, AMP path, slash at the
    end, tracking marks or tokens; parameters in alphabetical order; out of the wrappers that Facebook, Instagram and
    Google put around outgoing links. A shortener's address stays its own: where it leads is not looked up. What is no
    web address stays as it is.
    """
    url = url.strip()
    parts = _PARTS.fullmatch(url)
    for _ in range(_WRAPPERS):
        inner = _wrapped(parts) if parts else None
        parts = _PARTS.fullmatch(inner) if inner else parts
    if parts is None:
        return url
    _, host, port, path, query, fragment = parts.groups(default="")
    host = canonical_host(host)
    if host == "youtu.be" and path.strip("/"):
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}&{query}"
    place = f":{port}" if port not in {"", "80", "443"} else ""
    own = _OWN_TRACKING.get(host, _TOKENS)
    kept = _query(query, lambda name: name in _TOKENS or name in own or _TRACKING.fullmatch(name) is not None)
    ending = "?" + "&".join(sorted(kept)) if kept else ""
    place += _AMP_PATH.sub("", path).rstrip("/")
    # An address of a page that is drawn by script has its path behind "#!".
    drawn = ("#" if ending else "/#") + fragment if fragment.startswith("!") else ""
    return f"https://{host}{place}{ending}{drawn}"


def _wrapped(parts: re.Match[str]) -> str | None:
    """Return the web address that a redirecting address holds."""
    _, host, _, path, query, _ = parts.groups(default="")
    place, names = _REDIRECTS.get(canonical_host(host), ("", ()))
    if not place or path != place:
        return None
    held = dict(pair.partition("=")[::2] for pair in query.split("&"))
    found = (unquote(held[name]).strip() for name in names if name in held)
    return next((url for url in found if _PARTS.fullmatch(url)), None)


def _query(query: str, is_dropped: Callable[[str], bool]) -> list[str]:
    """Return a query's parameters, the dropped ones and empty ones left out."""
    return [pair for pair in query.split("&") if pair and not is_dropped(pair.partition("=")[0].lower())]


def canonical_urls(urls: pl.Series) -> pl.Series:
    """Return the canonical spelling of each address of a column; shape and order as given."""
    return _once_each(urls, canonical_url)


def _once_each(urls: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    distinct = urls.unique().drop_nulls()
    answers = pl.Series([read(url) for url in distinct.to_list()], dtype=pl.String)
    return urls.replace_strict(distinct, answers, default=None, return_dtype=pl.String)


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
