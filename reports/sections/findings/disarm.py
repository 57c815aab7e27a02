"""The DISARM techniques that findings resemble, by id of the Red Framework 1.6 (19 November 2024).

Only ids and names are used. Credit: DISARM Foundation, https://github.com/DISARMFoundation/DISARMframeworks, whose
README names the licence CC BY 4.0 and whose licence file is CC BY-SA 4.0. The summaries read there:

- T0049.005: coordinated use of accounts around a specific event or actor.
- T0084.001: a piece of text copied and pasted many times, perhaps edited.
- T0146.007: an account that displays automated behaviour.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from forensics.findings import Detection, Finding
from reports.detector_declarations import statement_of

VERSION = "1.6"
CREDIT = (
    f"DISARM Red Framework {VERSION}, DISARM Foundation, https://github.com/DISARMFoundation/DISARMframeworks. "
    "Its README names CC BY 4.0, its licence file CC BY-SA 4.0. Ids and names only."
)
TECHNIQUES = {"T0049.005": "Conduct Swarming", "T0084.001": "Use Copypasta", "T0146.007": "Automated Account Asset"}
"""Name by id."""
TEXT = "text"
"""The kind of act whose objects are texts."""


def techniques_of(finding: Finding, detection: Detection) -> tuple[str, ...]:
    """Return the ids of the techniques that a finding looks like; whether it is one, only the analyst may say."""
    statement = statement_of(finding, detection)
    return (*statement.techniques, *(statement.text_techniques if _is_of_texts(finding, detection) else ()))


def _is_of_texts(finding: Finding, detection: Detection) -> bool:
    """Return whether a finding rests on a kind of act whose objects are texts."""
    return any(finding.id in _of_texts(detection, name) for name in finding.evidence)


@lru_cache(maxsize=32)
def _of_texts(detection: Detection, name: str) -> frozenset[str]:
    """Return the ids of the findings whose rows in a table name a kind of act whose objects are texts."""
    table = detection.tables[name]
    columns = [column for column in ("layers", "layer") if column in table.columns]
    kinds = pl.concat([table.select("finding_id", layers=column).unique() for column in columns]) if columns else None
    if kinds is None:
        return frozenset()
    return frozenset(kinds.filter(pl.col("layers").str.split(",").list.contains(TEXT))["finding_id"])


def address(technique: str) -> str:
    """Return where a technique is described."""
    folder = "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques"
    return f"{folder}/{technique}.md"
