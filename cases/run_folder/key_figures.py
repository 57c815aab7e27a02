"""The key figures of a run, by name, and whether they are those that the case file expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from forensics.findings import Run, named_accounts


@dataclass(frozen=True, slots=True)
class Departure:
    """A key figure that is not as expected.

    Attributes:
        name: as in ``figures``.
        expected: by the case file.
        found: in the run.
    """

    name: str
    expected: int
    found: int


def figures(run: Run) -> dict[str, int]:
    """Return the figures that a case file can name under ``[expected]``.

    Returns:
        ``rows_read``, ``rows_rejected``; for each statement the number of findings that make it, as ``group_country``
        or, where several sources may speak, ``group_country_stated``; for each detector that finds groups the accounts
        in them, as ``coordination_accounts``; and what was found of what is known, as ``planted_like_farm``.
    """
    found = {
        "rows_read": sum(source.rows_read for source in run.sources),
        "rows_rejected": sum(source.rejected.height for source in run.sources),
    }
    found |= Counter(finding.statement for detection in run.detections for finding in detection.findings)
    for detection in run.detections:
        accounts = detection.tables.get("accounts")
        if accounts is not None and "finding_id" in accounts.columns and detection.findings:
            named = named_accounts(accounts).drop_nulls("finding_id")["account_id"].n_unique()
            found[f"{detection.detector}_accounts"] = named
    if run.truth is not None:
        found |= {f"planted_{kind.kind}": kind.n_found for kind in run.truth.kinds if kind.is_planted}
    return found


def departures(run: Run, expected: Mapping[str, int]) -> tuple[Departure, ...]:
    """Return the expected figures that the run does not have, in the case file's order; an absent one is 0."""
    found = figures(run)
    return tuple(
        Departure(name, number, found.get(name, 0)) for name, number in expected.items() if found.get(name, 0) != number
    )
