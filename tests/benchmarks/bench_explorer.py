"""Measure how smoothly the page's network explorer moves, in Chromium, and print Markdown.

Run as ``python tests/benchmarks/bench_explorer.py [nodes ...]``; 300, 1,000 and 3,000 accounts where none is named. The
lines are as many as the page holds for one group.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright
from rhythm_measures import say

from reports.html_document import html
from reports.report_model import Chapter, Figure, Report
from reports.sections.group.group_figures import MOST_LINES
from reports.wording import words

FLAGS = ["--no-sandbox", "--disable-gpu"]
LABELS = ("skip", "contents", "page_of", "claim", "top", "scrolls", "kicker", "footer")
STEPS = 120
PAN = """async (steps) => {
  const canvas = document.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    clientX: box.x + x, clientY: box.y + y, pointerId: 1, bubbles: true,
  }));
  canvas.setPointerCapture = () => {};
  const frame = () => new Promise(requestAnimationFrame);
  send("pointerdown", 100, 100);
  const times = [];
  let last = await frame();
  for (let step = 0; step < steps; step += 1) {
    send("pointermove", 100 + 2 * step, 100 + step);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  send("pointerup", 100, 100);
  return times.slice(5);
}"""
HOVER = PAN.replace('send("pointerdown", 100, 100);', "").replace('send("pointerup", 100, 100);', "")
"""The same moves with no button pressed: the account below is looked for at each."""


def page_of(n_nodes: int) -> str:
    """Return a page with one network of so many accounts."""
    rng = np.random.default_rng(n_nodes)
    places = rng.uniform(-0.5, 0.5, (n_nodes, 2)).round(4)
    lines = [[*map(int, rng.choice(n_nodes, 2, replace=False)), 1, 3, 2] for _ in range(MOST_LINES)]
    nodes = [[f"account{place}", float(x), float(y), place % 40] for place, (x, y) in enumerate(places)]
    data = {
        "kind": "network", "label": "network", "file": "acts.csv", "layers": ["reposts"], "window": "10 s",
        "nodes": nodes, "lines": lines, "acts": {},
    }  # fmt: skip
    figure = Figure("network-1", "<svg></svg>", "network", "network", data)
    wording = words("en")
    labels = tuple((name, name) for name in LABELS)
    return html(
        Report("Network", "", "en", (), (Chapter("groups", "Groups", (figure,)),), labels, wording.script(), ())
    )


def measure(page: Page, script: str) -> str:
    """Return the median and the 95th percentile of the time between frames, and frames a second over all of them."""
    times = page.evaluate(script, STEPS)
    return f"{np.median(times):.1f} | {np.quantile(times, 0.95):.1f} | {1_000 / np.mean(times):.0f}"


def main(sizes: list[int]) -> None:
    """Print one row for each size and way of moving."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    say("| accounts | lines | moving | frame, median ms | frame, 95% ms | frames/s |\n|--:|--:|---|--:|--:|--:|")
    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        browser = tool.chromium.launch(executable_path=chromium, args=FLAGS)
        for size in sizes:
            path = Path(folder, f"{size}.html")
            path.write_text(page_of(size), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(path.as_uri())
            page.get_by_role("button", name="Explore").click()
            page.locator("canvas").scroll_into_view_if_needed()
            for name, script in (("panning", PAN), ("pointing", HOVER)):
                say(f"| {size:,} | {MOST_LINES:,} | {name} | {measure(page, script)} |")
            page.close()
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 1_000, 3_000])
