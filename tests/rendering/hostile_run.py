"""A run in which every text that can come from outside is hostile: of case, files, camps, regions, replies and rows."""

from __future__ import annotations

import dataclasses
import itertools

import polars as pl
from rendering.fake_run import HOSTILE, fake_run

from forensics.case import Correction, Reply
from forensics.findings import Detection, Finding, FindingTruth, Run, Score, Truth, TruthKind
from forensics.messages import Message

__all__ = ["NASTY", "hostile_run"]

NASTY = (
    *HOSTILE,
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    '"><svg onload=window.hacked=3>',
    "javascript:window.hacked=4",
    "]]></style><script>window.hacked=5</script>",
    '#panic("x") #image("/etc/passwd") #eval("1")',
    "\\begin{document}\\immediate\\write18{touch x}\\end{document}$$",
    '=1+1;=HYPERLINK("https://example.org")',
    "@SUM(1)",
    "\u2067\u202eright to left\u2066",
    "a\u2028b\u2029c\r\nd\te\x07",
    "%s%n{0}{title}{{x}}",
    "'; DROP TABLE findings;--",
    "../../../etc/passwd",
)

KEYS = frozenset({"finding_id", "layer", "layers", "country", "group", "source", "currency", "precision"})
"""Columns whose words are the analysis's own."""


def hostile_run() -> Run:
    """Return the run; the same each time."""
    nasty = itertools.cycle(NASTY)
    run = fake_run()
    case = dataclasses.replace(
        run.case,
        **{
            name: next(nasty)
            for name in ("title", "claim", "period", "credit", "authors", "contact", "funding", "conclusion")
        },
        right_of_reply=tuple(Reply(text, "2024-05-01", text, text) for text in NASTY),
        corrections=tuple(Correction("2024-05-02", text) for text in NASTY),
        named=tuple((text, text) for text in NASTY),
    )
    sources = tuple(
        dataclasses.replace(
            source,
            name=next(nasty),
            notes=tuple(map(Message, NASTY)),
            unmapped=dict.fromkeys(NASTY, 3),
            rejected=_hostile(source.rejected, nasty),
        )
        for source in run.sources
    )
    camps = [Score(f"camp:{measure}:{text}", 7.0, "acts") for text in NASTY for measure in ("actions", "accounts")]
    detections = (*(_detection(detection, nasty) for detection in run.detections), *_others())
    failures = tuple(dataclasses.replace(failure, message=Message(next(nasty))) for failure in run.failures)
    findings = [finding.id for detection in detections for finding in detection.findings]
    kinds = tuple(TruthKind(text, True, 2, 1, tuple(findings[:2])) for text in NASTY)
    truth = Truth(kinds, tuple(FindingTruth(name, 3, 2, ((next(nasty), 2),)) for name in findings))
    return dataclasses.replace(
        run,
        case=case,
        sources=sources,
        overview=(*run.overview, *camps),
        detections=detections,
        failures=failures,
        versions={**run.versions, next(nasty): next(nasty)},
        truth=truth,
    )


def _detection(detection: Detection, nasty: itertools.cycle[str]) -> Detection:
    tables = {name: _hostile(table, nasty) for name, table in detection.tables.items()}
    return dataclasses.replace(detection, tables=tables)


def _hostile(table: pl.DataFrame, nasty: itertools.cycle[str]) -> pl.DataFrame:
    """Return a table whose texts are hostile, except the keys that join it to others; of addresses one in three is."""
    joins = KEYS | {"account_id", "left", "right", "fields"}
    texts = [name for name, dtype in table.schema.items() if dtype == pl.String and name not in joins]
    links = [name for name in texts if name.endswith("permalink") or name == "object_id"]
    return table.with_columns(
        pl.Series(
            name,
            [_text(old, place, next(nasty), is_link=name in links) for place, old in enumerate(table[name])],
            pl.String,
        )
        for name in texts
    )


def _text(old: str | None, place: int, text: str, *, is_link: bool) -> str | None:
    """Return a hostile text; in a column of addresses only at every third place, and an address at the next."""
    if not is_link or place % 3 == 0:
        return text
    return f"https://example.org/{place}?{text}" if place % 3 == 1 else old


def _others() -> tuple[Detection, ...]:
    """Return detections of places, money and posts whose subjects are hostile."""
    n = len(NASTY)
    regions = pl.DataFrame(
        {
            "finding_id": [f"region-{place}" for place in range(n)],
            "source": ["stated"] * n,
            "audience": NASTY,
            "region": NASTY,
            "place": NASTY,
            "n_people": range(1, n + 1),
            "expected_share": [1 / n] * n,
        }
    )
    spending = pl.DataFrame(
        {
            "finding_id": [f"money-{place}" for place in range(n)],
            "camp": NASTY,
            "per_unit": [10.0 + place for place in range(n)],
            "per_unit_low": [5.0] * n,
            "per_unit_high": [40.0] * n,
            "currency": ["EUR"] * n,
        }
    )
    return (
        Detection("geography", {"home": NASTY[:3]}, _findings("where", "region", "region_excess_stated", "regions"),
                  (), {"regions": regions}),
        Detection("money", {}, _findings("what", "money", "money_camp", "spending"), (), {"spending": spending}),
    )  # fmt: skip


def _findings(question: str, stem: str, statement: str, table: str) -> tuple[Finding, ...]:
    scores = {
        "where": (Score("location_quotient", 2.0), Score("p_value", 0.01)),
        "what": (Score("interactions", 5.0), Score("money_low", 1.0), Score("money_high", 2.0)),
    }[question]
    return tuple(
        Finding(f"{stem}-{place}", question, text, statement, scores, "low", (), (), (table,))  # type: ignore[arg-type]
        for place, text in enumerate(NASTY)
    )
