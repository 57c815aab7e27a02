"""Advertisements as the Meta Ad Library's API gives them: response documents, or advertisements one a line.

Amounts and impressions are ranges; each region has a share of the showing, and becomes a row. Of advertisements in the
European Union the API gives the accounts reached: in all, which is kept as the reach of a post and, where it gives no
impressions, as the least number of showings; and by country, which gives shares where there are none by region. Times
are days. The address of an advertisement's picture holds the access token of whoever asked; it is not kept.
They are decoded into structs: by a declaration of items, reading takes 2.5 times the processor time.

Source: https://www.facebook.com/ads/library/api (2026).
"""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Payment, PostCounts
from forensics.loaders.reading.json.json_documents import decoded, each, read_json
from forensics.loaders.times.single_times import iso_us

_TIMES = "Times are the days of ad_delivery_start_time and ad_delivery_stop_time."


class Range(msgspec.Struct):
    lower_bound: float | None = None
    upper_bound: float | None = None


class Region(msgspec.Struct):
    percentage: float | None = None
    region: str | None = None


class Payer(msgspec.Struct):
    payer: str | None = None


class AgeGroup(msgspec.Struct):
    male: float = 0
    female: float = 0
    unknown: float = 0


class Country(msgspec.Struct):
    country: str | None = None
    groups: list[AgeGroup] = msgspec.field(default_factory=list, name="age_gender_breakdowns")


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
    ad_creative_bodies: list[str] = []
    languages: list[str] = []
    eu_total_reach: int | None = None
    countries: list[Country] = msgspec.field(default_factory=list, name="age_country_gender_reach_breakdown")


class Value(msgspec.Struct):
    data: list[msgspec.Raw] | None = None


_raw = msgspec.json.Decoder(msgspec.Raw)
_value = msgspec.json.Decoder(Value)
_ad = msgspec.json.Decoder(Ad, strict=False)


def sniff(head: Head) -> Confidence | None:
    """Accept responses and advertisements."""
    marks = (b'"ad_delivery_start_time"', b'"ad_snapshot_url"', b'"page_id"')
    if sum(mark in head.start for mark in marks) >= 2 and set(head.keys) & {
        "data",
        "ad_delivery_start_time",
        "page_id",
    }:
        return by_fields(0.95, "ad_snapshot_url", "page_id")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read advertisements.

    Raises:
        InputFileError: the file cannot be read.
    """
    return read_json(path, options, LOADER.name, _raw, _take, within=(("data",), ()), times=_TIMES)


def _take(raw: msgspec.Raw, into: Collector) -> None:
    ads = decoded(bytes(raw), _value)[0].data
    for ad in each([raw] if ads is None else ads, _ad, into):
        if ad.id is None or (ad.spend is None and ad.impressions is None and ad.eu_total_reach is None):
            into.reject("an advertisement without an id, or without spending, impressions and reach", ad.id)
            continue
        spend, shown = ad.spend or Range(), ad.impressions or Range()
        payer = ad.bylines or next((p.payer for p in ad.beneficiary_payers if p.payer), None) or ad.page_name
        least = shown.lower_bound if ad.impressions else ad.eu_total_reach
        for region in ad.delivery_by_region or _by_country(ad) or [Region()]:
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
                    impressions_low=_whole(least),
                    impressions_high=_whole(shown.upper_bound),
                    region=region.region,
                    share=region.percentage,
                )
            )
        if ad.page_id is not None:
            into.facts(AccountFacts(account_id=ad.page_id, platform="facebook", name=ad.page_name))
        if ad.page_id is not None and ad.eu_total_reach is not None:
            into.counts(
                PostCounts(
                    post_id=ad.id,
                    account_id=ad.page_id,
                    platform="facebook",
                    published_at=iso_us(ad.ad_delivery_start_time),
                    time_precision="day",
                    reach=ad.eu_total_reach,
                    text="\n".join(ad.ad_creative_bodies) or None,
                    language=ad.languages[0] if len(ad.languages) == 1 else None,
                    permalink=f"https://www.facebook.com/ads/library/?id={ad.id}",
                )
            )


def _by_country(ad: Ad) -> list[Region]:
    """Return each country's share of the accounts reached."""
    sums = {one.country: sum(group.male + group.female + group.unknown for group in one.groups) for one in ad.countries}
    total = sum(sums.values())
    if not math.isfinite(total):
        return []
    return [Region(number / total, country) for country, number in sums.items() if country and number > 0]


def _whole(number: float | None) -> int | None:
    if isinstance(number, float):
        return int(number) if math.isfinite(number) else None
    return number


LOADER = Loader(
    name="ad-library-api",
    title="Meta Ad Library API",
    text="Advertisements with ranges of spending and impressions, from the Meta Ad Library's API.",
    sniff=sniff,
    read=read,
)
