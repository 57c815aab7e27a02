"""A campaign of pages as the files a fact-checker would have been given, and the truth in files that no analysis reads.

For each camp there are a list of posts as CrowdTangle exported it and advertisements as the Meta Ad Library's API gives
them: whoever collects such data keeps a list of pages for each side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from forensics.simulate.pages.page_world import PageWorld
from forensics.simulate.population.waking_hours import DAY_S, START_S

_ZONE, _ZONE_S = "CEST", 7_200
_WEIGHTS = "Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x"
_CROWDTANGLE = (
    *("Page Name", "User Name", "Facebook Id", "Page Category", "Page Admin Top Country", "Page Description"),
    *("Page Created", "Likes at Posting", "Followers at Posting", "Post Created", "Post Created Date"),
    *("Post Created Time", "Type", "Total Interactions", "Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad"),
    *("Angry", "Care", "Video Share Status", "Is Video Owner?", "Post Views", "Total Views"),
    *("Total Views For All Crossposts", "Video Length", "URL", "Message", "Link", "Final Link", "Image Text"),
    *("Link Text", "Description", "Sponsor Id", "Sponsor Name", "Sponsor Category"),
    f"Overperforming Score (weighted  —  {_WEIGHTS} )",
)
_KINDS = (("Love", 0.08), ("Wow", 0.01), ("Haha", 0.04), ("Sad", 0.02), ("Angry", 0.05), ("Care", 0.01))
"""Reactions that are no likes, as shares of all; the rest are likes."""


@dataclass(frozen=True, slots=True)
class DataEntry:
    """A file that was written, as a case names it."""

    path: str
    loader: str
    camp: str


def write_exports(world: PageWorld, folder: Path) -> tuple[DataEntry, ...]:
    """Write the posts and advertisements of each camp.

    Args:
        folder: is made; files of these names in it are replaced.

    Returns:
        One for each file, in the order in which a case names them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for camp in world.election.camps:
        posts = DataEntry(f"posts-{camp}.csv", "crowdtangle", camp)
        _crowdtangle(world, camp).write_csv(folder / posts.path)
        ads = DataEntry(f"ads-{camp}.json", "ad-library-api", camp)
        text = json.dumps({"data": _ad_library(world, camp)}, ensure_ascii=False, indent=1)
        (folder / ads.path).write_text(text + "\n", encoding="utf-8", newline="\n")
        entries += [posts, ads]
    return tuple(entries)


def _crowdtangle(world: PageWorld, camp: str) -> pl.DataFrame:
    """Return a camp's posts in the columns of a CrowdTangle export, the latest first, as there."""
    own = world.posts.filter(pl.col("camp") == camp).join(world.pages.drop("camp"), "page", "left")
    local = pl.from_epoch((pl.col("time_s") + START_S + _ZONE_S).cast(pl.Int64), "s")
    other = {name: (pl.col("reactions") * share).floor().cast(pl.Int64) for name, share in _KINDS}
    total = pl.col("reactions") + pl.col("comments") + pl.col("shares")
    shown: dict[str, str | pl.Expr] = {
        "Page Name": pl.col("name") + " (simulated)",
        "User Name": pl.col("name").str.to_lowercase(),
        "Facebook Id": "page_id",
        "Page Category": pl.lit("POLITICAL_ORGANIZATION"),
        "Page Admin Top Country": pl.lit("FR"),
        "Page Created": pl.lit("2015-03-02 09:00:00"),
        "Likes at Posting": (pl.col("followers") * 0.95).floor().cast(pl.Int64),
        "Followers at Posting": "followers",
        "Post Created": local.dt.strftime(f"%Y-%m-%d %H:%M:%S {_ZONE}"),
        "Post Created Date": local.dt.strftime("%Y-%m-%d"),
        "Post Created Time": local.dt.strftime("%H:%M:%S"),
        "Type": pl.lit("Status"),
        # With the thousands commas of the real exports.
        "Total Interactions": total.map_elements(lambda number: f"{number:,}", pl.String),
        "Likes": pl.col("reactions") - pl.sum_horizontal(*other.values()),
        "Comments": "comments",
        "Shares": "shares",
        **other,
        "URL": pl.format("https://www.facebook.com/{}/posts/{}", "page_id", "post_id"),
        "Message": pl.format("Simulated post {}", "post_id"),
    }
    known = own.sort("time_s", "post_id", descending=True).select(**shown)
    return known.select(
        pl.col(name) if name in known.columns else pl.lit(None, pl.String).alias(name) for name in _CROWDTANGLE
    )


def _ad_library(world: PageWorld, camp: str) -> list[dict[str, object]]:
    """Return a camp's advertisements as the Ad Library's API writes them: numbers are texts there."""
    own = world.ads.filter(pl.col("camp") == camp).join(world.pages.drop("camp"), "page", "left").sort("ad")
    return [
        {
            "id": str(800_000_000_000_000 + row["ad"]),
            "ad_delivery_start_time": _day(row["first_day"]),
            "ad_delivery_stop_time": _day(row["last_day"]),
            "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={800_000_000_000_000 + row['ad']}",
            "page_id": row["page_id"],
            "page_name": f"{row['name']} (simulated)",
            "bylines": f"{row['name']} (simulated)",
            "currency": "EUR",
            "spend": {"lower_bound": str(row["spend_low"]), "upper_bound": str(row["spend_high"])},
            "impressions": {"lower_bound": str(row["shown_low"]), "upper_bound": str(row["shown_high"])},
            "delivery_by_region": [
                {"percentage": f"{share:.6f}", "region": region}
                for region, share in zip(row["regions"], row["shares"], strict=True)
            ],
        }
        for row in own.iter_rows(named=True)
    ]


def _day(number: int) -> str:
    days = pl.Series([START_S + number * DAY_S])
    return str(pl.from_epoch(days, "s").dt.strftime("%Y-%m-%d")[0])
