"""Any table of a detection as a table of the report: the columns' names and types say how a cell is set.

Tables hold all that the method needs; a reader sees the columns of ``SHOWN``, and the evidence files have the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import polars as pl

from reports.model import Align, Cell, Column, Table
from reports.sections.statements import placed
from reports.sections.things import thing
from reports.visible import short
from reports.wording import Words

__all__ = ["SHOWN", "frame_table"]

MOST_COLUMNS = 9
LONGEST = 160
WIDEST, NARROWEST = 30, 7
"""Characters by which columns share the width."""
_UNITS = {"s": "s", "hours": "hours", "days": "days", "hour": "hour of UTC"}
"""Units by a part of a column's name, the last that is one."""
DAYS = frozenset({"day", "from_day", "to_day", "first_day", "last_day"})
"""Columns of days since 1970."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SHOWN: Mapping[str, tuple[str, ...]] = {
    "audiences": ("audience", "source", "n_known", "n_foreign", "share", "low", "high", "reference_share"),
    "accounts": ("account_id", "n_acts", "first_at", "n_slots", "offset_h", "mass_stated"),
    "areas": ("audience", "source", "area"),
    "bursts": ("layer", "object_id", "n_accounts", "burst_share", "burst_window_s", "burst_at", "q_value"),
    "distance": ("audience", "source", "n", "n_regions", "n_references", "q_electorate"),
    "groups": (
        *("group", "source", "n_accounts", "n_slots", "offset_h", "low_h", "high_h", "mass_stated", "n_acts"),
        *("busiest_from_hour", "quiet_hours", "quiet_hours_of_others", "shift_share", "shift_share_of_others"),
    ),
    "detectable": ("practice", "n_objects", "n_accounts", "n_found", "n_plants", "found_low", "found_high"),
    "growth": ("account_id", "day", "followers", "gained", "elapsed", "rate", "usual_rate", "q_value"),
    "hotspots": ("audience", "source", "kind", "centre", "n_areas", "first_day", "last_day", "observed", "expected"),
    "measures": (
        "measure",
        "window_s",
        "observed",
        "expected",
        "ratio",
        "typical",
        "largest",
        "n_audiences",
        "n_alike",
    ),
    "prices": ("id", "kind", "unit", "price", "currency", "year", "source"),
    "profiles": ("account_id", "n_acts", "quiet_hours", "shift_share", "p_shift", "p_software", "p_ordinary"),
    "ratio_posts": ("account_id", "published_at", "permalink", "reactions", "comments", "shares", "interactions"),
    "reach_pages": ("account_id", "n_posts", "n_beyond", "excess", "n_explained", "most", "q_value"),
    "reach_posts": (
        *("account_id", "published_at", "permalink", "reach", "followers", "views", "reactions", "comments", "shares"),
        *("interactions", "ceiling"),
    ),
    "regions": ("audience", "source", "place", "n_people", "expected_share", "quotient", "low", "high", "q_region"),
    "registration_groups": ("group", "n_accounts", "from_day", "to_day", "observed", "expected", "q_value"),
    "spending": (
        *("camp", "n_payments", "amount_low", "amount_high", "currency", "interactions"),
        *("per_unit", "per_unit_low", "per_unit_high"),
    ),
}
"""Columns that a reader sees of a table, in order; of other tables the first ``MOST_COLUMNS``."""
_OF_SHARES = {"audiences": ("low", "high"), "detectable": ("found_low", "found_high")}
"""Columns that are shares in one table and something else in another."""
_WORDED: Mapping[str, Callable[[Words, str], str]] = {
    "country": Words.country,
    "place": Words.place,
    "area": Words.place,
    "centre": Words.place,
    "region": Words.place,
    "id": lambda words, text: words.known("price", text),
    "group": lambda words, text: placed(text, words),
    "layer": Words.layer,
    "measure": lambda words, kind: words.known("measure_kind", kind),
    "object_id": lambda words, text: thing(text, LONGEST, words),
    "made_of": Words.formula,
    "source": lambda words, text: words.known("source", text),
    "unit": lambda words, text: words.phrases.get(f"formula.{text}") or words.value(text),
}
"""Columns of words that have their own phrases."""
UNSHOWN = frozenset({"finding_id", "source_id", "source_row", "post_id"})
"""Columns that only the evidence files hold: keys."""
_WEB = ("https://", "http://")
_COPIED = "_archived"
"""How the column beside an address ends that holds the address of its archived copy."""


def frame_table(
    table: str,
    frame: pl.DataFrame,
    labels: tuple[str, str],
    words: Words,
    names: Mapping[str, str] | None = None,
) -> tuple[Table, ...]:
    """Return a table of the columns of a frame that a reader needs; none where it has no rows.

    Args:
        table: its name in the detection.
        frame: the rows to show.
        labels: the anchor of the table and its caption.
        words: the language.
        names: what ids are called, such as a group's; others are shown as they are.
    """
    shown = _shown(table, frame)
    if frame.is_empty() or not shown:
        return ()
    shares = _OF_SHARES.get(table, ())
    rows = tuple(
        tuple(
            Cell(words.share(value), value)
            if name in shares and value is not None
            else _cell(name, value, words, names or {})
            for name, value in zip(shown, row, strict=True)
        )
        for row in frame.select(shown).iter_rows()
    )
    columns = tuple(
        Column(_heading(name, words), _align(name, frame.schema[name]), _width(_heading(name, words), rows, place))
        for place, name in enumerate(shown)
    )
    return (Table(*labels, columns, rows),)


def _shown(table: str, frame: pl.DataFrame) -> list[str]:
    """Return the columns to show, each address followed by its archived copy where there is one."""
    filled = [name for name in frame.columns if name not in UNSHOWN and frame[name].null_count() < frame.height]
    wanted = SHOWN.get(table) or [name for name in filled if not name.endswith(_COPIED)][:MOST_COLUMNS]
    with_copies = [part for name in wanted for part in (name, f"{name}{_COPIED}")]
    return [name for name in with_copies if name in filled]


def _heading(name: str, words: Words) -> str:
    return words("clusters.copy_title") if name.endswith(_COPIED) else _title(words.column(name), words)


def _title(text: str, words: Words) -> str:
    """Return a heading with a large first letter; a symbol such as p keeps its own."""
    return words.title(text) if len(text) > 1 else text


def _align(name: str, dtype: pl.DataType) -> Align:
    if name in DAYS or dtype.is_temporal():
        return "text"
    return "number" if dtype.is_numeric() else "name"


def _width(heading: str, rows: tuple[tuple[Cell, ...], ...], place: int) -> float:
    """Return the longest cell, and at least the longest word of the heading, in characters, with room between."""
    words_of_heading = (len(word) + 1 for word in heading.split())
    return 2.0 + min(max(NARROWEST, *words_of_heading, *(len(row[place].text) for row in rows)), WIDEST)


def _cell(name: str, value: object, words: Words, names: Mapping[str, str]) -> Cell:
    match value:
        case None:
            return Cell("–")
        case bool():
            return Cell(words("number.yes" if value else "number.no"))
        case int() | float():
            return Cell(_figure(name, value, words), value)
        case dt.datetime():
            return Cell(words.moment(value), value.timestamp())
        case _:
            return _word(name, str(value), words, names)


def _word(name: str, text: str, words: Words, names: Mapping[str, str]) -> Cell:
    """Return a cell of text: an address as a link, a word of the analysis in the report's language."""
    link = text if text.startswith(_WEB) and name.removesuffix(_COPIED) in {"permalink", "object_id"} else ""
    if link and name != "object_id":
        return Cell(words("clusters.copy" if name.endswith(_COPIED) else "clusters.open"), link=link)
    told = names.get(text) or (_WORDED[name](words, text) if name in _WORDED else words.value(text))
    return Cell(short(told, LONGEST), link=link)


def _figure(name: str, value: float, words: Words) -> str:
    if name in DAYS:
        return words.day(_EPOCH + dt.timedelta(days=value))
    return f"{value:.0f}" if name == "year" else words.figure(name, _unit(name), value)


def _unit(name: str) -> str:
    return next((_UNITS[part] for part in reversed(name.split("_")) if part in _UNITS), "1")
