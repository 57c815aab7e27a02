"""What is named in worlds that nobody tuned: innocents, groups, recall and precision of each mechanism.

    python tests/worlds/measure.py --role development --seeds 1 2 3
    python tests/worlds/measure.py --role "held out" --seeds 101 102
    python tests/worlds/measure.py --kind organic --seeds 11 12 13 --keep organic.jsonl

``--keep`` writes each run as it ends and reads what is there: a long measurement goes on where it was stopped.

The worst seed stands beside the mean. A recall is the share of the hired accounts that are named, all farms of a world
together; a precision the share of hired accounts among those named (1 where nobody is).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.base import Mechanism  # noqa: E402
from worlds.roles import GENERATORS, mechanisms  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.detectors.coordination.search import SearchSettings, search  # noqa: E402


@dataclass(frozen=True)
class Outcome:
    """What one world came to.

    Attributes:
        groups: of each group and pattern: its p-value, whether it is named, its accounts, the hired ones among them.
    """

    generator: str
    mechanism: str
    kind: str
    is_contested: bool
    seed: int
    n_hired: int
    n_named: int
    n_right: int
    n_groups: int
    n_patterns: int
    seconds: float
    groups: list[tuple[float, bool, int, int]]

    @property
    def recall(self) -> float:
        """Return the share of the hired accounts that are named."""
        return self.n_right / self.n_hired if self.n_hired else 1.0

    @property
    def precision(self) -> float:
        """Return the share of hired accounts among those named."""
        return self.n_right / self.n_named if self.n_named else 1.0


def outcome(task: tuple[str, str, int]) -> Outcome:
    """Search one world."""
    generator, name, seed = task
    mechanism = next(one for one in GENERATORS[generator] if one.name == name)
    world = mechanism.make(seed)
    start = time.process_time()
    found = search(actions_of(world), posts_of(world), SearchSettings(), seed)
    hired = frozenset().union(*world.farms) if world.farms else frozenset()
    named = {account for group in found.groups if group.is_named for account in group.core}
    return Outcome(
        generator=generator,
        mechanism=name,
        kind=mechanism.kind,
        is_contested=mechanism.is_contested,
        seed=seed,
        n_hired=len(hired),
        n_named=len(named),
        n_right=len(named & hired),
        n_groups=sum(group.is_named for group in found.groups),
        n_patterns=sum(not group.is_named for group in found.groups),
        seconds=time.process_time() - start,
        groups=[
            (group.error_rate, group.is_named, len(group.core), len(hired.intersection(group.core)))
            for group in found.groups
        ],
    )


COLUMNS = (
    "generator",
    "mechanism",
    "hired",
    "recall",
    "worst",
    "precision",
    "worst",
    "most innocents named",
    "runs that name any",
    "patterns",
    "s",
)


def row_of(generator: str, mechanism: Mechanism, runs: list[Outcome]) -> list[object]:
    """Return a mechanism's row of the table."""
    wrong = [run.n_named - run.n_right for run in runs]
    shares: list[object] = ["-"] * 4
    if mechanism.kind == "farm":
        recalls, precisions = [run.recall for run in runs], [run.precision for run in runs]
        shares = [f"{f(values):.2f}" for values in (recalls, precisions) for f in (mean, min)]
    return [
        generator,
        mechanism.name + (" (contested)" if mechanism.is_contested else ""),
        round(mean(run.n_hired for run in runs)) or "-",
        *shares,
        max(wrong),
        f"{sum(number > 0 for number in wrong)} of {len(runs)}",
        f"{mean(run.n_patterns for run in runs):.1f}",
        f"{mean(run.seconds for run in runs):.0f}",
    ]


def outcomes(tasks: list[tuple[str, str, int]], n_workers: int, keep: Path | None) -> Iterator[Outcome]:
    """Yield the outcome of each task, in order; what ``keep`` holds is not searched again."""
    known = {}
    if keep is not None and keep.exists():
        kept = [Outcome(**json.loads(line)) for line in keep.read_text(encoding="utf-8").splitlines()]
        known = {(one.generator, one.mechanism, one.seed): one for one in kept}
    with ProcessPoolExecutor(n_workers) as pool:
        found = pool.map(outcome, [task for task in tasks if task not in known])
        for task in tasks:
            one = known.get(task) or next(found)
            if keep is not None and task not in known:
                with keep.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(asdict(one)) + "\n")
            yield one


def say(cells: Iterable[object]) -> None:
    """Write one row of a Markdown table."""
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", choices=["development", "held out"], default="development")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--kind", choices=["organic", "farm"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="file of outcomes, JSON Lines")
    options = parser.parse_args()
    chosen = [
        (generator, one)
        for generator, one in mechanisms(options.role)
        if (not options.only or one.name in options.only) and options.kind in (None, one.kind)
    ]
    say(COLUMNS)
    say("---" for _ in COLUMNS)
    organic: list[Outcome] = []
    tasks = [(generator, one.name, seed) for generator, one in chosen for seed in options.seeds]
    found = outcomes(tasks, options.workers, options.keep)
    for generator, one in chosen:
        runs = [next(found) for _ in options.seeds]
        organic += runs if one.kind == "organic" and not one.is_contested else []
        say(row_of(generator, one, runs))
    n_naming = sum(run.n_named > 0 for run in organic)
    sys.stdout.write(f"\nOrganic runs, contested ones apart, that name somebody: {n_naming} of {len(organic)}.\n")


if __name__ == "__main__":
    main()
