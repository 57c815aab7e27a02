"""Who could have been there: the population or electorate of countries and regions, with its source.

Countries' populations come with the gazetteer (Unicode CLDR). Electorates, and any figure for a region, are the
analyst's to give in the case file as ``"DE-BY=9435000"``, because no source of them is carried here.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from forensics.errors import ParameterError
from forensics.places.gazetteer import populations


def country_populations(countries: Sequence[str]) -> dict[str, float]:
    """Return the resident population of countries.

    Raises:
        ParameterError: a code is not one of ISO 3166-1's.
    """
    known = dict(populations().select("country", pl.col("population").cast(pl.Float64)).iter_rows())
    unknown = [code for code in countries if code not in known]
    if unknown:
        raise ParameterError(
            "'{name}' is no ISO 3166-1 country code. Write two capital letters, such as DE.", name=unknown[0]
        )
    return {code: known[code] for code in countries}


def given_figures(entries: Sequence[str], where: str) -> dict[str, float]:
    """Read figures that a case file gives, such as ``["US-TX=17500000", "US-FL=13900000"]``.

    Args:
        entries: ``code=number``; empty entries are passed over.
        where: how an error names the parameter.

    Returns:
        The figure by code, in the order given.

    Raises:
        ParameterError: an entry has no ``=``, its number is none or not positive, or a code comes twice.
    """
    figures: dict[str, float] = {}
    for entry in filter(None, (entry.strip() for entry in entries)):
        code, mark, number = (part.strip() for part in entry.partition("="))
        try:
            figure = float(number.replace("_", ""))
        except ValueError:
            figure = -1.0
        if not mark or not code or not 0 < figure < float("inf"):
            raise ParameterError(
                '{where} must hold entries such as "US-TX=17500000"; it holds "{entry}".', where=where, entry=entry
            )
        if code in figures:
            raise ParameterError("{where} gives {code} twice.", where=where, code=code)
        figures[code] = figure
    return figures
