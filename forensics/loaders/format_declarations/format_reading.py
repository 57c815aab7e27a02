"""Reads a file by the declaration of its format: recognised by its marks, its fields put into the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.json_format import flat_name, is_list, read_flattened, read_items
from forensics.loaders.format_declarations.table_format import Act, Field, TableFormat, as_text, first, roots
from forensics.loaders.format_recognition import LONG_HEAD, head_of
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.act_rows import TRACES
from forensics.loaders.normalising.cell_values import as_count, as_country, as_flag, as_lists, as_number
from forensics.loaders.normalising.fixed_columns import add_first_times, add_no_times, add_times, refuse_redacted
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.table_assembly import (
    Rows,
    dataset_from_accounts,
    dataset_from_payments,
    dataset_from_table,
)
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile
from forensics.loaders.times.id_times import compare_table
from forensics.loaders.times.time_columns import side_rule
from forensics.messages import message
from forensics.text.urls import urls_in_texts

_BEGINNING = 1000
"""Bytes by which a text is recognised that is neither a table nor JSON."""

_WHOLE = ("page", "place", "text")
"""Kinds of object whose values may hold blanks, so that a column of strings holds one value and not several."""

_LIMITS = {"latitude": 90.0, "longitude": 180.0}
_COUNTRIES = ("country", "stated_country", "platform_country")


def loader_of(name: str, title: str, text: str, *formats: TableFormat) -> Loader:
    """Return the loader of formats that go by one name; the first whose marks a file has reads it."""

    def sniff(head: Head) -> Confidence | None:
        found = format_of(formats, head)
        if found is None:
            return None
        return by_fields(0.9, *found.marks)

    def read(path: Path, options: ReadOptions) -> Dataset:
        head = head_of(path, options)
        found = format_of(formats, head) or format_of(formats, head_of(path, options, LONG_HEAD))
        if found is None:
            wanted = "; or ".join(f"{', '.join(known.marks)} ({known.kind})" for known in formats)
            raise InputFileError(
                "{file} is no export of {title}, which has the fields {wanted}.",
                file=path.name,
                title=title,
                wanted=wanted,
            )
        return read_declared(name, found, path, options, is_json=not head.columns)

    return Loader(name, title, text, sniff, read, formats)


def format_of(formats: Iterable[TableFormat], head: Head) -> TableFormat | None:
    """Return the first format whose marks a file has, or None."""
    return next((known for known in formats if _has_marks(known, head)), None)


def _has_marks(known: TableFormat, head: Head) -> bool:
    if any(sign not in head.start for sign in known.signs):
        return False
    if known.begins is not None:
        return known.begins.match(head.start[:_BEGINNING].decode("utf-8", "replace")) is not None
    if head.columns:
        names = {*head.columns, *(flat_name(column) for column in head.columns)}
        names |= {mark for mark in known.marks if _is_in_cell(mark, names, head.start)}
        return bool(known.marks) and names.issuperset(known.marks) and names.isdisjoint(known.without)
    keys = set(head.keys)
    return (
        bool(known.marks and keys)
        and all(_is_in(mark, keys, head.start) for mark in known.marks)
        and not any(_is_in(mark, keys, head.start) for mark in known.without)
    )


def _is_in_cell(mark: str, columns: set[str], start: bytes) -> bool:
    """Return whether a key stands in the cells of a column that hold objects, as JSON or as Python shows them."""
    around, _, within = mark.partition(".")
    key = re.escape(within.rpartition(".")[2].removesuffix("[]"))
    return bool(key) and around in columns and re.search(rf"['\"]+{key}['\"]+\s*:".encode(), start) is not None


def _is_in(mark: str, keys: set[str], start: bytes) -> bool:
    """Return whether the first JSON object has a key, or the beginning of the file a key within it.

    A key within another is looked for where that one opens an object, or a list if the mark says so.
    """
    *around, last = mark.split(".")
    if (around or [last])[0].removesuffix("[]") not in keys:
        return False
    opened = [f'"{key.removesuffix("[]")}"\\s*:\\s*\\{"[" if key.endswith("[]") else "{"}' for key in around]
    path = ".*?".join([*opened, f'"{last}"'])
    return not around or re.search(path.encode(), start, re.DOTALL) is not None


def read_declared(
    loader: str, known: TableFormat, path: Path, options: ReadOptions, *, is_json: bool = False
) -> Dataset:
    """Read a file of one format.

    Args:
        known: the format.
        is_json: whether the file is JSON, and no table.

    Raises:
        InputFileError: the file cannot be read.
    """
    paths = known.paths()
    if known.rows is not None:
        table = known.rows(path, options)
    elif is_json:
        table = read_items(path, options, paths, known.items)
    else:
        table = read_flattened(path, options, paths, known.escape)
    lists = pl.List(pl.String)
    blank = [
        pl.lit(None, lists if is_list(name) else pl.String).alias(name) for name in paths if name not in table.columns
    ]
    table.then(lambda rows: rows.with_columns(*blank))
    table.notes.extend(known.notes)
    if known.begin is not None:
        known.begin(path, options, table)
    _settle(table, known)
    for step in known.prepare:
        table.then(step)
    for condition, reason in known.rejected:
        at_fault = [name for name in condition.meta.root_names() if not is_list(name)][:1]
        table.reject(condition, reason, first(*at_fault, known.account))
    table.then(lambda rows: rows.with_columns(_account=as_text(known.account)))
    refuse_redacted(path, table, "_account")
    _side_times(table, known)
    platform = known.platform if isinstance(known.platform, str) else options.settings.get("platform")
    if known.money:
        payments = _filler(known.money, schema.MONEY, source_row=pl.col(ROW), account_id=pl.col("_account"))
        return dataset_from_payments(loader, options, table, payments, _facts(known), platform or "")
    if known.time is None and not known.acts:
        table.reject(pl.col("_account").is_null(), "no account", pl.lit(None, pl.String))
        return dataset_from_accounts(loader, options, table, _facts(known), platform)
    _times(table, known, options)
    table.then(lambda rows: rows.with_columns(_action=_chosen(known.acts, "action"), _object=_chosen(known.acts, "of")))
    return dataset_from_table(
        loader,
        options,
        table,
        _posts(known),
        _facts(known) if known.facts else None,
        _counts(known) if known.counts else None,
        platform,
    )


def typed(part: Field, name: str, table: schema.Table) -> pl.Expr:
    """Return a field as the values of a column; of several the first that is one."""
    if isinstance(part, tuple):
        return pl.coalesce(*(typed(single, name, table) for single in part))
    value, dtype = as_text(part), table.schema[name]
    if isinstance(part, pl.Expr):
        return value
    if name in _COUNTRIES:
        return as_country(value)
    if dtype == pl.Int64:
        return as_count(value)
    if dtype == pl.Float64:
        limit = _LIMITS.get(name)
        return as_number(value, None if limit is None else -limit, limit)
    return as_flag(value) if dtype == pl.Boolean else value


def _settle(table: TableFile, known: TableFormat) -> None:
    """Let no rounded id in."""
    account = [name for name in roots(known.account) if not is_list(name)]
    own = [name for name in (*roots(known.post.get("post_id", ())), *known.ids) if not is_list(name)]
    named = [name for act in known.acts if act.of is not None for name in roots(act.of) if not is_list(name)]
    needed = account[-1:] if isinstance(known.account, str | tuple) else []
    others = [name for name in (*account, *own) if name not in needed]
    settle_ids(table, needed=needed, own=others, named=[name for name in named if name not in (*needed, *others)])


def _times(table: TableFile, known: TableFormat, options: ReadOptions) -> None:
    """Put ``_time`` and ``_precision`` into the slices."""
    if known.read_times is not None:
        known.read_times(table, options)
        return
    if known.time is None:
        add_no_times(table)
        return
    is_noted = known.time_note is None and known.is_time_noted
    settings = options.settings if known.time_settings is None else known.time_settings
    parts = known.time if isinstance(known.time, tuple) else (known.time,)
    present = [part for part in parts if any(column in table.columns for column in roots(part))] or parts[:1]
    named = [(roots(part)[0], as_text(part)) for part in present]
    if known.time_note is not None:
        table.notes.append(known.time_note)
    elif known.is_time_noted:
        named_times = ", ".join(dict.fromkeys(name for part in present for name in roots(part)))
        table.notes.append(message("Times are those that the file states ({named_times}).", named_times=named_times))
    if len(named) == 1:
        column, value = named[0]
        table.then(lambda rows: rows.with_columns(value.alias(column)))
        add_times(table, column, settings, says_format=is_noted, ids=known.tweet_ids)
    else:
        add_first_times(table, named, settings, is_noted=is_noted, ids=known.tweet_ids)
    if known.hidden_times is not None:
        compare_table(table, known.hidden_times)
    if known.precision:
        table.then(lambda rows: rows.with_columns(_precision=pl.lit(known.precision, schema.PRECISION)))


def _side_times(table: TableFile, known: TableFormat) -> None:
    """Read the times beside the acts' own into columns named after what they fill."""
    columns = {**known.facts, **known.money}
    types = {**schema.ACCOUNTS.schema, **schema.MONEY.schema}
    sides = {name: part for name, part in columns.items() if types.get(name) == schema.TIME}
    if known.captured is not None:
        sides["captured_at"] = known.captured
    for name, part in sides.items():
        _read_side(table, f"_at_{name}", as_text(part))


