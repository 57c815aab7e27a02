"""What the fixed rules of other tools name in the worlds of ``measure.py``: the same data, the same truth.

    .venv/bin/python tests/worlds/measure_peers.py --role development --seeds 2

CooRTweet links accounts whose posts share an object within 60 s, at least twice (its ``min_participation``);
coordination-network-toolkit links those with two messages or more that co-act within 60 s. Whoever has a link in any
layer is named. Both are made for a network to look at, not for a verdict: the comparison says what a threshold alone
would accuse.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from statistics import mean

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from coaction.peer_rules import coordination_network_toolkit, coortweet  # noqa: E402
from worlds.roles import mechanisms  # noqa: E402
from worlds.tables import actions_of  # noqa: E402

from forensics.coaction.layers import layer_names  # noqa: E402
from forensics.errors import PrecisionError  # noqa: E402

WINDOW_S = 60.0
RULES = {"CooRTweet": coortweet, "coordination-network-toolkit": coordination_network_toolkit}


def linked(actions: pl.DataFrame, rule: str) -> set[str]:
    """Return the accounts that a rule links in any layer whose times are fine enough."""
    names: set[str] = set()
    for layer in layer_names(actions):
        with suppress(PrecisionError):
            edges = RULES[rule](actions, layer, WINDOW_S).edges
            names |= {*edges["left"], *edges["right"]}
    return names


def main() -> None:
    """Print what each rule names, organic worlds and farms apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", choices=["development", "held out"], default="development")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    organic: dict[str, list[int]] = {rule: [] for rule in RULES}
    farms: dict[str, list[tuple[float, float, int]]] = {rule: [] for rule in RULES}
    for _, mechanism in mechanisms(options.role):
        for seed in () if mechanism.is_contested else options.seeds:
            world = mechanism.make(seed)
            actions = actions_of(world)
            hired = frozenset[str]().union(*world.farms)
            for rule in RULES:
                named = linked(actions, rule)
                right = len(named & hired)
                if hired:
                    farms[rule].append((right / len(hired), right / max(len(named), 1), len(named) - right))
                else:
                    organic[rule].append(len(named))
    say(
        "rule",
        "organic runs that name anybody",
        "median innocents",
        "mean recall",
        "mean precision",
        "median innocents",
    )
    say(*["---"] * 6)
    for rule in RULES:
        recall, precision, beside = zip(*farms[rule], strict=True)
        say(
            rule,
            f"{sum(n > 0 for n in organic[rule])} of {len(organic[rule])}",
            f"{np.median(organic[rule]):.0f}",
            f"{mean(recall):.2f}",
            f"{mean(precision):.2f}",
            f"{np.median(beside):.0f}",
        )


def say(*cells: object) -> None:
    """Write one row of a Markdown table."""
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
