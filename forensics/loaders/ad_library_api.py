"""Advertisements as the Meta Ad Library's API gives them: response documents, or advertisements one a line.

Amounts and impressions are ranges; each region has a share of the showing, and becomes a row. Times are days. The
address of an advertisement's picture holds the access token of whoever asked; it is not kept.

Source: https://www.facebook.com/ads/library/api (2026).
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.loaders.collecting import Collector
from forensics.loaders.documents import decoded, each, read_json
from forensics.loaders.moments import iso_us
from forensics.loaders.parts import Confidence, Head, Loader, ReadOptions
from forensics.loaders.records import AccountFacts, Payment
from forensics.model import Dataset

__all__ = ["LOADER"]


class Range(msgspec.Struct):
    lower_bound: float | None = None
    upper_bound: float | None = None


class Region(msgspec.Struct):
    percentage: float | None = None
    region: str | None = None


class Payer(msgspec.Struct):
    payer: str | None = None


class Ad(msgspec.Struct):
    id: str | None = None
    page_id: str | None = None
    page_name: str | None = None
    bylines: str | None = None
    currency: str | None = None
    ad_delivery_start_time: str | None = None
    ad_delivery_stop_time: str | None = None
    spend: Range | None = None
    impressions: Range | None = None
    delivery_by_region: list[Region] = []
    beneficiary_payers: list[Payer] = []


class Value(msgspec.Struct):
    data: list[msgspec.Raw] | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value)
_ad = msgspec.json.Decoder(Ad, strict=False)


def sniff(head: Head) -> Confidence:
    """Accept responses and advertisements."""
    marks = (b'"ad_delivery_start_time"', b'"ad_snapshot_url"', b'"page_id"')
    if sum(mark in head.start for mark in marks) >= 2 and set(head.keys) & {
        "data",
        "ad_delivery_start_time",
        "page_id",
    }:
        return Confidence(0.95, "it holds advertisements of the Ad Library's API (ad_snapshot_url, page_id)")
    return Confidence(0.0, "it holds no advertisements of the Ad Library's API")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read advertisements.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take, ("data",))


def _take(raw: msgspec.Raw, into: Collector) -> None:
    ads = decoded(bytes(raw), _value)[0].data
    for ad in each([raw] if ads is None else ads, _ad, into):
        if ad.id is None or (ad.spend is None and ad.impressions is None):
            into.reject("an advertisement without an id, or without spending and impressions", ad.id)
            continue
        spend, shown = ad.spend or Range(), ad.impressions or Range()
        payer = ad.bylines or next((p.payer for p in ad.beneficiary_payers if p.payer), None) or ad.page_name
        for region in ad.delivery_by_region or [Region()]:
            into.payment(
                Payment(
                    payment_id=ad.id,
                    payer=payer,
                    account_id=ad.page_id,
                    started_at=iso_us(ad.ad_delivery_start_time),
                    ended_at=iso_us(ad.ad_delivery_stop_time),
                    amount_low=spend.lower_bound,
                    amount_high=spend.upper_bound,
                    currency=ad.currency,
                    impressions_low=_whole(shown.lower_bound),
                    impressions_high=_whole(shown.upper_bound),
                    region=region.region,
                    share=region.percentage,
                )
            )
        if ad.page_id is not None:
            into.facts(AccountFacts(account_id=ad.page_id, platform="facebook", name=ad.page_name))


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


LOADER = Loader(
    name="ad-library-api",
    title="Meta Ad Library API",
    text="Advertisements with ranges of spending and impressions, from the Meta Ad Library's API.",
    sniff=sniff,
    read=read,
)
