"""Every field for which a table has room lands there: take it away, and the column it should fill is another."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import LOADERS, load
from forensics.loaders.format_declarations.table_format import roots
from forensics.loaders.fourcat.fourcat_sources import SOURCES

SAMPLES = Path(__file__).resolve().parents[1] / "loaders" / "samples"
SHARED = Path(os.environ.get("FORENSICS_SHARED_DATA", SAMPLES.parents[2].parent / "shared" / "data")).parent / "formats"
"""Further samples and lists of columns, where they are at hand."""

FIELDS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "fields.toml").read_text(encoding="utf-8")
)
NO_ROOM = "no room"
FURTHER = {
    "4cat_twitter-import.csv": "4cat/twitter-import",
    "FacebookAdLibraryReport_2024-07-07_FR_last_7_days_advertisers.csv": "ad-library-report.csv",
    "IRAhandle_tweets_1.csv": "fivethirtyeight.csv",
    "RC_2024-07.ndjson": "reddit.ndjson",
    "RS_2024-07.ndjson": "reddit.submissions.ndjson",
    "adlibrary_api.json": "ad-library-api.json",
    "bluesky_getAuthorFeed.json": "bluesky-feed.json",
    "bluesky_jetstream_v1.jsonl": "bluesky-jetstream.jsonl",
    "bluesky_jetstream_v2.jsonl": "bluesky-jetstream.second.jsonl",
    "coordination_network_toolkit.csv": "coordination-toolkit.csv",
    "coortweet.csv": "coortweet.csv",
    "crowdtangle_facebook_pages.csv": "crowdtangle.csv",
    "crowdtangle_instagram.csv": "crowdtangle.instagram.csv",
    "mastodon_statuses.json": "mastodon.json",
    "mcl_facebook.csv": "content-library.csv",
    "telegram_result.json": "telegram.json",
    "tiktok_research_comments.json": "tiktok-research.json",
    "tiktok_research_videos.json": "tiktok-research.json",
    "twitter_v1.jsonl": "twitter-v1.jsonl",
    "twitter_v2_twarc_page.jsonl": "twitter-v2.jsonl",
    "x_about_account.json": "x-about.jsonl",
    "xx_072024_tweets_csv_hashed.csv": "twitter-operations.csv",
    "xx_072024_users_csv_hashed.csv": "twitter-operations-users.csv",
    "youtube_commentThreads.json": "youtube.json",
    "youtube_videos.json": "youtube.videos.json",
    "zeeschuimer-twitter.ndjson": "zeeschuimer.ndjson",
}
"""Further samples, and the section whose fields theirs are."""


def entries() -> list[tuple[str, str, str]]:
    """Return every sample, column and field that fills it."""
    return [
        (sample, column, field)
        for sample, columns in FIELDS.items()
        for column, fields in columns.items()
        if column != NO_ROOM
        for field in fields
    ]


@cache
def tables(name: str, content: bytes, loader: str) -> Dataset | None:
    """Return the tables of a file in a format, or None where it is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return load(path, loader)
        except InputFileError:
            return None


def cells(dataset: Dataset | None, column: str) -> list[object]:
    table, name = column.split(".")
    return [] if dataset is None else sorted(getattr(dataset, table)[name].drop_nulls().to_list())


def fourcat_row(name: str) -> dict[str, str]:
    """Return a row of a data source in which every listed field has a value."""
    (source,) = (source for source in SOURCES if source.kind == name)
    row = dict.fromkeys([*sorted(source.marks), *FIELDS[f"4cat/{name}"].get(NO_ROOM, [])], "")
    for column, fields in FIELDS[f"4cat/{name}"].items():
        is_number = column.startswith("posts.") or "follow" in column or column == "accounts.posts"
        plain = "12" if is_number else "FR" if column.endswith("country") else None
        bare = [field.partition(" instead of ")[0] for field in fields if column != NO_ROOM and " = " not in field]
        row |= {field: plain or f"{field[:4]}77" for field in bare}
    shown = FIELDS[f"4cat/{name}"].get("actions.permalink", [])
    addresses = [field for field in row if re.search(r"link_(url|attached)|links|urls?$|linked", field)]
    row |= {field: f"https://example.org/{field}" for field in addresses}
    row |= dict(field.split(" = ") for field in shown if " = " in field)
    row |= {field: f"ann{number}" for number, field in enumerate(roots(source.account))}
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


def with_and_without(sample: str, field: str) -> tuple[bytes, bytes]:
    """Return a sample with a field and without it; the fields that it stands in for are taken away from both."""
    field, _, others = field.partition(" instead of ")
    field, _, value = field.partition(" = ")
    preferred = [other for other in others.split(", ") if other]
    if sample.startswith("4cat/") or sample.endswith(".csv"):
        escape = "\\" if sample == "youtube-data-tools.csv" else None
        rows = [fourcat_row(sample.partition("/")[2])] if sample.startswith("4cat/") else sample_rows(sample, escape)
        blank = dict.fromkeys(preferred, "")
        filled = [{**row, **blank, field: value or row.get(field, "")} for row in rows]
        return tabular(filled, escape), tabular([{**row, field: ""} for row in filled], escape)
    values = sample_values(sample)
    for each in values:
        for other in preferred:
            take(each, steps(other))
        if value:
            put(each, steps(field), value if field.endswith(("id_str", "_id", "[].id")) else parsed(value))
    bare = copy.deepcopy(values)
    for each in bare:
        take(each, steps(field))
    return dumped(values), dumped(bare)