def _read_side(table: TableFile, column: str, part: pl.Expr) -> None:
    table.then(lambda rows: rows.with_columns(part.alias(column)))
    rule = side_rule(column, table.pieces(column))
    table.then(lambda rows: rows.with_columns(rule(rows[column]).alias(column)))


def _chosen(acts: tuple[Act, ...], what: str) -> pl.Expr:
    """Return of the first act that holds what it is, or what it is done to."""
    chosen: pl.Expr = pl.lit("post" if what == "action" else None, pl.String)
    for act in reversed(acts):
        value = pl.lit(None, pl.String) if act.of is None else as_text(act.of)
        if act.when is not None:
            holds = act.when.fill_null(value=False)
        else:
            holds = pl.lit(value=True) if act.of is None else value.is_not_null()
        chosen = pl.when(holds).then(pl.lit(act.action) if what == "action" else value).otherwise(chosen)
    return chosen


def _filler(columns: Mapping[str, Field], table: schema.Table, **fixed: pl.Expr) -> Rows:
    """Return what makes columns of a table from rows."""
    made = {
        name: pl.col(f"_at_{name}") if table.schema[name] == schema.TIME else typed(part, name, table)
        for name, part in columns.items()
    }
    return lambda rows: rows.select(**{**fixed, **made})


