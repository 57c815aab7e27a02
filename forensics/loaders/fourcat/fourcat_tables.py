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
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.fourcat.fourcat_sources import FourcatSource, source_of
from forensics.loaders.fourcat.fourcat_times import read_times
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions
from forensics.loaders.normalising.act_rows import TRACES
from forensics.loaders.normalising.cell_values import as_count, as_country, as_number
from forensics.loaders.normalising.fixed_columns import read_columns, refuse_redacted
from forensics.loaders.normalising.redaction import PSEUDONYM, PSEUDONYMS
from forensics.loaders.normalising.rounded_ids import settle_ids
from forensics.loaders.normalising.table_assembly import dataset_from_table
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.table_file import TableFile, table_columns
from forensics.loaders.times.time_columns import side_rule
from forensics.messages import message
from forensics.places.place_resolution import resolve
from forensics.text.html_text import html_links, html_text
from forensics.text.urls import urls_in_texts

_NO_POST = ("", "DELETED", "REMOVED BY AUTHOR", "VIEWER BLOCKED BY AUTHOR", "no", "False")
_YES = ("yes", "true", "1")
_EXTRA = {"instagram": ("likes_hidden",), "linkedin": ("timestamp_ago",), "vk": ("item_type",)}
"""Columns that say how others of the same data source are to be read."""


def sniff(head: Head) -> Confidence | None:
    """Accept a table with the marks of a data source; weakly where those are only the five every upload has."""
    found = source_of(frozenset(head.columns))
    if found is None:
        return None
    value = 0.4 if found.name == "upload" else 0.85
    return Confidence(value, message("it has the columns of 4CAT's data source '{name}'", name=found.name))


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a table; ``time_zone`` among the settings is that of an upload's times.

    Raises:
        InputFileError: the file cannot be read, is no table of 4CAT, or its accounts are blacked out.
    """
    columns = table_columns(path, options)
    kind = source_of(frozenset(columns))
    if kind is None:
        raise InputFileError(
            "{file} has the columns of no data source of 4CAT: {columns}.", file=path.name, columns=", ".join(columns)
        )
    listed = [column for group in kind.lists.values() for column in group]
    listed += [*kind.spaced.values(), *(column for columns, _ in kind.single.values() for column in columns)]
    named = (*kind.columns.values(), *kind.facts.values(), *kind.counts.values(), *listed)
    roles = [kind.repost, kind.repost_of, kind.quote_of, kind.reply, kind.reply_to, kind.under, kind.title]
    roles += [kind.collected, *_EXTRA.get(kind.name, ())]
    wanted = {"id", "timestamp", "unix_timestamp", "created_at", "author", *kind.account, *named}
    wanted |= {role for role in (*roles, *(kind.point or ())[:1]) if role}
    table = read_columns(path, options, ("id",), sorted(wanted - {"id"}))
    for account in kind.account:
        refuse_redacted(path, table, account)
    others = [column for column in (kind.repost_of, kind.quote_of, kind.reply_to) if column]
    settle_ids(table, needed=kind.account[-1:], own=["id", *kind.account[:-1], "music_id"], named=others)
    table.then(lambda rows: rows.with_columns(_account=pl.coalesce(*kind.account)))
    _say_pseudonyms(table)
    if kind.title or kind.is_html:
        table.then(lambda rows: _with_text(rows, kind))
    if kind.name == "vk":
        table.then(_with_walls)
    read_times(table, kind, options)
    platform = kind.platform or options.settings.get("platform")
    since = kind.facts.get("created_at")
    created = side_rule(since, table.pieces(since)) if since else None

    def facts(rows: pl.DataFrame) -> pl.DataFrame:
        written = _facts(rows, kind)
        return written if since is None or created is None else written.with_columns(created_at=created(rows[since]))

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
    made = [piece.drop_nulls().str.contains(PSEUDONYM) for piece in table.pieces("_account")()]
    if 2 * sum(piece.sum() for piece in made) > sum(piece.len() for piece in made):
        table.notes.append(PSEUDONYMS)


def _is_yes(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().is_in(_YES).fill_null(value=False)


def _target(column: str | None) -> pl.Expr:
    """Return the id of a post, null where there is none or it is gone."""
    if column is None:
        return pl.lit(None, pl.String)
    return pl.when(~pl.col(column).is_in(_NO_POST)).then(pl.col(column))


def _with_text(rows: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Put the title before the text, and take the marks out of HTML; its links stay in ``_links``."""
    body = kind.columns["text"]
    if kind.is_html:
        words = {written: html_text(written) for written in rows[body].drop_nulls().unique().to_list()}
        links = [html_links(written) for written in rows[body].to_list()]
        plain = pl.col(body).replace_strict(words, default=None, return_dtype=pl.String)
        rows = rows.with_columns(plain, pl.Series("_links", links, dtype=pl.List(pl.String)))
    if kind.title is None:
        return rows
    written = pl.col(body).fill_null("")
    title = pl.when(~written.str.starts_with(pl.col(kind.title))).then(kind.title)
    return rows.with_columns(pl.concat_str(title, body, separator="\n", ignore_nulls=True).alias(body))


