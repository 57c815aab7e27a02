"""A drawing written straight as SVG: thousands of marks cost a tenth of the seconds and half of the bytes.

For the drawings that are marks on plain scales. Widths of texts are estimated for the widest of the sans serifs that a
reader may have, so that no entry of a legend covers the next.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from reports.figures.svg import INK, rounded
from reports.fonts import FAMILIES

POINTS = 72.0
"""Units of a drawing to an inch."""
_WIDE, _NARROW = 1.05, 0.62
"""Width of a character as a share of the font's size: of East Asian scripts, and of any other in DejaVu Sans."""
_KEY = 10.0
"""Width of a legend's key with the room behind it."""
_GAP = 12.0
"""Room between the entries of a legend."""


def text_width(text: str, size: float) -> float:
    """Return at most how wide a text is set, in units; ``size`` is the font's."""
    return size * sum(_WIDE if unicodedata.east_asian_width(character) in "WF" else _NARROW for character in text)


def fitted(text: str, size: float, room: float) -> str:
    """Return a text cut to so many units, an ellipsis in place of the rest."""
    while len(text) > 1 and text_width(text, size) > room:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text


class Canvas:
    """The elements of one drawing, in the order in which they are painted.

    Attributes:
        width: units.
        height: units.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._root = ET.Element("svg", {"viewBox": f"0 0 {rounded(width)} {rounded(height)}"})

    def path(self, lines: Iterable[str], **attributes: str | float) -> None:
        """Add pieces of path data as one open path; none adds nothing. Attributes as ``stroke_width`` for its name."""
        data = "".join(lines)
        if data:
            self._add("path", {"d": data, "fill": "none", **attributes})

    def dots(self, places: Iterable[tuple[float, float]], size: float, color: str, opacity: float = 1.0) -> None:
        """Add dots as the round ends of lines without length, which is a tenth of the bytes that circles take."""
        lines = (f"M{x:.1f} {y:.1f}h.01" for x, y in places)
        look: dict[str, str | float] = {"stroke": color, "stroke_linecap": "round", "stroke_width": size}
        if opacity < 1:
            look["stroke_opacity"] = opacity
        self.path(lines, **look)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        fill: str = INK,
        text_anchor: str = "start",
        weight: int = 400,
    ) -> None:
        """Add a text with its base line at ``y``."""
        look: dict[str, str | float] = {} if text_anchor == "start" else {"text_anchor": text_anchor}
        if weight != 400:
            look["font_weight"] = str(weight)
        element = self._add("text", {"fill": fill, "font_size": size, "x": x, "y": y, **look})
        element.text = text

    def legend(self, entries: Sequence[tuple[str, str]], left: float, top: float, *, is_round: bool) -> None:
        """Add a legend of texts and colours, in as many rows as its width asks for; see ``legend_rows``."""
        for line, row in enumerate(_rows(entries, self.width - left)):
            x, y = left, top + 11.0 * line
            for text, color in row:
                if is_round:
                    self.dots([(x + 3, y - 3)], 5.0, color)
                else:
                    self.path([f"M{x:.1f} {y - 3:.1f}h7"], stroke=color, stroke_width=6)
                self.text(text, x + _KEY, y, 8.5)
                x += _KEY + text_width(text, 8.5) + _GAP

    @staticmethod
    def legend_rows(entries: Sequence[tuple[str, str]], room: float) -> int:
        """Return in how many rows a legend stands."""
        return len(_rows(entries, room))

    def svg(self) -> str:
        """Return the drawing as one ``<svg>`` element."""
        root = self._root
        root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "font-family": f"'{FAMILIES[0]}', sans-serif"}
        return ET.tostring(root, encoding="unicode")

    def _add(self, tag: str, attributes: dict[str, str | float]) -> ET.Element:
        texts = {
            name.replace("_", "-"): value if isinstance(value, str) else rounded(value)
            for name, value in attributes.items()
        }
        return ET.SubElement(self._root, tag, texts)


def _rows(entries: Sequence[tuple[str, str]], room: float) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for entry in entries:
        width = _KEY + text_width(entry[0], 8.5) + _GAP
        if rows[-1] and used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += width
    return rows
