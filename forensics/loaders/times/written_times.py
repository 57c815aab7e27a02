"""Times that are written out: in which of the known formats a column has them, and what they are in UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from forensics import schema
from forensics.errors import InputFileError, OpenChoiceError
from forensics.loaders.times.time_formats import FORMATS, UNMISTAKABLE, TimeFormat
from forensics.loaders.times.worded_times import plain_times
from forensics.messages import Text, message

Pieces = Callable[[], Iterator[pl.Series]]
"""Gives the pieces of a column, in order, each time it is called."""

_SOME_DATES, _MUCH_SHORTER = 3, 5
"""Dates from which a span settles the order of day and month, and how often it fits into that of the other order.

Read the wrong way round, three days on end are one day of three months: 3 days against 60, 12 against 335.
"""

EARLIEST = pl.datetime(1990, 1, 1, time_unit="us", time_zone="UTC")
LATEST = pl.datetime(2100, 1, 1, time_unit="us", time_zone="UTC")


_ZONES = {
    f" {name} ": f" {offset} "
    for name, offset in (
        *(("UTC", "+0000"), ("GMT", "+0000"), ("EST", "-0500"), ("EDT", "-0400"), ("CDT", "-0500"), ("MST", "-0700")),
        *(("MDT", "-0600"), ("PST", "-0800"), ("PDT", "-0700"), ("CET", "+0100"), ("CEST", "+0200")),
    )
}
"""Names of zones before a year, as in ``Mon Apr 06 22:19:45 PDT 2009``, but CST, which is Chicago's and Beijing's.

Source: RFC 822, section 5.1.
"""


def to_utc(times: pl.Series, zone: str) -> pl.Series:
    """Read times without a zone as those of a zone; of an hour that comes twice the first is meant."""
    return times.to_frame("time").select(_in_utc(pl.col("time"), zone)).to_series().alias(times.name)


def _in_utc(times: pl.Expr, zone: str) -> pl.Expr:
    placed = times.cast(pl.Datetime("us")).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return placed.dt.convert_time_zone("UTC")


def _normal(text: pl.Series) -> pl.Series:
    """Write ISO's T as a blank and the names of zones as offsets."""
    parts = pl.col("text").str.replace(r"^(\d{4}-\d{2}-\d{2})[Tt]", "${1} ")
    parts = parts.str.replace(r"(\d)(?:[Zz]| ?UTC| ?GMT)$", "${1}+00:00")
    parts = parts.str.replace_many(_ZONES)
    return text.to_frame("text").select(parts.str.replace(r"(\d) ([+-]\d{2}:?\d{2})$", "$1$2")).to_series()


def counted(text: pl.Series, formats: Sequence[TimeFormat], zone: str) -> list[int]:
    """Return how many of some values each format reads."""
    if formats[0] is FORMATS[0] and text.len() and _instants(text) is not None:
        return [text.len(), *[0] * (len(formats) - 1)]  # no other reads any of them
    marks = [pl.col("text").str.contains(known.marks).any().alias(known.name) for known in formats]
    has_marks = _normal(text).to_frame("text").select(marks).row(0)
    read = [apply_format(text, known, zone)[0] if has else None for known, has in zip(formats, has_marks, strict=True)]
    return [0 if times is None else times.len() - times.null_count() for times in read]


