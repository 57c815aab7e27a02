"""A column of times as UTC, each with the precision its source kept, in one format that is found for the column.

The column may come in pieces: a first look at all of them finds the ``TimeRule`` by which each is then read.

Nothing is guessed in silence: the format is said in the notes, a value it does not fit is rejected with its row, an
order of day and month that the data leave open must be settled in the case file, and times without a zone are read as
UTC unless the case file gives ``time_zone``.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import polars as pl

from forensics import schema
from forensics.errors import InputFileError, OpenChoiceError
from forensics.loaders.times.time_formats import FORMATS, WORDED, Pattern, TimeFormat, pattern_precision
from forensics.loaders.times.worded_times import plain_times

__all__ = ["Pieces", "TimeRule", "Times", "parse_times", "readable_share", "side_rule", "side_times", "time_rule"]

Pieces = Callable[[], Iterator[pl.Series]]
"""Gives the pieces of a column, in order, each time it is called."""

_SAMPLE = 1000
_NON_TRIVIAL = 20
"""Times from which seconds that are all zero count as not kept; by chance that is 60**-20."""

_UNITS = {"unix_s": 1_000_000, "unix_ms": 1_000, "unix_us": 1, "unix_ns": 0}
"""Microseconds in one unit; nanoseconds are divided instead."""

_UNIT_WORDS = {"unix_s": "seconds", "unix_ms": "milliseconds", "unix_us": "microseconds", "unix_ns": "nanoseconds"}
_FAMILIES = {known.name: known for known in WORDED}
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


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How a column's times are read.

    Attributes:
        unit: of numbers since 1970, a key of ``_UNITS``; None where the times are written out.
        format: how they are written; None where they are numbers or typed.
        zone: of those that give none.
        shown: the precision of those that are kept to the second, as the column as a whole shows it.
        is_worded: whether they are brought into plain forms first.
    """

    unit: str | None
    format: TimeFormat | None
    zone: str
    shown: str = "s"
    is_worded: bool = False

    def read(self, column: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Return the times of a piece of the column and their precisions."""
        times, precision, _ = self.raw(column)
        seconds = pl.lit(self.shown, schema.PRECISION)
        marks = pl.when(pl.col("precision") == "s").then(seconds).otherwise("precision")
        frame = pl.DataFrame({"time": times, "precision": precision})
        return times, frame.select(pl.when(pl.col("time").is_not_null()).then(marks)).to_series()

    def raw(self, column: pl.Series) -> tuple[pl.Series, pl.Series, int]:
        """Return times, precisions as each value shows them, and how many gave no zone."""
        if column.dtype.is_temporal():
            times, precision, n_naive = _typed(column, self.zone)
        elif self.unit:
            times, precision = _numbers(column.str.strip_chars(), self.unit)
            n_naive = 0
        else:
            text = plain_times(column) if self.is_worded else column.str.strip_chars()
            times, precision, n_naive = _apply(text, self.format or FORMATS[0], self.zone)
        frame = times.cast(schema.TIME).to_frame("time")
        plausible = pl.when(pl.col("time").is_between(_EARLIEST, _LATEST)).then("time")
        return frame.select(plausible).to_series(), precision, n_naive


def parse_times(column: pl.Series, settings: Mapping[str, str]) -> Times:
    """Read a column of times.

    Args:
        column: strings, dates or times.
        settings: ``time_zone`` and ``time_format``, which is a unit such as ``unix_ms``, an order such as
            ``day/month/year``, or a pattern of ``strptime``.

    Raises:
        InputFileError: the format is unknown, none fits, or the order of day and month is open.
    """
    rule, notes = time_rule(column.name, lambda: iter((column,)), settings)
    times, precision = rule.read(column)
    return Times(times, precision, notes)


def time_rule(name: str, pieces: Pieces, settings: Mapping[str, str]) -> tuple[TimeRule, tuple[str, ...]]:
    """Find how a column of times is to be read, and what is to be said of it.

    Args:
        name: of the column.
        pieces: of it.
        settings: as for ``parse_times``.

    Raises:
        InputFileError: as ``parse_times``.
    """
    zone = _zone(settings.get("time_zone"))
    wanted = settings.get("time_format")
    notes: list[str] = []
    says_zone = zone != "UTC" or not name.lower().endswith(("utc", "gmt"))
    if (start := next(pieces(), None)) is not None and start.dtype.is_temporal():
        rule = TimeRule(None, None, zone)
    elif wanted in _UNITS:
        rule = TimeRule(wanted, None, zone)
    elif wanted in _FAMILIES:
        plain, _, _ = _apply(_sample(pieces), _FAMILIES[wanted], zone)
        rule = TimeRule(None, _FAMILIES[wanted], zone, is_worded=2 * plain.null_count() > plain.len())
    elif wanted:
        rule = TimeRule(None, TimeFormat(f"'{wanted}'", (Pattern(wanted, pattern_precision(wanted)),)), zone)
    else:
        sample = _sample(pieces)
        unit = None if sample.is_empty() else _number_unit(sample)
        if sample.is_empty():
            rule, says_zone = TimeRule(None, FORMATS[0], zone), False
        elif unit:
            rule = TimeRule(unit, None, zone)
            notes.append(f"The times in '{name}' are unix {_UNIT_WORDS[unit]}.")
        else:
            rule = _written(name, pieces, sample, zone)
            notes.append(f"The times in '{name}' are written {rule.format.name if rule.format else ''}.")
    return _shown(name, rule, pieces, notes, says_zone=says_zone)


def _written(name: str, pieces: Pieces, sample: pl.Series, zone: str) -> TimeRule:
    """Find how times are written; where the plain forms read less than half of them, in words too."""
    plain = _counted(sample, FORMATS, zone)
    n_plain = max(plain)
    worded = plain_times(sample) if 2 * n_plain < sample.len() else sample
    counts = _counted(worded, WORDED, zone) if worded is not sample else [0]
    if max(counts) <= n_plain:
        return TimeRule(None, _choose(name, pieces, sample, zone, dict(zip(FORMATS, plain, strict=True))), zone)
    in_words = lambda: (plain_times(piece) for piece in pieces())  # noqa: E731  a view of the pieces
    chosen = _choose(name, in_words, worded, zone, dict(zip(WORDED, counts, strict=True)))
    return TimeRule(None, chosen, zone, is_worded=True)


def _counted(text: pl.Series, formats: Sequence[TimeFormat], zone: str) -> list[int]:
    """Return how many of some values each format reads."""
    normal = _normal(text)
    return [
        _apply(text, known, zone)[0].drop_nulls().len() if normal.str.contains(known.marks).any() else 0
        for known in formats
    ]


def readable_share(values: pl.Series) -> float:
    """Return what share of some values can be read as times in one and the same way."""
    known = values.drop_nulls()
    if not known.len() or known.dtype.is_temporal():
        return float(known.len() > 0)
    text = known.cast(pl.String).str.strip_chars()
    unit = _number_unit(text)
    if unit:
        return 1 - _numbers(text, unit)[0].null_count() / text.len()
    if not text.str.contains(r"\d").any():
        return 0.0
    most = max(_counted(text, FORMATS, "UTC"))
    if 2 * most < text.len():
        most = max(most, *_counted(plain_times(text), WORDED, "UTC"))
    return most / text.len()


def side_rule(name: str, pieces: Pieces) -> Callable[[pl.Series], pl.Series]:
    """Find how times beside the acts' own are to be read; where that cannot be found, each is null."""
    try:
        rule, _ = time_rule(name, pieces, {})
    except InputFileError:
        return lambda piece: pl.Series(piece.name, [None], dtype=schema.TIME).new_from_index(0, piece.len())
    return lambda piece: rule.read(piece)[0]


def side_times(column: pl.Series) -> pl.Series:
    """Read a column of times beside the acts' own, such as when accounts were registered; null where unreadable."""
    return side_rule(column.name, lambda: iter((column,)))(column)


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


def _typed(column: pl.Series, zone: str) -> tuple[pl.Series, pl.Series, int]:
    """Read a column that Parquet itself declares to be dates or times."""
    if column.dtype == pl.Date:
        precision = pl.Series(["day"], dtype=schema.PRECISION).new_from_index(0, column.len())
        return _to_utc(column, zone), precision, 0
    if not isinstance(column.dtype, pl.Datetime):
        raise InputFileError(f"The column '{column.name}' holds {column.dtype}, which is no time of a day.")
    naive = column.dtype.time_zone is None
    times = _to_utc(column, zone) if naive else column.dt.convert_time_zone("UTC").cast(schema.TIME)
    return times, pl.Series(["s"], dtype=schema.PRECISION).new_from_index(0, times.len()), int(naive)


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


def _choose(name: str, pieces: Pieces, sample: pl.Series, zone: str, counts: Mapping[TimeFormat, int]) -> TimeFormat:
    """Return the format that reads most of a column; ``counts`` says how much of the sample each reads."""
    most = max(counts.values())
    if most == 0:
        raise InputFileError(
            f"The column '{name}' holds no times that can be read, such as '{sample[0]}'. Say how they are written "
            'with time_format in the case file, for example time_format = "%d.%m.%Y %H:%M", or which column holds them.'
        )
    best = [known for known, count in counts.items() if count == most]
    if len(best) == 1:
        return best[0]
    read, apart = _compared(pieces, best, zone)
    left = [number for number in range(len(best)) if read[number] == max(read)]
    if any((left[0], other) in apart for other in left[1:]):
        one, two = best[left[0]], best[left[1]]
        raise OpenChoiceError(
            f"The times in '{name}', such as '{sample[0]}', can be read as {one.name} and as {two.name}. Settle it in "
            f'the case file with time_format = "{one.name}" or "{two.name}".',
            "time_format",
            (one.name, two.name),
        )
    return best[left[0]]


def _compared(pieces: Pieces, known: Sequence[TimeFormat], zone: str) -> tuple[list[int], set[tuple[int, int]]]:
    """Return how many times each format reads, and which pairs of formats read the column differently."""
    counts, apart = [0] * len(known), set[tuple[int, int]]()
    for piece in pieces():
        read = [_apply(piece.str.strip_chars(), one, zone)[0] for one in known]
        counts = [count + times.drop_nulls().len() for count, times in zip(counts, read, strict=True)]
        apart |= {(i, j) for i, j in combinations(range(len(known)), 2) if not read[i].equals(read[j], null_equal=True)}
    return counts, apart


def _instants(text: pl.Series) -> pl.Series | None:
    """Return a column of nothing but times like ``2024-06-21T20:00:00Z``, which are read far quicker; else None."""
    if text.null_count() or not (text.str.len_bytes() == 20).all():
        return None
    times = text.str.strptime(pl.Datetime("us"), "%Y-%m-%dT%H:%M:%SZ", strict=False).dt.replace_time_zone("UTC")
    fits = times.to_frame("time").select(pl.col("time").is_between(_EARLIEST, _LATEST).all()).item()
    return times if fits and not times.null_count() else None


def _apply(text: pl.Series, chosen: TimeFormat, zone: str) -> tuple[pl.Series, pl.Series, int]:
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


def _shown(
    name: str, rule: TimeRule, pieces: Pieces, notes: list[str], *, says_zone: bool
) -> tuple[TimeRule, tuple[str, ...]]:
    """Give a rule the precision that the column as a whole shows."""
    n_naive = n_seconds = 0
    has_parts, is_minutes, is_days = False, True, True
    for piece in pieces():
        times, precision, naive = rule.raw(piece)
        n_naive += naive
        frame = pl.DataFrame({"time": times, "precision": precision})
        seconds = frame.filter((pl.col("precision") == "s") & pl.col("time").is_not_null())["time"]
        n_seconds += seconds.len()
        has_parts = has_parts or bool((seconds.dt.microsecond() != 0).any())
        is_minutes = is_minutes and bool((seconds.dt.second() == 0).all())
        is_days = is_days and bool(((seconds.dt.hour() == 0) & (seconds.dt.minute() == 0)).all())
    if says_zone:
        notes = [*notes, *_zone_note(name, n_naive, rule.zone)]
    shown = "ms" if has_parts else "s"
    if n_seconds >= _NON_TRIVIAL and is_minutes and not has_parts:
        shown = "day" if is_days else "min"
        notes = [*notes, f"All times in '{name}' are whole {'days' if is_days else 'minutes'}: seconds were not kept."]
    return replace(rule, shown=shown), tuple(notes)
