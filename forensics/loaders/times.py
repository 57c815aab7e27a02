"""A column of times as UTC, each with the precision its source kept, in one format that is found for the column.

Nothing is guessed in silence: the format is said in the notes, a value it does not fit is rejected with its row, an
order of day and month that the data leave open must be settled in the case file, and times without a zone are read as
UTC unless the case file gives ``time_zone``.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.time_formats import FORMATS, Pattern, TimeFormat, pattern_precision

__all__ = ["Times", "parse_times", "side_times"]

_SAMPLE = 1000
_NON_TRIVIAL = 20
"""Times from which seconds that are all zero count as not kept; by chance that is 60**-20."""

_UNITS = {"unix_s": 1_000_000, "unix_ms": 1_000, "unix_us": 1, "unix_ns": 0}
"""Microseconds in one unit; nanoseconds are divided instead."""

_UNIT_WORDS = {"unix_s": "seconds", "unix_ms": "milliseconds", "unix_us": "microseconds", "unix_ns": "nanoseconds"}
_EARLIEST = pl.datetime(1990, 1, 1, time_unit="us", time_zone="UTC")
_LATEST = pl.datetime(2100, 1, 1, time_unit="us", time_zone="UTC")


@dataclass(frozen=True, slots=True)
class Times:
    """A column's times.

    Attributes:
        times: ``schema.TIME``; null where there is none or it cannot be read.
        precision: ``schema.PRECISION``.
        notes: what was found and assumed, sentences.
    """

    times: pl.Series
    precision: pl.Series
    notes: tuple[str, ...]


def parse_times(column: pl.Series, settings: Mapping[str, str]) -> Times:
    """Read a column of times.

    Args:
        column: strings, dates or times.
        settings: ``time_format`` and ``time_zone`` are obeyed.

    Raises:
        InputFileError: the format is unknown, none fits, or the order of day and month is open.
    """
    zone = _zone(settings.get("time_zone"))
    if column.dtype.is_temporal():
        return _typed(column, zone)
    text = column.str.strip_chars()
    wanted = settings.get("time_format")
    if wanted in _UNITS:
        return _finish(column.name, *_numbers(text, wanted), [])
    if wanted:
        chosen = TimeFormat(f"'{wanted}'", (Pattern(wanted, pattern_precision(wanted)),))
        times, precision, n_naive = _apply(text, chosen, zone)
        return _finish(column.name, times, precision, _zone_note(column.name, n_naive, zone))
    values = text.drop_nulls()
    if values.is_empty():
        return _finish(column.name, *_apply(text, FORMATS[0], zone)[:2], [])
    sample = values.gather_every(max(1, values.len() // _SAMPLE))
    unit = _number_unit(sample)
    if unit:
        times, precision = _numbers(text, unit)
        return _finish(column.name, times, precision, [f"The times in '{column.name}' are unix {_UNIT_WORDS[unit]}."])
    chosen = _choose(column.name, text, sample, zone)
    times, precision, n_naive = _apply(text, chosen, zone)
    notes = [f"The times in '{column.name}' are written {chosen.name}.", *_zone_note(column.name, n_naive, zone)]
    return _finish(column.name, times, precision, notes)


def side_times(column: pl.Series) -> pl.Series:
    """Read a column of times beside the acts' own, such as when accounts were registered; null where unreadable."""
    try:
        return parse_times(column, {}).times
    except InputFileError:
        return pl.Series(column.name, [None], dtype=schema.TIME).new_from_index(0, column.len())


def _zone(name: str | None) -> str:
    try:
        return zoneinfo.ZoneInfo(name or "UTC").key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise InputFileError(
            f"There is no time zone '{name}'. Zones are written like time_zone = \"Europe/Paris\"."
        ) from error


def _zone_note(name: str, n_naive: int, zone: str) -> list[str]:
    if not n_naive:
        return []
    settle = "; if they are not, give time_zone in the case file" if zone == "UTC" else ""
    return [f"The times in '{name}' give no time zone and were read as {zone}{settle}."]


def _to_utc(times: pl.Series, zone: str) -> pl.Series:
    """Read times without a zone as those of a zone; of an hour that comes twice the first is meant."""
    placed = times.cast(pl.Datetime("us")).dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return placed.dt.convert_time_zone("UTC")


def _typed(column: pl.Series, zone: str) -> Times:
    """Read a column that Parquet itself declares to be dates or times."""
    if column.dtype == pl.Date:
        times = _to_utc(column, zone)
        precision = pl.Series([("day")], dtype=schema.PRECISION).new_from_index(0, times.len())
        return _finish(column.name, times, precision, [])
    if not isinstance(column.dtype, pl.Datetime):
        raise InputFileError(f"The column '{column.name}' holds {column.dtype}, which is no time of a day.")
    naive = column.dtype.time_zone is None
    times = _to_utc(column, zone) if naive else column.dt.convert_time_zone("UTC").cast(schema.TIME)
    precision = pl.Series(["s"], dtype=schema.PRECISION).new_from_index(0, times.len())
    return _finish(column.name, times, precision, _zone_note(column.name, int(naive), zone))


def _number_unit(sample: pl.Series) -> str | None:
    """Return the unit of times counted since 1970, or None where most values are not such numbers."""
    digits = sample.str.extract(r"^(\d{9,20})(?:\.\d+)?$").drop_nulls()
    if digits.len() * 2 < sample.len():
        return None
    length = digits.str.len_bytes().median()
    if length == 14 and digits.str.contains(r"^(?:19|20)\d\d(?:0\d|1[0-2])").all():
        return None
    if not isinstance(length, int | float):
        return None
    return "unix_s" if length < 12 else "unix_ms" if length < 15 else "unix_us" if length < 18 else "unix_ns"


