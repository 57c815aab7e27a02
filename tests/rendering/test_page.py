"""The page in a real browser: nothing refused, nothing inaccessible, explorers that work by mouse and by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rendering.fake_run import fake_run

import reports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def complaints() -> list[str]:
    """Give the list of what the browser says, refuses or asks the network for."""
    return []


WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
"""
"""Counts what the content policy refuses, from before the first element."""


@pytest.fixture
def page(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.add_init_script(WATCH)
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: request.url == address or complaints.append(request.url))
    opened.goto(address)
    yield opened
    context.close()


def test_the_browser_refuses_nothing_and_loads_nothing(page: Page, complaints: list[str]) -> None:
    page.get_by_role("button", name="Explore").first.click()
    page.wait_for_selector("canvas")
    for button in page.get_by_role("button", name="Explore").all():
        button.click()
    assert page.evaluate("refused") == []
    assert complaints == []
    assert page.evaluate("document.scripts.length") == 2


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "fr")])
def test_axe_finds_no_barrier(browser: Browser, tmp_path: Path, scheme: str, language: str) -> None:
    tool = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    reports.write_html(fake_run(), tmp_path / "report.html", language)
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    for button in opened.locator("button.explore").all()[:2]:
        button.click()
    opened.add_style_tag(content=".scroll, .drawing { background: none !important }")  # a shade hides contrast from axe
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tool.Axe().run(opened, options={"runOnly": tags}).response["violations"]
    context.close()
    assert [(entry["id"], entry["nodes"][0]["html"][:200]) for entry in found] == []


def test_a_table_sorts_by_number_and_filters(page: Page) -> None:
    table = page.locator("#coordination-1-edges")
    heading = table.locator("th").filter(has_text="Usual in the group")
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    values = [
        float(text)
        for text in table.locator("td:nth-child(5)").evaluate_all("cells => cells.map(c => c.dataset.value)")
    ]
    assert values == sorted(values)
    box = page.get_by_role("searchbox").first
    box.fill("no such account")
    assert "0 of 12 rows" in page.locator(".count").first.inner_text()


def test_a_pair_of_the_network_shows_its_acts_by_keyboard_alone(page: Page) -> None:
    page.locator("#network-2").get_by_role("button", name="Explore").press("Enter")
    chooser = page.locator("#network-2 select")
    chooser.focus()
    chooser.select_option(index=1)
    page.locator("#network-2 .pairs button").first.press("Enter")
    details = page.locator("#network-2 .details")
    assert "of each other on" in details.inner_text()
    assert details.locator("tbody tr").count() >= 2


def test_the_network_thins_out_by_strength_and_by_kind_of_act(page: Page) -> None:
    figure = page.locator("#network-1")
    figure.get_by_role("button", name="Explore").click()
    figure.locator("input[type=range]").fill("1")
    shown, total = figure.locator("output").inner_text().replace(",", "").split(" lines")[0].split(" of ")
    assert 0 < int(shown) < int(total)
    for box in figure.locator("input[type=checkbox]").all():
        box.uncheck()
    assert figure.locator("output").inner_text().startswith("0 of ")


def test_a_stretch_of_the_timeline_lists_its_acts(page: Page) -> None:
    figure = page.locator("#timeline-1")
    figure.get_by_role("button", name="Explore").click()
    canvas = figure.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60, steps=3)
    page.mouse.up()
    caption = figure.locator(".details caption").inner_text()
    assert "UTC" in caption
    assert figure.locator(".details tbody tr").count() > 0


def test_hostile_text_stays_text_in_the_explorers(page: Page) -> None:
    figure = page.locator("#network-1")
    figure.get_by_role("button", name="Explore").click()
    names = figure.locator("select option").all_inner_texts()
    assert "<script>alert(1)</script>" in names
    assert page.locator("main script, main img").count() == 0


def test_nothing_runs_over_the_edge_of_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.goto(address)
    width = opened.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 360


def test_the_page_is_whole_without_its_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert opened.locator("figure svg").count() == 7
    assert opened.locator("button").count() == 0
    assert opened.locator("table").first.is_visible()
    context.close()
