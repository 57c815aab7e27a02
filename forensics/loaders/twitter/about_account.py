"""What X shows under "About this account" since November 2025: in which country or region an account is based.

Read from X's own responses (``AboutAccountQuery``) and from the shapes that public tools give them. A country name
becomes its code; a region ("South Asia") becomes none, and neither does a place that X marks as hidden by a VPN. X has
corrected entries since, and travellers look like residents: this is one sign among others, for groups of ten accounts
and more, never for one.

Source: responses as captured by public tools (August 2026); https://help.x.com.
"""

from __future__ import annotations

from dataclasses import replace

from forensics.loaders.format_declarations.item_format import ItemFormat, item_loader
from forensics.loaders.format_declarations.item_values import (
    Item,
    Made,
    country_named,
    first_of,
    time_at,
    within,
    word_where,
)
from forensics.loaders.loader import Confidence, Head, by_fields
from forensics.loaders.times.single_times import iso_us, twitter_us

_USER = tuple(
    f"{around}{user}" for user in ("user_result_by_screen_name.result.", "user.", "") for around in ("data.", "")
)
_ABOUT = within(_USER, "about_profile", "about_account")
_ID = within(_USER, "rest_id", "id")
_PLACE = within(tuple(f"{about}." for about in _ABOUT), "account_based_in", "based_in")
_ACCURATE = within(tuple(f"{about}." for about in _ABOUT), "location_accurate")
_COUNTRY = country_named(_PLACE)


def _sniff(head: Head) -> Confidence | None:
    """Accept objects that say where an account is based."""
    if b'"account_based_in"' in head.start or (b'"about_account"' in head.start and b'"based_in"' in head.start):
        return by_fields(0.95, "account_based_in")
    return None


def _says_nothing(item: Item) -> bool:
    return first_of(item, _ABOUT, dict) is None or first_of(item, _ID) is None


def _is_hidden(item: Item) -> bool:
    return first_of(item, _ACCURATE) is False


def _is_region(item: Item) -> bool:
    return not _is_hidden(item) and first_of(item, _PLACE, str) is not None and _COUNTRY(item) is None


_SHOWN = Made(lambda item: None if _is_hidden(item) else _COUNTRY(item), (_PLACE, _ACCURATE))

_PROFILE = ItemFormat(
    platform="twitter",
    account=_ID,
    facts={
        "handle": within(_USER, "core.screen_name", "screen_name"),
        "name": within(_USER, "core.name", "name"),
        "created_at": time_at(
            within(_USER, "core.created_at", "created_at"), lambda stated: twitter_us(stated) or iso_us(stated)
        ),
        "platform_country": _SHOWN,
        "platform_country_kind": word_where("about this account", _SHOWN),
    },
    rejected=((_says_nothing, "says nothing of where an account is based"),),
    noted=(
        ("Places that X marks as hidden behind a VPN or proxy (not used)", _is_hidden),
        ("Places that are regions and not countries (left open)", _is_region),
    ),
    also=("captured_at",),
    captured=lambda value: iso_us(first_of(value, "captured_at", str)),
)

LOADER = replace(
    item_loader(
        "x-about",
        "X, About this account",
        "Where X says that accounts are based, from its own responses or from tools that fetch them.",
        _PROFILE,
    ),
    sniff=_sniff,
)
