"""Every format that is declared as data: the field map is the program, so each of its fields is tried on a sample.

Take a field away from every sample of its format, and what is read is another; and each field of a sample is either
read or listed as one for which no table has room (``fields.toml``).
"""

from __future__ import annotations

import copy
import csv
import io
import json
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders import LOADERS, load
from forensics.loaders.format_declarations.format_reading import format_of
from forensics.loaders.format_declarations.json_format import flat_name
from forensics.loaders.format_declarations.table_format import TableFormat, roots
from forensics.loaders.format_recognition import head_of
from forensics.loaders.loader import ReadOptions

SAMPLES = Path(__file__).resolve().parents[1] / "loaders" / "samples"
AGREED = ReadOptions(settings={"consent": "true"})
SETTINGS = {"content-library": {"account": "surface"}}
"""Of a loader, settings under which its samples are read a second time."""

NO_ROOM: dict[str, list[str]] = {
    name: section.get("no room", [])
    for name, section in tomllib.loads((Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")).items()
}


DECLARED = [(loader.name, known) for loader in LOADERS for known in loader.formats if known.rows is None]
"""The declared formats that read a table or JSON, and the names of their loaders."""


@cache
def samples_of(loader: str) -> dict[str, list[Path]]:
    """Return the samples of each format of a loader, by its kind."""
    found: dict[str, list[Path]] = {}
    for path in sorted(SAMPLES.iterdir()):
        if path.name.partition(".")[0] == loader:
            known = format_of(LOADERS.get(loader).formats, head_of(path, AGREED))
            if known is not None:
                found.setdefault(known.kind, []).append(path)
    return found


@cache
def text_of(path: Path) -> tuple[str, str]:
    """Return a sample's text and its encoding."""
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] == b"\xff\xfe" else "utf-8-sig" if raw[:3] == b"\xef\xbb\xbf" else "utf-8"
    return raw.decode(encoding), encoding


def is_json(path: Path) -> bool:
    return text_of(path)[0].lstrip()[:1] in ("{", "[")


def cells(path: Path, known: TableFormat) -> tuple[list[list[str]], int, str]:
    """Return a table's records, which of them is the header, and its delimiter."""
    text, _ = text_of(path)
    delimiter = "\t" if "\t" in text.splitlines()[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return (
        rows,
        next(at for at, row in enumerate(rows) if {flat_name(cell) for cell in row} >= set(known.marks)),
        delimiter,
    )


def values(path: Path) -> list[Any]:
    text, _ = text_of(path)
    return [json.loads(text)] if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]


def blank(value: Any, steps: list[str]) -> None:  # noqa: ANN401  any JSON
    """Put null at a path, wherever it begins."""
    for inner in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        blank(inner, steps)
    _blank_here(value, steps)


def _blank_here(value: Any, steps: list[str]) -> None:  # noqa: ANN401  any JSON
    key, *rest = steps
    if key == "[]":
        for at, element in enumerate(value if isinstance(value, list) else ()):
            if rest:
                _blank_here(element, rest)
            else:
                value[at] = None
    elif isinstance(value, dict) and key in value:
        if rest:
            _blank_here(value[key], rest)
        else:
            value[key] = None


def steps_of(path: str) -> list[str]:
    return [step for step in path.removeprefix("^").replace("[]", ".[]").split(".") if step]


def without(sample: Path, known: TableFormat, fields: Sequence[str]) -> bytes:
    """Return a sample without some fields."""
    _, encoding = text_of(sample)
    if is_json(sample):
        found = copy.deepcopy(values(sample))
        for value in found:
            for field in fields:
                if field.startswith("^"):
                    _blank_here(value, steps_of(field))
                elif len(steps_of(field)) == 1 and known.items.lists:
                    blank_items(value, known, steps_of(field))
                else:
                    blank(value, steps_of(field))
        return "\n".join(json.dumps(value) for value in found).encode(encoding)
    rows, at, delimiter = cells(sample, known)
    names = {name for field in fields for name in (field, field.partition("[]")[0])}
    places = [place for place, cell in enumerate(rows[at]) if flat_name(cell) in names]
    for row in rows[at + 1 :]:
        for place in places:
            row[place] = ""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(encoding)


def blank_items(value: Any, known: TableFormat, steps: list[str]) -> None:  # noqa: ANN401  any JSON
    """Put null at a path of the items of a document, and not of the document itself."""
    for item in known.items.of(value) if not isinstance(value, list) else ():
        _blank_here(item, steps)
    for inner in value if isinstance(value, list) else ():
        blank_items(inner, known, steps)


@cache
def outcome(name: str, content: bytes) -> list[pl.DataFrame] | str:
    """Return the tables and the rejected rows of a file, or why it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        loader = name.partition(".")[0]
        further = [ReadOptions(settings=SETTINGS[loader])] if loader in SETTINGS else []
        try:
            datasets = [load(path, loader, options) for options in (AGREED, *further)]
        except InputFileError as error:
            return str(error)
        return [
            *(getattr(dataset, table.name) for dataset in datasets for table in schema.TABLES),
            *(dataset.sources[0].rejected for dataset in datasets),
        ]


def same(one: list[pl.DataFrame] | str, other: list[pl.DataFrame] | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return all(a.equals(b) for a, b in zip(one, other, strict=True))


def is_read(field: str, known: TableFormat, paths: Sequence[Path]) -> bool:
    """Return whether a sample gives another outcome without a field, or without it where nothing stands in for it."""
    others = [roots(part) for _, part in known.fields() if field in roots(part)]
    for path in paths:
        for names in [[], *others]:
            besides = [name for name in names if name != field]
            whole, bare = (without(path, known, part) for part in (besides, [*besides, field]))
            if whole != bare and not same(outcome(path.name, whole), outcome(path.name, bare)):
                return True
    return False


@pytest.mark.parametrize(("loader", "known"), DECLARED, ids=lambda value: getattr(value, "kind", value))
def test_each_declared_field_is_read_from_a_sample(loader: str, known: TableFormat) -> None:
    paths = samples_of(loader).get(known.kind, [])
    assert paths
    assert [field for field in known.paths() if not is_read(field, known, paths)] == []


def leaves(value: object, path: str = "") -> set[str]:
    """Return the path to each value that is neither an object nor a list."""
    if isinstance(value, dict) and value:
        return set().union(*(leaves(inner, f"{path}.{key}") for key, inner in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(leaves(inner, f"{path}[]") for inner in value))
    return {path.removeprefix(".")}


@pytest.mark.parametrize(("loader", "known"), DECLARED, ids=lambda value: getattr(value, "kind", value))
def test_each_field_of_a_sample_is_read_or_has_no_room(loader: str, known: TableFormat) -> None:
    found: set[str] = set()
    for path in samples_of(loader)[known.kind]:
        if is_json(path):
            for value in values(path):
                for part in value if isinstance(value, list) else [value]:
                    for item in known.items.of(part):
                        found |= leaves(item)
        else:
            rows, at, _ = cells(path, known)
            found |= {flat_name(cell.strip()) for cell in rows[at]}
    read = {flat for path in known.paths() for flat in (path, path.partition("[]")[0])}
    no_room = NO_ROOM.get(loader, [])
    left = {
        field
        for field in found - read - {""}
        if not any(field == name or field.startswith((f"{name}.", f"{name}[]")) for name in no_room)
    }
    assert sorted(left) == []