def _posts(known: TableFormat) -> Rows:
    kinds = {act.kind for act in known.acts if act.of is not None}
    kind = pl.lit(kinds.pop()) if len(kinds) == 1 else _kinds(known.acts)
    own = pl.when(pl.col("_object").is_not_null()).then(kind)
    plain = _filler(
        known.post,
        schema.ACTIONS,
        **{ROW: pl.col(ROW)},
        account_id=pl.col("_account"),
        acted_at=pl.col("_time"),
        time_precision=pl.col("_precision"),
        action=pl.col("_action"),
        object_id=pl.col("_object"),
        object_kind=own,
    )

    def posts(rows: pl.DataFrame) -> pl.DataFrame:
        made = plain(rows)
        return made.with_columns(
            values.alias(TRACES[kind]) for kind, values in _traces(known, rows, made) if values is not None
        )

    return posts


def _kinds(acts: tuple[Act, ...]) -> pl.Expr:
    """Return the kind of what each row is done to, where a format's acts are done to several kinds."""
    kinds = {act.action: act.kind for act in acts}
    return pl.col("_action").replace_strict(kinds, default="post", return_dtype=pl.String)


def _traces(known: TableFormat, rows: pl.DataFrame, made: pl.DataFrame) -> Iterator[tuple[str, pl.Series | None]]:
    """Yield the ids of each kind of object."""
    for kind in TRACES:
        trace = known.traces.get(kind)
        parts: Iterable[Field]
        parts = () if trace is None else trace if isinstance(trace, list) else (trace,)
        lists = [_list_of(part, kind, rows) for part in parts]
        if kind == "url" and known.has_links and "text" in made.columns:
            lists.append(made.select(urls_in_texts(pl.col("text"))).to_series())
        if lists:
            yield kind, joined(lists)


def _list_of(part: Field, kind: str, rows: pl.DataFrame) -> pl.Series:
    values = rows.select(as_text(part).alias("_")).to_series()
    if isinstance(values.dtype, pl.List):
        return values
    if kind in _WHOLE or isinstance(part, pl.Expr):
        return values.to_frame("v").select(pl.concat_list("v").list.drop_nulls()).to_series()
    return as_lists(values)


def joined(lists: list[pl.Series]) -> pl.Series:
    """Return the values of several columns of lists in one, each once."""
    if len(lists) == 1:
        return lists[0]
    frame = pl.DataFrame([part.alias(str(number)) for number, part in enumerate(lists)])
    whole = pl.concat_list(pl.col(name).fill_null([]) for name in frame.columns)
    return frame.select(whole.list.drop_nulls().list.unique(maintain_order=True)).to_series()


def _facts(known: TableFormat) -> Rows:
    time = pl.col("_time") if known.time is not None else pl.lit(None, schema.TIME)
    seen = time if known.captured is None else pl.coalesce("_at_captured_at", time)
    platform = {"platform": known.platform} if isinstance(known.platform, pl.Expr) else {}
    of = pl.col("_account") if known.facts_of is None else as_text(known.facts_of)
    fixed = {ROW: pl.col(ROW), "account_id": of, "captured_at": seen}
    return _filler({**known.facts, **platform}, schema.ACCOUNTS, **fixed)


def _counts(known: TableFormat) -> Rows:
    """Return what makes counts; the words, language and address of a post are those of its act."""
    of_post = {name: known.post[name] for name in ("post_id", "text", "language", "permalink") if name in known.post}
    platform = {"platform": known.platform} if isinstance(known.platform, pl.Expr) else {}
    counted = _filler(
        {**of_post, **known.counts, **platform},
        schema.POSTS,
        **{ROW: pl.col(ROW)},
        account_id=pl.col("_account"),
        published_at=pl.col("_time"),
        time_precision=pl.col("_precision"),
        captured_at=pl.lit(None, schema.TIME) if known.captured is None else pl.col("_at_captured_at"),
    )
    own = pl.col("_action") != "repost" if known.counted is None else known.counted
    return lambda rows: counted(rows.filter(own))
