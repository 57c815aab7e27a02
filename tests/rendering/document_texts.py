"""The texts of a report in reading order: as its model has them, as its page shows them, as its PDF gives them back."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pypdf
from defusedxml.ElementTree import fromstring

from reports.glyphs import printable
from reports.report_model import (
    Answers,
    Block,
    Chapter,
    Figure,
    Heading,
    Items,
    KeyNumbers,
    Notice,
    Report,
    Table,
    Terms,
    Text,
)

__all__ = ["block_texts", "page_differences", "pdf_differences"]


def block_texts(block: Block) -> Iterator[str]:
    """Yield what a block prints, in order; not the alternative text of a drawing, which is heard and not seen."""
    match block:
        case Text() | Heading():
            yield block.text
        case Items():
            yield from block.items
        case Answers():
            for answer in block.answers:
                yield from (answer.question, answer.more, *(text for sentence in answer.sentences for text in sentence))
        case Terms():
            yield from (text for term in block.terms for text in term)
        case Notice():
            yield from (block.title, *block.texts)
        case KeyNumbers():
            yield from (text for number in block.numbers for text in (number.label, number.text, number.note))
        case Table():
            yield from (block.caption, *(column.title for column in block.columns))
            yield from (cell.text for row in block.rows for cell in row)
        case Figure():
            yield from (element.text or "" for element in fromstring(block.svg).iter() if element.tag.endswith("text"))
            yield block.caption


def _printed_texts(chapter: Chapter) -> Iterator[str]:
    """Yield what a chapter prints, in order."""
    yield chapter.title
    for block in chapter.blocks:
        yield from block_texts(block)


def _with_digits(texts: Iterable[str]) -> list[str]:
    """Return the texts that hold a digit, without the spaces around them."""
    return [text.strip() for text in texts if re.search(r"\d", text)]


@dataclass
class Page(HTMLParser):
    """What a page says: its texts, its labels for screen readers, the values of its cells and the data of its
    explorers."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    data: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside = "data" if found.get("id") == "page-data" else tag
        self.labels += [value for name, value in attrs if name == "aria-label" and value]
        self.values += [value for name, value in attrs if name == "data-value" and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  whatever ends
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "data":
            self.data += data
        elif self.inside not in {"style", "script"}:
            self.texts.append(data)


def _page_of(source: str) -> Page:
    """Return what an HTML page says."""
    page = Page()
    page.feed(source)
    page.close()
    return page


def page_differences(source: str, report: Report) -> list[str]:
    """Return where a page says other numbers than its report: in texts, labels, values of cells or its explorers."""
    page = _page_of(source)
    blocks = [block for chapter in report.chapters for block in chapter.blocks]
    figures = [block for block in blocks if isinstance(block, Figure)]
    labels = dict(report.labels)
    head = [
        report.title,
        labels["kicker"],
        report.title,
        report.claim,
        *(text for fact in report.facts for text in fact),
    ]
    chapters = [chapter.title for chapter in report.chapters]
    texts = [
        *head,
        *chapters,
        *(text for chapter in report.chapters for text in _printed_texts(chapter)),
        labels["footer"],
    ]
    labelled = [text for block in blocks for text in _labelled(block, labels["scrolls"])]
    values = [
        str(cell.value) for table in _tables(report) for row in table.rows for cell in row if cell.value is not None
    ]
    data = {figure.anchor: figure.data for figure in figures if figure.data is not None}
    expected = (_with_digits(texts), _with_digits(labelled), values)
    found = (_with_digits(page.texts), _with_digits(page.labels), page.values)
    unlike = [
        f"{one} is not {other}"
        for held, wanted in zip(found, expected, strict=True)
        for one, other in zip([*held, "(end)"], [*wanted, "(end)"], strict=False)
        if one != other
    ]
    is_same = json.loads(page.data)["figures"] == json.loads(json.dumps(data))
    return unlike[:5] + ([] if is_same else ["the explorers hold other numbers"])


def _labelled(block: Block, scrolls: str) -> Iterator[str]:
    match block:
        case Table():
            yield f"{scrolls}: {block.caption}"
        case Figure():
            yield block.alt
        case Notice():
            yield block.title


def pdf_differences(document: bytes, report: Report) -> list[str]:
    """Return the words with digits that a PDF holds and its report does not, or the other way round.

    Left out are page numbers, the table of contents and headings that a table repeats on a new page. A number that was
    broken at the end of a line, or has run into the next, must stand there when the spaces are taken away; of the
    digits of ids and names, none may be lost.
    """
    text = _text_of(document, report)
    headings = _words(column.title for table in _tables(report) for column in table.columns)
    held, wanted = _words([text]), _words(_document_texts(report))
    missing, more = wanted - held, held - wanted - Counter({word: held[word] for word in headings})
    squeezed = re.sub(r"\s", "", text)
    lost = [word for word in missing if re.fullmatch(r"[\d.,:%−-]+", word) and word not in squeezed]
    return lost if _digits(missing) == _digits(more) else [*lost, f"{missing} is not {more}"]


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.split(r"\s+", text) if re.search(r"\d", word))


def _digits(words: Counter[str]) -> Counter[str]:
    return Counter(digit for word in words.elements() for digit in re.findall(r"\d", word))


def _tables(report: Report) -> list[Table]:
    return [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Table)]


def _document_texts(report: Report) -> Iterator[str]:
    labels = dict(report.labels)
    head = [labels["kicker"], report.title, report.claim, *(text for fact in report.facts for text in fact)]
    yield from map(printable, [*head, labels["footer"]])
    yield from (printable(text) for chapter in report.chapters for text in _printed_texts(chapter))


def _text_of(document: bytes, report: Report) -> str:
    """Return the text of a PDF without its page numbers and its table of contents."""
    labels = dict(report.labels)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]
    foot = re.compile(rf"{re.escape(labels['kicker'])}\s*\d+\s*{re.escape(labels['page_of'])}\s*{len(pages)}\s*$")
    for place, page in enumerate(pages):
        assert foot.search(page), page[-200:]
        pages[place] = foot.sub("", page)
    text = "\n".join(pages)
    for chapter in report.chapters:
        text = re.sub(rf"{re.escape(chapter.title)}[\s.]+\d+\s*\n", f"{chapter.title}\n", text, count=1)
    return text
