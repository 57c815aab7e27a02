"""The page as a reader uses it: by key alone from end to end, and the explorers by mouse: move, point, choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

STOP = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  element.dataset.stop ??= ++window.stops;
  const [style, box] = [getComputedStyle(element), element.getBoundingClientRect()];
  const isInView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  const label = element.getAttribute("aria-label") || element.textContent || [...element.labels || []].length;
  return { stop: element.dataset.stop, isSeen: isInView && style.outlineStyle === "solid", hasName: Boolean(label) };
}"""
"""Where the focus is: a number of its own, whether it is seen, and whether it says what it is."""
ALL = """() => [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")]
  .filter((element) => element.checkVisibility()).filter((element) => !element.dataset.stop).length"""
MIDDLE = """([figure, line]) => {
  const { nodes, lines } = given.figures[figure];
  const canvas = document.querySelector(`#${figure} canvas`).getBoundingClientRect();
  const scale = Math.min(canvas.width, canvas.height) * 0.9;
  const place = ([, x, y]) => [canvas.x + canvas.width / 2 + x * scale, canvas.y + canvas.height / 2 - y * scale];
  const [left, right] = [place(nodes[lines[line][0]]), place(nodes[lines[line][1]])];
  return { left, middle: [0, 1].map((axis) => (left[axis] + right[axis]) / 2) };
}"""
"""Where a line's first account and its middle are on the screen."""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def test_keys_alone_reach_everything_see_where_they_are_and_are_never_caught(page: Page) -> None:
    page.evaluate("document.querySelectorAll('button.explore').forEach((button) => button.click())")
    page.evaluate("window.stops = 0")
    stops = []
    while len(stops) < 2_000:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) == len({stop["stop"] for stop in stops}) > 150
    assert [stop for stop in stops if not (stop["isSeen"] and stop["hasName"])] == []
    assert page.evaluate(ALL) == 0
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(STOP)["stop"] == stops[-1]["stop"]


@pytest.fixture
def canvas(page: Page) -> Locator:
    figure = page.locator("#network-2")
    figure.locator("button.explore").click()
    found = figure.locator("canvas")
    found.scroll_into_view_if_needed()
    return found


def drawn(canvas: Locator) -> str:
    canvas.page.wait_for_timeout(60)
    return str(canvas.evaluate("sheet => sheet.toDataURL()"))


def test_keys_move_enlarge_and_reset_the_network(canvas: Locator) -> None:
    canvas.focus()
    pictures = [drawn(canvas)]
    for key in ("+", "ArrowLeft", "ArrowUp", "-"):
        canvas.press(key)
        pictures.append(drawn(canvas))
    assert len(set(pictures)) == 5
    canvas.press("0")
    assert drawn(canvas) == pictures[0]


def test_the_mouse_moves_and_enlarges_the_network_and_pointing_names_an_account(canvas: Locator) -> None:
    page, before = canvas.page, drawn(canvas)
    x, y = page.evaluate(MIDDLE, ["network-2", 0])["left"]
    page.mouse.move(x, y)
    named = drawn(canvas)
    assert named != before
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    assert drawn(canvas) == before
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    moved = drawn(canvas)
    assert moved != before
    canvas.focus()
    page.mouse.wheel(0, -240)
    assert drawn(canvas) not in {before, moved}


def test_a_click_on_a_line_shows_its_acts_and_one_on_an_account_its_pairs(canvas: Locator) -> None:
    page = canvas.page
    places = page.evaluate(MIDDLE, ["network-2", 0])
    page.mouse.click(*places["middle"])
    details = page.locator("#network-2 .details")
    assert details.locator("tbody tr").count() >= 2
    assert details.get_attribute("tabindex") == "0"
    page.mouse.click(*places["left"])
    assert details.locator("ul.pairs button").count() >= 1
    details.locator("ul.pairs button").first.click()
    assert "of each other on" in details.inner_text()


def test_lines_of_a_kind_that_is_not_wanted_are_not_drawn(page: Page) -> None:
    figure = page.locator("#network-1")
    figure.locator("button.explore").click()
    before = drawn(figure.locator("canvas"))
    boxes = figure.locator("input[type=checkbox]").all()
    for box in boxes:
        box.uncheck()
    assert drawn(figure.locator("canvas")) != before
    for box in boxes:
        box.check()
    assert drawn(figure.locator("canvas")) == before


def test_a_stretch_of_time_is_chosen_by_key(page: Page) -> None:
    figure = page.locator("#timeline-2")
    figure.locator("button.explore").click()
    first, last = figure.locator("input[type=range]").all()
    before = drawn(figure.locator("canvas"))
    for slider, key in ((first, "ArrowRight"), (last, "ArrowLeft")):
        slider.focus()
        for _ in range(120):
            slider.press(key)
    assert "UTC" in str(first.get_attribute("aria-valuetext"))
    assert figure.locator(".details tbody tr").count() > 0
    assert drawn(figure.locator("canvas")) != before
    figure.get_by_role("button", name="Show all").click()
    assert (first.input_value(), last.input_value()) == ("0", "1000")


def test_dark_screens_and_paper_have_colours_and_pages_of_their_own(browser: Browser, address: str) -> None:
    colours = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        opened = context.new_page()
        opened.goto(address)
        script = "() => [document.body, document.querySelector('svg text')].map((e) => getComputedStyle(e))"
        colours[scheme] = opened.evaluate(f"({script})().map((s) => s.backgroundColor + s.color + s.fill)")
        if scheme == "dark":
            opened.emulate_media(media="print", color_scheme="dark")
            assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            shown = opened.locator("button:visible:not(.sort), .tools:visible, nav.contents:visible")
            assert shown.count() == 0
            assert opened.locator("table").last.is_visible()
        context.close()
    assert all(light != dark for light, dark in zip(colours["light"], colours["dark"], strict=True))
