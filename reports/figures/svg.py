"""From a matplotlib figure to one clean ``<svg>`` element, the same bytes on every machine.

matplotlib writes colours and fonts as style attributes, which the strict content policy of the page forbids, and ids
that collide when two drawings share a page. Here styles become plain attributes, ids begin with the figure's anchor,
unused ids and groups go, and coordinates are rounded. The page can then recolour a drawing for dark screens.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from reports.fonts import FAMILIES, FILES

INK, MUTED, FAINT, GRID = "#1b1d1f", "#5c6670", "#9aa5ae", "#dfe3e6"
ACCENT = "#b3401f"
SERIES = (ACCENT, "#1f6391", "#8a6d00", "#5b4a8a")
"""Distinct for colour-blind readers and in grey print; the page has a dark twin for each."""

MARGIN = 0.03
"""Share of a drawing's width that is free on the left: the reader's own sans serif may be wider than the one
measured."""

LABEL_PAD = 10.0
"""Room between the numbers of an axis and its words, points; for the same reason."""

_STYLE: dict[Any, Any] = {
    "axes.edgecolor": FAINT,
    "axes.facecolor": "none",
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": FAMILIES[0],  # see _fallback_fonts
    "font.size": 9.0,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "campaign-forensics",
    "text.color": INK,
    "text.parse_math": False,  # a handle may hold dollar signs
    "xtick.color": FAINT,
    "xtick.labelcolor": MUTED,
    "ytick.color": FAINT,
    "ytick.labelcolor": INK,
}
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """Give a figure of a size in inches under the house style; no state outlives it."""
    _add_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        figure = Figure(figsize=(width, height), layout="constrained")
        figure.patch.set_visible(False)
        layout = figure.get_layout_engine()
        if isinstance(layout, ConstrainedLayoutEngine):
            layout.set(rect=(MARGIN, 0, 1 - MARGIN, 1))
        FigureCanvasSVG(figure)
        yield figure


def column_spacing(axes: Axes) -> float:
    """Return the room between the columns of a legend, in sizes of its font.

    A reader's own sans serif sets a text up to a quarter wider than the one measured, so the longest needs the more.
    """
    return 1.4 + 0.13 * max((len(text) for text in axes.get_legend_handles_labels()[1]), default=0)


def _add_fonts() -> None:
    manager = font_manager.fontManager
    known = {font.fname for font in manager.ttflist}
    for path in map(str, FILES):
        if path not in known:
            manager.addfont(path)


def _fallback_fonts(figure: Figure) -> None:
    """Give the texts that the first font cannot set the others too; matplotlib opens all that a text names."""
    for text in figure.findobj(Text):
        if not _is_plain(text.get_text()):
            text.set_fontfamily(list(FAMILIES))
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if not all(_is_plain(label.get_text()) for label in axis.get_ticklabels(which="both")):
            axis.set_tick_params(which="both", labelfontfamily=list(FAMILIES))


def _is_plain(text: str) -> bool:
    return text.isascii() or _first_glyphs().issuperset(map(ord, text))


@cache
def _first_glyphs() -> frozenset[int]:
    return frozenset(FT2Font(FILES[0]).get_charmap())


def svg_of(figure: Figure, anchor: str) -> str:
    """Return a figure as one ``<svg>`` element whose ids begin with ``anchor``.

    Call it inside ``drawing``, whose settings it needs.
    """
    _fallback_fonts(figure)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # Labels too long for a small drawing leave its layout as it was set; that is no news for whoever runs a case.
        warnings.filterwarnings("ignore", message="constrained_layout not applied")
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    root = ET.fromstring(buffer.getvalue())  # noqa: S314  matplotlib's own output, its texts escaped
    width, height = (root.attrib.pop(name).removesuffix("pt") for name in ("width", "height"))
    root.attrib = {"viewBox": f"0 0 {rounded(width)} {rounded(height)}"}
    for element in list(root):
        if element.tag in {f"{_SVG}metadata", f"{_SVG}defs"} and not element.findall(f"{_SVG}path"):
            root.remove(element)
    _plain_attributes(root)
    _own_ids(root, anchor)
    _without_empty_groups(root)
    _joined_paths(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.tail = None
        if element.tag != "text":
            element.text = None
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "font-family": f"'{FAMILIES[0]}', sans-serif"}
    return ET.tostring(root, encoding="unicode")


def _plain_attributes(root: ET.Element) -> None:
    for element in root.iter():
        style = element.attrib.pop("style", "")
        for entry in style.split(";"):
            name, _, value = (part.strip() for part in entry.partition(":"))
            if name == "font":
                size = re.match(r"(?:(\d+) )?([\d.]+)px", value)
                if size:
                    element.set("font-size", size[2])
                    element.attrib.update({"font-weight": size[1]} if size[1] else {})
            elif name and name != "font-family" and (name, value) not in _DEFAULTS:
                element.set(name, value)
        element.attrib.pop("clip-path", None)
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        for name in ("d", "x", "y", "transform", "points", "stroke-width", "stroke-dasharray"):
            if name in element.attrib:
                element.set(name, re.sub(r"-?\d+\.\d+", lambda number: rounded(number[0]), element.attrib[name]))
        if "d" in element.attrib:
            element.set("d", _short_path(element.attrib["d"]))


_DEFAULTS = {("stroke-linejoin", "miter"), ("stroke-linecap", "butt"), ("fill-opacity", "1"), ("opacity", "1")}


def _short_path(path: str) -> str:
    """Return a path without needless spaces; a dot, a line without length, gets the hundredth that renderers want."""
    return re.sub(r"M(\S+ [^\sL]+)L\1(?![\d.])", r"M\1h.01", re.sub(r"\s*([A-Za-z])\s*", r"\1", path).strip())


def rounded(number: str | float) -> str:
    """Return a coordinate to the hundredth, as short as it can be written."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _own_ids(root: ET.Element, anchor: str) -> None:
    used: dict[str, str] = {}
    for element in root.iter():
        if _HREF in element.attrib:
            target = element.attrib.pop(_HREF).removeprefix("#")
            element.set("href", "#" + used.setdefault(target, f"{anchor}-{len(used)}"))
    for element in root.iter():
        name = element.attrib.pop("id", "")
        if name in used:
            element.set("id", used[name])


