"""The document: tagged, complete, the same bytes every time, whatever stands in the data."""

from __future__ import annotations

import dataclasses
import io

import pypdf
import pytest
from rendering.fake_run import fake_run

import reports
from reports.glyphs import printable
from reports.pdf_document import pdf
from reports.report_building import LABELS
from reports.report_model import Cell, Chapter, Column, Figure, Report, Table, Text

SIZES = (7, 9, 4)
"""With the hostile names the first group has as many accounts as a timeline names."""

_LABELS = (*((name, name) for name in LABELS), ("kicker", "kicker"), ("footer", "footer"))


@pytest.fixture(scope="module")
def report() -> Report:
    return reports.render(fake_run(sizes=SIZES))


@pytest.fixture(scope="module")
def document(report: Report) -> bytes:
    return pdf(report)


@pytest.fixture(scope="module")
def reader(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


@pytest.fixture(scope="module")
def text(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def test_it_is_tagged_titled_and_claims_both_standards(reader: pypdf.PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Who pushed the harbour bridge? <i>A test case</i>"
    labels = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in labels
    assert b"<pdfaid:part>3</pdfaid:part>" in labels


def test_every_chapter_has_a_bookmark(reader: pypdf.PdfReader, report: Report) -> None:
    titles = [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)]
    assert titles == [chapter.title for chapter in report.chapters]


def test_typst_markup_in_the_data_is_only_text(text: str) -> None:
    assert '#read("/etc/passwd")' in text.replace("\n", "")
    assert "root:" not in text
    assert "<script>alert(1)</script>" in text.replace("\n", "")


def test_other_scripts_are_set(text: str) -> None:
    assert "Голосуйте" in text
    assert "Германия" in text
    assert "Ελένη" in text


def test_names_in_any_script_and_emoji_are_set_and_can_be_copied(text: str) -> None:
    assert "投票给我们" in text.replace("\n", "")
    assert "😀" in text
    assert "x" * 20 in text  # a long name breaks without a character that would be copied with it


def test_a_number_without_end_is_printed_as_its_text() -> None:
    rows = tuple((Cell(text, value), Cell("")) for text, value in (("∞", float("inf")), ("none", float("nan"))))
    table = Table("numbers", "Numbers", (Column("Number"), Column("What")), rows)
    short = Report("short", "", "en", (), (Chapter("short", "Short", (table,)),), _LABELS)
    assert "∞" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(short))).pages)


def test_a_run_without_a_title_is_called_by_its_name() -> None:
    run = fake_run(sizes=(5,))
    untitled = dataclasses.replace(run, case=dataclasses.replace(run.case, title=" "))
    assert reports.render(untitled).title == run.case.name


def test_a_title_that_no_document_can_hold_is_an_error_of_a_value() -> None:
    with pytest.raises(ValueError, match="cannot be set"):
        pdf(Report("long " * 10_000, "", "en", (), (), _LABELS))


def test_a_character_that_no_font_has_is_printed_as_its_code() -> None:
    assert printable("投票 ok 👍🏽 é") == "投票 ok 👍🏽 é"
    assert printable("\U00013080\U00013081 x") == "⟨U+13080 13081⟩ x"
    assert printable("\ue000" * 30) == "⟨U+" + "E000 " * 20 + "…⟩"


SCRIPTS = (
    "投票给我们 日本語テスト 한국어 صوتوا_لنا שלום हिन्दी মত ਪੰਜਾਬੀ ગુજરાતી ଓଡ଼ିଆ தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල ไทย ລາວ "
    "မြန်မာ ខ្មែរ ქართული հայերեն አማርኛ Ελένη 🇫🇷 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ می‌خواهم"
)


def test_no_script_breaks_the_standards_in_running_text_a_table_or_a_drawing() -> None:
    report = Report(
        SCRIPTS, SCRIPTS, "en", (), (Chapter("one", SCRIPTS, (Text(SCRIPTS), _table(), _figure())),), _LABELS
    )
    read = pypdf.PdfReader(io.BytesIO(pdf(report)))
    text = "".join(page.extract_text() for page in read.pages)
    assert "U+" not in text
    assert text.count("日本語テスト") >= 4


def _table() -> Table:
    return Table("t", SCRIPTS, (Column(SCRIPTS, "name"), Column("n")), ((Cell(SCRIPTS), Cell("1")),) * 3)


def _figure() -> Figure:
    label = f'<text x="10" y="20" font-size="9" fill="#1b1d1f" text-anchor="middle">{SCRIPTS}</text>'
    return Figure("f", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">{label}</svg>', "alt", SCRIPTS)


def test_the_same_run_gives_the_same_bytes(document: bytes) -> None:
    assert pdf(reports.render(fake_run(sizes=SIZES))) == document


def test_a_quiet_run_in_french_is_a_document_too() -> None:
    made = pypdf.PdfReader(io.BytesIO(pdf(reports.render(fake_run(is_quiet=True), "fr"))))
    assert "L’absence de constat" in "".join(page.extract_text() for page in made.pages)


def test_every_page_says_its_number(reader: pypdf.PdfReader) -> None:
    for number, page in enumerate(reader.pages, start=1):
        assert f"{number} of {len(reader.pages)}" in page.extract_text()


def test_the_evidence_is_attached(reader: pypdf.PdfReader) -> None:
    files = reader.attachments
    assert set(files) >= {"findings.csv", "scores.csv", "coordination-1-accounts.csv", "coordination-1-edges.csv"}
    rows = files["coordination-2-edges.csv"][0].decode().splitlines()
    assert (
        len(rows) == 1 + fake_run(sizes=SIZES).detections[0].tables["edges"].filter(finding_id="coordination-2").height
    )


def test_a_table_of_many_rows_runs_over_pages() -> None:
    rows = tuple((Cell(f"row {number}"), Cell("text")) for number in range(200))
    table = Table("long", "A long table", (Column("Name"), Column("What")), rows)
    long = Report("long", "", "en", (), (Chapter("long", "Long", (table,)),), _LABELS)
    pages = pypdf.PdfReader(io.BytesIO(pdf(long))).pages
    counts = [sum(line.startswith("row ") for line in page.extract_text().splitlines()) for page in pages]
    assert sum(counts) == len(rows)
    assert max(counts) < 60
