"""CrowdTangle's historical exports of Facebook pages and groups and of Instagram (closed in August 2024).

Columns are matched by name; the last one's name holds the dashboard's weights. ``Post Created`` ends in the zone of the
dashboard (``2021-07-06 16:45:20 EDT``): known abbreviations are converted, for others ``time_zone`` must be given.
Numbers carry thousands commas. ``Page Admin Top Country`` is where most of a page's managers are, so Facebook says.
Exports were capped near 300,000 rows and some searches returned a random part without saying so.

Source: https://help.crowdtangle.com/en/articles/3213537 (2022).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.dialect import ROW
from forensics.loaders.reading.tables import TableFile
from forensics.loaders.shaping.act_rows import TRACES
from forensics.loaders.shaping.assembly import dataset_from_table
from forensics.loaders.shaping.columns import read_columns
from forensics.loaders.shaping.rounded_ids import settle_ids
from forensics.loaders.shaping.values import as_count, as_country
from forensics.loaders.times.time_columns import side_rule, time_rule
from forensics.messages import message

__all__ = ["LOADER"]

# The time zones of the dashboards' owners. CST is the American one: CrowdTangle offered no Chinese dashboards.
_ZONES = {
    name: minutes
    for minutes, names in (
        (0, "UTC GMT WET Z"),
        (60, "BST WEST CET WAT"),
        (120, "CEST EET SAST CAT"),
        (180, "EEST MSK EAT TRT"),
        (300, "PKT"),
        (330, "IST"),
        (420, "WIB ICT"),
        (480, "HKT SGT PHT AWST"),
        (540, "JST KST"),
        (600, "AEST"),
        (660, "AEDT"),
        (720, "NZST"),
        (780, "NZDT"),
        (-180, "ADT BRT ART"),
        (-240, "EDT AST"),
        (-300, "EST CDT COT PET"),
        (-360, "CST MDT"),
        (-420, "MST PDT"),
        (-480, "PST AKDT"),
        (-540, "AKST"),
        (-600, "HST"),
    )
    for name in names.split()
}
_NUMBERED = r"^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$"
_FACEBOOK = (
    *("Page Name", "Group Name", "User Name", "Facebook Id", "Page Admin Top Country", "Page Created", "Created"),
    *("Likes at Posting", "Followers at Posting", "Post Created", "Type", "Total Interactions", "Likes", "Comments"),
    *("Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care", "Post Views", "URL", "Message", "Link", "Final Link"),
)
_INSTAGRAM = ("Account", "Views", "Description", "Title")
_REACTIONS = ("Love", "Wow", "Haha", "Sad", "Angry", "Care")


def sniff(head: Head) -> Confidence | None:
    """Accept a table with CrowdTangle's columns."""
    has = set(head.columns)
    named = "Total Interactions" in has and has & {"Post Created", "Created"} and "URL" in has
    if named and has & {"Page Name", "Group Name", "Account"}:
        return by_fields(0.95, *sorted(has & {"Page Name", "Group Name", "Account"}), "Total Interactions", "URL")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read an export; ``time_zone`` among the settings places times whose zone is unknown.

    Raises:
        InputFileError: the file cannot be read, or its times have an unknown zone.
    """
    table = read_columns(
        path, options, ("URL", "Total Interactions"), {*_FACEBOOK, *_INSTAGRAM} - {"URL", "Total Interactions"}
    )
    is_instagram = "Account" in table.columns and "Page Name" not in table.columns
    platform = "instagram" if is_instagram else "facebook"
    settle_ids(table, own=["Facebook Id"])
    _read_times(table, options)
    table.notes.append(
        "CrowdTangle capped its exports near 300,000 rows, and some searches returned a random part without saying so."
    )
    shown = pl.col("User Name") if is_instagram else pl.coalesce("Facebook Id", "User Name", "Page Name", "Group Name")
    table.then(
        lambda rows: rows.with_columns(
            account_id=pl.coalesce(shown, "Account"),
            post_id=pl.col("URL").str.strip_chars_end("/").str.extract(r"([^/?#]+)(?:[?#].*)?$"),
            text=pl.coalesce("Message", pl.concat_str("Title", "Description", separator="\n", ignore_nulls=True))
            if is_instagram
            else pl.coalesce("Message", "Description"),
        )
    )
    created = side_rule("Page Created", table.pieces("Page Created"))
    return dataset_from_table(
        LOADER.name,
        options,
        table,
        lambda rows: _posts(rows, is_instagram=is_instagram),
        lambda rows: _facts(rows).with_columns(created_at=created(rows["Page Created"])),
        _counts,
        platform,
    )


def _read_times(table: TableFile, options: ReadOptions) -> None:
    """Read the times in the zone that stands behind them."""
    column = "Post Created" if "Post Created" in table.columns else "Created"
    stated, place = pl.col(column).str.strip_chars(), options.settings.get("time_zone")
    parts = {"_clock": stated.str.extract(r"^(\S+ \S+)"), "_zone": stated.str.extract(r"^\S+ \S+ (\S+)$")}
    table.then(lambda rows: rows.with_columns(**parts))
    numbered = pl.col("_zone").str.extract_groups(_NUMBERED)
    sign = pl.when(numbered.struct[0] == "-").then(-1).otherwise(1)
    minutes = sign * (numbered.struct[1].cast(pl.Int64) * 60 + numbered.struct[2].cast(pl.Int64).fill_null(0))
    offset = pl.coalesce(pl.col("_zone").replace_strict(_ZONES, default=None, return_dtype=pl.Int64), minutes)
    is_unknown = offset.is_null() & pl.col("_clock").is_not_null()
    zones = pl.concat([rows.select("_zone", is_unknown.alias("_is_unknown")).unique() for rows in table.slices()])
    unknown = zones.filter("_is_unknown")["_zone"]
    if unknown.len() and place is None:
        names = ", ".join(str(name) for name in unknown.unique().sort().to_list()[:5])
        raise InputFileError(
            "The times in '{column}' are in a zone that is not known here ({names}). Give the "
            'dashboard\'s zone in the case file, for example time_zone = "Europe/Paris".',
            column=column,
            names=names,
        )
    rule, _ = time_rule(column, table.pieces("_clock"), {"time_zone": place} if place and unknown.len() else {})
    shift = (offset.fill_null(0) * 60_000_000).cast(pl.Duration("us"))

    def step(rows: pl.DataFrame) -> pl.DataFrame:
        times, precision = rule.read(rows["_clock"])
        return rows.with_columns(times.alias("_time") - rows.select(shift).to_series(), precision.alias("_precision"))

    table.then(step)
    named = ", ".join(zones["_zone"].drop_nulls().unique().sort().to_list()) or place or "none"
    table.notes.append(message("Times were in the dashboard's zone ({named}) and were converted to UTC.", named=named))
    value = pl.col(column)
    table.reject(
        pl.col("_time").is_null() & value.is_not_null(), message("unreadable time in '{column}'", column=column), value
    )


def _posts(frame: pl.DataFrame, *, is_instagram: bool) -> pl.DataFrame:
    """Return the posts with their link; Instagram's own link is the post itself."""
    link = pl.lit(None, pl.String) if is_instagram else pl.coalesce("Final Link", "Link")
    tags = pl.col("text").str.extract_all(r"#\w+")
    return frame.select(
        ROW,
        "account_id",
        "post_id",
        "text",
        acted_at="_time",
        time_precision="_precision",
        permalink="URL",
        **{TRACES["url"]: pl.concat_list(link).list.drop_nulls(), TRACES["hashtag"]: tags},
    )


