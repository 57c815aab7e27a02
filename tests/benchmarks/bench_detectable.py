"""Whether plants sought beside the search of the data are found where the whole search of the planted data finds them.

    python tests/benchmarks/bench_detectable.py likes --sizes 5 8 --plants 10
    python tests/benchmarks/bench_detectable.py demo world --sizes 8 --plants 5

Each plant is sought both ways: beside, as the detector ``detectable`` does, and by a search of its copy of the data
from the beginning. The intervals are of 95 % (Clopper & Pearson 1934).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.community_likes import write_likes  # noqa: E402
from worlds.roles import mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

import forensics as cf  # noqa: E402
from forensics.detectors.coordination import coordination  # noqa: E402
from forensics.detectors.coordination.planting.minimum_detectable import PRACTICES, planted_recalls  # noqa: E402
from forensics.detectors.coordination.search import result_of, search_whole  # noqa: E402
from forensics.detectors.geography.region_statistics import share_interval  # noqa: E402
from forensics.simulate import simulate  # noqa: E402
from forensics.simulate.election import Election, Plant  # noqa: E402
from forensics.simulate.planted_background import plant_into  # noqa: E402

ELECTION = Election(
    n_accounts=3_000,
    n_acts=60_000,
    n_communities=6,
    n_fan_clubs=3,
    fan_club_size=20,
    n_news_feeds=5,
    n_schedulers=10,
    plants=(
        Plant(n_accounts=40, n_targets=25, window_s=60.0, attendance=0.9),
        Plant(n_accounts=25, n_targets=30, window_s=30.0, attendance=0.5),
        Plant(n_accounts=15, n_targets=20, window_s=600.0, age_low_s=3_600.0),
    ),
)
"""An election of the demo's size with three farms of different discipline."""
FOUND = 0.8
"""Share of a plant's accounts from which it is found."""


def data(name: str, n_acts: int) -> cf.Dataset:
    """Return the data of a name: likes of communities, an election, or a world of another author."""
    if name == "demo":
        return simulate(ELECTION, 1).dataset
    if name == "likes":
        with tempfile.TemporaryDirectory() as folder:
            write_likes(Path(folder) / "likes.csv", n_acts)
            return cf.load(Path(folder) / "likes.csv")
    _, mechanism = mechanisms("development")[0]
    world = mechanism.make(1)
    return cf.Dataset(actions=actions_of(world), posts=posts_of(world)).with_times()


def main() -> None:
    """Seek plants both ways and print how many are found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=("likes", "demo", "world"))
    parser.add_argument("--acts", type=int, default=51_000, help="of the likes (default: 51000)")
    parser.add_argument("--sizes", nargs="+", type=int, default=[5, 8], help="accounts of a plant")
    parser.add_argument("--plants", type=int, default=10, help="of each size")
    given = parser.parse_args()
    heads = ("data", "accounts", "found beside", "found anew", "same answer", "s beside", "s anew")
    click.echo(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name in given.names:
        dataset = data(name, given.acts)
        found = coordination.searched(dataset, coordination.Params(), 1)
        order = ("source_id", "source_row", "account_id", "action", "object_kind", "object_id")
        actions = found.actions.sort(*order)
        for size in given.sizes:
            plant = replace(PRACTICES["burst"], n_accounts=size, n_targets=12)
            began = time.process_time()
            beside = planted_recalls(found.whole, actions, "burst", plant, range(1, given.plants + 1))
            middle = time.process_time()
            anew = [
                searched_anew(found, replace(dataset, actions=actions), plant, seed + 1) for seed in range(given.plants)
            ]
            row = [f"{name}, {actions.height:,} acts", str(size), share(beside), share(anew)]
            row.append(f"{sum((a >= FOUND) == (b >= FOUND) for a, b in zip(beside, anew, strict=True))} of {len(anew)}")
            row += [f"{middle - began:.1f}", f"{time.process_time() - middle:.1f}"]
            click.echo(f"| {' | '.join(row)} |")


def searched_anew(found: coordination.Searched, dataset: cf.Dataset, plant: Plant, seed: int) -> float:
    """Return the share of one plant's accounts that a search of its copy of the data from the beginning names."""
    planted = plant_into(dataset, (plant,), seed)
    known = set(planted.truth["account_id"])
    hits: set[str] = set()
    for group in result_of(search_whole(planted.dataset.actions, dataset.posts, found.whole.settings, 1)).groups:
        hit = known & set(group.core)
        if group.is_named and 2 * len(hit) > len(group.core):
            hits |= hit
    return len(hits) / len(known)


def share(recalls: list[float]) -> str:
    """Return how many of some plants are found, with the interval of their share."""
    n = sum(recall >= FOUND for recall in recalls)
    low, high = share_interval(n, len(recalls))
    return f"{n} of {len(recalls)} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main()
