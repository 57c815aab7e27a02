"""What the page's explorers need of a group, as plain values with every text worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from reports.detector_declarations import has_table
from reports.run_queries import Group, account_names, file_of, rows_of
from reports.sections.findings.finding_sentence import shortened
from reports.visible_text import short
from reports.wording import Words

MOST_PAIRS_WITH_ACTS = 40
MOST_ACTS = 5
LINE = ("left", "right", "layers", "n_objects", "n_close")
MOST_DOTS = 800
NAME_LENGTH, OBJECT_LENGTH = 40, 70


def network_data(
    group: Group, accounts: pl.DataFrame, edges: pl.DataFrame, alt: str, words: Words
) -> dict[str, object]:
    """Return a group's network.

    Args:
        group: whose acts stand behind the lines.
        accounts: the placed accounts, in the order of the drawing.
        edges: the lines drawn, the strongest first.

    Returns:
        ``nodes`` of name, x, y and number of pairs, fitted to a square of side 1; ``lines`` of two places in ``nodes``,
        the bits of their layers, shared objects and how many of these they acted on within the ``window``; ``acts`` by
        place in ``lines``.
    """
    names = account_names(group)
    index = {account: place for place, account in enumerate(accounts["account_id"])}
    rows = edges.filter(pl.col("left").is_in(list(index)) & pl.col("right").is_in(list(index)))
    layers = sorted({layer for text in rows["layers"] for layer in text.split(",")})
    return {
        "kind": "network",
        "label": alt,
        "file": file_of(group, "moments"),
        "layers": [words.layer(layer) for layer in layers],
        "window": words.duration(rows["window_s"][0]) if rows.height else "",
        "nodes": _nodes(accounts, names),
        "lines": [
            [index[left], index[right], sum(1 << layers.index(layer) for layer in text.split(",")), count, n_close]
            for left, right, text, count, n_close in rows.select(LINE).iter_rows()
        ],
        "acts": _acts(group, rows, words),
    }


def _nodes(accounts: pl.DataFrame, names: Mapping[str, str]) -> list[list[object]]:
    """Return the accounts with their places fitted to a square of side 1 around the origin."""
    x, y = accounts["x"].to_numpy(), accounts["y"].to_numpy()
    middle = (x.max() + x.min()) / 2, (y.max() + y.min()) / 2
    side = max(x.max() - x.min(), y.max() - y.min(), 1e-9)
    return [
        [
            short(names[account], NAME_LENGTH),
            round((px - middle[0]) / side, 4),
            round((py - middle[1]) / side, 4),
            n or 0,
        ]
        for account, px, py, n in accounts.select("account_id", "x", "y", "n_edges").iter_rows()
    ]


def _acts(group: Group, rows: pl.DataFrame, words: Words) -> dict[str, list[list[str]]]:
    """Return the first acts of the strongest pairs, as printed."""
    if not has_table(group.finding, group.detection, "meetings"):
        return {}
    pairs = rows.head(MOST_PAIRS_WITH_ACTS).select("left", "right").with_row_index("place")
    acts = rows_of(group, "meetings").join(pairs, ["left", "right"]).sort("place", "left_at", "layer", "object_id")
    texts_of: dict[str, list[list[str]]] = {}
    for row in acts.iter_rows(named=True):
        own = texts_of.setdefault(str(row["place"]), [])
        if len(own) < MOST_ACTS:
            times = [words.moment(row["left_at"]), words.moment(row["right_at"]), words.duration(row["gap_s"])]
            own.append([words.layer(row["layer"]), shortened(row["object_id"], OBJECT_LENGTH, words), *times])
    return texts_of


def timeline_data(
    moments: pl.DataFrame, rows: Sequence[str], names: Mapping[str, str], alt: str, words: Words
) -> dict[str, object]:
    """Return a group's acts on the line of time.

    Args:
        moments: the acts of the accounts drawn.
        rows: the accounts drawn, from top to bottom.
        names: what each account is called.

    Returns:
        ``rows``, ``series`` and ``object_ids`` as printed, and ``dots`` of places in them and the time in seconds since
        ``start``, seconds since 1970: row, series, time, object; ordered by time.
    """
    kept = moments.sort("acted_at", "account_id", "layer", "object_id").head(MOST_DOTS)
    layers = kept["layer"].unique().sort().to_list()
    object_ids = kept["object_id"].unique().sort().to_list()
    place = {object_id: index for index, object_id in enumerate(object_ids)}
    row_of = {account: index for index, account in enumerate(rows)}
    start = kept["acted_at"][0].timestamp()
    return {
        "kind": "timeline",
        "label": alt,
        "rows": [short(names.get(account, account), 20) for account in rows],
        "series": [words.layer(layer) for layer in layers],
        "things": [shortened(object_id, OBJECT_LENGTH, words) for object_id in object_ids],
        "start": start,
        "dots": [
            [row_of[account], layers.index(layer), _short_number(at.timestamp() - start), place[object_id]]
            for account, layer, at, object_id in kept.select("account_id", "layer", "acted_at", "object_id").iter_rows()
        ],
    }


def _short_number(value: float) -> int | float:
    """Return a number to a thousandth, a whole one without its point."""
    rounded = round(value, 3)
    return int(rounded) if rounded.is_integer() else rounded
