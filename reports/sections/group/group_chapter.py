"""Groups that acted together: all of them in one table, then the strongest one by one."""

from __future__ import annotations

import polars as pl

from forensics.findings import Run
from forensics.vocabulary import MeasureRole
from reports.detector_declarations import score_as, value_as
from reports.figures.observed_expected import observed_and_expected
from reports.report_model import Block, Cell, Column, Figure, Heading, Table, Text
from reports.run_queries import Group, groups
from reports.sections.group.group_page import anchor_of, blocks_of, evidence_of
from reports.sections.group.whom_group_served import served_by
from reports.sections.section import Section
from reports.wording import Words

MOST_PROFILES = 20
"""Groups described one by one; the others stand in the table and in the evidence files."""

COLUMNS: dict[MeasureRole, float] = {
    "size": 0.8,
    "pairs": 0.7,
    "ratio": 0.8,
    "next": 0.9,
    "alike": 0.9,
    "first": 1.6,
    "last": 1.6,
}
"""The numbers of the table by what they are to a group, in order, with the width of each column."""
BESIDE: tuple[MeasureRole, MeasureRole] = ("ratio", "next")
"""What the drawing sets beside each other."""


def build(run: Run, words: Words) -> tuple[Block, ...]:
    """Return the table of groups and a profile of each; no groups leave the chapter out."""
    found = groups(run)
    if not found:
        return ()
    blocks: list[Block] = [
        Text(words("clusters.intro"), "lead"),
        _table(found, words),
        *_chart(found[:MOST_PROFILES], words),
    ]
    if len(found) > MOST_PROFILES:
        blocks.append(Text(words.plural("clusters.rest", len(found) - MOST_PROFILES)))
    blocks += _to_check(found, words)
    served = served_by(run)
    for group in found[:MOST_PROFILES]:
        if group.finding.strength != "low":
            blocks += blocks_of(group, run, served, words)
    return tuple(blocks)


def groups_evidence(run: Run, words: Words) -> list[Block]:
    """Return what stands behind the chapter: the pages of groups of low confidence, and the tables of all."""
    blocks: list[Block] = []
    for group in groups(run)[:MOST_PROFILES]:
        if group.finding.strength == "low":
            blocks += blocks_of(group, run, served_by(run), words)
        blocks += evidence_of(group, words)
    return blocks


def _chart(found: tuple[Group, ...], words: Words) -> list[Block]:
    """Return how far each group goes beside the strongest other audience; none where a number is missing."""
    rows = []
    for group in found:
        own, other = (value_as(group.finding.scores, role) for role in BESIDE)
        if own and other:
            rows.append((words("group.name", n=words.integer(group.number)), own, other))
    if not rows:
        return []
    widest = max(rows, key=lambda row: row[1] / row[2])
    svg = observed_and_expected(
        rows,
        (words("clusters.chart_group"), words("clusters.chart_next")),
        words("clusters.chart_axis"),
        lambda value: words.number(value, 2),  # as in the table
    )
    alt = words(
        "clusters.chart_alt",
        count=words.integer(len(rows)),
        group=widest[0],
        own=words.number(widest[1], 2),
        other=words.number(widest[2], 2),
    )
    numbers = pl.DataFrame(rows, ["group", *BESIDE], orient="row")
    return [Figure("figure-hits", svg, alt, words("clusters.chart_caption"), numbers=numbers)]


def _to_check(found: tuple[Group, ...], words: Words) -> list[Block]:
    """Return what to check by hand before publishing, and of which groups."""
    open_to: dict[str, list[str]] = {}
    for group in found:
        for key in group.finding.alternatives:
            open_to.setdefault(key, []).append(words.integer(group.number))
    if not open_to:
        return []
    rows = tuple(
        (
            Cell(words.known("alternative", key)),
            Cell(words("clusters.every") if len(numbers) == len(found) else ", ".join(numbers)),
        )
        for key, numbers in open_to.items()
    )
    columns = (Column(words("clusters.explanation"), width=4.3), Column(words("clusters.open_to")))
    table = Table("groups-explanations", words("clusters.explanations_caption"), columns, rows)
    return [Heading(words("clusters.alternatives_title"), "groups-check"), table]


def _table(found: tuple[Group, ...], words: Words) -> Table:
    return Table(
        "groups",
        words("clusters.overview_caption"),
        (
            Column(words("clusters.group")),
            *(Column(words(f"clusters.{name}"), "number", width) for name, width in COLUMNS.items()),
            Column(words("clusters.confidence"), width=1.15),
        ),
        tuple(_row(group, words) for group in found),
    )


def _row(group: Group, words: Words) -> tuple[Cell, ...]:
    cells = []
    for role in COLUMNS:
        score = score_as(group.finding.scores, role)
        text = "" if score is None else words.short_score(score)
        name = score.name if score else role
        cells.append(Cell(text, score.value if score else None, source=f"{group.finding.id}/{name}"))
    link = f"#{anchor_of(group)}" if group.number <= MOST_PROFILES else ""
    first = Cell(words("group.name", n=words.integer(group.number)), group.number, link)
    return (first, *cells, Cell(words(f"confidence.{group.finding.strength}")))


CLUSTERS = Section("clusters", "Groups that acted together", build)