def sample_values(sample: str) -> list[Any]:
    """Return a sample's JSON values; of one with the items of several platforms, those of the one that is named."""
    name, _, platform = sample.partition("/")
    path = SAMPLES / (f"{name}.mixed.ndjson" if platform else name)
    text = path.read_text(encoding="utf-8").replace("\\x0B", "")
    values = [json.loads(line) for line in ([text] if path.suffix == ".json" else text.splitlines())]
    return [value for value in values if not platform or value["source_platform"] == platform]


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


@pytest.mark.parametrize(("sample", "column", "field"), entries())
def test_a_field_fills_its_column(sample: str, column: str, field: str) -> None:
    loader = re.split("[./]", sample)[0]
    name = "export.csv" if loader == "4cat" else sample.replace("/", "-") + ("" if "." in sample else ".ndjson")
    whole, bare = (tables(name, content, loader) for content in with_and_without(sample, field))
    assert cells(whole, column)
    assert cells(whole, column) != cells(bare, column)


def test_every_format_and_every_source_is_listed() -> None:
    tables = {path.name.partition(".")[0] for path in SAMPLES.iterdir()}
    listed = {name.partition(".")[0].partition("/")[0] for name in FIELDS}
    everything_is_read = {"coordination-graph", "coordination-toolkit", "generic", "mastodon-likes", "network"}
    assert tables - listed == everything_is_read
    assert {source.kind for source in SOURCES} - {name.partition("/")[2] for name in FIELDS} == {"upload"}
    platforms = {f"zeeschuimer/{value['source_platform']}" for value in sample_values("zeeschuimer.mixed.ndjson")}
    assert platforms - set(FIELDS) == {"zeeschuimer/unknown.example"}


def leaves(value: object, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the path to each value that is neither an object nor a list."""
    if isinstance(value, dict) and value:
        return set().union(*(leaves(inner, (*path, key)) for key, inner in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(leaves(inner, (*path, "[]")) for inner in value))
    return {path}


def unlisted(section: str, fields: Collection[tuple[str, ...]]) -> list[str]:
    """Return the fields for which a section says neither where they land nor that there is no room."""
    is_table = section.startswith("4cat/") or section.endswith(".csv")
    read = [field for name, _, field in entries() if name == section]
    read = [field.partition(" instead of ")[0].partition(" = ")[0] for field in read]
    loader = re.split("[./]", section)[0]
    read += [path for known in LOADERS.get(loader).formats for path in known.paths()]
    general = FIELDS.get(loader, {})
    without = [*FIELDS.get(section, {}).get(NO_ROOM, []), *general.get(NO_ROOM, [])]
    runs, roots = ([(field,) if is_table else tuple(steps(field)) for field in part] for part in (read, without))
    return sorted(
        ".".join(field)
        for field in fields
        if not any(field[at : at + len(run)] == run for run in runs for at in range(len(field)))
        and not any(field[: len(root)] == root for root in roots)
        and not any(run[: len(field) - at] == field[at:] for run in runs for at in range(max(1, len(field) - 1)))
    )


def fields_of(path: Path) -> set[tuple[str, ...]]:
    """Return the columns of a table or the paths to the values of JSON."""
    if path.suffix == ".csv":
        escape = "\\" if path.name == "youtube-data-tools.csv" else None
        text = path.read_text(encoding="utf-8-sig")
        delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
        return {(name,) for name in next(csv.reader(io.StringIO(text), delimiter=delimiter, escapechar=escape))}
    text = path.read_text(encoding="utf-8").replace("\\x0B", "")
    values = [json.loads(line) for line in ([text] if path.suffix == ".json" else text.splitlines())]
    return set().union(*(leaves(value) for value in values))


@pytest.mark.parametrize("section", [name for name in FIELDS if "." in name])
def test_each_field_of_a_sample_is_listed(section: str) -> None:
    if "/" in section:
        fields = set().union(*(leaves(value) for value in sample_values(section)))
    else:
        fields = fields_of(SAMPLES / section)
    assert unlisted(section, fields) == []


@pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="no further samples are at hand")
def test_each_field_of_the_further_samples_is_listed() -> None:
    paths = sorted((SHARED / "samples").iterdir())
    assert {path.name for path in paths} <= set(FURTHER)
    left = {path.name: unlisted(FURTHER[path.name], fields_of(path)) for path in paths}
    assert {name: fields for name, fields in left.items() if fields} == {}


@pytest.mark.skipif(not (SHARED / "4cat_columns.txt").exists(), reason="the lists of 4CAT's columns are not at hand")
def test_each_column_of_4cat_is_listed() -> None:
    text = (SHARED / "4cat_columns.txt").read_text(encoding="utf-8")
    left = {}
    for name, columns in re.findall(r"^(\S+) \w+ \d+\n\s+(.+)$", text, re.MULTILINE):
        fields = [(column,) for column in re.split(r",\s*", columns) if re.fullmatch(r"\w+", column)]
        if name != "test" and (found := unlisted(f"4cat/{name}", fields)):
            left[name] = sorted({*left.get(name, []), *found})
    assert left == {}
