"""Where each account is, by each source of evidence apart: what it states, what the platform says, where it tagged.

No two sources are ever mixed into one place. An account that a source leaves open has no row, and each source's
coverage says how many those are.
"""

from __future__ import annotations

import polars as pl

from forensics.dataset import Dataset
from forensics.places import nearest_countries, resolve_places
from forensics.schema import IS_OBSERVED

SOURCES = ("stated", "platform", "geotag", "language", "collector")
"""Sources in order: the account's own words, the platform's record, tagged acts, a language's regional form, the
collecting software's guess."""

_HIDDEN = r"(?i)vpn|proxy|shield|\btor\b|hosting|inaccurate|not accurate|accurate=false|masked|relay"


_COLLECTOR = "collector"
"""Kind of a country that no platform stated."""


def is_hidden(kind: str) -> pl.Expr:
    """Return whether a platform says that a country may be that of a VPN or shield, from the column of its kinds."""
    return pl.col(kind).fill_null("").str.contains(_HIDDEN)


def account_places(dataset: Dataset) -> pl.DataFrame:
    """Return each account's country by source.

    Args:
        dataset: its accounts and actions.

    Returns:
        ``account_id, source, country, region``, ordered by the first two, one row per account and source at most:

        - ``stated``: the country code it gives, else its stated place where that resolves, as last captured.
        - ``platform``: the platform's country, unless the platform calls that a VPN's or a shield's.
        - ``geotag``: the country of more than half of its acts that carry coordinates or a country.
        - ``language``: the country of a regional language code such as ``pt-BR``; a bare language gives none.
        - ``collector``: the country that the collecting software assigned: a guess from what it saw, not a statement.
        - ``region``: null where the source or the gazetteer does not know it.
    """
    latest = dataset.latest_accounts()
    of_accounts = [source(latest) for source in (_stated, _platform, _languages_of, _collected)]
    found = pl.concat([*of_accounts, _tagged(dataset.actions)])
    order = pl.Enum(SOURCES)
    return found.with_columns(pl.col("source").cast(order)).sort("account_id", "source").cast({"source": pl.String})


def coverage(dataset: Dataset, places: pl.DataFrame) -> pl.DataFrame:
    """Return how much of the data each source speaks of.

    Returns:
        ``source, n_known, n_accounts, n_stated, n_open``: accounts with a country; all accounts; for ``stated``, those
        that state any place, and those whose place was left open (null for the other sources).
    """
    everyone = pl.concat([dataset.accounts["account_id"], dataset.actions["account_id"]]).n_unique()
    known = dict(places.group_by("source").len().iter_rows())
    stated = dataset.accounts.filter(
        (pl.col("stated_place").fill_null("").str.strip_chars() != "") | pl.col("stated_country").is_not_null()
    )["account_id"].n_unique()
    rows = [
        (
            source,
            known.get(source, 0),
            everyone,
            *((stated, stated - known.get(source, 0)) if source == "stated" else (None, None)),
        )
        for source in SOURCES
    ]
    schema = {
        "source": pl.String,
        "n_known": pl.Int64,
        "n_accounts": pl.Int64,
        "n_stated": pl.Int64,
        "n_open": pl.Int64,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _rows(frame: pl.DataFrame, source: str) -> pl.DataFrame:
    """Return the rows with a country as evidence of one source; without a column ``region``, none is known."""
    region = pl.col("region") if "region" in frame.columns else pl.lit(None, pl.String).alias("region")
    return frame.filter(pl.col("country") != "").select("account_id", pl.lit(source).alias("source"), "country", region)


def _stated(accounts: pl.DataFrame) -> pl.DataFrame:
    resolved = resolve_places(accounts["stated_place"]).select(
        "stated_place", place_country="country", place_region="region"
    )
    joined = accounts.join(resolved, "stated_place", "left")
    agrees = pl.col("stated_country").is_null() | (pl.col("stated_country") == pl.col("place_country"))
    return _rows(
        joined.select(
            "account_id",
            country=pl.coalesce("stated_country", "place_country"),
            region=pl.when(agrees).then("place_region"),
        ),
        "stated",
    )


def _platform(accounts: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("platform_country_kind").fill_null("")
    shown = accounts.filter(~is_hidden("platform_country_kind") & (kind != _COLLECTOR))
    return _rows(shown.select("account_id", country="platform_country"), "platform")


def _collected(accounts: pl.DataFrame) -> pl.DataFrame:
    guessed = accounts.filter(pl.col("platform_country_kind") == _COLLECTOR)
    return _rows(guessed.select("account_id", country="platform_country"), _COLLECTOR)


def _tagged(actions: pl.DataFrame) -> pl.DataFrame:
    """Return the country of more than half of an account's tagged acts, and the region of more than half of those."""
    tagged = actions.filter(
        IS_OBSERVED
        & (pl.col("country").is_not_null() | (pl.col("latitude").is_finite() & pl.col("longitude").is_finite()))
    ).unique(["account_id", "acted_at", "post_id", "country", "latitude", "longitude"])
    points = (
        tagged.filter(pl.col("latitude").is_not_null())
        .select("latitude", "longitude")
        .unique()
        .sort("latitude", "longitude")
    )
    near = nearest_countries(points["latitude"].to_numpy(), points["longitude"].to_numpy()) if points.height else None
    if near is None:
        placed = tagged.with_columns(region=pl.lit(None, pl.String))
    else:
        named = pl.concat([points, near.rename({"country": "near"})], how="horizontal")
        placed = tagged.join(named, ["latitude", "longitude"], "left").with_columns(
            country=pl.coalesce("near", "country")
        )
    by_country = _majority(placed.filter(pl.col("country").is_not_null()), "country")
    inside = placed.join(by_country, ["account_id", "country"]).filter(pl.col("region").is_not_null())
    regions = _majority(inside, "region")
    return _rows(by_country.join(regions, "account_id", "left"), "geotag")


def _majority(rows: pl.DataFrame, what: str) -> pl.DataFrame:
    """Return ``account_id`` and the value that more than half of its rows have."""
    counted = rows.group_by("account_id", what).agg(n=pl.len())
    return counted.filter(2 * pl.col("n") > pl.col("n").sum().over("account_id")).select("account_id", what)


def _languages_of(accounts: pl.DataFrame) -> pl.DataFrame:
    form = pl.col("language").str.extract(r"^[a-z]{2,3}(?:[-_][A-Z][a-z]{3})?[-_]([A-Z]{2})$", 1)
    return _rows(accounts.select("account_id", country=form), "language")
