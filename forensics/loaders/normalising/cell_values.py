"""Columns of strings as lists, numbers and codes; what does not fit is null, and is counted in the notes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable

import polars as pl

from forensics.loaders.reading.json.json_nesting import NESTED
from forensics.places.country_codes import country_codes

_BLANKS = ("-", "#N/A", "<NA>", "N/A", "NULL", "NaN", "NaT", "None", "\\N", "nan", "null", "undefined")
"""What programs write into the cells of a table where there is no value; R writes ``NA`` besides."""

_OF_COUNTRIES = r"(?i)country|region|\bpa[iy]s|paese|land\b"
"""Names of columns in which ``NA`` may be Namibia."""

_YES = ("true", "yes", "1")
_NO = ("false", "no", "0")


def blanked(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a table with nothing where a program wrote a word for it.

    ``NA`` in a column of countries is no value only in a row that has it elsewhere too, and Namibia in any other.

    Example: an account ``nan`` and a tweet answered ``NA`` are none; else all whose cell was empty would act together.
    """
    texts = [name for name, dtype in rows.schema.items() if dtype == pl.String]
    countries = [name for name in texts if re.search(_OF_COUNTRIES, name)]
    others = [name for name in texts if name not in countries]
    is_na = pl.any_horizontal(pl.lit(value=False), *(pl.col(name) == "NA" for name in others))
    plain = {name: pl.when(~pl.col(name).is_in([*_BLANKS, "NA"])).then(name) for name in others}
    return rows.with_columns(
        **plain,
        **{
            name: pl.when(~(pl.col(name).is_in(_BLANKS) | (is_na & (pl.col(name) == "NA")))).then(name)
            for name in countries
        },
    )


def once_each(column: pl.Expr, read: Callable[[pl.Expr], pl.Expr], dtype: type[pl.DataType]) -> pl.Expr:
    """Return what is read in each value of a column of which few differ: each of those is read once."""

    def of_different(values: pl.Series) -> pl.Series:
        different = values.unique().to_frame("value")
        made = different.select(read(pl.col("value"))).to_series()
        return values.replace_strict(different["value"], made, return_dtype=dtype) if values.len() else made

    return column.map_batches(of_different, return_dtype=dtype, is_elementwise=True)


def as_number(column: pl.Expr, low: float | None = None, high: float | None = None) -> pl.Expr:
    """Return numbers within a range, null elsewhere."""
    number = column.str.strip_chars().cast(pl.Float64, strict=False)
    fits = number.is_finite() & number.is_between(
        low if low is not None else -1e308, high if high is not None else 1e308
    )
    return pl.when(fits).then(number)


def as_count(column: pl.Expr) -> pl.Expr:
    """Return whole numbers from 0; ``1,234``, ``12.0`` and ``1.2K`` are read, everything else is null."""
    return once_each(column, _count, pl.Int64)


def _count(column: pl.Expr) -> pl.Expr:
    digits = column.str.strip_chars().str.replace_all(r"[,\u00a0\u202f ]", "").str.replace(r"\.0+$", "")
    short = [
        (digits.str.extract(rf"^(\d+(?:\.\d+)?){letter}$").cast(pl.Float64) * factor).round().cast(pl.Int64)
        for letter, factor in (("[Kk]", 1e3), ("[Mm]", 1e6))
    ]
    number = pl.coalesce(digits.cast(pl.Int64, strict=False), *short)
    return pl.when(number >= 0).then(number)


def as_flag(column: pl.Expr) -> pl.Expr:
    """Return yes or no as true or false, in the words tables use; everything else is null."""
    word = column.cast(pl.String).str.strip_chars().str.to_lowercase()
    return pl.when(word.is_in(_YES)).then(True).when(word.is_in(_NO)).then(False)  # noqa: FBT003  a literal


def as_country(column: pl.Expr) -> pl.Expr:
    """Return the ISO 3166-1 alpha-2 codes of countries that are written as codes or as names, null elsewhere."""
    written = column.str.strip_chars().str.to_uppercase()
    return written.replace_strict(country_codes(), default=None, return_dtype=pl.String)


def parse_list(text: str) -> list[str]:
    """Return the values of a list written as JSON, as Python shows it, or bare: ``["a"]``, ``['a']``, ``[a, b]``.

    An object is no value, and neither is one in a list.
    """
    text = text.strip()
    if re.match(NESTED, text):
        return []
    if not text.startswith("["):
        return text.split()
    found: object
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            found = [part.strip().strip("'\"") for part in text.strip("[]").split(",")]
    if not isinstance(found, list):
        return [text]
    return [str(value) for value in found if not isinstance(value, dict | list | tuple | None) and str(value).strip()]


def as_lists(column: pl.Series) -> pl.Series:
    """Return a column's values as lists: split at white space, or read as a list where they are written as one."""
    if isinstance(column.dtype, pl.List):
        return column
    if not column.str.contains(r"[\s\[{]").any():
        return pl.select(pl.when(column.is_not_null()).then(pl.concat_list(column))).to_series().alias(column.name)
    unique = column.drop_nulls().unique()
    lists = pl.Series([parse_list(value) for value in unique.to_list()], dtype=pl.List(pl.String))
    known = pl.DataFrame({"value": unique, "list": lists})
    joined = column.to_frame("value").join(known, on="value", how="left", maintain_order="left")
    return joined["list"].alias(column.name)
