"""The report as a value: chapters of blocks, every text already worded, every number already formatted.

A renderer turns each kind of block into its own medium and decides nothing else. ``kind`` names the block for the
templates, which cannot ask for a Python class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # a command that only says something in French imports no tables
    import polars as pl

Tone = Literal["body", "lead", "small"]
Align = Literal["text", "number", "name"]
"""``text`` wraps, ``number`` is set flush right, ``name`` is an id or handle and may break anywhere."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph.

    Attributes:
        text: plain, without markup.
        tone: how loud.
    """

    text: str
    tone: Tone = "body"
    kind: Literal["text"] = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter.

    Attributes:
        text: plain.
        anchor: unique in the report; where links point.
        level: 3 or 4; chapters are 2.
    """

    text: str
    anchor: str
    level: Literal[3, 4] = 3
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences."""

    items: tuple[str, ...]
    is_ordered: bool = False
    kind: Literal["items"] = field(default="items", init=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: a few words.
        sentences: each sentence with a qualification in a few words, or an empty one.
        link: ``#`` and the anchor where more of it stands, or empty.
        more: how much more stands there, or empty.
    """

    question: str
    sentences: tuple[tuple[str, str], ...]
    link: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions, each beside its answer."""

    answers: tuple[Answer, ...]
    kind: Literal["answers"] = field(default="answers", init=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    terms: tuple[tuple[str, str], ...]
    kind: Literal["terms"] = field(default="terms", init=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader must not miss.

    Attributes:
        tone: ``note`` qualifies, ``warning`` asks for care, ``failure`` says that a part is missing.
        title: a few words.
        texts: one paragraph each.
    """

    tone: Literal["note", "warning", "failure"]
    title: str
    texts: tuple[str, ...]
    kind: Literal["notice"] = field(default="notice", init=False)


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One number set large.

    Attributes:
        label: what it counts.
        text: as printed.
        source: where the run has it, ``<finding or detector>/<score>``; empty for none.
        note: a qualification in a few words, or empty.
    """

    label: str
    text: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """A row of numbers set large."""

    numbers: tuple[KeyNumber, ...]
    kind: Literal["keynumbers"] = field(default="keynumbers", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading.

    Attributes:
        title: with the unit where there is one.
        align: how its cells are set.
        width: its share of a printed page's width, against the other columns.
    """

    title: str
    align: Align = "text"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table.

    Attributes:
        text: as printed; empty for a missing value.
        value: the number as the run has it, for sorting and for checking; None for words.
        link: an ``http`` or ``https`` address, or ``#`` and an anchor; empty for none.
        source: as ``KeyNumber.source``.
    """

    text: str
    value: float | None = None
    link: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings.

    Attributes:
        anchor: unique in the report.
        caption: what it shows; says so where it is an extract, and where the rest is.
        columns: in order.
        rows: each as long as ``columns``; the first cell of a row names it.
    """

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Literal["table"] = field(default="table", init=False)


def without_empty_columns(table: Table) -> Table:
    """Return a table without the columns that are empty in every row; the first, which names the rows, stays."""
    kept = [place for place in range(len(table.columns)) if not place or any(row[place].text for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing.

    Attributes:
        anchor: unique in the report; every id inside the drawing begins with it.
        svg: one ``<svg>`` element without style attributes or scripts.
        alt: what it shows, for who cannot see it: the finding, not the shapes.
        caption: what it shows and how to read it.
        data: plain values from which the page's explorer draws it anew, every text worded; None for no explorer.
        numbers: what is drawn, a row for each mark; None where a table beside it holds it.
    """

    anchor: str
    svg: str
    alt: str
    caption: str
    data: Mapping[str, object] | None = None
    numbers: pl.DataFrame | None = field(default=None, compare=False, repr=False)
    kind: Literal["figure"] = field(default="figure", init=False)

    def _repr_html_(self) -> str:
        """Return the drawing with its caption for a notebook."""
        return f"<figure>{self.svg}<figcaption>{escape(self.caption)}</figcaption></figure>"


Block = Text | Heading | Items | Answers | Terms | Notice | KeyNumbers | Table | Figure


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section as it is printed.

    Attributes:
        anchor: the section's name.
        title: in the report's language.
        blocks: in order.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside a document, where the medium can hold one.

    Attributes:
        name: with its ending.
        text: what it holds, in a sentence.
        content: the file, CSV.
    """

    name: str
    text: str
    content: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a renderer needs.

    Attributes:
        claim: the public claim under examination, or empty.
        language: BCP 47 code of the wording.
        facts: label and value pairs under the title, such as the period.
        chapters: in reading order.
        labels: the words of the page itself (contents, skip link, page number), by key.
        script: the words of the page's explorers, by key.
        attachments: the evidence, for the document.
    """

    title: str
    claim: str
    language: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    labels: tuple[tuple[str, str], ...] = ()
    script: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
