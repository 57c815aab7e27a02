"""Any table of acts (CSV, TSV, NDJSON, Excel, Parquet, packed or not), its columns mapped in the case file or guessed.

The format is this project's own: one row for each post or act. What a post had got (likes, comments, shares, views) is
read beside it. Each key of ``columns`` names the column that holds the
account, the time, the post, and so on; each key of ``objects`` names the column that holds a kind of object, one value
or several separated by spaces or written as a list. The setting ``action`` says what each row is, where no column does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.format_reading import typed
from forensics.loaders.generic_tables.account_names import account_in, first_names, full_name, name_accounts
from forensics.loaders.generic_tables.action_words import as_action, check_action
from forensics.loaders.generic_tables.capture_times import refuse_times_of_looking, with_times_before
from forensics.loaders.generic_tables.column_guessing import ACCOUNT_KEYS, ACT_KEYS, COUNT_KEYS, ColumnMap, map_columns
from forensics.loaders.generic_tables.header_names import HINTS, plain_name
from forensics.loaders.generic_tables.nested_answers import inner_answers, upon_the_outer
from forensics.loaders.generic_tables.reposts_and_replies import passed_on
from forensics.loaders.generic_tables.unnamed_accounts import fill_repeated, leave_out_nobody
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions
from forensics.loaders.normalising.act_rows import TRACES, with_post_ids
from forensics.loaders.normalising.cell_values import as_country, as_flag, as_lists, as_number
from forensics.loaders.normalising.fixed_columns import add_intervals, add_no_times, add_times
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.table_assembly import Rows, dataset_from_accounts, dataset_from_table
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.json.json_nesting import expanded, is_nested
from forensics.loaders.reading.json.json_objects import begins_json, key_names
from forensics.loaders.reading.table_file import Step, TableFile, read_table
from forensics.loaders.reading.table_preview import preview
from forensics.loaders.times.time_columns import side_rule
from forensics.messages import Text, message
from forensics.spool import Spool, slices_of
from forensics.text.fingerprint import fingerprints

_WITHIN = "{number} rows stand within others, under '{key}', and were read as replies to them."
_PASSED = "Which posts pass another on, quote or answer one is read in {columns}."
_WHOLE = ("page", "place", "text")
"""Kinds of object whose values hold blanks, so that a column holds one value and not several."""


_REPEATED = ("account", "time", "hour", "action")
"""Where people put a mark that repeats the row above."""


def sniff(head: Head) -> Confidence | None:
    """Accept any table with columns that look like an account and a time; weakly, so that every other format wins."""
    keys = key_names(head.start, {}) if head.keys or begins_json(head.start) else ()
    names = {plain_name(name) for name in (*head.columns, *keys)}
    has = [bool(names & set(HINTS[key])) for key in ("account", "time")]
    if all(has):
        return Confidence(0.2, message("it is a table with columns for the account and the time"))
    if head.columns or len(keys) > 1:
        return Confidence(0.1, message("it is a table, though none of its columns is known by name"))
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table of acts.

    Settings: ``action``, ``object_kind`` (of the column under ``object``), ``camp``, ``platform``, ``time_format``,
    ``time_zone``, ``encoding``, ``delimiter``, ``member``.

    Raises:
        InputFileError: the file cannot be read, or a column that is needed is not there.
    """
    start = preview(path, options)
    mapping = map_columns(start, options)
    refuse_times_of_looking(start, mapping, options)
    inner = inner_answers(path, start, mapping, options)
    mapping = upon_the_outer(mapping) if inner else mapping
    needed = {*mapping.columns.values(), *mapping.objects.values()}
    passed = passed_on(start, mapping, options)
    needed |= passed.columns if passed else set()
    needed |= {first} if (first := first_names(start.columns, mapping.columns["account"])) else set()
    table = read_table(path, options, lambda _: {start.nested.get(name, name) for name in needed}, None, inner)
    _expand(table, {name: start.nested[name] for name in needed if name in start.nested})
    table.notes.extend(mapping.notes)
    if inner and inner.number:
        table.notes.append(message(_WITHIN, number=inner.number, key=inner.key))
    repeated = [mapping.columns[key] for key in _REPEATED if key in mapping.columns]
    headed = start.headed if start.headed in (*repeated, mapping.columns.get("object")) else None
    fill_repeated(table, [*repeated, *([headed] if headed else ())], headed)
    if "hour" in mapping.columns:
        mapping = _with_hours(table, mapping)
    elif mapping.is_timed and "time" in mapping.columns:
        mapping = with_times_before(table, mapping, options.settings)
    if name_accounts(start.values(mapping.columns["account"])):
        mapping = _with_accounts(table, mapping)
    elif first:
        mapping = _with_names(table, mapping, first)
    if mapping.holds_accounts:
        return _accounts(table, mapping, options)
    if mapping.is_own and not any(part.count() for part in table.pieces(mapping.columns["time"])()):
        mapping = replace(mapping, is_timed=False)
    _settle(table, mapping, options)
    plain = _columns(mapping, options)
    if passed:
        settle_ids(table, named=passed.ids.values())
        if passed.columns:
            table.notes.append(message(_PASSED, columns=", ".join(sorted(passed.columns))))
        plain = [*(column for column in plain if column.meta.output_name() != "action"), *passed.acts()]
    is_single = "object_kind" in mapping.columns and "text" not in mapping.objects
    facts = _facts(table, mapping)
    platform = options.settings.get("platform")
    return dataset_from_table(
        LOADER.name,
        options,
        table,
        lambda rows: _posts(rows, plain, mapping, is_single=is_single),
        facts,
        _counts(table, mapping, plain),
        platform,
    )


