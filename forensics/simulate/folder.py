"""A world as a case folder: what a fact-checker would have been given, and the truth in files that no case names."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.simulate.world import World

__all__ = ["HABITS_FILE", "TRUTH_FILE", "write_case"]

TRUTH_FILE = "truth.csv"
HABITS_FILE = "habits.csv"

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

_CASE = """\
# A simulated election, made by: forensics simulate --seed {seed}
# Who was planted stands in {truth}, organic habits that look like work in {habits}; no analysis reads them.

[case]
name = "simulated-{seed}"
title = "A simulated election"
claim = "The engagement in this data set shows popular support."
period = "{period}"
credit = "Simulated; no real account, post or address is in it."
language = "en"
is_simulated = true

[[data]]
path = "actions.csv"
loader = "generic"

[data.map]
{columns}
"""


def write_case(world: World, folder: Path) -> None:
    """Write a world as a case folder: ``case.toml``, ``actions.csv`` and the truth apart.

    Args:
        world: what to write.
        folder: is made; files of these names in it are replaced.
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
    world.truth.write_csv(folder / TRUTH_FILE)
    world.habits.write_csv(folder / HABITS_FILE)
    days = rows["acted_at"].dt.strftime("%Y-%m-%d")
    text = _CASE.format(
        seed=world.seed,
        truth=TRUTH_FILE,
        habits=HABITS_FILE,
        period=f"{days.item(0)} to {days.item(-1)}",
        columns="\n".join(f'{key} = "{column}"' for key, column in _COLUMNS.items() if column in rows.columns),
    )
    (folder / "case.toml").write_text(text, encoding="utf-8", newline="\n")
