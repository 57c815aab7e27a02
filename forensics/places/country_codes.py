"""Countries as tables write them: codes of two and of three letters, and English names."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

_NO_COUNTRIES = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
"""Territories of the Unicode CLDR that are unions, or none at all."""

_OTHERS = {
    "BURMA": "MM",
    "CAPE VERDE": "CV",
    "COTE D'IVOIRE": "CI",
    "CZECH REPUBLIC": "CZ",
    "DEMOCRATIC REPUBLIC OF THE CONGO": "CD",
    "DR CONGO": "CD",
    "IRAN, ISLAMIC REPUBLIC OF": "IR",
    "IVORY COAST": "CI",
    "KOREA, REPUBLIC OF": "KR",
    "REPUBLIC OF KOREA": "KR",
    "RUSSIAN FEDERATION": "RU",
    "SWAZILAND": "SZ",
    "TANZANIA, UNITED REPUBLIC OF": "TZ",
    "TURKEY": "TR",
    "UNITED STATES OF AMERICA": "US",
    "VIET NAM": "VN",
}
"""Short names of ISO 3166-1, and older ones, where the CLDR has another."""


@cache
def country_codes() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 codes by what is written in their place, in capitals.

    Source: Unicode CLDR 45, territories and their aliases.

    Example:
        >>> [country_codes()[word] for word in ("KE", "KEN", "KENYA", "UK")]
        ['KE', 'KE', 'KE', 'GB']
    """
    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    known = names.keys() - {*_NO_COUNTRIES}
    aliases = get_global("territory_aliases").items()
    codes = {alias: now[0] for alias, now in aliases if alias.isalpha() and len(now) == 1 and now[0] in known}
    return codes | {names[code].upper(): code for code in sorted(known)} | _OTHERS | {code: code for code in known}
