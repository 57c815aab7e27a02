"""Quality as tables: how often anybody is named wrongly, how much of each practice is found, beside the peers."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from quality_worlds import PRACTICES, QUIET, REAL, Verdict
from scipy.stats import binomtest

__all__ = ["false_alarms", "power"]

OURS = ("coordination",)


def false_alarms(verdicts: list[Verdict]) -> Iterator[str]:
    """Give a line for each world without manipulation and each detector."""
    yield (
        "| world without manipulation | detector | worlds with a group (95 %) | groups, of high confidence | accounts "
        "named | most are |"
    )
    yield "|---|---|---|---|---|---|"
    for world in QUIET:
        for looked in OURS:
            rows = [row for row in verdicts if (row.world, row.looked) == (world, looked)]
            if not rows:
                continue
            worst = max(rows, key=lambda row: row.n_found)
            cells = (
                world,
                looked,
                _rate(sum(bool(row.wrong_clusters) for row in rows), len(rows)),
                f"{sum(row.wrong_clusters or 0 for row in rows)}, {sum(row.high for row in rows)}",
                str(sum(row.n_found for row in rows)),
                f"seed {worst.seed}: {worst.wrong_are}" if worst.n_found else "–",
            )
            yield f"| {' | '.join(cells)} |"


def power(verdicts: list[Verdict]) -> Iterator[str]:
    """Give a line for each practice: mean recall and precision over the seeds, for each way of looking."""
    ways = list(dict.fromkeys(row.looked for row in verdicts if row.world in PRACTICES | REAL))
    yield f"| planted | seeds | {' | '.join(ways)} |"
    yield "|---|---|" + "---|" * len(ways)
    for practice in PRACTICES | REAL:
        rows = [row for row in verdicts if row.world == practice]
        if rows:
            cells = [_recall_precision([row for row in rows if row.looked == way]) for way in ways]
            yield f"| {practice} | {len({row.seed for row in rows})} | {' | '.join(cells)} |"


def _rate(hits: int, n: int) -> str:
    interval = binomtest(hits, n).proportion_ci(method="exact")
    return f"{hits} of {n} ({interval.low:.3f} to {interval.high:.3f})"


def _recall_precision(rows: list[Verdict]) -> str:
    """Return the mean recall and, over the seeds in which anybody was named, the mean precision."""
    if not rows:
        return "–"
    precise = [row.n_hit / row.n_found for row in rows if row.n_found]
    return f"{fmean(row.n_hit / row.n_true for row in rows):.3f} / {f'{fmean(precise):.3f}' if precise else '–'}"
