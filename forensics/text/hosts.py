"""Hosts of web addresses: one spelling for a site's desktop, mobile and AMP hosts, its domain, and link shorteners.

The public suffix list and the list of shorteners come with ural (médialab, Sciences Po); nothing is looked up online.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["canonical_host", "is_shortener", "registrable_domain"]

_SAME_SITE = frozenset({"www", "www1", "www2", "www3", "m", "mobile", "mobil", "touch", "amp"})
"""Labels before the domain that lead to the same pages."""
_NUMERIC = re.compile(r"[\d.]+|\[.*|.*:.*")
_KNOWN = 1 << 16


@lru_cache(_KNOWN)
def canonical_host(host: str) -> str:
    """Return one spelling of a host: lower case, Punycode, without ``www``, ``m``, ``mobile`` or ``amp``.

    Args:
        host: without port.
    """
    host = _ascii(host)
    domain = registrable_domain(host)
    if domain is None or host == domain:
        return host
    before = host.removesuffix("." + domain).split(".")
    return ".".join([*(label for label in before if label not in _SAME_SITE), domain])


@lru_cache(_KNOWN)
def registrable_domain(host: str) -> str | None:
    """Return the domain that somebody registered: one label below the public suffix; None for numbers and bare names.

    Where the suffix is on no list, its last label counts as the suffix, which is the list's own rule.

    Args:
        host: without port.
    """
    from ural import get_domain_name  # noqa: PLC0415  half a second, and many runs have no addresses

    host = _ascii(host)
    if "." not in host or _NUMERIC.fullmatch(host):
        return None
    labels = host.split(".")
    if not all(labels):
        return None
    try:
        found = get_domain_name(f"https://{host}/")
    except ValueError:
        return None
    return found or ".".join(labels[-2:])


@lru_cache(_KNOWN)
def is_shortener(host: str) -> bool:
    """Return whether a host only forwards, as t.co and bit.ly do; its name says nothing of where a link leads."""
    from ural import is_shortened_url  # noqa: PLC0415  as above

    try:
        return bool(is_shortened_url(f"https://{_ascii(host)}/a1b2c3"))
    except ValueError:
        return False


def _ascii(host: str) -> str:
    """Return a host in lower case and Punycode; one that has no Punycode stays."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
