"""Whom the rhythm of accounts names in worlds that nobody tuned it on: ordinary people and hired ones, the worst last.

    python tests/worlds/measure_rhythm.py --role development --seeds 2 3

An account is named where one kind of work has a probability of 0.9 or more.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.base import World  # noqa: E402
from worlds.roles import mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.dataset import Dataset  # noqa: E402
from forensics.detectors.rhythm.account_rhythm import Params, profile  # noqa: E402
from forensics.detectors.rhythm.act_times import act_times  # noqa: E402
from forensics.errors import ForensicsError  # noqa: E402
from forensics.progress import quiet  # noqa: E402

ORDINARY, HIRED = 0, 1


def counts(world: World) -> np.ndarray:
    """Return accounts profiled and named, shape (2, 2): ordinary and hired ones, of whom profiled and named."""
    found = np.zeros((2, 2), np.int64)
    try:
        times = act_times(Dataset(actions=actions_of(world), posts=posts_of(world)).with_times())
        profiles = profile(times, Params().minimum_acts, quiet)
    except ForensicsError:
        return found
    hired = frozenset().union(*world.farms)
    is_hired = np.array([times.account_ids[row] in hired for row in profiles.rows])
    is_named = profiles.probabilities[:, :2].max(axis=1) >= Params().certainty
    for kind, own in ((ORDINARY, ~is_hired), (HIRED, is_hired)):
        found[kind] = own.sum(), (own & is_named).sum()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", choices=("development", "held out"), default="development")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2, 3])
    options = parser.parse_args()
    every, worst = np.zeros((2, 2), np.int64), []
    for generator, mechanism in mechanisms(options.role):
        if mechanism.is_contested:
            continue
        for seed in options.seeds:
            found = counts(mechanism.make(seed))
            every += found
            worst.append((int(found[ORDINARY, 1]), f"{generator} {mechanism.name}, seed {seed}"))
    for name, (profiled, named) in zip(("ordinary", "hired"), every, strict=True):
        sys.stdout.write(f"{name}: {named} of {profiled} accounts named\n")
    for named, name in sorted(worst, reverse=True)[:5]:
        sys.stdout.write(f"  {named} ordinary ones in {name}\n")


if __name__ == "__main__":
    main()