def _with_hours(table: TableFile, mapping: ColumnMap) -> ColumnMap:
    """Put days and hours of the day that stand in two columns into one."""
    day, hour = mapping.columns["time"], mapping.columns["hour"]
    days = pl.col(day).cast(pl.String).str.strip_chars().str.replace(r"[T ]00:00:00(?:\.0+)?$", "")
    hours = pl.col(hour).cast(pl.String).str.strip_chars()
    columns = {key: column for key, column in mapping.columns.items() if key != "hour"}
    both = pl.when(hours.is_null()).then(days).otherwise(days + " " + hours)
    return _with_column(table, replace(mapping, columns=columns), "time", f"{day} {hour}", both)


def _with_accounts(table: TableFile, mapping: ColumnMap) -> ColumnMap:
    """Take the accounts from the addresses of their posts."""
    column = mapping.columns["account"]
    table.notes.append(message("The accounts are those that the posts' addresses in '{column}' name.", column=column))
    return _with_column(table, mapping, "account", f"account in {column}", account_in(column))


def _with_names(table: TableFile, mapping: ColumnMap, first: str) -> ColumnMap:
    """Take first and family names together for the accounts."""
    last = mapping.columns["account"]
    sentence = "The accounts are the names in '{first}' and '{last}': people of one name are one account."
    table.notes.append(message(sentence, first=first, last=last))
    return _with_column(table, mapping, "account", f"{first} {last}", full_name(first, last))


def _with_column(table: TableFile, mapping: ColumnMap, key: str, name: str, value: pl.Expr) -> ColumnMap:
    """Put a further column into a table, and under a key of its mapping."""
    rows = Spool(pl.Schema(table.rows.schema | {name: pl.String}))
    for part in slices_of(table.rows):
        rows.append(part.with_columns(value.alias(name)))
    table.rows = rows.finish()
    return replace(mapping, columns=mapping.columns | {key: name})


def _accounts(table: TableFile, mapping: ColumnMap, options: ReadOptions) -> Dataset:
    """Return the accounts of a table that holds no acts; of two values for one, the later counts."""
    _leave_out_objects(table, mapping)
    account = mapping.columns["account"]
    settle_ids(table, needed=[account])
    table.reject(
        pl.col(account).is_null() | (pl.col(account).cast(pl.String).str.strip_chars() == ""),
        "no account",
        pl.lit(None, pl.String),
    )
    facts = _facts(table, mapping)
    if facts is None:
        raise AssertionError("a table of accounts has facts")
    return dataset_from_accounts(LOADER.name, options, table, facts, options.settings.get("platform"))


def _expand(table: TableFile, nested: Mapping[str, str]) -> None:
    """Put what stands within the objects of a column's cells into columns of their own, named by its path."""
    if not nested:
        return
    types = {name: dtype for name, dtype in table.rows.schema.items() if name not in nested.values()}
    rows = Spool(pl.Schema(types | dict.fromkeys(nested, pl.String)))
    for part in slices_of(table.rows):
        within = [expanded(part[column], name[len(column) + 1 :]).alias(name) for name, column in nested.items()]
        rows.append(part.with_columns(within).select(rows.schema.names()))
    table.rows = rows.finish()