def choose_format(
    name: str, pieces: Pieces, sample: pl.Series, zone: str, counts: Mapping[TimeFormat, int], notes: list[Text]
) -> TimeFormat:
    """Return the format that reads most of a column; ``counts`` says how much of the sample each reads."""
    most = max(counts.values())
    if most == 0:
        raise InputFileError(
            "The column '{name}' holds no times that can be read, such as '{example}'. Say how "
            "they are written with time_format in the case file, for example time_format = "
            '"%d.%m.%Y %H:%M", or which column holds them.',
            name=name,
            example=sample[0],
        )
    best = [known for known, count in counts.items() if count == most]
    if len(best) == 1 or all(known in UNMISTAKABLE for known in best):
        _refuse_both_orders(name, sample, best[0], counts, zone)
        return best[0]
    read, spans, apart = _compared(pieces, best, zone)
    left = [number for number in range(len(best)) if read[number] == max(read)]
    rival = next((other for other in left[1:] if (left[0], other) in apart), None)
    if rival is None:
        return best[left[0]]
    one, two = best[left[0]], best[rival]
    longest = max(spans[left[0]], spans[rival])
    for known, days, other in ((one, spans[left[0]], two), (two, spans[rival], one)):
        if days and days * _MUCH_SHORTER <= longest:
            sentence = (
                "The times in '{column}' could be {one} or {two}. They were read as {chosen}, by which they span "
                '{days} days and not {longest}; if that is wrong, give time_format = "{other}".'
            )
            names = {"one": one.name, "two": two.name, "chosen": known.name, "other": other.name}
            notes.append(message(sentence, column=name, days=days, longest=longest, **names))
            return known
    raise OpenChoiceError(
        message(
            "The times in '{name}', such as '{example}', can be read as {one} and as {two}. "
            'Settle it in the case file with time_format = "{one}" or "{two}".',
            name=name,
            example=sample[0],
            one=one.name,
            two=two.name,
        ),
        "time_format",
        (one.name, two.name),
    )


def _refuse_both_orders(
    name: str, sample: pl.Series, best: TimeFormat, counts: Mapping[TimeFormat, int], zone: str
) -> None:
    """Raise where some dates can have the day first alone, some the month alone, and others either: two wrote them."""
    read = apply_format(sample, best, zone)[0]
    for other in (known for known, count in counts.items() if count and known is not best):
        again = apply_format(sample, other, zone)[0]
        n_other = (read.is_null() & again.is_not_null()).sum()
        n_best = (read.is_not_null() & again.is_null()).sum()
        n_open = (read.is_not_null() & again.is_not_null() & (read != again)).sum()
        if n_best and n_other and n_open:
            raise OpenChoiceError(
                message(
                    "The times in '{name}' are written in two orders: of {n}, {n_best} can only be {one} and {n_other} "
                    'only {two}. Correct the file, or choose with time_format = "{one}" or "{two}"; what does not '
                    "fit is rejected.",
                    name=name,
                    n=sample.len(),
                    n_best=n_best,
                    n_other=n_other,
                    one=best.name,
                    two=other.name,
                ),
                "time_format",
                (best.name, other.name),
            )


def _compared(
    pieces: Pieces, known: Sequence[TimeFormat], zone: str
) -> tuple[list[int], list[int], set[tuple[int, int]]]:
    """Return how many times each format reads, how many days they span, and which formats read differently.

    Days on fewer than three dates, or without an hour, may stand for months, so their span counts as 0, unknown.
    """
    counts, apart = [0] * len(known), set[tuple[int, int]]()
    dates = [pl.Series([], dtype=pl.Date)] * len(known)
    has_hours = False
    for piece in pieces():
        read = [apply_format(piece.str.strip_chars(), one, zone)[0] for one in known]
        counts = [count + times.drop_nulls().len() for count, times in zip(counts, read, strict=True)]
        apart |= {(i, j) for i, j in combinations(range(len(known)), 2) if not read[i].equals(read[j], null_equal=True)}
        has_hours = has_hours or read[0].dt.time().drop_nulls().n_unique() > 1
        dates = [
            pl.concat([seen, times.dt.date().alias("").drop_nulls()]).unique()
            for seen, times in zip(dates, read, strict=True)
        ]
    return counts, [_days(seen) if has_hours else 0 for seen in dates], apart


def _days(dates: pl.Series) -> int:
    """Return how many days dates span, the first and the last among them; 0 where they are too few to say."""
    days = sorted(dates.to_list())
    return (days[-1] - days[0]).days + 1 if len(days) >= _SOME_DATES else 0


