"""What near-duplicate texts add: comment farms that reword, by the text layer alone, with exact and with similar words.

    python tests/benchmarks/bench_rewording.py [--seeds 3]

Each line is one simulated election, a detector and a least similarity (1.0: the same words only). The farm has 40
workers who comment within ten minutes; elections without a farm say how often anybody is accused wrongly.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from types import ModuleType

from forensics.detectors.coordination import shared_objects as membership
from forensics.detectors.coordination import synchrony
from forensics.progress import quiet
from forensics.simulate import Plant, World, organic, simulate

DETECTORS = {"synchrony": synchrony, "membership": membership}
FARMS = {"none": None, "half reworded": (40, 0.5), "all reworded": (40, 1.0), "all reworded, 80 orders": (80, 1.0)}
SIMILARITIES = (1.0, 0.8, 0.6)
LINE = "{:<24} {:>4} {:<11} {:>10} {:>8} {:>6} {:>5} {:>8}"


def world(farm: tuple[int, float] | None, seed: int) -> World:
    """Return the organic election with a comment farm of so many orders and so large a share reworded."""
    if farm is None:
        return simulate(organic(), seed)
    targets, paraphrase = farm
    plant = Plant("comment_farm", n_accounts=40, n_targets=targets, window_s=600.0, paraphrase=paraphrase)
    return simulate(replace(organic(), plants=(plant,)), seed)


def found(module: ModuleType, made: World, similarity: float) -> tuple[int, int, int, int]:
    """Return clusters, edges, workers found and others accused."""
    params = module.Params(layers=("text",), surrogates=99, text_similarity=similarity)
    detection = module.DETECTOR.run(made.dataset, params, 1, quiet)
    accused, workers = set(detection.tables["accounts"]["account_id"]), set(made.truth["account_id"])
    edges = detection.tables["edges"].height
    return len(detection.findings), edges, len(accused & workers), len(accused - workers)


def tell(*cells: object) -> None:
    """Print one line."""
    sys.stdout.write(LINE.format(*cells) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    tell("farm", "seed", "detector", "similarity", "clusters", "edges", "found", "accused")
    for name, farm in FARMS.items():
        for seed in range(1, seeds + 1):
            made = world(farm, seed)
            for detector, module in DETECTORS.items():
                for similarity in SIMILARITIES:
                    tell(name, seed, detector, similarity, *found(module, made, similarity))


if __name__ == "__main__":
    main()
