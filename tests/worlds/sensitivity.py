"""How much each constant of the search for groups matters: halved and doubled, on a few development worlds, one seed.

    .venv/bin/python tests/worlds/sensitivity.py [CONSTANT ...] > sensitivity.md

Printed are, for each value, the innocents named in the organic worlds, the mean recall of the farms and the innocents
named beside them. The weights stay as they are shipped, so a constant that changes the scale of a feature loses by that
alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from worlds.roles import GENERATORS  # noqa: E402
from worlds.tables import actions_of, posts_of  # noqa: E402

from forensics.coaction import time_grain  # noqa: E402
from forensics.detectors.coordination import (  # noqa: E402
    agreement,
    audience_null,
    discovery,
    halves,
    measurement,
    members,
    reference_audiences,
    search,
    verdict,
)

SEED = 2
WORLDS = (
    ("agents", "offices"),
    ("agents", "attendance_30"),
    ("agents", "no_times"),
    ("session_feed", "comments_farm"),
)
MODULES = (
    agreement,
    audience_null,
    discovery,
    halves,
    measurement,
    members,
    reference_audiences,
    search,
    verdict,
    time_grain,
)
CONSTANTS = (
    (halves, "N_BLOCKS"),
    (discovery, "PARTNERS"),
    (discovery, "SAME"),
    (discovery, "STRICT"),
    (discovery, "SURE"),
    (discovery, "LEAST_ATTENDANCE"),
    (reference_audiences, "DISJOINT"),
    (measurement, "PRIOR_ACTS"),
    (measurement, "OUTSIDE_PRIOR"),
    (audience_null, "APART"),
    (audience_null, "AS_LARGE"),
    (members, "N_NEAREST"),
    (members, "IN_WAITING"),
    (members, "FALSE_SHARE"),
    (agreement, "SAME_GROUP"),
    (agreement, "AS_LIKE"),
    (verdict, "MOST_ROOM"),
)

SHARES = {"SAME", "DISJOINT", "APART", "IN_WAITING", "FALSE_SHARE", "SAME_GROUP", "AS_LIKE"}
"""Constants that are shares, of which 1 is the most."""


@contextmanager
def changed(name: str, value: float) -> Iterator[None]:
    """Give a constant another value in every module that holds it."""
    held: list[tuple[ModuleType, object]] = [
        (module, getattr(module, name)) for module in MODULES if hasattr(module, name)
    ]
    for module, _ in held:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, before in held:
            setattr(module, name, before)


def measured() -> tuple[int, float, int]:
    """Return the innocents in organic worlds, the farms' mean recall and the innocents beside them."""
    organic, beside, recalls = 0, 0, []
    for generator, name in WORLDS:
        world = next(one for one in GENERATORS[generator] if one.name == name).make(SEED)
        found = search.search(actions_of(world), posts_of(world), search.SearchSettings(), SEED)
        named = {account for group in found.groups if group.is_named for account in group.core}
        hired = frozenset[str]().union(*world.farms)
        if hired:
            recalls.append(len(named & hired) / len(hired))
            beside += len(named - hired)
        else:
            organic += len(named)
    return organic, mean(recalls), beside


def say(*cells: object) -> None:
    """Write one row of a Markdown table."""
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table as Markdown."""
    say("module", "constant", "value", "innocents, organic", "mean recall", "innocents beside farms")
    say(*["---"] * 6)
    organic, recall, beside = measured()
    say("as shipped", "", "", organic, f"{recall:.2f}", beside)
    for module, name in (one for one in CONSTANTS if not sys.argv[1:] or one[1] in sys.argv[1:]):
        shipped = getattr(module, name)
        for factor in (0.5, 2.0):
            value = min(1.0, shipped * factor) if name in SHARES else type(shipped)(shipped * factor)
            with changed(name, value):
                organic, recall, beside = measured()
            place = module.__name__.rsplit(".", 1)[1]
            say(place, name, f"{value:g}", organic, f"{recall:.2f}", beside)


if __name__ == "__main__":
    main()
