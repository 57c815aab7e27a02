"""The border between the data's text and the documents: what cannot be seen is shown, what overflows is cut.

Text in data is hostile. Control characters break files, direction overrides make a name read backwards, and stacks of
combining marks run over the lines above. Each is shown by its code, such as ``⟨U+202E⟩``. This is done once, to the
whole run, before anything is worded, drawn or exported; escaping for a medium is the renderer's work.
"""

from __future__ import annotations

import dataclasses
from typing import TypeVar

import polars as pl

from forensics.dataset import Source
from forensics.findings import Detection, Run
from forensics.messages import Message, message

HIDDEN = (
    *(code for code in range(0x20) if chr(code) not in "\n\t"),
    *range(0x7F, 0xA0),  # delete and the C1 controls
    0xAD,  # soft hyphen
    0x200B,  # zero width space
    *range(0x2028, 0x202F),  # line and paragraph separators, direction embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, invisible operators, direction isolates
    0xFEFF,  # byte order mark
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0xFDD0, 0xFDF0),  # never characters
    0xFFFE,
    0xFFFF,
)
"""Code points that have no shape of their own and change how others are read."""

_CODES = {chr(code): f"⟨U+{code:04X}⟩" for code in HIDDEN}
_HIDDEN_CLASS = "[" + "".join(f"\\x{{{code:X}}}" for code in HIDDEN) + "]"
_UNUSUAL = r"[^\n\t -~]"
"""What is neither printable ASCII nor a line's end; seeking it takes half of the time that the others take."""
_STACK = r"(\p{M}{3})\p{M}+"
"""More than three combining marks in a row: no living language needs them."""


def visible(text: str) -> str:
    """Return a text with its hidden characters shown and its stacks of combining marks cut."""
    if text.isascii() and text.isprintable():  # nearly always, and a series for each text would cost seconds
        return text
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return str(_visible(pl.Series([safe])).item())


def short(text: str | None, limit: int) -> str:
    """Return a text cut to so many characters, an ellipsis in place of the rest; empty for None."""
    if text is None:
        return ""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def visible_run(run: Run) -> Run:
    """Return the run with every text made visible: the case, the files, the messages and all tables."""
    return dataclasses.replace(
        run,
        case=_fields(run.case),
        overview=tuple(_fields(item) for item in run.overview),
        sources=tuple(_source(item) for item in run.sources),
        failures=tuple(_fields(item) for item in run.failures),
        detections=tuple(_detection(item) for item in run.detections),
        versions={visible(name): visible(version) for name, version in run.versions.items()},
        truth=_fields(run.truth) if run.truth else None,
    )


def _source(source: Source) -> Source:
    unmapped = {visible(name): count for name, count in source.unmapped.items()}
    return dataclasses.replace(_fields(source), rejected=_frame(source.rejected), unmapped=unmapped)


def _detection(detection: Detection) -> Detection:
    return dataclasses.replace(
        detection,
        params={name: _part(value) for name, value in detection.params.items()},
        findings=tuple(_fields(item) for item in detection.findings),
        tables={name: _frame(table) for name, table in detection.tables.items()},
    )


V = TypeVar("V")


def _fields(value: V) -> V:
    """Return a frozen value with its texts, and its tuples of texts, made visible."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{value!r} is not a dataclass")
    changed: dict[str, object] = {}
    for item in dataclasses.fields(value):
        content = getattr(value, item.name)
        if isinstance(content, str):
            changed[item.name] = visible(content)
        elif isinstance(content, tuple | Message):
            changed[item.name] = _part(content)
    return dataclasses.replace(value, **changed)


def _part(part: object) -> object:
    """Return an entry of a tuple: a text, texts, or a value that holds texts."""
    if isinstance(part, str):
        return visible(part)
    if isinstance(part, tuple):
        return tuple(_part(entry) for entry in part)
    if isinstance(part, Message):
        return message(visible(part.key), **{name: _part(value) for name, value in part.fields.items()})
    return _fields(part) if dataclasses.is_dataclass(part) else part


def _frame(frame: pl.DataFrame) -> pl.DataFrame:
    names = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return frame.with_columns(_visible(frame[name]) for name in names)


def _visible(texts: pl.Series) -> pl.Series:
    """Return the series, unchanged where it holds nothing hidden, which is nearly always; each text is read once."""
    kinds = texts.unique()
    if not kinds.str.contains(_UNUSUAL).any():
        return texts
    shown = kinds
    if shown.str.contains(_HIDDEN_CLASS).any():
        shown = shown.str.replace_many(list(_CODES), list(_CODES.values()))
    if shown.str.contains(_STACK).any():
        shown = shown.str.replace_all(_STACK, "${1}…")
    changed = (kinds != shown).fill_null(value=False)
    return texts.replace(kinds.filter(changed), shown.filter(changed)) if changed.any() else texts
