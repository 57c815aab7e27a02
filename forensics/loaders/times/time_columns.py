"""A column of times as UTC, each with the precision its source kept, in one format that is found for the column.

The column may come in pieces: a first look at all of them finds the ``TimeRule`` by which each is then read.

Nothing is guessed in silence: the notes give the format, a value it does not fit is rejected with its row, an
order of day and month that the data leave open must be settled in the case file, and times without a zone are read as
UTC unless the case file gives ``time_zone``.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.times.serial_dates import are_serial_dates, read_serial_dates
from forensics.loaders.times.time_formats import FORMATS, WORDED, Pattern, TimeFormat, pattern_precision
from forensics.loaders.times.worded_times import plain_times, refuse_other_calendars, zone_in
from forensics.loaders.times.written_times import (
    EARLIEST,
    LATEST,
    Pieces,
    apply_format,
    choose_format,
    counted,
    read_mixed,
    to_utc,
)
from forensics.messages import Message, Text, message

_SAMPLE = 1000
_NON_TRIVIAL = 20
"""Times from which seconds that are all zero count as not kept; by chance that is 60**-20."""

_UNITS = {"unix_s": 1_000_000, "unix_ms": 1_000, "unix_us": 1, "unix_ns": 0}
"""Microseconds in one unit; nanoseconds are divided instead."""

EXCEL_DAYS = "excel_days"
_WHOLE_DAYS = "All times in '{column}' are whole days: seconds were not kept."
_WHOLE_MINUTES = "All times in '{column}' are whole minutes: seconds were not kept."
_UNIT_WORDS = {"unix_s": "seconds", "unix_ms": "milliseconds", "unix_us": "microseconds", "unix_ns": "nanoseconds"}
_FAMILIES = {known.name: known for known in WORDED}


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How a column's times are read.

    Attributes:
        unit: of numbers since 1970, a key of ``_UNITS``, or ``excel_days``; None where the times are written out.
        format: how they are written; None where they are numbers or typed.
        zone: of those that give none.
        shown: the precision of those that are kept to the second, as the column as a whole shows it.
        is_worded: whether they are brought into plain forms first.
        is_mixed: whether single times may be written in another way that cannot be mistaken.
    """

    unit: str | None
    format: TimeFormat | None
    zone: str
    shown: str = "s"
    is_worded: bool = False
    is_mixed: bool = False

    def read(self, column: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Return the times of a piece of the column and their precisions."""
        times, precision, *_ = self.raw(column)
        seconds = pl.lit(self.shown, schema.PRECISION)
        marks = pl.when(pl.col("precision") == "s").then(seconds).otherwise("precision")
        frame = pl.DataFrame({"time": times, "precision": precision})
        return times, frame.select(pl.when(pl.col("time").is_not_null()).then(marks)).to_series()

    def raw(self, column: pl.Series) -> tuple[pl.Series, pl.Series, int, int]:
        """Return times, precisions as each value shows them, how many gave no zone, and how many are mixed in."""
        n_mixed = 0
        if column.dtype.is_temporal():
            times, precision, n_naive = _typed(column, self.zone)
        elif self.unit == EXCEL_DAYS:
            times, precision = read_serial_dates(column.str.strip_chars())
            n_naive, times = times.drop_nulls().len(), to_utc(times, self.zone)
        elif self.unit:
            times, precision = _numbers(column.str.strip_chars(), self.unit)
            n_naive = 0
        else:
            text = plain_times(column) if self.is_worded else column.str.strip_chars()
            times, precision, n_naive = apply_format(text, self.format or FORMATS[0], self.zone)
            if self.is_mixed:
                times, precision, n_mixed = read_mixed(column, times, precision, self.zone, self.format or FORMATS[0])
        frame = times.cast(schema.TIME).to_frame("time")
        plausible = pl.when(pl.col("time").is_between(EARLIEST, LATEST)).then("time")
        return frame.select(plausible).to_series(), precision, n_naive + n_mixed, n_mixed


def time_rule(name: str, pieces: Pieces, settings: Mapping[str, str]) -> tuple[TimeRule, tuple[Text, ...]]:
    """Find how a column of times is to be read, and what a note must say of it.

    Args:
        name: of the column.
        settings: ``time_zone`` and ``time_format``, which is a unit such as ``unix_ms``, an order such as
            ``day/month/year``, or a pattern of ``strptime``.

    Raises:
        InputFileError: the format is unknown, none fits, or the order of day and month is open.
    """
    zone = _zone(settings.get("time_zone") or zone_in(name))
    wanted = settings.get("time_format")
    notes: list[Text] = []
    says_zone = zone != "UTC" or not (name.lower().endswith(("utc", "gmt")) or zone_in(name))
    if (start := next(pieces(), None)) is not None and start.dtype.is_temporal():
        rule = TimeRule(None, None, zone)
    elif wanted in _UNITS or wanted == EXCEL_DAYS:
        rule = TimeRule(wanted, None, zone)
    elif wanted in _FAMILIES:
        plain, _, _ = apply_format(_sample(pieces), _FAMILIES[wanted], zone)
        is_worded = 2 * plain.null_count() > plain.len()
        rule = TimeRule(None, _FAMILIES[wanted], zone, is_worded=is_worded, is_mixed=True)
    elif wanted:
        rule = TimeRule(None, TimeFormat(f"'{wanted}'", (Pattern(wanted, pattern_precision(wanted)),)), zone)
    else:
        sample = _sample(pieces)
        unit = None if sample.is_empty() else _number_unit(sample)
        if sample.is_empty():
            rule, says_zone = TimeRule(None, FORMATS[0], zone), False
        elif unit == EXCEL_DAYS:
            rule = TimeRule(unit, None, zone)
            notes.append(
                message("The times in '{column}' are days since the end of 1899, as Excel counts them.", column=name)
            )
        elif unit:
            rule = TimeRule(unit, None, zone)
            notes.append(
                message("The times in '{column}' are unix {unit}.", column=name, unit=Message(_UNIT_WORDS[unit]))
            )
        else:
            rule = _written(name, pieces, sample, zone, notes)
            notes.append(
                message(
                    "The times in '{column}' are written {form}.",
                    column=name,
                    form=Message(rule.format.name if rule.format else ""),
                )
            )
    return _shown(name, rule, pieces, notes, says_zone=says_zone)


def _written(name: str, pieces: Pieces, sample: pl.Series, zone: str, notes: list[Text]) -> TimeRule:
    """Find how times are written; where the plain forms read less than half of them, in words too."""
    plain = counted(sample, FORMATS, zone)
    worded = plain_times(sample) if 2 * max(plain) < sample.len() else sample
    in_words = counted(worded, WORDED, zone) if worded is not sample else [0]
    if not max(*plain, *in_words):
        refuse_other_calendars(name, worded)
    if max(in_words) <= max(plain):
        counts = dict(zip(FORMATS, plain, strict=True))
        return TimeRule(None, choose_format(name, pieces, sample, zone, counts, notes), zone, is_mixed=True)
    view = lambda: (plain_times(piece) for piece in pieces())  # noqa: E731  a view of the pieces
    counts = dict(zip(WORDED, in_words, strict=True))
    return TimeRule(None, choose_format(name, view, worded, zone, counts, notes), zone, is_worded=True, is_mixed=True)


def readable_share(values: pl.Series) -> float:
    """Return what share of some values can be read as times in one and the same way."""
    known = values.drop_nulls()
    if not known.len() or known.dtype.is_temporal():
        return float(known.len() > 0)
    text = known.cast(pl.String).str.strip_chars()
    unit = _number_unit(text)
    if unit == EXCEL_DAYS:
        return 1 - read_serial_dates(text)[0].null_count() / text.len()
    if unit:
        return 1 - _numbers(text, unit)[0].null_count() / text.len()
    if not text.str.contains(r"\d.*\d.*\d").any():  # 1.5.24 is the shortest
        return 0.0
    plain = counted(text, FORMATS, "UTC")
    in_words = counted(plain_times(text), WORDED, "UTC") if 2 * max(plain) < text.len() else [0]
    most = max(*plain, *in_words)
    if 0 < most < text.len():
        counts = in_words if max(in_words) > max(plain) else plain
        rule = TimeRule(None, WORDED[counts.index(most)], "UTC", is_worded=counts is in_words, is_mixed=True)
        most = rule.raw(text)[0].count()
    return most / text.len()


def side_rule(name: str, pieces: Pieces) -> Callable[[pl.Series], pl.Series]:
    """Find how times beside the acts' own are to be read; where that cannot be found, each is null."""
    try:
        rule, _ = time_rule(name, pieces, {})
    except InputFileError:
        return lambda piece: pl.Series(piece.name, [None], dtype=schema.TIME).new_from_index(0, piece.len())
    return lambda piece: rule.read(piece)[0]


def _sample(pieces: Pieces) -> pl.Series:
    """Return some thousand of the values, evenly spread."""
    total = sum(piece.len() - piece.null_count() for piece in pieces())
    every = max(1, total // _SAMPLE)
    taken, seen = [pl.Series([], dtype=pl.String)], 0
    for piece in pieces():
        values = piece.drop_nulls()
        taken.append(values.gather_every(every, offset=-seen % every).cast(pl.String).str.strip_chars())
        seen += values.len()
    return pl.concat([piece.alias("") for piece in taken])


def _zone(name: str | None) -> str:
    try:
        return zoneinfo.ZoneInfo(name or "UTC").key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise InputFileError(
            "There is no time zone '{name}'. Zones are written like time_zone = \"Europe/Paris\".", name=name
        ) from error


def _zone_note(name: str, n_naive: int, zone: str) -> list[Text]:
    if not n_naive:
        return []
    sentence = "The times in '{column}' give no time zone and were read as {zone}."
    if zone == "UTC":
        sentence = (
            "The times in '{column}' give no time zone and were read as {zone}; "
            "if they are not, give time_zone in the case file."
        )
    return [message(sentence, column=name, zone=zone)]


def _typed(column: pl.Series, zone: str) -> tuple[pl.Series, pl.Series, int]:
    """Read a column that Parquet itself declares to be dates or times."""
    if column.dtype == pl.Date:
        precision = pl.Series(["day"], dtype=schema.PRECISION).new_from_index(0, column.len())
        return to_utc(column, zone), precision, 0
    if not isinstance(column.dtype, pl.Datetime):
        raise InputFileError(
            "The column '{column}' holds {dtype}, which is no time of a day.", column=column.name, dtype=column.dtype
        )
    naive = column.dtype.time_zone is None
    times = to_utc(column, zone) if naive else column.dt.convert_time_zone("UTC").cast(schema.TIME)
    return times, pl.Series(["s"], dtype=schema.PRECISION).new_from_index(0, times.len()), int(naive)


def _number_unit(sample: pl.Series) -> str | None:
    """Return the unit of times counted since 1970, or None where most values are not such numbers."""
    if are_serial_dates(sample):
        return EXCEL_DAYS
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


def _shown(
    name: str, rule: TimeRule, pieces: Pieces, notes: list[Text], *, says_zone: bool
) -> tuple[TimeRule, tuple[Text, ...]]:
    """Give a rule the precision that the column as a whole shows."""
    n_naive = n_seconds = n_mixed = 0
    has_parts, is_minutes, is_days = False, True, True
    for piece in pieces():
        times, precision, naive, mixed = rule.raw(piece)
        n_naive, n_mixed = n_naive + naive, n_mixed + mixed
        frame = pl.DataFrame({"time": times, "precision": precision})
        seconds = frame.filter((pl.col("precision") == "s") & pl.col("time").is_not_null())["time"]
        n_seconds += seconds.len()
        has_parts = has_parts or bool((seconds.dt.microsecond() != 0).any())
        is_minutes = is_minutes and bool((seconds.dt.second() == 0).all())
        is_days = is_days and bool(((seconds.dt.hour() == 0) & (seconds.dt.minute() == 0)).all())
    if n_mixed:
        sentence = "{number} times in '{column}' are written in another way that cannot be mistaken."
        notes = [*notes, message(sentence, column=name, number=n_mixed)]
    if says_zone:
        notes = [*notes, *_zone_note(name, n_naive, rule.zone)]
    shown = "ms" if has_parts else "s"
    if n_seconds >= _NON_TRIVIAL and is_minutes and not has_parts:
        shown = "day" if is_days else "min"
        sentence = _WHOLE_DAYS if is_days else _WHOLE_MINUTES
        notes = [*notes, message(sentence, column=name)]
    return replace(rule, shown=shown), tuple(notes)
