"""How often the membership of a named group is wrong, in worlds that nobody tuned: what an interval is made of.

    python tests/worlds/measure_membership.py search --seeds 103 104 --out groups.jsonl
    python tests/worlds/measure_membership.py errors groups.jsonl > membership_errors.csv  # in coordination/evidence
    python tests/worlds/measure_membership.py coverage groups.jsonl

``search`` keeps what was named in the held-out worlds, contested ones apart, with what is true of it. ``errors`` makes
a row of each named group: how many accounts its core names, how many of them nobody hired, and how many hired accounts
of the same farm no group names. A farm of which two groups hold a part is missed by the larger; one of which nothing is
named is missed by no group, and counted apart. ``coverage`` asks of each world whether the interval, made of the errors
of all other mechanisms, holds the true acts of the farms found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.base import World  # noqa: E402
from worlds.roles import mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.detectors.coordination.coordinated_group import Group  # noqa: E402
from forensics.detectors.coordination.evidence.confidence import confidence  # noqa: E402
from forensics.detectors.coordination.evidence.membership_errors import errors_of, member_draws  # noqa: E402
from forensics.detectors.coordination.search import SearchSettings, search  # noqa: E402
from forensics.events import with_events  # noqa: E402

Kept = Mapping[str, Any]
"""What is kept of one world: its named groups, with the acts of each account and whether it was hired."""


def kept(world: World, actions: pl.DataFrame, groups: list[Group]) -> dict[str, object]:
    """Return what a search named in a world, with what is true of it."""
    events = with_events(actions).unique(["account_id", "source_event"])
    acts = dict(events.group_by("account_id").agg(pl.len()).iter_rows())
    hired = frozenset[str]().union(*world.farms)
    named = {account for group in groups for account in group.core}
    missed: dict[int, set[str]] = {place: set() for place in range(len(groups))}
    unseen: set[str] = set()
    for farm in world.farms:
        shared = [len(farm & set(group.core)) for group in groups]
        if max(shared, default=0):
            missed[int(np.argmax(shared))] |= farm - named
        else:
            unseen |= farm
    return {
        "n_acts": events.height,
        "n_unseen_farms": sum(not farm & named for farm in world.farms),
        "unseen_acts": sum(acts.get(account, 0) for account in unseen),
        "groups": [
            {
                "confidence": confidence(group),
                "acts": [acts.get(account, 0) for account in group.core],
                "hired": [account in hired for account in group.core],
                "missed": [acts.get(account, 0) for account in sorted(missed[place])],
            }
            for place, group in enumerate(groups)
        ],
    }


def searched(role: str, seeds: list[int], kinds: list[str]) -> Iterator[dict[str, object]]:
    """Yield what is kept of each world of a role."""
    for seed in seeds:
        for generator, mechanism in mechanisms(role):  # type: ignore[arg-type]
            if mechanism.kind in kinds and not mechanism.is_contested:
                world = mechanism.make(seed)
                actions = actions_of(world)
                found = search(actions, posts_of(world), SearchSettings(), seed)
                own = kept(world, actions, [group for group in found.groups if group.is_named])
                yield {"generator": generator, "mechanism": mechanism.name, "seed": seed, **own}


def rows_of(worlds: list[Kept]) -> pl.DataFrame:
    """Return a row for each named group."""
    rows = [
        (
            *(world[name] for name in ("generator", "mechanism", "seed")),
            group["confidence"],
            len(group["hired"]),
            len(group["hired"]) - sum(group["hired"]),
            len(group["missed"]),
        )
        for world in worlds
        for group in world["groups"]
    ]
    columns = ("generator", "mechanism", "seed", "confidence", "n_named", "n_wrong", "n_missed")
    return pl.DataFrame(rows, schema=columns, orient="row")


def covered(world: Kept, others: pl.DataFrame, n_draws: int = 1_000) -> tuple[float, float, float, float]:
    """Return the true share of acts of the farms found, the share of those named, and the interval's ends.

    Args:
        world: to be covered.
        others: groups measured elsewhere, see ``rows_of``.
        n_draws: behind the interval.
    """
    rng = np.random.default_rng(int(world["seed"]))
    taken, true, draws = 0.0, 0.0, np.zeros(n_draws)
    for group in world["groups"]:
        acts = np.array(group["acts"], np.float64)
        taken += acts.sum()
        true += acts[np.array(group["hired"])].sum() + sum(group["missed"])
        draws += member_draws(acts[:, None], errors_of(others, group["confidence"]), n_draws, rng)[:, 0]
    low, high = np.quantile(np.minimum(draws, world["n_acts"]), (0.025, 0.975)) / world["n_acts"]
    total = world["n_acts"]
    return true / total, taken / total, min(float(low), taken / total), max(float(high), taken / total)


def coverage(worlds: list[Kept]) -> None:
    """Print how often the interval holds the true share, and how wide it is."""
    naming = [world for world in worlds if world["groups"]]
    rows = rows_of(worlds)
    held = []
    for world in naming:
        others = rows.filter((pl.col("generator") != world["generator"]) | (pl.col("mechanism") != world["mechanism"]))
        true, taken, low, high = covered(world, others)
        held.append(low - 1e-12 <= true <= high + 1e-12)
        name = f"{world['generator']} {world['mechanism']} {world['seed']}"
        sys.stdout.write(f"{name}: true {true:.4f}, named {taken:.4f}, {low:.4f} to {high:.4f}, {held[-1]}\n")
    unseen = sum(bool(world["n_unseen_farms"]) for world in worlds)
    sys.stdout.write(f"{sum(held)} of {len(held)} worlds that name somebody are held ({np.mean(held):.1%}).\n")
    sys.stdout.write(f"In {unseen} of {len(worlds)} worlds a farm is missed whole, which no interval holds.\n")


def main() -> None:
    """Do what the first word says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["search", "errors", "coverage"])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--role", choices=["development", "held out"], default="held out")
    parser.add_argument("--seeds", type=int, nargs="+", default=[103])
    parser.add_argument("--kinds", nargs="+", default=["organic", "farm"])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.what == "search":
        with options.out.open("a", encoding="utf-8") as file:
            for world in searched(options.role, options.seeds, options.kinds):
                file.write(json.dumps(world) + "\n")
                file.flush()
        return
    worlds = [json.loads(line) for path in options.files for line in path.read_text(encoding="utf-8").splitlines()]
    if options.what == "errors":
        sys.stdout.write(rows_of(worlds).write_csv())
    else:
        coverage(worlds)


if __name__ == "__main__":
    main()