def _numbers(text: pl.Series, unit: str) -> tuple[pl.Series, pl.Series]:
    """Read numbers since 1970 exactly, as digits and not as floating point."""
    factor = _UNITS[unit]
    frame = text.to_frame("text").select(
        whole=pl.col("text").str.extract(r"^(\d{1,19})(?:\.\d*)?$").cast(pl.Int64, strict=False),
        part=pl.col("text").str.extract(r"\.(\d{1,6})").str.pad_end(6, "0").cast(pl.Int64, strict=False).fill_null(0),
    )
    micros = pl.col("whole") * factor + pl.col("part") * factor // 1_000_000 if factor else pl.col("whole") // 1000
    plausible = pl.col("whole").is_between(0, 4_200_000_000 * 1_000_000 // factor if factor else 2**62)
    times = frame.select(pl.when(plausible).then(micros).cast(schema.TIME)).to_series()
    return times, pl.Series(["s"], dtype=schema.PRECISION).new_from_index(0, times.len())


def _normal(text: pl.Series) -> pl.Series:
    """Write ISO's T as a blank and UTC's names as an offset."""
    parts = text.str.replace(r"^(\d{4}-\d{2}-\d{2})[Tt]", "${1} ")
    return parts.str.replace(r"(\d)(?:[Zz]| ?UTC| ?GMT)$", "${1}+00:00").str.replace(
        r"(\d) ([+-]\d{2}:?\d{2})$", "$1$2"
    )


def _choose(name: str, text: pl.Series, sample: pl.Series, zone: str) -> TimeFormat:
    """Return the format that reads most of a column."""
    read = [(_apply(sample, known, zone)[0].drop_nulls().len(), known) for known in FORMATS]
    most = max(count for count, _ in read)
    if most == 0:
        raise InputFileError(
            f"The column '{name}' holds no times that can be read, such as '{sample[0]}'. Say how they are written "
            'with time_format in the case file, for example time_format = "%d.%m.%Y %H:%M", or which column holds them.'
        )
    best = [known for count, known in read if count == most]
    if len(best) == 1:
        return best[0]
    whole = [(_apply(text, known, zone)[0], known) for known in best]
    most = max(times.drop_nulls().len() for times, _ in whole)
    left = [(times, known) for times, known in whole if times.drop_nulls().len() == most]
    if any(not times.equals(left[0][0], null_equal=True) for times, _ in left[1:]):
        one, two = left[0][1], left[1][1]
        raise InputFileError(
            f"The times in '{name}', such as '{sample[0]}', can be read as {one.name} and as {two.name}. Settle it in "
            f'the case file with time_format, for example time_format = "{one.patterns[1].text}" or '
            f'"{two.patterns[1].text}".'
        )
    return left[0][1]


def _apply(text: pl.Series, chosen: TimeFormat, zone: str) -> tuple[pl.Series, pl.Series, int]:
    """Read a column in one format; return times, precision and how many had no zone."""
    frame = pl.DataFrame({"text": _normal(text)}).with_row_index("at")
    left = frame.drop_nulls("text")
    found: list[pl.DataFrame] = []
    n_naive = 0
    for pattern in chosen.patterns:
        if left.is_empty():
            break
        times = left["text"].str.strptime(pl.Datetime("us"), pattern.text, strict=False)
        if isinstance(times.dtype, pl.Datetime) and times.dtype.time_zone:
            times = times.dt.convert_time_zone("UTC")
        else:
            n_naive += times.drop_nulls().len()
            times = _to_utc(times, zone)
        done = pl.DataFrame({"at": left["at"], "time": times, "precision": [pattern.precision] * left.height})
        done = done.drop_nulls("time").filter(pl.col("time").is_between(_EARLIEST, _LATEST))
        if done.height:
            found.append(done)
            left = left.join(done, on="at", how="anti", maintain_order="left")
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


def _finish(name: str, times: pl.Series, precision: pl.Series, notes: list[str]) -> Times:
    """Give each time the precision that the column as a whole shows."""
    frame = pl.DataFrame({"time": times.cast(schema.TIME), "precision": precision.cast(pl.String)})
    frame = frame.with_columns(pl.when(pl.col("time").is_between(_EARLIEST, _LATEST)).then("time").alias("time"))
    seconds = frame.filter((pl.col("precision") == "s") & pl.col("time").is_not_null())["time"]
    finer = "s"
    if seconds.len() and (seconds.dt.microsecond() != 0).any():
        finer = "ms"
    elif seconds.len() >= _NON_TRIVIAL and (seconds.dt.second() == 0).all():
        is_day = bool(((seconds.dt.hour() == 0) & (seconds.dt.minute() == 0)).all())
        finer = "day" if is_day else "min"
        notes = [*notes, f"All times in '{name}' are whole {'days' if is_day else 'minutes'}: seconds were not kept."]
    shown = pl.when(pl.col("precision") == "s").then(pl.lit(finer)).otherwise("precision")
    marks = pl.when(pl.col("time").is_not_null()).then(shown)
    return Times(frame["time"], frame.select(marks.cast(schema.PRECISION)).to_series(), tuple(notes))
