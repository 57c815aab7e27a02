"""A world as a case folder: what a fact-checker would have been given, and the truth in files that no case names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from forensics.schema import IS_OBSERVED
from forensics.simulate.election_world import World
from forensics.simulate.pages import PageWorld, write_exports
from forensics.simulate.pages.page_exports import DataEntry
from forensics.simulate.planted_background import Planted
from forensics.simulate.population.waking_hours import DAY_S, START_S

TRUTH_FILE = "truth.csv"
HABITS_FILE = "habits.csv"
TARGETS_FILE = "truth-targets.csv"
PAGES_TRUTH_FILE = "truth-pages.csv"

_COLUMNS = {
    "account": "account_id",
    "action": "action",
    "object": "object_id",
    "object_kind": "object_kind",
    "time": "acted_at",
    "post": "post_id",
    "camp": "camp",
    "text": "text",
    "language": "language",
    "client": "client",
    "country": "country",
    "permalink": "permalink",
    "handle": "handle",
    "name": "name",
    "created": "created_at",
    "followers": "followers",
    "following": "following",
    "posts": "posts",
    "place": "stated_place",
    "automated": "is_automated",
}
"""Key of the generic loader to column of the file."""

_PROFILE = ("handle", "name", "created_at", "followers", "following", "posts", "stated_place", "is_automated")

_HEAD = """\
# {made}
# What was planted, and which ordinary habits look like it, stands in the files under [truth]; no detector reads them.

[case]
name = "{name}"
title = "{title}"
claim = "The engagement in this data set shows popular support."
period = "{period}"
credit = "Simulated; no real account, page, post or address is in it."
language = "en"
is_simulated = true

[truth]
files = [{truth}]
"""

_PLANTED = """\
# Manipulation planted into real data, made by: forensics simulate --background --seed {seed}
# What was planted stands in the file under [truth]; no detector reads it.

[case]
name = "planted-{seed}"
title = "A test: manipulation planted into real data"
claim = "None. Accounts were made up and put among real ones, to see whether they would be found."
period = "{period}"
credit = {source}
language = "en"

[truth]
files = ["{truth}"]
"""

_STYLES = (("day", "%Y-%m-%d"), ("estimated", "%Y-%m-%d"), ("min", "%Y-%m-%dT%H:%MZ"), ("s", "%Y-%m-%dT%H:%M:%SZ"))
"""How times of a precision are written, the coarsest first."""

_ACTS = """
[[data]]
path = "actions.csv"
loader = "generic"

[data.map]
{columns}
"""

_EXPORT = """
[[data]]
path = "{path}"
loader = "{loader}"
camp = "{camp}"
"""

_HOME = """
# Who votes.
[detect.geography]
home = ["{country}"]
"""

_DIASPORA = """\
diaspora_share = {share:g}   # of the electorate; so many live abroad here
"""


def write_case(world: World, folder: Path, pages: PageWorld | None = None) -> None:
    """Write a world as a case folder: ``case.toml``, ``actions.csv`` and the truth apart.

    Args:
        folder: is made; files of these names in it are replaced.
        pages: the same election's pages, whose exports come beside the acts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = world.dataset.actions.join(
        world.dataset.accounts.select("account_id", *_PROFILE), "account_id", "left", maintain_order="left"
    )
    rows = rows.select(column for column in rows.select(_COLUMNS.values()) if column.null_count() < rows.height)
    # A time is written as finely as it is kept, so that whoever reads the file knows no more than its source did.
    second = "" if world.election.time_precision == "min" else ":%S"
    rows.with_columns(
        pl.col("acted_at").dt.strftime(f"%Y-%m-%dT%H:%M{second}Z"), pl.col("created_at").dt.strftime("%Y-%m-%d")
    ).write_csv(folder / "actions.csv")
    known = {TRUTH_FILE: world.truth, TARGETS_FILE: world.items, HABITS_FILE: world.habits}
    columns = "\n".join(f'{key} = "{column}"' for key, column in _COLUMNS.items() if column in rows.columns)
    days = rows["acted_at"].dt.strftime("%Y-%m-%d")
    parts = [_ACTS.format(columns=columns)]
    if pages is not None:
        known |= {PAGES_TRUTH_FILE: _of_pages(pages)}
        parts += [_entry(entry) for entry in write_exports(pages, folder)]
    head = _HEAD.format(
        made=f"A simulated election, made by: forensics simulate --seed {world.seed}",
        name=f"simulated-{world.seed}",
        title="A simulated election",
        period=f"{days.item(0)} to {days.item(-1)}",
        truth=", ".join(f'"{name}"' for name in known),
    )
    home, *abroad = world.election.countries
    total = home.share + sum(country.share for country in abroad)
    diaspora = _DIASPORA.format(share=round(1.0 - home.share / total, 3))
    _write(folder, known, [head, *parts, _HOME.format(country=home.code), diaspora])