def _instants(text: pl.Series) -> pl.Series | None:
    """Return a column of nothing but times like ``2024-06-21T20:00:00Z``, which are read far quicker; else None."""
    if text.null_count():
        return None
    column = text.to_frame("text")
    if not column.select((pl.col("text").str.len_bytes() == 20).all()).item():
        return None
    times = pl.col("text").str.strptime(pl.Datetime("us"), "%Y-%m-%dT%H:%M:%SZ", strict=False)
    read = column.select(times.dt.replace_time_zone("UTC").alias(text.name)).to_series()
    fits = not read.null_count() and read.to_frame("time").select(pl.col("time").is_between(EARLIEST, LATEST).all())
    return read if fits is not False and fits.item() else None


def apply_format(text: pl.Series, chosen: TimeFormat, zone: str) -> tuple[pl.Series, pl.Series, int]:
    """Read a column in one format; return times, precision and how many had no zone."""
    instants = _instants(text) if chosen is FORMATS[0] else None
    if instants is not None:
        return instants, pl.Series(["s"], dtype=schema.PRECISION).new_from_index(0, text.len()), 0
    frame = pl.DataFrame({"text": _normal(text)}).with_row_index("at")
    left = frame.drop_nulls("text")
    found: list[pl.DataFrame] = []
    n_naive = 0
    for pattern in chosen.patterns:
        if left.is_empty():
            break
        times = left["text"].str.strptime(pl.Datetime("us"), pattern.text, strict=False)
        if times.null_count() == times.len():
            continue
        if isinstance(times.dtype, pl.Datetime) and times.dtype.time_zone:
            utc = pl.col("time").dt.convert_time_zone("UTC")
        else:
            n_naive += times.len() - times.null_count()
            utc = _in_utc(pl.col("time"), zone)
        fits = pl.col("time").is_between(EARLIEST, LATEST).fill_null(value=False)
        read = left.with_columns(times.alias("time")).with_columns(utc.alias("time")).with_columns(fits.alias("fits"))
        done = read.filter("fits").select("at", "time", precision=pl.lit(pattern.precision))
        if done.height:
            found.append(done)
            left = read.filter(~pl.col("fits")).select("at", "text")
    if not found:
        return (
            pl.Series([None], dtype=schema.TIME).new_from_index(0, text.len()),
            pl.Series([None], dtype=schema.PRECISION).new_from_index(0, text.len()),
            0,
        )
    if len(found) == 1 and found[0].height == frame.height:
        return found[0]["time"], found[0]["precision"].cast(schema.PRECISION), n_naive
    whole = frame.select("at").join(pl.concat(found), on="at", how="left", maintain_order="left")
    return whole["time"], whole["precision"].cast(schema.PRECISION), n_naive


def read_mixed(
    text: pl.Series, times: pl.Series, precision: pl.Series, zone: str, chosen: TimeFormat
) -> tuple[pl.Series, pl.Series, int]:
    """Read what a column's own format left, where it is written so in words, or in a way that cannot be mistaken.

    Returns:
        Times, precisions, and how many of them were read so.
    """
    left = (times.is_null() & text.is_not_null()).arg_true()
    if left.is_empty():
        return times, precision, 0
    words = plain_times(text.gather(left))
    parts = [apply_format(words, known, zone)[:2] for known in (chosen, *UNMISTAKABLE)]
    read = {f"time_{number}": moments for number, (moments, _) in enumerate(parts)}
    read |= {f"step_{number}": steps for number, (_, steps) in enumerate(parts)}
    found = pl.DataFrame({"at": left, **read}).select(
        "at",
        pl.coalesce(pl.col("^time_.*$").cast(schema.TIME)).alias("other"),
        pl.coalesce(pl.col("^step_.*$").cast(schema.PRECISION)).alias("step"),
    )
    frame = pl.DataFrame({"time": times.cast(schema.TIME), "precision": precision}).with_row_index("at")
    whole = frame.join(found, on="at", how="left", maintain_order="left").select(
        pl.coalesce("time", "other").alias("time"), pl.coalesce("precision", "step").alias("precision")
    )
    return whole["time"], whole["precision"], found["other"].count()
