"""Tables of 4CAT, for every one of its data sources, separated by commas or, from Zeeschuimer itself, by semicolons.

Which of 4CAT's two time columns is true differs by data source; the true one is used, and what the other says of the
server's clock is noted. Links of tweets are built again from the id, because the ``link`` column was damaged by
JavaScript's numbers. Where accounts are blacked out nothing can be asked; where they are pseudonyms, they hold for this
file alone. Counts that 4CAT does not know are written as 0.

Source: https://github.com/digitalmethodsinitiative/4cat, version 1.56.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.acts import TRACES
from forensics.loaders.assembly import dataset_from_table
from forensics.loaders.columns import read_columns, refuse_redacted
from forensics.loaders.dialect import ROW
from forensics.loaders.fourcat_sources import FourcatSource, source_of
from forensics.loaders.parts import Confidence, Head, Loader, ReadOptions
from forensics.loaders.rounding import settle_ids
from forensics.loaders.snowflake import refine_times
from forensics.loaders.tables import TableFile, table_columns
from forensics.loaders.times import TimeRule, side_rule, time_rule
from forensics.loaders.values import as_count, as_country, as_number
from forensics.model import Dataset

__all__ = ["LOADER"]

_NO_POST = ("", "DELETED", "REMOVED BY AUTHOR", "VIEWER BLOCKED BY AUTHOR", "no", "False")
_YES = ("yes", "true", "1")
_QUARTER_S = 900


def sniff(head: Head) -> Confidence:
    """Accept a table with the marks of a data source; weakly where those are only the five every upload has."""
    found = source_of(frozenset(head.columns))
    if found is None:
        return Confidence(0.0, "it has the columns of no data source of 4CAT")
    value = 0.4 if found.name == "upload" else 0.85
    return Confidence(value, f"it has the columns of 4CAT's data source '{found.name}'")


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table; ``time_zone`` among the settings is that of an upload's times.

    Raises:
        InputFileError: the file cannot be read, is no table of 4CAT, or its accounts are blacked out.
    """
    columns = table_columns(path, options)
    kind = source_of(frozenset(columns))
    if kind is None:
        raise InputFileError(f"{path.name} has the columns of no data source of 4CAT: {', '.join(columns)}.")
    listed = [column for group in kind.lists.values() for column in group]
    named = (*kind.columns.values(), *kind.facts.values(), *kind.counts.values(), *listed)
    roles = (kind.repost, kind.repost_of, kind.quote_of, kind.reply, kind.reply_to)
    wanted = {"id", "timestamp", "unix_timestamp", "created_at", "author", *kind.account, *named}
    wanted |= {role for role in (*roles, *(kind.point or ())[:1]) if role}
    table = read_columns(path, options, ("id",), sorted(wanted - {"id"}))
    for account in kind.account:
        refuse_redacted(path, table, account)
    others = [column for column in (kind.repost_of, kind.quote_of, kind.reply_to) if column]
    settle_ids(table, needed=kind.account[-1:], own=["id", *kind.account[:-1], "music_id"], named=others)
    table.then(lambda rows: rows.with_columns(_account=pl.coalesce(*kind.account)))
    _say_pseudonyms(table)
    _read_times(table, kind, options)
    platform = kind.platform or options.settings.get("platform")
    since = kind.facts.get("created_at")
    created = side_rule(since, table.pieces(since)) if since else None

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        said = _facts(rows, kind)
        return said if since is None or created is None else said.with_columns(created_at=created(rows[since]))

    return dataset_from_table(
        LOADER.name,
        options,
        table,
        lambda rows: _posts(rows, kind),
        facts,
        (lambda rows: _counts(rows, kind)) if kind.counts else None,
        platform,
    )


def _say_pseudonyms(table: TableFile) -> None:
    made = [piece.drop_nulls().str.contains(r"^[0-9a-f]{48}$") for piece in table.pieces("_account")()]
    if 2 * sum(piece.sum() for piece in made) > sum(piece.len() for piece in made):
        table.notes.append("Accounts are pseudonyms made for this file alone: they cannot be joined to other files.")