def _settle(table: TableFile, mapping: ColumnMap, options: ReadOptions) -> None:
    """Read the times, and reject the rows that say what is not known."""
    _leave_out_objects(table, mapping)
    ids = {key: [mapping.columns[key]] for key in ("post", "object") if key in mapping.columns}
    if not mapping.is_own:
        leave_out_nobody(table, mapping.columns["account"])
    settle_ids(table, needed=[mapping.columns["account"]], own=ids.get("post", ()), named=ids.get("object", ()))
    if mapping.is_timed:
        _settle_times(table, mapping, options)
    else:
        add_no_times(table)
        table.notes += _of_polls(table, mapping.columns.get("captured"))
    kinds = schema.OBJECT_KIND.categories.to_list()
    for key, sentence, is_known in (
        ("action", "unknown action in '{column}'", lambda acted: as_action(acted).is_not_null()),
        ("object_kind", "unknown kind of object in '{column}'", lambda kind: kind.is_in(kinds)),
    ):
        if key in mapping.columns:
            words = pl.col(mapping.columns[key])
            table.reject(~is_known(words) & words.is_not_null(), message(sentence, column=mapping.columns[key]), words)


def _of_polls(table: TableFile, looked: str | None) -> list[Text]:
    """Return what to do with lists that were taken again and again, as a column of when somebody looked shows."""
    if looked is None:
        return []
    moments: set[object] = set()
    for piece in table.pieces(looked)():
        moments.update(piece.drop_nulls().unique())
    sentence = (
        "The lists were taken at several times, which '{column}' names. Call the columns polled_at, account_id and "
        "object_id, and each act lies between two of them."
    )
    return [message(sentence, column=looked)] if 1 < len(moments) <= table.n_rows / 2 else []


def _settle_times(table: TableFile, mapping: ColumnMap, options: ReadOptions) -> None:
    """Read the times; a row of the program's own tables may have none, and be exact without an ``acted_after``."""
    columns = mapping.columns
    add_times(table, columns["time"], options.settings)
    if mapping.is_estimated:
        table.then(lambda rows: rows.with_columns(_precision=pl.lit("estimated", schema.PRECISION)))
    if "acted_after" in columns:
        add_intervals(table, columns["acted_after"], options.settings, is_needed=not mapping.is_own)
    if "precision" in columns:
        stated = pl.col(columns["precision"])
        is_known = stated.is_in(schema.PRECISION.categories.to_list())
        table.reject(
            ~is_known & stated.is_not_null(),
            message("unknown precision in '{column}'", column=columns["precision"]),
            stated,
        )
        table.then(lambda rows: rows.with_columns(_precision=pl.coalesce(stated.cast(schema.PRECISION), "_precision")))
    if mapping.is_own:
        table.is_timed = False


def _leave_out_objects(table: TableFile, mapping: ColumnMap) -> None:
    """Reject the rows with an object where an id should be; elsewhere one is no value."""
    keys = {mapping.columns[key] for key in ("account", "post", "object") if key in mapping.columns}
    for column in sorted({*mapping.columns.values(), *mapping.objects.values()}):
        if table.rows.schema.get(column) == pl.String:
            nested = is_nested(pl.col(column))
            if column in keys:
                table.reject(
                    nested,
                    message("an object with values of its own in '{column}', no id", column=column),
                    pl.col(column),
                )
            else:
                table.then(_empty_where(column, nested))


def _empty_where(column: str, where: pl.Expr) -> Step:
    return lambda rows: rows.with_columns(pl.when(~where).then(column))


def _columns(mapping: ColumnMap, options: ReadOptions) -> list[pl.Expr]:
    """Return what each row says of itself, as columns of ``schema.ACTIONS``."""
    special = {
        *("time", "acted_after", "precision", "context", "action", "country", "latitude", "longitude", "object_kind")
    }
    plain = {ACT_KEYS[key]: c for key, c in mapping.columns.items() if key in ACT_KEYS and key not in special}
    columns = [pl.col(ROW), pl.col("_time").alias("acted_at"), pl.col("_precision").alias("time_precision")]
    if "acted_after" in mapping.columns and mapping.is_timed:
        columns.append(pl.col("_after").alias("acted_after"))
    columns += [pl.col(c).cast(pl.String).alias(name) for name, c in plain.items()]
    return columns + _read_specially(mapping, options)


def _posts(rows: pl.DataFrame, columns: list[pl.Expr], mapping: ColumnMap, *, is_single: bool) -> pl.DataFrame:
    """Return rows as posts with traces; where they are single acts, none is made of the words beside the others."""
    traces = []
    for kind, named in mapping.objects.items():
        values = rows[named]
        if kind == "text":
            lists = fingerprints(values.cast(pl.String)).to_frame("v").select(pl.concat_list("v")).to_series()
        elif kind in _WHOLE:
            lists = values.to_frame("v").select(pl.concat_list("v")).to_series()
        else:
            lists = as_lists(values)
        traces.append(lists.alias(TRACES[kind]))
    if is_single:
        traces.append(pl.Series(TRACES["text"], [None], dtype=pl.List(pl.String)).new_from_index(0, rows.height))
    return rows.select(columns).with_columns(traces)


