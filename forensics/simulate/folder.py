"""A world as a case folder: what a fact-checker would have been given, and the truth in files that no case names."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from forensics.loaders.mapping import ACT_KEYS
from forensics.simulate.world import World

__all__ = ["HABITS_FILE", "TRUTH_FILE", "write_case"]

TRUTH_FILE = "truth.csv"
HABITS_FILE = "habits.csv"

_COLUMNS = (
    "account_id",
    "action",
    "object_id",
    "object_kind",
    "acted_at",
    "post_id",
    "camp",
    "text",
    "language",
    "client",
    "country",
    "permalink",
)

_KEYS = {column: key for key, column in ACT_KEYS.items()}

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
    actions = world.dataset.actions.select(_COLUMNS)
    actions = actions.select(column for column in actions if column.null_count() < actions.height)
    times = pl.col("acted_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    actions.with_columns(times).write_csv(folder / "actions.csv")
    world.truth.write_csv(folder / TRUTH_FILE)
    world.habits.write_csv(folder / HABITS_FILE)
    days = actions["acted_at"].dt.strftime("%Y-%m-%d")
    text = _CASE.format(
        seed=world.seed,
        truth=TRUTH_FILE,
        habits=HABITS_FILE,
        period=f"{days.item(0)} to {days.item(-1)}",
        columns="\n".join(f'{_KEYS[name]} = "{name}"' for name in actions.columns),
    )
    (folder / "case.toml").write_text(text, encoding="utf-8", newline="\n")