def _views() -> pl.Expr:
    """Return views; the exports write 0 for what is no video."""
    views = as_count(pl.coalesce("Post Views", "Views"))
    return pl.when(views > 0).then(views)


def _facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what each row says of its page or account."""
    return frame.select(
        ROW,
        "account_id",
        captured_at="_time",
        handle="User Name",
        name=pl.coalesce("Page Name", "Group Name", "Account"),
        followers=pl.coalesce(as_count(pl.col("Followers at Posting")), as_count(pl.col("Likes at Posting"))),
        platform_country=as_country(pl.col("Page Admin Top Country")),
        platform_country_kind=pl.when(as_country(pl.col("Page Admin Top Country")).is_not_null()).then(pl.lit("admin")),
    )


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the counts; ``Likes`` of Facebook are likes alone, beside the other reactions."""
    return frame.select(
        ROW,
        "post_id",
        "account_id",
        "text",
        published_at="_time",
        time_precision="_precision",
        permalink="URL",
        followers=pl.coalesce(as_count(pl.col("Followers at Posting")), as_count(pl.col("Likes at Posting"))),
        likes=as_count(pl.col("Likes")),
        comments=as_count(pl.col("Comments")),
        shares=as_count(pl.col("Shares")),
        views=_views(),
        **{name.lower(): as_count(pl.col(name)) for name in _REACTIONS},
    )


LOADER = Loader(
    name="crowdtangle",
    title="CrowdTangle",
    text="Historical exports of Facebook pages and groups and of Instagram from CrowdTangle, closed in 2024.",
    sniff=sniff,
    read=read,
)
