"""Hosts of web addresses: one spelling for a site's desktop, mobile and AMP hosts, and its domain.

The public suffix list comes with ural (médialab, Sciences Po); nothing is looked up online.
"""

from __future__ import annotations

import re
from functools import lru_cache

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


def _ascii(host: str) -> str:
    """Return a host in lower case and Punycode; one that has no Punycode stays."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
