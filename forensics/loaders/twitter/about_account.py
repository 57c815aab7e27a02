"""What X shows under "About this account" since November 2025: in which country or region an account is based.

Read from X's own responses (``AboutAccountQuery``) and from the shapes that public tools give them. A country name
becomes its code; a region ("South Asia") becomes none, and neither does a place that X marks as hidden by a VPN. X has
corrected entries since, and travellers look like residents: this is one sign among others, for groups of ten accounts
and more, never for one.

Source: responses as captured by public tools (August 2026); https://help.x.com.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import each, read_json
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts
from forensics.loaders.times.single_times import iso_us, twitter_us
from forensics.places.place_resolution import resolve

__all__ = ["LOADER"]


class About(msgspec.Struct):
    based_in: str | None = None
    account_based_in: str | None = None
    location_accurate: bool | None = None
    source: str | None = None


class Core(msgspec.Struct):
    screen_name: str | None = None
    name: str | None = None
    created_at: str | None = None


class User(Core):
    rest_id: str | None = None
    id: str | int | None = None
    core: Core | None = None
    about_profile: About | None = None
    about_account: About | None = None


class Found(msgspec.Struct):
    result: User | None = None


class Data(User):
    user_result_by_screen_name: Found | None = None
    user: User | None = None


class Value(Data):
    data: Data | None = None
    captured_at: str | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept objects that say where an account is based."""
    if b'"account_based_in"' in head.start or (b'"about_account"' in head.start and b'"based_in"' in head.start):
        return by_fields(0.95, "account_based_in")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read what X shows of accounts.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    for value in each([raw], _value, into):
        data = value.data or value
        user = (
            (data.user_result_by_screen_name.result if data.user_result_by_screen_name else None) or data.user or data
        )
        about = user.about_profile or user.about_account
        account_id = user.rest_id or (str(user.id) if user.id is not None else None)
        if about is None or account_id is None:
            into.reject("says nothing of where an account is based")
            continue
        _add(account_id, user, about, iso_us(value.captured_at), into)


def _add(account_id: str, user: User, about: About, captured: int | None, into: Collector) -> None:
    place = about.account_based_in or about.based_in
    found = resolve(place) if place else None
    country = found.country if found is not None and found.kind == "country" else None
    if about.location_accurate is False:
        into.count("Places that X marks as hidden behind a VPN or proxy (not used)")
        country = None
    elif place and not country:
        into.count("Places that are regions and not countries (left open)")
    core = user.core or user
    into.facts(
        AccountFacts(
            account_id=account_id,
            platform="twitter",
            handle=core.screen_name,
            name=core.name,
            created_at=twitter_us(core.created_at) or iso_us(core.created_at),
            captured_at=captured,
            platform_country=country or None,
            platform_country_kind="about this account" if country else None,
        )
    )


LOADER = Loader(
    name="x-about",
    title="X, About this account",
    text="Where X says that accounts are based, from its own responses or from tools that fetch them.",
    sniff=sniff,
    read=read,
)