def _read_specially(mapping: ColumnMap, options: ReadOptions) -> list[pl.Expr]:
    """Return the columns that are more than text, and those that a setting gives to every row."""
    named = mapping.columns
    columns = []
    action = check_action(options.settings.get("action", mapping.action))
    if "action" in named:
        columns.append(as_action(pl.col(named["action"])).fill_null(action).alias("action"))
    else:
        columns.append(pl.lit(action).alias("action"))
    if "object_kind" in named:
        columns.append(pl.col(named["object_kind"]).alias("object_kind"))
    elif "object" in named:
        columns.append(pl.lit(_object_kind(mapping, options)).alias("object_kind"))
    if "context" in named:
        columns.append(as_flag(pl.col(named["context"])).alias("is_context"))
    if "country" in named:
        columns.append(as_country(pl.col(named["country"])).alias("country"))
    for key, limit in (("latitude", 90.0), ("longitude", 180.0)):
        if key in named:
            columns.append(as_number(pl.col(named[key]), -limit, limit).alias(key))
    if "camp" not in named and "camp" in options.settings:
        columns.append(pl.lit(options.settings["camp"]).alias("camp"))
    return columns


def _object_kind(mapping: ColumnMap, options: ReadOptions) -> str:
    kind = options.settings.get("object_kind", mapping.object_kind)
    if kind not in schema.OBJECT_KIND.categories:
        kinds = ", ".join(schema.OBJECT_KIND.categories)
        raise InputFileError("There is no kind of object '{kind}'. There are: {kinds}.", kind=kind, kinds=kinds)
    return kind


def _facts(table: TableFile, mapping: ColumnMap) -> Rows | None:
    """Return the function that turns rows into the facts on their accounts."""
    named = {ACCOUNT_KEYS[key]: column for key, column in mapping.columns.items() if key in ACCOUNT_KEYS}
    if not named:
        return None
    sides = _sides(table, named, ("created_at", "captured_at"))

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        account = pl.col(mapping.columns["account"]).cast(pl.String).alias("account_id")
        time = pl.lit(None, schema.TIME) if mapping.holds_accounts else pl.col("_time")
        columns = [account, pl.col(ROW), time.alias("captured_at")]
        columns += [
            typed(column, name, schema.ACCOUNTS).cast(schema.ACCOUNTS.schema[name]).alias(name)
            for name, column in named.items()
            if name not in sides
        ]
        return rows.select(columns).with_columns(read(rows[named[name]]).alias(name) for name, read in sides.items())

    return facts


def _counts(table: TableFile, mapping: ColumnMap, columns: list[pl.Expr]) -> Rows | None:
    """Return the function that turns the rows that are posts into what each had got, where the table says it."""
    named = mapping.columns
    counted = {key: named[key] for key in (*COUNT_KEYS, "followers") if key in named}
    if not mapping.is_timed or not counted.keys() & set(COUNT_KEYS):
        return None
    sides = _sides(table, {"captured_at": named["captured"]} if "captured" in named else {}, ("captured_at",))

    def counts(rows: pl.DataFrame) -> pl.DataFrame:
        read = {key: typed(column, key, schema.POSTS) for key, column in counted.items()}
        rows = rows.with_columns(side(rows[named["captured"]]).alias(name) for name, side in sides.items())
        whole = rows.select(*columns, *sides, **read).filter(pl.col("account_id").is_not_null())
        lacking = [name for name in ("text", "language", "permalink", "camp", "object_id") if name not in whole.columns]
        posts = with_post_ids(whole.with_columns(pl.lit(None, pl.String).alias(name) for name in lacking))
        return posts.filter((pl.col("action") == "post") & pl.col("object_id").is_null()).select(
            ROW,
            *("post_id", "account_id", "camp", "time_precision", "text", "language", "permalink", *counted, *sides),
            published_at="acted_at",
        )

    return counts


def _sides(
    table: TableFile, named: Mapping[str, str], wanted: tuple[str, ...]
) -> dict[str, Callable[[pl.Series], pl.Series]]:
    """Return how each column of further times is read."""
    return {name: side_rule(named[name], table.pieces(named[name])) for name in wanted if name in named}


LOADER = Loader(
    name="generic",
    title="Table of acts",
    text="Any CSV, TSV, NDJSON, Excel or Parquet file, one row for each post or act; the case file maps its columns.",
    sniff=sniff,
    read=read,
)