def _read_times(table: TableFile, kind: FourcatSource, options: ReadOptions) -> None:
    """Read the column that is true for the data source."""
    settings: dict[str, str] = {}
    if kind.clock == "created_at" and _has(table, "created_at"):
        column = "created_at"
    elif kind.clock in ("unix", "estimated") and _has(table, "unix_timestamp"):
        column, settings = "unix_timestamp", {"time_format": "unix_s"}
    else:
        column, settings = "timestamp", dict(options.settings) if kind.name == "upload" else {}
    rule, notes = time_rule(column, table.pieces(column), settings)
    table.notes.extend(notes)
    is_estimated = kind.clock == "estimated"
    if is_estimated:
        table.notes.append('Times are estimates: LinkedIn shows only how long ago ("3w") a post was made.')
    table.notes.append(f"Times are those of the column '{column}', the one 4CAT keeps in UTC for '{kind.name}'.")
    if column == "unix_timestamp":
        _say_server_zone(table, rule)
    rough = pl.when(pl.col("_time").is_not_null()).then(pl.lit("estimated", schema.PRECISION))

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        times, precision = rule.read(rows[column])
        timed = rows.with_columns(times.alias("_time"), precision.alias("_precision"))
        return timed.with_columns(rough.alias("_precision")) if is_estimated else timed

    table.then(step)
    if kind.platform == "twitter":
        refine_times(table, "id")
    said = pl.col(column)
    table.reject(pl.col("_time").is_null() & said.is_not_null(), f"unreadable time in '{column}'", said)


def _has(table: TableFile, column: str) -> bool:
    return any(piece.null_count() < piece.len() for piece in table.pieces(column)())


def _say_server_zone(table: TableFile, unix: TimeRule) -> None:
    """Note by how much the server's clock differs from UTC, where the other column gives it away."""
    if not _has(table, "timestamp"):
        return
    try:
        stated, _ = time_rule("timestamp", table.pieces("timestamp"), {})
    except InputFileError:
        return
    found = set[int]()
    for rows in table.slices():
        gaps = stated.read(rows["timestamp"])[0] - unix.read(rows["unix_timestamp"])[0]
        found |= set(gaps.dt.total_seconds().drop_nulls().unique().to_list())
    if len(found) > 1:
        table.notes.append("'timestamp' differs from 'unix_timestamp' by changing amounts and was not used.")
    elif found and (gap := found.pop()) and gap % _QUARTER_S == 0:
        table.notes.append(f"The 4CAT server's clock stood at UTC{gap / 3600:+g} h; its 'timestamp' was not used.")


