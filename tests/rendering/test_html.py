"""The page: one safe, complete, accessible file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rendering.fake_run import HOSTILE, fake_run

import reports
from forensics.findings import Run
from reports.html_document import html
from reports.sections.findings.finding_sentence import sentence
from reports.visible_text import visible
from reports.wording import words

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """A page as a browser would see it: elements with their attributes and all texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID and "/" not in self.get_starttag_text()[-2:]:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag in self.open:
            raise AssertionError(f"{tag} closed while {self.open[-1]} was open")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


@pytest.fixture(scope="module")
def run() -> Run:
    return fake_run()


@pytest.fixture(scope="module")
def source(run: Run) -> str:
    return html(reports.render(run))


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_elements_are_nested_and_closed(page: Page) -> None:
    assert page.open == []


def test_nothing_is_loaded_and_nothing_of_the_data_runs(page: Page, source: str) -> None:
    tags = {tag for tag, _ in page.elements}
    assert [attrs for tag, attrs in page.elements if tag == "script"] == [
        {"type": "application/json", "id": "page-data"},
        {},
    ]
    assert not tags & {"iframe", "object", "embed", "img", "link", "base", "form", "i", "b"}
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "style"]
    assert not re.search(r"url\(|@import", re.search(r"<style>(.*)</style>", source, re.DOTALL)[1])


def test_the_content_policy_allows_the_page_its_own_style_and_nothing_else(page: Page, source: str) -> None:
    policy = next(attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv"))
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)[1] for tag in ("style", "script"))
    own = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{own[0]}'; script-src 'sha256-{own[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_data_of_the_explorers_cannot_end_their_script(source: str) -> None:
    data = re.search(r'id="page-data">(.*?)</script>', source, re.DOTALL)[1]
    assert not re.search("[<>&\u2028\u2029]", data)
    figures = json.loads(data)["figures"]
    assert any("<script>" in node[0] for node in figures["network-1"]["nodes"])


def test_links_lead_to_places_in_the_page_or_to_the_web(page: Page) -> None:
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    links = page.attributes("href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    assert set(page.attributes("aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("name", [name for name in HOSTILE if len(name) < 36 and "\u0300" not in name])
def test_hostile_names_are_shown_as_text(name: str, page: Page) -> None:
    assert visible(name) in page.texts or any(visible(name)[:17] in text for text in page.texts)


def test_no_direction_override_and_no_control_character_is_left(source: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)


def test_a_name_of_ten_thousand_characters_is_cut(source: str) -> None:
    assert "x" * 100 not in source


def test_tables_have_captions_and_headings_with_scopes(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert tags.count("caption") == tags.count("table") > 10
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.elements if tag == "th")


def test_drawings_say_what_they_show(page: Page) -> None:
    drawings = [attrs for _, attrs in page.elements if attrs.get("role") == "img"]
    assert len(drawings) == 7
    assert all(len(str(attrs["aria-label"])) > 40 for attrs in drawings)


def test_every_number_with_a_source_is_the_runs_own(page: Page, run: Run) -> None:
    wording = words("en")
    scores = {
        f"{finding.id}/{score.name}": score
        for d in run.detections
        for finding in d.findings
        for score in finding.scores
    }
    scores |= {f"{d.detector}/{score.name}": score for d in run.detections for score in d.scores}
    scores |= {f"overview/{visible(score.name)}": score for score in run.overview}
    sources = [attrs["data-source"] for _, attrs in page.elements if attrs.get("data-source")]
    values = [
        (attrs["data-source"], attrs["data-value"])
        for _, attrs in page.elements
        if {"data-source", "data-value"} <= set(attrs)
    ]
    assert len(values) > 25
    assert set(sources) <= set(scores)
    assert all(float(value) == scores[source].value for source, value in values)
    for name in ("coordination-1/acted_ratio", "coordination/acts_searched", "coordination-2/directions_share"):
        assert any(wording.score(scores[name]) in text for text in page.texts)


def test_the_sentence_of_a_finding_holds_only_numbers_of_that_finding(run: Run) -> None:
    wording = words("en")
    detection = run.detections[0]
    for number, finding in enumerate(detection.findings, start=1):
        text = sentence(finding, f"Group {number}", detection, wording)
        allowed = {wording.score(score) for score in finding.scores} | {str(number)}
        assert set(re.findall(r"\d[\d.,]*\d|\d", text)) <= allowed


def test_the_first_page_leads_with_the_surest_finding_and_each_question_is_answered_after_it(run: Run) -> None:
    wording = words("en")
    first_page, by_question = (
        block.answers for block in reports.render(run).chapters[0].blocks if block.kind == "answers"
    )
    rows = (
        "claim.title",
        "page_one.which",
        "page_one.strongest",
        "summary.sure",
        "summary.explain",
        "page_one.not_judged",
    )
    assert [answer.question for answer in first_page[:6]] == [wording(row) for row in rows]
    questions = [*(f"summary.question_{name}" for name in ("who", "where", "how", "what")), "summary.looked"]
    assert [answer.question for answer in by_question] == [wording(row) for row in questions]
    first = max(run.detections[0].findings, key=lambda finding: finding.strength == "high")
    ((sure, note),), ((text, counted),) = first_page[2].sentences, by_question[0].sentences
    assert wording.score(first.scores[0]) in sure
    assert wording.score(first.scores[0]) in text
    assert (sure.startswith("High confidence: "), note) == (True, "")
    assert counted == "Confidence: high. 2 more findings of this kind."
    assert by_question[1].sentences == (("Not examined in this run.", ""),)
    assert by_question[3].sentences == (("These data cannot answer this.", ""),)


def test_a_quiet_run_says_that_absence_is_no_proof() -> None:
    text = html(reports.render(fake_run(is_quiet=True, is_failed=False)))
    assert text.count("Absence of findings is not proof of absence") >= 2
    assert 'id="clusters"' not in text


def test_what_is_missing_is_named_before_the_findings_and_explained_in_its_chapter(source: str) -> None:
    assert source.index("One part of the analysis failed") < source.index("Who acted together?")
    chapter = source[source.index('<section id="failures"') :]
    assert "Failed: " in chapter
    assert "Not possible with these data" in chapter


def test_the_same_run_gives_the_same_page(source: str) -> None:
    assert html(reports.render(fake_run())) == source


def test_the_page_is_written_in_the_language_of_the_case(tmp_path: Path) -> None:
    reports.write_html(fake_run(language="fr"), tmp_path / "report.html")
    assert '<html lang="fr">' in (tmp_path / "report.html").read_text(encoding="utf-8")
