"""What would have been found: the sizes of the smallest planted groups that the search found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forensics.findings import Detection, Run
from reports.detector_declarations import table_as
from reports.wording import Words


def sensitivity(run: Run, words: Words) -> str:
    """Return how small a group would have been found, in a sentence; an empty one where it was not measured."""
    sizes = [found for detection in run.detections if (found := smallest_found(detection, words))]
    return words("summary.sensitivity", sizes=sizes[0]) if sizes else ""


def smallest_found(detection: Detection, words: Words) -> str:
    """Return the smallest group found for each practice; nothing where a detection did not measure it."""
    rows = table_as(detection, "sizes")
    if rows is None or not rows.height:
        return ""
    return words.series(tuple(_size(row, words) for row in rows.iter_rows(named=True)))


def _size(row: Mapping[str, Any], words: Words) -> str:
    fields = {"practice": words.known("practice", row["practice"]), "targets": words.integer(row["n_objects"])}
    if row["n_accounts"] is None:
        return words("summary.sensitivity_none", **fields)
    accounts = words.plural("group.accounts", row["n_accounts"], n=words.integer(row["n_accounts"]))
    found = words.integer(row["n_found"])
    return words.plural("summary.sensitivity_found", row["n_plants"], accounts=accounts, found=found, **fields)
