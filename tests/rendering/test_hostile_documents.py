"""Hostile text in every place that takes text: nothing runs, nothing is fetched, nothing breaks, in any output."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import igraph
import openpyxl
import pypdf
import pytest
from rendering.hostile_run import NASTY, hostile_run
from stix2validator import ValidationOptions, validate_string

import reports
from cases.custody import archived_copies
from cases.run_folder.evidence_tables import write_evidence
from forensics.findings import Run
from reports.exports import EXPORTS
from reports.pdf_document import pdf
from reports.visible_text import visible

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FORMULA = re.compile(r"\s*[=+\-@]")
NUMBER = re.compile(r"-?[\d.]+(e-?\d+)?|-inf")
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def run() -> Run:
    return hostile_run()


@pytest.fixture(scope="module")
def written(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    paths = {export.name: folder / f"{export.name}{export.ending}" for export in EXPORTS}
    for export in EXPORTS:
        export.write(run, paths[export.name])
    return paths


@pytest.mark.parametrize("key", [None, b"k" * 32], ids=["working", "public"])
def test_the_page_runs_and_fetches_nothing(browser: Browser, run: Run, tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "report.html"
    reports.write_html(run, path, None, key)
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: request.url == path.as_uri() or complaints.append(request.url))
    page.goto(path.as_uri())
    for button in page.locator("button.explore").all():
        button.click()
    for chooser in page.locator("figure select").all():
        chooser.select_option(index=1)
    for box in page.locator("input[type=search]").all()[:3]:
        box.fill("</script><img src=x onerror=window.hacked=9>")
    for heading in page.locator("button.sort").all()[:12]:
        heading.click()
    assert complaints == []
    assert page.evaluate("refused") == []
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.locator("main :is(script, img, iframe, object, embed, form, style, base, link)").count() == 0
    links = page.locator("a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert [link for link in links if not re.match(r"#|https?://", link)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_every_hostile_text_is_there_to_be_read(run: Run, tmp_path: Path) -> None:
    from rendering.document_texts import _page_of  # noqa: PLC0415

    reports.write_html(run, tmp_path / "report.html")
    shown = "\n".join(_page_of((tmp_path / "report.html").read_text(encoding="utf-8")).texts)
    assert [text[:40] for text in NASTY if visible(text)[:30].strip() not in shown] == []


def test_the_document_is_set_and_holds_nothing_that_acts(run: Run) -> None:
    document = pdf(reports.render(run))
    reader = pypdf.PdfReader(io.BytesIO(document))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "root:" not in text
    kinds = {
        str(found.get_object().get("/A", {}).get("/S")) for page in reader.pages for found in page.get("/Annots", ())
    }
    assert kinds <= {"/URI", "/GoTo", "None"}
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+\.csv", name) for name in reader.attachments)


def unsafe(file: io.TextIOBase) -> list[str]:
    """Return the texts of a table that a spreadsheet would run; ids stay as they are."""
    rows = list(csv.DictReader(file))
    return [
        value[:40]
        for row in rows
        for name, value in row.items()
        if FORMULA.match(value or "") and not NUMBER.fullmatch(value)
        if name not in {"left", "right", "sha256"} and not name.endswith("_id")
    ]


def test_no_cell_of_the_tables_runs(written: dict[str, Path]) -> None:
    for path in written["csv"].iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert unsafe(file) == [], path.name
    book = openpyxl.load_workbook(written["xlsx"])
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 1_000
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_the_networks_parse(written: dict[str, Path]) -> None:
    nodes = [element for element in ET.parse(written["gexf"]).iter() if element.tag.endswith("}node")]  # noqa: S314
    graph = igraph.Graph.Read_GraphML(str(written["graphml"]))
    assert len(nodes) == graph.vcount() > 20


def test_the_database_holds_the_texts_as_they_were(run: Run, written: dict[str, Path]) -> None:
    with closing(sqlite3.connect(written["sqlite"])) as database:
        camps = database.execute("SELECT camp FROM money_spending").fetchall()
        assert [camp for (camp,) in camps] == list(NASTY)
        (n_findings,) = database.execute("SELECT count(*) FROM findings").fetchone()
    assert n_findings == sum(len(detection.findings) for detection in run.detections)


def test_the_bundle_and_the_crate_are_valid(written: dict[str, Path]) -> None:
    found = validate_string(written["stix"].read_text(encoding="utf-8"), ValidationOptions(version="2.1", strict=True))
    assert found.is_valid, [str(error) for item in found.object_results for error in item.errors or ()][:3]
    folder = written["ro-crate"]
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    named = {entity["@id"] for entity in graph if entity["@type"] == "File"}
    held = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert held == named | {"ro-crate-metadata.json"}


def test_addresses_and_archived_copies_are_web_addresses_and_nothing_else(run: Run, tmp_path: Path) -> None:
    result = tmp_path / "archived.csv"
    with result.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["url", "archive_url", "archived_at"])
        rows.writerows((url, text, text) for url in archived_copies.addresses(run)[:3] for text in NASTY)
        rows.writerows((text, "https://archive.example/1", text) for text in NASTY)
        rows.writerows((url, "https://archive.example/2", NASTY[2]) for url in archived_copies.addresses(run)[:1])
    copies = archived_copies.read_result(result)
    assert {copy.archive_url[:8] for copy in copies.values()} == {"https://"}
    write_evidence(run, tmp_path / "evidence", copies)
    for line in (tmp_path / "evidence" / archived_copies.ADDRESSES).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"https?://[!-~\u00a1-\uffff]+", line), line[:60]
    for path in (tmp_path / "evidence").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as table:
            assert unsafe(table) == [], path.name
