"""The tables of a group: its accounts, its strongest pairs and what was written.

Each is an extract; its caption says of how many rows and where they all are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from forensics.vocabulary import TableRole
from reports.detector_declarations import table_name
from reports.report_model import Answer, Cell, Column, Table, without_empty_columns
from reports.run_queries import Group, account_names, file_of, rows_of
from reports.visible_text import short
from reports.wording import Words

MOST_ROWS = 12
EDGE = "edge"
"""Accounts that were found with a group and not confirmed: the page says how many; no table names them."""
MOST_TEXTS, MOST_QUOTED = 6, 2
NAME_LENGTH, OBJECT_LENGTH, TEXT_LENGTH = 40, 90, 280


def accounts_table(group: Group, name: str, words: Words) -> tuple[Table, ...]:
    """Return the confirmed accounts with the most pairs, of as many as its page counts."""
    rows = rows_of(group, "members").sort("n_edges", "account_id", descending=[True, False], nulls_last=True)
    if "membership" in rows.columns:
        rows = rows.filter(pl.col("membership").is_null() | (pl.col("membership") != EDGE))
    names = account_names(group)
    are_ids = all(names[account] == account for account in rows["account_id"])
    return _table(
        group,
        name,
        "members",
        words,
        (
            Column(words("clusters.handle"), "name", 1.5),
            Column(words("clusters.account_id"), "name", 1.5),
            Column(words("clusters.n_edges"), "number", 0.6),
            Column(words("clusters.n_acts"), "number", 0.6),
            Column(words("clusters.created_at"), width=1.2),
            Column(words("clusters.stated_place"), width=1.2),
        ),
        [
            (
                Cell(short(names[row["account_id"]], NAME_LENGTH)),
                Cell("" if are_ids else short(row["account_id"], NAME_LENGTH)),
                _count(row["n_edges"], words),
                _count(row["n_acts"], words),
                _day(row["created_at"], words),
                Cell(short(row["stated_place"], NAME_LENGTH)),
            )
            for row in rows.head(MOST_ROWS).iter_rows(named=True)
        ],
        rows.height,
    )


def edges_table(group: Group, name: str, words: Words) -> tuple[Table, ...]:
    """Return the pairs that share most."""
    rows = rows_of(group, "ties")
    names = account_names(group)
    window = words.duration(rows["window_s"][0]) if rows.height else ""
    return _table(
        group,
        name,
        "ties",
        words,
        (
            Column(words("clusters.left"), "name", 1.5),
            Column(words("clusters.right"), "name", 1.5),
            Column(words("clusters.layer"), width=2.6),
            Column(words("clusters.objects"), "number", 0.8),
            Column(words("clusters.close", window=window), "number", 0.9),
            Column(words("clusters.expected_in_group"), "number", 0.9),
        ),
        [
            (
                Cell(short(names.get(row["left"], row["left"]), NAME_LENGTH)),
                Cell(short(names.get(row["right"], row["right"]), NAME_LENGTH)),
                Cell(words.series(tuple(words.layer(layer) for layer in row["layers"].split(",")))),
                _count(row["n_objects"], words),
                _count(row["n_close"], words),
                Cell(words.number(row["expected"], 2), row["expected"]),
            )
            for row in rows.head(MOST_ROWS).iter_rows(named=True)
        ],
        rows.height,
    )


def written(group: Group, words: Words) -> tuple[Answer, ...]:
    """Return a few of the texts most often written, each with who wrote it first and when."""
    names = account_names(group)
    sentences = tuple(
        (
            words("group.text", text=short(row["text"], TEXT_LENGTH)),
            words("group.text_by", account=short(names.get(row["account_id"], row["account_id"]), NAME_LENGTH)),
        )
        for row in _texts(group).head(MOST_QUOTED).iter_rows(named=True)
    )
    return (Answer(words("group.written"), sentences),) if sentences else ()


def _texts(group: Group) -> pl.DataFrame:
    """Return the texts of a group, the most often written first, each by whoever wrote it first."""
    written = rows_of(group, "moments").filter(pl.col("text").is_not_null())
    in_order = written.sort("acted_at", "account_id", "layer", "object_id")
    return (
        in_order.with_columns(n_written=pl.len().over("text"))
        .unique("text", keep="first", maintain_order=True)
        .sort("n_written", descending=True, maintain_order=True)
    )


def texts_table(group: Group, name: str, words: Words) -> tuple[Table, ...]:
    """Return the texts most often written, each by whoever wrote it first."""
    rows = _texts(group)
    names = account_names(group)
    return _table(
        group,
        name,
        "moments",
        words,
        (
            Column(words("clusters.handle"), "name", 1),
            Column(words("clusters.acted_at"), "number", 1.3),
            Column(words("clusters.text"), width=3.2),
            Column(words("clusters.copy_of_object"), width=0.6),
        ),
        [
            (
                Cell(short(names.get(row["account_id"], row["account_id"]), NAME_LENGTH)),
                _moment(row["acted_at"], words, row.get("permalink")),
                Cell(short(row["text"], TEXT_LENGTH)),
                _copy(row.get("permalink_archived") or row.get("object_id_archived"), words),
            )
            for row in rows.head(MOST_TEXTS).iter_rows(named=True)
        ],
        rows.height,
    )


def _table(
    group: Group,
    name: str,
    role: TableRole,
    words: Words,
    columns: tuple[Column, ...],
    rows: list[tuple[Cell, ...]],
    total: int,
) -> tuple[Table, ...]:
    """Return the table with its caption; none where it has no rows."""
    if not rows:
        return ()
    caption = words(
        f"clusters.{role}_caption",
        group=name,
        shown=words.integer(len(rows)),
        total=words.integer(total),
        file=file_of(group, role),
    )
    whole = Table(f"{group.finding.id}-{table_name(group.detection, role)}", caption, columns, tuple(rows))
    return (without_empty_columns(_without_one_kind(whole, words)),)


def _without_one_kind(table: Table, words: Words) -> Table:
    """Return a table without its column of kinds of act where all rows have the same, which the caption then says."""
    titles = [column.title for column in table.columns]
    if words("clusters.layer") not in titles:
        return table
    place = titles.index(words("clusters.layer"))
    kinds = {row[place].text for row in table.rows}
    if len(kinds) > 1:
        return table
    caption = f"{table.caption} {words('clusters.one_kind', layer=kinds.pop())}"
    rows = tuple((*row[:place], *row[place + 1 :]) for row in table.rows)
    columns = (*table.columns[:place], *table.columns[place + 1 :])
    return replace(table, caption=caption, columns=columns, rows=rows)


def _count(value: int | None, words: Words) -> Cell:
    return Cell("") if value is None else Cell(words.integer(value), value)


def _moment(when: dt.datetime | None, words: Words, link: str | None = None) -> Cell:
    if when is None:
        return Cell("")
    return Cell(words.moment(when), when.timestamp(), link if link and link.startswith(("https://", "http://")) else "")


def _copy(link: str | None, words: Words) -> Cell:
    return Cell(words("clusters.copy"), link=link) if link else Cell("")


def _day(when: dt.datetime | None, words: Words) -> Cell:
    return Cell("") if when is None else Cell(words.day(when), when.timestamp())