def write_copies(world: World, path: Path) -> None:
    """Write what an archiver would have: a copy of each post of those who were hired, made the day after the last act.

    Args:
        world: whose posts; the archive is invented like them.
        path: a CSV of ``url, archive_url, archived_at``.
    """
    actions = world.dataset.actions
    own = actions.join(world.truth.select("account_id").unique(), "account_id", "semi")
    day = actions["acted_at"].dt.date().dt.offset_by("1d").max()
    copies = own.select(url="permalink").drop_nulls().unique().sort("url")
    copied = copies.with_columns(
        archive_url=pl.format("https://archive.example/{}/{}", pl.lit(day), "url"), archived_at=pl.lit(day)
    )
    copied.write_csv(path)


def write_page_case(pages: PageWorld, folder: Path) -> None:
    """Write a campaign of pages as a case folder of its own: ``case.toml``, the exports and the truth apart.

    Args:
        folder: is made; files of these names in it are replaced.
    """
    parts = [_entry(entry) for entry in write_exports(pages, folder)]
    days = pl.Series([START_S, START_S + (pages.election.n_days - 1) * DAY_S])
    first, last = pl.from_epoch(days, "s").dt.strftime("%Y-%m-%d")
    head = _HEAD.format(
        made=f"A simulated campaign of pages, made by: forensics simulate --pages --seed {pages.seed}",
        name=f"simulated-pages-{pages.seed}",
        title="A simulated campaign: pages and advertisements",
        period=f"{first} to {last}",
        truth=f'"{PAGES_TRUTH_FILE}"',
    )
    _write(folder, {PAGES_TRUTH_FILE: _of_pages(pages)}, [head, *parts, _HOME.format(country="FR")])


def write_planted_case(planted: Planted, source: str, seed: int, folder: Path) -> None:
    """Write data into which manipulation was planted as a case folder; it says that it is a test.

    Args:
        planted: the data; their profiles are written as of the last capture.
        source: what the data were, in words.
        seed: from which the plants were made.
        folder: is made; files of these names in it are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profiles = planted.dataset.latest_accounts()
    rows = planted.dataset.actions.filter(IS_OBSERVED).join(
        profiles.select("account_id", *_PROFILE), "account_id", "left", maintain_order="left"
    )
    rows = rows.select(column for column in rows.select(_COLUMNS.values()) if column.null_count() < rows.height)
    # All times are written as coarsely as the coarsest, so that none claims more than its source knew.
    kept = set(planted.dataset.actions["time_precision"].cast(pl.String))
    style = next((style for name, style in _STYLES if name in kept), "%Y-%m-%dT%H:%M:%S%.3fZ")
    created = [pl.col("created_at").dt.strftime("%Y-%m-%d")] if "created_at" in rows.columns else []
    rows.with_columns(pl.col("acted_at").dt.strftime(style), *created).write_csv(folder / "actions.csv")
    days = rows["acted_at"].dt.strftime("%Y-%m-%d")
    head = _PLANTED.format(
        source=json.dumps(f"Planted into {source}; for testing only", ensure_ascii=False),
        seed=seed,
        period=f"{min(days.to_list())} to {max(days.to_list())}",
        truth=TRUTH_FILE,
    )
    columns = "\n".join(f'{key} = "{column}"' for key, column in _COLUMNS.items() if column in rows.columns)
    _write(folder, {TRUTH_FILE: planted.truth}, [head, _ACTS.format(columns=columns)])


def _of_pages(pages: PageWorld) -> pl.DataFrame:
    """Return what was planted among pages: pages, posts and camps in one column."""
    return pl.concat([pages.truth.rename({"account_id": "target"}), pages.items]).sort("farm_id", "target")


def _entry(entry: DataEntry) -> str:
    return _EXPORT.format(path=entry.path, loader=entry.loader, camp=entry.camp)


def _write(folder: Path, known: Mapping[str, pl.DataFrame], parts: Sequence[str]) -> None:
    for name, frame in known.items():
        frame.write_csv(folder / name)
    (folder / "case.toml").write_text("".join(parts), encoding="utf-8", newline="\n")
