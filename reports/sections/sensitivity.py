"""What would have been found: the sizes of the smallest planted groups that the search found."""

from __future__ import annotations

from forensics.findings import Detection, Run
from reports.meaning import table_as
from reports.wording import Words

__all__ = ["sensitivity", "smallest_found"]


def sensitivity(run: Run, words: Words) -> str:
    """Return how small a group would have been found, in a sentence; an empty one where it was not measured."""
    sizes = [found for detection in run.detections if (found := smallest_found(detection, words))]
    return words("summary.sensitivity", sizes=sizes[0]) if sizes else ""


def smallest_found(detection: Detection, words: Words) -> str:
    """Return the smallest group found for each number of targets; nothing where a detection did not measure it."""
    rows = table_as(detection, "sizes")
    if rows is None or not rows.height:
        return ""
    return words.series(
        tuple(_size(targets, size, words) for targets, size in rows.select("n_objects", "n_accounts").iter_rows())
    )


def _size(targets: int, size: int | None, words: Words) -> str:
    if size is None:
        return words("summary.sensitivity_none", targets=words.integer(targets))
    accounts = words.plural("group.accounts", size, n=words.integer(size))
    return words("summary.sensitivity_found", accounts=accounts, targets=words.integer(targets))
