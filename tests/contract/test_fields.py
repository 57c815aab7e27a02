"""Every field for which a table has room lands there: take it away, and the column it should fill is another."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from forensics.errors import InputFileError
from forensics.loaders import load
from forensics.loaders.fourcat_sources import SOURCES
from forensics.model import Dataset

SAMPLES = Path(__file__).resolve().parents[1] / "loaders" / "samples"
FIELDS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
)
ALONE = (
    *("actions.account_id", "actions.post_id", "actions.acted_at", "actions.action", "actions.object_id"),
    *("money.payment_id", "money.account_id", "accounts.account_id"),
)
"""Columns on which others rest: their fields are taken away one by one, those of the other columns together."""


def groups() -> list[tuple[str, dict[str, str]]]:
    """Return samples with what is taken away at once: column to field."""
    found = []
    for sample, columns in FIELDS.items():
        found += [(sample, {column: field}) for column in ALONE for field in columns.get(column, [])]
        others = {column: fields for column, fields in columns.items() if column not in ALONE}
        for at in range(max(map(len, others.values()), default=0)):
            found.append((sample, {column: fields[at] for column, fields in others.items() if at < len(fields)}))
    return found


@cache
def tables(name: str, content: bytes) -> Dataset | None:
    """Return the tables of a file, or None where it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return load(path)
        except InputFileError:
            return None


def cells(dataset: Dataset | None, column: str) -> list[object]:
    table, name = column.split(".")
    return [] if dataset is None else sorted(getattr(dataset, table)[name].drop_nulls().to_list())


def fourcat_row(name: str) -> dict[str, str]:
    """Return a row of a data source in which every listed field has a value."""
    (source,) = (source for source in SOURCES if source.name == name)
    row = dict.fromkeys(sorted(source.marks), "")
    for column, fields in FIELDS[f"4cat/{name}"].items():
        is_number = column.startswith("posts.") or "follow" in column or column == "accounts.posts"
        plain = "12" if is_number else "FR" if column.endswith("country") else None
        row |= {field: plain or f"{field[:4]}77" for field in fields if " = " not in field}
    addresses = [field for field in row if re.search(r"link_(url|attached)|links|urls?$|linked", field)]
    row |= {field: f"https://example.org/{field}" for field in addresses}
    row |= {field: f"ann{number}" for number, field in enumerate(source.account)}
    times = {"timestamp": "2024-06-21 20:00:00", "created_at": "2024-06-21T20:00:00Z", "unix_timestamp": "1719000000"}
    return {**row, **times, "id": "15001-7", "author_created_at": "2020-01-01T00:00:00Z"}


def put(value: Any, path: list[str], new: object) -> None:  # noqa: ANN401  any JSON
    """Set a path in a JSON value, in each element of its lists."""
    key, *rest = path
    if key == "[]":
        if not value:
            value.append({})
        for element in value:
            put(element, rest, new)
    elif not rest:
        value[key] = new
    else:
        if value.get(key) is None:
            value[key] = [] if rest[0] == "[]" else {}
        put(value[key], rest, new)


def take(value: Any, path: list[str]) -> None:  # noqa: ANN401  any JSON
    """Take a path out of a JSON value, wherever it begins."""
    for inner in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        take(inner, path)
    _take_here(value, path)


def _take_here(value: Any, path: list[str]) -> None:  # noqa: ANN401  any JSON
    key, *rest = path
    if key == "[]" and isinstance(value, list):
        for element in value:
            _take_here(element, rest)
    elif isinstance(value, dict) and not rest:
        value.pop(key, None)
    elif isinstance(value, dict) and key in value:
        _take_here(value[key], rest)


def parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def with_and_without(sample: str, fields: Collection[str]) -> tuple[bytes, bytes]:
    """Return a sample with some fields and without them."""
    named = {field.partition(" = ")[0]: field.partition(" = ")[2] for field in fields}
    if sample.startswith("4cat/") or sample.endswith(".csv"):
        escape = "\\" if sample == "youtube-data-tools.csv" else None
        rows = [fourcat_row(sample.partition("/")[2])] if sample.startswith("4cat/") else sample_rows(sample, escape)
        filled = [{**row, **{field: value or row.get(field, "") for field, value in named.items()}} for row in rows]
        return tabular(filled, escape), tabular([{**row, **dict.fromkeys(named, "")} for row in filled], escape)
    text = (SAMPLES / sample).read_text(encoding="utf-8").replace("\\x0B", "")
    values = [json.loads(line) for line in ([text] if sample.endswith(".json") else text.splitlines())]
    for field, value in named.items():
        for each in values if value else ():
            put(each, steps(field), value if field.endswith(("id_str", "_id", "[].id")) else parsed(value))
    bare = copy.deepcopy(values)
    for field in named:
        for each in bare:
            take(each, steps(field))
    return dumped(values), dumped(bare)


def steps(field: str) -> list[str]:
    return [step for step in field.replace("[]", ".[]").split(".") if step]


def dumped(values: list[object]) -> bytes:
    return "\n".join(json.dumps(value) for value in values).encode()


def sample_rows(sample: str, escape: str | None) -> list[dict[str, str]]:
    """Return the rows of a table, without those that repeat its header."""
    text = (SAMPLES / sample).read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), escapechar=escape, doublequote=escape is None)
    return [row for row in rows if list(row) != list(row.values())]


def tabular(rows: list[dict[str, str]], escape: str | None) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n", escapechar=escape, doublequote=escape is None)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("sample", "fields"), groups(), ids=lambda it: it if isinstance(it, str) else ", ".join(it.values())[:50]
)
def test_a_field_fills_its_column(sample: str, fields: dict[str, str]) -> None:
    name = "export.csv" if sample.startswith("4cat/") else sample
    whole, bare = (tables(name, content) for content in with_and_without(sample, fields.values()))
    assert not [column for column in fields if not cells(whole, column)]
    assert not {column: field for column, field in fields.items() if cells(whole, column) == cells(bare, column)}


def test_every_format_and_every_source_is_listed() -> None:
    tables = {path.name.partition(".")[0] for path in SAMPLES.iterdir()}
    listed = {name.partition(".")[0].partition("/")[0] for name in FIELDS}
    assert tables - listed == {"4cat-telegram", "coordination-graph", "generic"}
    assert {source.name for source in SOURCES} - {name.partition("/")[2] for name in FIELDS} == {"upload"}