def _with_walls(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the numbers of VK's posts and comments, which count within their wall, that wall's number."""
    wall = pl.col("link").str.extract(r"wall(-?\d+)_")
    numbers = ("id", "thread_id", "in_reply_to_comment_id")
    answered = pl.col("item_type") == "comment"
    post_id, under, comment = (pl.when(pl.col(name) != "0").then(pl.format("{}_{}", wall, name)) for name in numbers)
    return rows.with_columns(
        id=pl.coalesce(post_id, "id"), thread_id=pl.when(answered).then(under), in_reply_to_comment_id=comment
    )


def _posts(frame: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Return the rows as posts with traces."""
    action, target = _act(kind)
    posts = frame.select(
        ROW,
        account_id="_account",
        acted_at="_time",
        time_precision="_precision",
        action=action,
        post_id="id",
        object_id=target,
        **{name: pl.col(column) for name, column in kind.columns.items() if name != "country"},
    )
    if "country" in kind.columns:
        posts = posts.with_columns(frame.select(as_country(pl.col(kind.columns["country"])).alias("country")))
    if kind.point is not None:
        posts = posts.with_columns(frame.select(_coordinates(*kind.point)))
    if kind.platform == "twitter":
        link = pl.format("https://twitter.com/{}/status/{}", "author", "id")
        posts = posts.with_columns(frame.select(link.alias("permalink")))
    return posts.with_columns(_traces(frame, kind))


def _act(kind: FourcatSource) -> tuple[pl.Expr, pl.Expr]:
    """Return what each row does and to which post."""
    never = pl.lit(value=False)
    named_repost = kind.repost is not None and not kind.repost.startswith("is_")
    repost = (
        never if kind.repost is None else _target(kind.repost).is_not_null() if named_repost else _is_yes(kind.repost)
    )
    if kind.name == "telegram":  # of a source that hides itself only the name is known
        repost = repost | pl.col("author_forwarded_from_name").is_not_null()
    quote, answered, under = _target(kind.quote_of), _target(kind.reply_to), _target(kind.under)
    if kind.name == "telegram":  # a message's number counts within its chat
        answered = pl.format("{}-{}", pl.col("id").str.extract(r"^(.*)-\d+$"), answered)
    if kind.under is not None:
        answered = pl.when(answered.ne_missing(under)).then(answered)
    reply = _is_yes(kind.reply) if kind.reply else answered.is_not_null()
    reply_word = "comment" if kind.is_comment and kind.under is None else "reply"
    repeated = _target(kind.repost_of)
    if kind.name == "tumblr":  # the number of the post is in its address
        repeated = pl.coalesce(repeated.str.extract(r"/(\d{4,})(?:/|$)"), repeated)
    action = (
        pl.when(repost).then(pl.lit("repost"))
        .when(reply).then(pl.lit(reply_word))
        .when(quote.is_not_null()).then(pl.lit("quote"))
        .when(under.is_not_null()).then(pl.lit("comment"))
        .otherwise(pl.lit("comment" if kind.is_comment else "post"))
    )  # fmt: skip
    target = (
        pl.when(repost).then(repeated)
        .when(reply).then(answered)
        .otherwise(pl.coalesce(quote, under))
    )  # fmt: skip
    return action, target


def _traces(frame: pl.DataFrame, kind: FourcatSource) -> list[pl.Series]:
    """Return the lists of traces; where tweets have shortened links in their texts, other texts have whole ones."""
    lists = {name: [_lists(frame, columns)] for name, columns in kind.lists.items()}
    for name, (columns, pattern) in kind.single.items():
        value = pl.format(pattern, pl.coalesce(columns))
        lists.setdefault(name, []).append(frame.select(pl.concat_list(value)).to_series())
    for name, column in kind.spaced.items():
        lists.setdefault(name, []).append(frame[column].str.split(","))
    if kind.platform != "twitter":
        found = frame.select(urls_in_texts(pl.col(kind.columns["text"]))).to_series()
        lists.setdefault("url", []).extend([*([frame["_links"]] if kind.is_html else []), found])
    joined = {name: _joined(parts) for name, parts in lists.items()}
    if kind.platform == "bluesky":  # the picture's own id is in its address, behind that of the account
        pictures = pl.element().str.extract(r"/(baf[a-z2-7]+)(?:@|$)")
        joined["media"] = joined["media"].list.eval(pl.coalesce(pictures, pl.element()))
    return [values.alias(TRACES[name]) for name, values in joined.items()]


def _joined(parts: list[pl.Series]) -> pl.Series:
    """Return the values of several lists in one, each once."""
    if len(parts) == 1:
        return parts[0]
    frame = pl.DataFrame([part.alias(str(number)) for number, part in enumerate(parts)])
    lists = [pl.col(name).fill_null([]) for name in frame.columns]
    return frame.select(pl.concat_list(lists).list.drop_nulls().list.unique(maintain_order=True)).to_series()


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
            columns.append(_country(frame[column]).alias(name))
        elif name != "created_at":
            columns.append((as_count(value) if schema.ACCOUNTS.schema[name] == pl.Int64 else value).alias(name))
    stated_at = pl.coalesce(_collected(kind), "_time")
    return frame.select(ROW, pl.col("_account").alias("account_id"), stated_at.alias("captured_at"), *columns)


def _collected(kind: FourcatSource) -> pl.Expr:
    """Return when each row was collected, null where that is not known."""
    if kind.collected is None:
        return pl.lit(None, schema.TIME)
    seconds = as_count(pl.col(kind.collected))
    return pl.when(seconds < 4_102_444_800).then(seconds * 1_000_000).cast(schema.TIME)


def _country(column: pl.Series) -> pl.Expr:
    """Return codes as they are, and the codes of countries' names; null for regions and what is unclear."""
    known = {written: _country_code(written) for written in column.drop_nulls().unique().to_list()}
    return pl.col(column.name).replace_strict(known, default=None, return_dtype=pl.String)


def _country_code(written: str) -> str | None:
    word = written.strip().upper()
    if len(word) == 2 and word.isascii() and word.isalpha():
        return word
    place = resolve(written)
    return place.country if place.kind == "country" else None


def _counts(frame: pl.DataFrame, kind: FourcatSource) -> pl.DataFrame:
    """Return the counts of posts that repeat no other; views of 0 are not known."""
    kept = frame if kind.repost is None or not kind.repost.startswith("is_") else frame.filter(~_is_yes(kind.repost))
    counts = {
        name: _reactions(pl.col(column)) if column == "reactions" else as_count(pl.col(column))
        for name, column in kind.counts.items()
    }
    if kind.name == "instagram":
        counts["likes"] = pl.when(~_is_yes("likes_hidden")).then(counts["likes"])
    if "views" in counts:
        counts["views"] = pl.when(counts["views"] > 0).then(counts["views"])
    return kept.select(
        ROW,
        post_id="id",
        account_id="_account",
        published_at="_time",
        time_precision="_precision",
        captured_at=_collected(kind),
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
