"""A small table as HTML, for a notebook; all text is escaped and what is hidden in it is shown by its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from unicodedata import category


def html_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table.

    ``html_table("2 rows", ("name", "n"), [("a<b", 1_000)])`` has the cells ``a&lt;b`` and ``1,000``.

    Args:
        header: the names of the columns.
        rows: the cells; None is an empty one, a whole number is written with commas.
    """
    head = "".join(f"<th>{_cell(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{_cell(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"
    return escape("".join(f"⟨U+{ord(each):04X}⟩" if category(each) in _HIDDEN else each for each in str(value)))


_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode's categories of characters without a shape of their own."""
