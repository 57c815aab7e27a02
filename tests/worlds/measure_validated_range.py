"""How much ordinary audiences act together beyond the model, in the worlds that error rates are measured in.

    python tests/worlds/measure_validated_range.py --seed 2

Prints quantiles of each statistic over the development mechanisms: what ``evidence/validated_range.py`` holds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.roles import mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.coaction.dense_acts import dense_acts  # noqa: E402
from forensics.coaction.time_grain import with_grain  # noqa: E402
from forensics.detectors.coordination.search import SearchSettings, judge  # noqa: E402
from forensics.detectors.coordination.split_halves import halves, is_split_by_time  # noqa: E402


def main() -> None:
    """Print the quantiles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=2)
    seed = parser.parse_args().seed
    typical: dict[str, list[float]] = {}
    for _, mechanism in mechanisms("development"):
        world = mechanism.make(seed)
        acts = with_grain(dense_acts(actions_of(world), posts_of(world)))
        find, check = halves(acts, 1000 * seed, by_time=is_split_by_time(acts))
        judged = judge(find, check, SearchSettings(), seed).judged
        for name in {name for one in judged for name in one.distances}:
            centres = [one.distances[name].typical for one in judged if name in one.distances]
            typical.setdefault(name, []).append(float(np.exp(np.median(centres))))
    for name, values in sorted(typical.items()):
        sys.stdout.write(f"{name:16} {len(values)} worlds, {np.quantile(values, [0.5, 0.9, 0.95, 1.0]).round(2)}\n")


if __name__ == "__main__":
    main()
