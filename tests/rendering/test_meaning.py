"""What the detectors declare is whole, and the report knows no detector, statement or score by its name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reports
from forensics.detectors import DETECTORS
from forensics.detectors.declared_measures import COLUMN_KINDS, MEASURES, UNIT_FORMATS, format_of
from forensics.vocabulary import Statement, TableSpec, Vocabulary
from reports.sections.chapter_drawings import camp_places, clock_groups, detector_drawings, maps_and_clocks
from reports.wording import words

MODULES = sorted(Path(reports.__file__).parent.rglob("*.py"))
COMMON = frozenset({"accounts", "coordination", "edges", "hours", "ratio", "year"})
"""Names that are plain words too: of roles, levels, phrases, columns, anchors and formats of graphs."""


def literals(path: Path) -> set[str]:
    """Return the strings of a module, its docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone)
    return {node.value for node in constants if isinstance(node.value, str)}


def statements() -> list[Statement]:
    return [statement for detector in DETECTORS for statement in detector.vocabulary.statements]


def declared_names() -> set[str]:
    """Return the names of all detectors, statements and measures, but for those of what a table identifies."""
    names = {detector.name for detector in DETECTORS} | {each.key for each in statements()} | set(MEASURES)
    return names - set(COLUMN_KINDS)


def test_reports_know_no_detector_statement_or_score_by_its_name() -> None:
    unread = {
        path.relative_to(MODULES[0].parent).as_posix(): sorted(found)
        for path in MODULES
        if (found := literals(path) & declared_names() - COMMON - COLUMNS_READ)
    }
    assert unread == {}


def test_no_name_is_excused_that_no_report_reads() -> None:
    read = set().union(*map(literals, MODULES)) & declared_names()
    assert (COMMON | COLUMNS_READ) - read == set()


COLUMNS_READ = frozenset(
    {
        *(
            "window_s",
            "gap_s",
            "hour",
            "share",
            "share_low",
            "share_high",
            "share_others",
            "expected_share",
            "mass_stated",
            "p_value",
            "q_value",
            "p_reach",
            "q_camp",
        ),
        *("low_h", "high_h", "offset_h", "half_hour", "day", "share_of_camp", "share_of_target"),
    }
)
"""Columns that a drawing or table of the report reads by their name and that are measures too."""


def test_every_statement_has_words_in_every_language() -> None:
    for language in ("en", "fr"):
        for statement in statements():
            assert words(language).has(f"statement.{statement.key}"), statement.key


def test_every_declared_column_has_a_heading_in_every_language() -> None:
    shown = {column for each in DETECTORS for table in each.vocabulary.tables for column in table.columns}
    for language in ("en", "fr"):
        wording = words(language)
        missing = [
            name for name in sorted(shown) if not (wording.has(f"column.{name}") or wording.has(f"score.{name}"))
        ]
        assert missing == [], language


def test_every_declared_field_and_column_is_declared_once() -> None:
    keys = [each.key for each in statements()]
    assert len(keys) == len(set(keys))
    for detector in DETECTORS:
        names = [table.name for table in detector.vocabulary.tables]
        assert len(names) == len(set(names)), detector.name


def test_every_declared_chart_has_its_drawing() -> None:
    drawn = {*detector_drawings.DRAWERS, *maps_and_clocks.MAKERS, clock_groups.CHART, camp_places.CHART}
    assert {chart.name for detector in DETECTORS for chart in detector.vocabulary.charts} == drawn


def test_a_number_is_written_as_its_measure_says_or_else_as_its_unit_asks() -> None:
    assert [format_of("density"), format_of("unheard_of", "s"), format_of("unheard_of")] == [
        "share",
        "duration",
        "number",
    ]
    assert set(UNIT_FORMATS.values()) <= {"share", "duration", "moment", "hours", "hour", "people", "days"}


@pytest.mark.parametrize("name", ["p_camp", "p_region", "p_diaspora", "p_references", "p_electorate"])
def test_a_p_value_is_never_written_as_a_share(name: str) -> None:
    assert words("en").figure(name, "1", 0.0312) == "0.031"


def test_a_statement_with_a_source_is_found_by_its_stem_alone() -> None:
    vocabulary = Vocabulary((Statement("far", "where", by_source=True), Statement("far_away", "where")))
    found = [vocabulary.statement(key) for key in ("far_stated", "far_away", "far", "near")]
    assert [each.key if each else None for each in found] == ["far", "far_away", None, None]
    assert vocabulary.table("unknown") == TableSpec("unknown")