def _is_yes(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().is_in(_YES).fill_null(value=False)


def _target(column: str | None) -> pl.Expr:
    """Return the id of a post, null where there is none or it is gone."""
    if column is None:
        return pl.lit(None, pl.String)
    return pl.when(~pl.col(column).is_in(_NO_POST)).then(pl.col(column))


def _posts(frame: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Return the rows as posts with traces."""
    never = pl.lit(value=False)
    named_repost = kind.repost is not None and not kind.repost.startswith("is_")
    repost = (
        never if kind.repost is None else _target(kind.repost).is_not_null() if named_repost else _is_yes(kind.repost)
    )
    quote = _target(kind.quote_of).is_not_null()
    reply = _is_yes(kind.reply) if kind.reply else _target(kind.reply_to).is_not_null()
    reply_word = "comment" if kind.is_comment else "reply"
    action = (
        pl.when(repost).then(pl.lit("repost")).when(reply).then(pl.lit(reply_word)).when(quote).then(pl.lit("quote"))
    )
    answered = _target(kind.reply_to)
    if kind.name == "telegram":  # a message's number counts within its chat
        answered = pl.format("{}-{}", pl.col("id").str.extract(r"^(.*)-\d+$"), answered)
    target = (
        pl.when(repost).then(_target(kind.repost_of))
        .when(reply).then(answered)
        .otherwise(_target(kind.quote_of))
    )  # fmt: skip
    special = {"country"}
    posts = frame.select(
        ROW,
        account_id="_account",
        acted_at="_time",
        time_precision="_precision",
        action=action.otherwise(pl.lit("comment" if kind.is_comment else "post")),
        post_id="id",
        object_id=target,
        **{name: pl.col(column) for name, column in kind.columns.items() if name not in special},
    )
    if "country" in kind.columns:
        posts = posts.with_columns(frame.select(as_country(pl.col(kind.columns["country"])).alias("country")))
    if kind.point is not None:
        posts = posts.with_columns(frame.select(_coordinates(*kind.point)))
    if kind.platform == "twitter":
        link = pl.format("https://twitter.com/{}/status/{}", "author", "id")
        posts = posts.with_columns(frame.select(link.alias("permalink")))
    return posts.with_columns(_lists(frame, columns).alias(TRACES[name]) for name, columns in kind.lists.items())


def _coordinates(column: str, *names: str) -> list[pl.Expr]:
    """Return the two numbers of a column, both or neither."""
    numbers = pl.col(column).str.extract_all(r"-?\d+(?:\.\d+)?")
    limits = {"latitude": 90, "longitude": 180}
    read = {
        name: as_number(numbers.list.get(at, null_on_oob=True), -limits[name], limits[name])
        for at, name in enumerate(names)
    }
    whole = (numbers.list.len() == len(names)) & pl.all_horizontal(value.is_not_null() for value in read.values())
    return [pl.when(whole).then(value).alias(name) for name, value in read.items()]


def _reactions(column: pl.Expr) -> pl.Expr:
    """Return how many reactions a column tells of: a number, or for Telegram each emoji as often as it was given."""
    single = column.str.replace_all(r"[\s,\x{FE0F}\x{1F3FB}-\x{1F3FF}]|\x{200D}.", "")
    emoji = pl.when(~single.str.contains(r"[0-9A-Za-z]")).then(single.str.len_chars().cast(pl.Int64))
    return pl.coalesce(as_count(column), emoji)


def _lists(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.Series:
    """Return the values of columns that hold lists separated by commas; a comma within an address stays."""
    cells = pl.concat_str(columns, separator="\n", ignore_nulls=True)
    parted = cells.str.replace_all(r",\s*(https?://)", "\n${1}")
    is_address = cells.str.contains("://")
    return frame.select(
        pl.when(is_address)
        .then(parted.str.split("\n"))
        .otherwise(cells.str.replace_all(r"[,\s]+", "\n").str.split("\n"))
    ).to_series()


def _facts(frame: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Return what each row says of its account."""
    columns = []
    for name, column in kind.facts.items():
        value = pl.col(column)
        if name == "is_automated":
            columns.append(_is_yes(column).alias(name))
        elif name in ("platform_country", "stated_country"):
            columns.append(as_country(value).alias(name))
        elif name != "created_at":
            columns.append((as_count(value) if schema.ACCOUNTS.schema[name] == pl.Int64 else value).alias(name))
    return frame.select(ROW, pl.col("_account").alias("account_id"), pl.col("_time").alias("captured_at"), *columns)


def _counts(frame: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Return the counts of posts that repeat no other; views of 0 are not known."""
    kept = frame if kind.repost is None or not kind.repost.startswith("is_") else frame.filter(~_is_yes(kind.repost))
    counts = {
        name: _reactions(pl.col(column)) if column == "reactions" else as_count(pl.col(column))
        for name, column in kind.counts.items()
    }
    if "views" in counts:
        counts["views"] = pl.when(counts["views"] > 0).then(counts["views"])
    return kept.select(
        ROW,
        post_id="id",
        account_id="_account",
        published_at="_time",
        time_precision="_precision",
        text=kind.columns["text"],
        **counts,
    )


LOADER = Loader(
    name="4cat",
    title="4CAT",
    text="Tables of 4CAT for Twitter, TikTok, Telegram, Bluesky, Instagram and its other data sources.",
    sniff=sniff,
    read=read,
)
