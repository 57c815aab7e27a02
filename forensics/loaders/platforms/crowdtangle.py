"""CrowdTangle's historical exports of Facebook pages and groups and of Instagram (closed in August 2024).

Columns are matched by name; the last one's name holds the dashboard's weights. ``Post Created`` ends in the zone of the
dashboard (``2021-07-06 16:45:20 EDT``): known abbreviations are converted, for others ``time_zone`` must be given.
Numbers carry thousands commas. ``Page Admin Top Country`` is where most of a page's managers are, so Facebook says.
Exports were capped near 300,000 rows and some searches returned a random part without saying so.

Source: https://help.crowdtangle.com/en/articles/3213537 (2022).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from forensics.errors import InputFileError
from forensics.loaders.format_declarations.declared_fields import only_where
from forensics.loaders.format_declarations.format_reading import loader_of
from forensics.loaders.format_declarations.table_format import TableFormat, first
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.cell_values import as_count, as_country
from forensics.loaders.normalising.fixed_columns import lacking
from forensics.loaders.reading.table_file import TableFile
from forensics.messages import message

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
_WHEN = ("Post Created", "Created")


def _in_zones(path: Path, options: ReadOptions, table: TableFile) -> None:
    """Write the offset from UTC behind the times, in place of their zone's letters.

    Raises:
        InputFileError: there is no column of times, or a zone is unknown and the case file gives none.
    """
    when = [name for name in _WHEN if name in table.columns]
    if not when:
        raise lacking(path, _WHEN[:1], table)
    stated = first(*when).str.strip_chars()
    zone = stated.str.extract(r"^\S+ \S+ (\S+)$")
    numbered = zone.str.extract_groups(_NUMBERED)
    sign = pl.when(numbered.struct[0] == "-").then(-1).otherwise(1)
    given = sign * (numbered.struct[1].cast(pl.Int64) * 60 + numbered.struct[2].cast(pl.Int64).fill_null(0))
    minutes = pl.coalesce(zone.replace_strict(_ZONES, default=None, return_dtype=pl.Int64), given)
    zones = pl.concat([rows.select(zone=zone, minutes=minutes, at=stated).unique() for rows in table.slices()])
    names = zones["zone"].drop_nulls().unique().sort().to_list()
    unknown = zones.filter(pl.col("minutes").is_null() & pl.col("at").str.contains(r"^\d\S+ \d"))["zone"]
    if unknown.len() and "time_zone" not in options.settings:
        raise InputFileError(
            "The times in '{column}' are in a zone that is not known here ({names}). Give the "
            'dashboard\'s zone in the case file, for example time_zone = "Europe/Paris".',
            column=when[0],
            names=", ".join(str(name) for name in unknown.unique().sort().to_list()[:5]),
        )
    away = minutes.abs()
    offset = pl.format(
        "{}{}:{}",
        pl.when(minutes < 0).then(pl.lit("-")).otherwise(pl.lit("+")),
        (away // 60).cast(pl.String).str.zfill(2),
        (away % 60).cast(pl.String).str.zfill(2),
    )
    clock = stated.str.extract(r"^(\S+ \S+)")
    table.then(lambda rows: rows.with_columns(_posted=pl.coalesce(clock + offset, clock, stated)))
    named = ", ".join(names) or options.settings.get("time_zone", "none")
    table.notes.append(message("Times were in the dashboard's zone ({named}) and were converted to UTC.", named=named))


_WORDS = first("Message", "Description")
_ADMINS = as_country(pl.col("Page Admin Top Country"))
_FOLLOWERS = ("Followers at Posting", "Likes at Posting")
_VIEWS = as_count(pl.col("Post Views"))

_PAGES = TableFormat(
    kind="posts of Facebook pages",
    marks=("Page Name", "Total Interactions", "URL"),
    account=("Facebook Id", "User Name", "Page Name"),
    begin=_in_zones,
    time=pl.col("_posted"),
    is_time_noted=False,
    platform="facebook",
    post={
        "post_id": pl.col("URL").str.strip_chars_end("/").str.extract(r"([^/?#]+)(?:[?#].*)?$"),
        "text": _WORDS,
        "permalink": "URL",
    },
    traces={"url": ("Final Link", "Link"), "hashtag": _WORDS.str.extract_all(r"#\w+")},
    has_links=False,
    also=_WHEN,
    facts={
        "handle": "User Name",
        "name": "Page Name",
        "created_at": "Page Created",
        "followers": _FOLLOWERS,
        "platform_country": "Page Admin Top Country",
        "platform_country_kind": only_where(_ADMINS.is_not_null(), pl.lit("admin")),
    },
    counts={
        "followers": _FOLLOWERS,
        "likes": "Likes",
        "comments": "Comments",
        "shares": "Shares",
        "views": only_where(_VIEWS > 0, _VIEWS),
        **{name.lower(): name for name in ("Love", "Wow", "Haha", "Sad", "Angry", "Care")},
    },
    notes=(
        "CrowdTangle capped its exports near 300,000 rows, and some searches returned a random part without saying so.",
    ),
)
"""``Likes`` are likes alone, beside the other reactions; the exports write 0 views for what is no video."""

_PHOTOS = pl.concat_str("Title", "Description", separator="\n", ignore_nulls=True)

LOADER = loader_of(
    "crowdtangle",
    "CrowdTangle",
    "Historical exports of Facebook pages and groups and of Instagram from CrowdTangle, closed in 2024.",
    _PAGES,
    replace(
        _PAGES,
        kind="posts in Facebook groups",
        marks=("Group Name", "Total Interactions", "URL"),
        account=("Facebook Id", "User Name", "Group Name"),
        facts={**_PAGES.facts, "name": "Group Name"},
    ),
    replace(
        _PAGES,
        kind="posts of Instagram",
        marks=("Account", "Total Interactions", "URL"),
        account=("User Name", "Account"),
        platform="instagram",
        post={**_PAGES.post, "text": _PHOTOS},
        traces={"hashtag": _PHOTOS.str.extract_all(r"#\w+")},
        also=_WHEN[:1],
        facts={"handle": "User Name", "name": "Account", "followers": "Followers at Posting"},
        counts={
            "followers": "Followers at Posting",
            "likes": "Likes",
            "comments": "Comments",
            "views": only_where(as_count(pl.col("Views")) > 0, as_count(pl.col("Views"))),
        },
    ),
)
