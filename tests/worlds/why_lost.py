"""At which stage a farm is lost: its likest candidate in every direction, beside the threshold.

    .venv/bin/python tests/worlds/why_lost.py session_feed.burst_6h agents.own_links --seeds 2

A farm without a candidate was lost in discovery; one whose candidate is impure or partial, in growing it; one below the
threshold, by the audiences or the edge (the features say which); one above it, in confirming its members.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "worlds")]

from fit_verdict import judged_run, say  # noqa: E402

from forensics.detectors.coordination.verdict import FEATURES, Judged, weights  # noqa: E402


def likeness(one: Judged, farm: np.ndarray) -> float:
    """Return the Jaccard index of a candidate and a farm."""
    shared = len(np.intersect1d(one.accounts, farm))
    return shared / (len(one.accounts) + len(farm) - shared)


def explain(one: Judged, farm: np.ndarray) -> str:
    """Return what a candidate is of a farm, and how it is judged."""
    shared = len(np.intersect1d(one.accounts, farm))
    shown = " ".join(f"{name} {value:.1f}" for name, value in zip(FEATURES, one.features, strict=True))
    return (
        f"score {weights().candidate.score(one.features):5.1f} (taken from {weights().found_from:g}), purity "
        f"{shared / len(one.accounts):.2f}, coverage {shared / len(farm):.2f}, confirmed "
        f"{one.edge.confirmed.mean():.2f}; {shown}"
    )


def main() -> None:
    """Print every farm of the worlds asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("worlds", nargs="+", help="generator.mechanism, of the development half")
    parser.add_argument("--seeds", type=int, nargs="+", default=[2])
    options = parser.parse_args()
    for name in options.worlds:
        generator, mechanism = name.split(".")
        for seed in options.seeds:
            run = judged_run((generator, mechanism, seed, None))
            for number, farm in enumerate(run.farms, start=1):
                say(f"{name} {seed}, farm {number} of {len(farm)}")
                for way, direction in enumerate(run.directions):
                    best = max(direction, key=lambda one, farm=farm: likeness(one, farm), default=None)
                    say(f"  {way}:", "no candidate" if best is None else explain(best, farm))


if __name__ == "__main__":
    main()
