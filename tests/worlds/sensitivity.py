"""How much each constant of the search for groups matters: halved and doubled, on a few development worlds, one seed.

    .venv/bin/python tests/worlds/sensitivity.py [CONSTANT ...] > sensitivity.md

Printed are, for each value, the innocents named in the organic worlds, the mean recall of the farms and the innocents
named beside them. Every number that a module of the search gives a name in capitals is tried. The weights stay as they
are shipped, so a constant that changes the scale of a feature loses by that alone.
"""

from __future__ import annotations

import re
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
    judging,
    measurement,
    members,
    reference_audiences,
    search,
    seeds,
    verdict,
)
from forensics.detectors.coordination.evidence import confidence, evenness  # noqa: E402

SEED = 2
WORLDS = (("agents", "offices"), ("precincts", "church_groups"), ("agents", "attendance_30"), ("wards", "own_words"))
MODULES = (
    halves,
    seeds,
    discovery,
    reference_audiences,
    measurement,
    audience_null,
    judging,
    members,
    verdict,
    agreement,
    search,
    evenness,
    confidence,
    time_grain,
)
SHARES = {"SAME", "DISJOINT", "APART", "HALFWAY", "IN_WAITING", "FALSE_SHARE", "MIDDLE", "SAME_GROUP", "AS_LIKE"} | {
    "QUORUM",
    "RAREST",
    "COMMON_SHARE",
    "MOST_OF_A_LAYER",
    "ON_GRID",
    "CHANCE",
}
"""Constants that are shares, of which 1 is the most."""
NO_CHOICE = {"ATTENDANCE", "DISCOVERED", "MEASURED"}
"""A name for no window, and how far a bar of progress is."""


def constants() -> Iterator[tuple[ModuleType, str]]:
    """Yield each number in capitals, with the module that gives it."""
    for module in MODULES:
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        given = {name for names in re.findall(r"^([A-Z_, ]+?) = ", source, re.MULTILINE) for name in names.split(", ")}
        for name, value in vars(module).items():
            if name in given - NO_CHOICE and isinstance(value, int | float):
                yield module, name


@contextmanager
def changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """Give a constant another value in every module that holds it."""
    held = [one for one in MODULES if getattr(one, name, None) == getattr(module, name)]
    before = getattr(module, name)
    for one in held:
        setattr(one, name, value)
    _forget()
    try:
        yield
    finally:
        for one in held:
            setattr(one, name, before)
        _forget()


def _forget() -> None:
    """Forget what was made with other constants."""
    halves._bins.cache_clear()
    discovery._known.cache_clear()


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
    for module, name in constants():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        shipped = getattr(module, name)
        for factor in (0.5, 2.0):
            value = min(1.0, shipped * factor) if name in SHARES else type(shipped)(shipped * factor)
            with changed(module, name, value):
                organic, recall, beside = measured()
            place = module.__name__.rsplit(".", 1)[1]
            say(place, name, f"{value:g}", organic, f"{recall:.2f}", beside)


if __name__ == "__main__":
    main()
