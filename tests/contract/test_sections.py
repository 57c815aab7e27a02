"""Every section, whatever the run: it writes sound blocks in every language, or leaves its chapter out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from rendering.fake_run import fake_run

from forensics.case import Case
from forensics.findings import Run
from reports.report_model import Block
from reports.sections import SECTIONS, Section
from reports.visible_text import visible_run
from reports.wording import LANGUAGES, words

RUNS: dict[str, Callable[[], Run]] = {
    "full": fake_run,
    "quiet": lambda: fake_run(is_quiet=True),
    "one group": lambda: fake_run(sizes=(4,), is_failed=False),
    "nothing ran": lambda: dataclasses.replace(fake_run(), detections=()),
    "no files": lambda: dataclasses.replace(fake_run(), sources=(), overview=(), failures=(), versions={}),
    "bare case": lambda: dataclasses.replace(fake_run(is_quiet=True), case=Case("x", "x")),
}


@pytest.fixture(scope="module", params=RUNS)
def run(request: pytest.FixtureRequest) -> Run:
    return visible_run(RUNS[request.param]())


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_writes_sound_blocks(section: Section, language: str, run: Run) -> None:
    for block in section.build(run, words(language)):
        assert_sound(block)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_has_a_title_in_every_language(section: Section) -> None:
    assert words("en")(f"section.{section.name}") == section.title
    assert all(words(language).has(f"section.{section.name}") for language in LANGUAGES)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_writes_the_same_twice(section: Section) -> None:
    first, second = (section.build(visible_run(fake_run(sizes=(12, 5))), words("en")) for _ in range(2))
    assert first == second


def assert_sound(block: Block) -> None:
    """Assert that a block holds what its readers need."""
    match block.kind:
        case "text":
            assert block.text.strip()
        case "items" | "terms" | "keynumbers":
            content = next(getattr(block, name) for name in ("items", "terms", "numbers") if hasattr(block, name))
            assert content
        case "answers":
            assert all(answer.question and answer.sentences for answer in block.answers)
            assert all(text for answer in block.answers for text, _ in answer.sentences)
        case "table":
            assert block.caption
            assert block.rows
            assert all(len(row) == len(block.columns) for row in block.rows)
            assert all(row[0].text for row in block.rows)
            assert all(
                cell.link.startswith(("#", "http://", "https://")) or not cell.link
                for row in block.rows
                for cell in row
            )
        case "figure":
            assert len(block.alt) > 40
            assert block.caption
            root = ET.fromstring(block.svg)  # noqa: S314  the project's own drawing
            assert all(name.get("id", block.anchor).startswith(block.anchor) for name in root.iter())
            assert not [element for element in root.iter() if "style" in element.attrib or "script" in element.tag]