def _without_empty_groups(parent: ET.Element) -> None:
    """Put the children of groups that carry nothing in the place of their group; drop what draws nothing."""
    children: list[ET.Element] = []
    for child in list(parent):
        _without_empty_groups(child)
        if child.tag == f"{_SVG}g" and not child.attrib:
            children.extend(child)
        elif not (child.tag in {f"{_SVG}g", f"{_SVG}defs"} and len(child) == 0):
            children.append(child)
    parent[:] = children


def _joined_paths(parent: ET.Element) -> None:
    """Join neighbouring open lines of the same look into one path."""
    children: list[ET.Element] = []
    for child in parent:
        _joined_paths(child)
        last = children[-1] if children else None
        if last is not None and _look(child) is not None and _look(child) == _look(last):
            last.set("d", last.attrib["d"] + child.attrib["d"])
        else:
            children.append(child)
    parent[:] = children


def _look(element: ET.Element) -> dict[str, str] | None:
    if element.tag != f"{_SVG}path" or element.get("fill") != "none" or "id" in element.attrib:
        return None
    return {name: value for name, value in element.attrib.items() if name != "d"}


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a drawing, in the drawing's own units.

    Attributes:
        text: plain.
        x: of its anchor.
        y: of its base line, downwards.
        anchor: ``start``, ``middle`` or ``end``.
        fill: colour, ``#`` and six hexadecimal digits.
        weight: of the font, 400 where it is plain.
        turn: degrees clockwise around the anchor.
    """

    text: str
    x: float
    y: float
    size: float
    anchor: str
    fill: str
    weight: int
    turn: float


def without_labels(svg: str) -> tuple[str, tuple[Label, ...]]:
    """Return a drawing without its texts, and the texts, for a renderer that sets them in its own fonts.

    Args:
        svg: as ``svg_of`` returns it.
    """
    root = ET.fromstring(svg)  # noqa: S314  from svg_of, its texts escaped
    labels = []
    for parent in list(root.iter()):
        for element in [child for child in parent if child.tag == f"{_SVG}text"]:
            labels.append(_label(element))
            parent.remove(element)
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode"), tuple(labels)


def _label(element: ET.Element) -> Label:
    turned = re.match(r"rotate\((-?[\d.]+)", element.get("transform", ""))
    return Label(
        element.text or "",
        float(element.get("x", "0")),
        float(element.get("y", "0")),
        float(element.get("font-size", "9").removesuffix("px")),
        element.get("text-anchor", "start"),
        element.get("fill", INK),
        int(element.get("font-weight", "400")),
        float(turned[1]) if turned else 0.0,
    )
