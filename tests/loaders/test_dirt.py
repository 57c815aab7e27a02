"""Real dirt, family by family: each damage that files come with, done to clean ones, and what is left of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from forensics import loaders
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders import recognise
from forensics.loaders.loader import ReadOptions
from forensics.loaders.normalising.row_ledger import readable

SAMPLES = Path(__file__).resolve().parent / "samples"
TABLES = sorted(SAMPLES.glob("*.csv"))
LINES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".ndjson", ".jsonl"))
DOCUMENTS = sorted(SAMPLES.glob("*.json"))
FRAMES = ("actions", "accounts", "posts", "money")


load = partial(loaders.load, options=ReadOptions(settings={"consent": "true"}))
"""As one whom the people of a private chat have agreed with."""


def utf8(path: Path) -> bytes:
    """Return a sample's bytes in UTF-8, whatever it is written in."""
    data = path.read_bytes()
    return data.decode("utf-16").encode() if data.startswith(b"\xff\xfe") else data


def values(dataset: Dataset) -> list[object]:
    """Return what the tables hold and the ledger counts."""
    frames = [getattr(dataset, name).rows() for name in FRAMES]
    (source,) = dataset.sources
    return [*frames, source.rows_read, source.rows_kept, readable(source.rejected).select("row", "reason").rows()]


def loader_of(path: Path) -> str:
    return path.name.partition(".")[0]


def spoilt(tmp_path: Path, path: Path, content: bytes) -> Path:
    target = tmp_path / path.name
    target.write_bytes(content)
    assert recognise(target).loader == loader_of(path)
    return target


def delimiter(data: bytes) -> str:
    return "\t" if b"\t" in data.partition(b"\n")[0] else ","


def with_semicolons(data: bytes) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter(data)))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


HARMLESS_TO_TABLES: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
    "CR alone at the ends of lines": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "CRLF at the ends of lines": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "UTF-16 with its mark": lambda data: data.decode("utf-8-sig").encode("utf-16"),
    "semicolons": with_semicolons,
    "Excel's hint of the delimiter": lambda data: (
        f"sep={delimiter(data)}\n".encode() + data.removeprefix(b"\xef\xbb\xbf")
    ),
    "no line end at the end": lambda data: data.rstrip(b"\r\n"),
}


def plain(path: Path) -> bool:
    """Return whether a sample has commas between its cells, and neither line ends nor backslashes within them."""
    text = utf8(path).decode("utf-8-sig")
    is_whole = text.count("\n") == sum(1 for _ in csv.reader(io.StringIO(text)))
    return is_whole and ";" not in text.partition("\n")[0] and "\\" not in text


PLAIN = [path for path in TABLES if plain(path)]
FEW = [*PLAIN[::8], SAMPLES / "meltwater.csv"]


@pytest.mark.parametrize("damage", HARMLESS_TO_TABLES)
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_a_table_is_read_the_same_with(path: Path, damage: str, tmp_path: Path) -> None:
    target = spoilt(tmp_path, path, HARMLESS_TO_TABLES[damage](utf8(path)))
    assert values(load(target)) == values(load(path))


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_a_header_in_the_middle_of_a_table_is_rejected(path: Path, tmp_path: Path) -> None:
    header, rest = utf8(path).split(b"\n", 1)
    first, _, others = rest.partition(b"\n")
    clean, (source,) = load(path), load(spoilt(tmp_path, path, b"\n".join((header, first, header, others)))).sources
    assert source.rows_read == clean.sources[0].rows_read + 1
    assert source.rows_kept == clean.sources[0].rows_kept
    assert (2, "the header repeated") in readable(source.rejected).select("row", "reason").rows()


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_a_torn_last_row_of_a_table_costs_no_other(path: Path, tmp_path: Path) -> None:
    clean = load(path).sources[0]
    last = utf8(path).rstrip(b"\r\n").rpartition(b"\n")[2]
    (source,) = load(spoilt(tmp_path, path, utf8(path).rstrip(b"\r\n") + b"\n" + last[:3])).sources
    assert (source.rows_read, source.rows_kept) == (clean.rows_read + 1, clean.rows_kept)


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_broken_utf8_in_a_table_is_refused_with_its_byte_and_read_on_request(path: Path, tmp_path: Path) -> None:
    data = utf8(path).rstrip(b"\r\n") + b"\n" + 3 * "é".encode() + b"\xe9t\xe9\n"
    target = spoilt(tmp_path, path, data)
    with pytest.raises(InputFileError, match=r'byte [\d,]+ is 0xe9.*encoding = "cp1252"'):
        load(target)
    for encoding in ("cp1252", "utf-8-replace"):
        (source,) = load(target, options=ReadOptions(settings={"encoding": encoding})).sources
        assert source.rows_kept == load(path).sources[0].rows_kept


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.name)
def test_nul_bytes_in_a_table_cost_their_row_at_most(path: Path, tmp_path: Path) -> None:
    data = utf8(path).rstrip(b"\r\n") + b"\n\x00\x00\n"
    (source,) = load(spoilt(tmp_path, path, data)).sources
    assert source.rows_kept == load(path).sources[0].rows_kept


HALL = ["hall", "vote"]
CELLS = {
    "a list as Python shows it": ("['vote', 'hall']", "actions.object_id", HALL, {
        "content-library.csv": "hashtags", "generic.csv": "hashtags", "tiktok-table.csv": "hashtag_names",
        "twarc-csv.csv": "entities.hashtags", "twitter-operations.csv": "hashtags",
    }),
    "a list without quotes": ("[vote, hall]", "actions.object_id", HALL, {
        "content-library.csv": "hashtags", "generic.csv": "hashtags", "tiktok-table.csv": "hashtag_names",
        "twarc-csv.csv": "entities.hashtags", "twitter-operations.csv": "hashtags",
    }),
    "coordinates that are absent": ("absent", "actions.latitude", [], {
        "4cat.csv": "long_lat", "twarc-csv.csv": "geo.coordinates.coordinates", "twitter-operations.csv": "latitude",
        "youtube-data-tools.csv": "latitude",
    }),
    "thousands commas": ("1,234", "posts.likes", [1234], {
        "4cat.csv": "like_count", "content-library.csv": "statistics.like_count", "crowdtangle.csv": "Likes",
        "tiktok-table.csv": "like_count", "twarc-csv.csv": "public_metrics.like_count",
        "twitter-operations.csv": "like_count", "youtube-data-tools.csv": "likeCount",
    }),
}  # fmt: skip
"""Damage to what a cell says, where it is read, what is read, and the column of each family that it is done to."""


@pytest.mark.parametrize(
    ("name", "column", "damage"), [(name, column, it) for it, case in CELLS.items() for name, column in case[3].items()]
)
def test_a_cell_is_read_in_spite_of(name: str, column: str, damage: str, tmp_path: Path) -> None:
    cell, place, expected, _ = CELLS[damage]
    escape = "\\" if name == "youtube-data-tools.csv" else None
    text = (SAMPLES / name).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), escapechar=escape, doublequote=escape is None))
    out = io.StringIO()
    writer = csv.DictWriter(out, dict.fromkeys((*rows[0], column)), escapechar=escape, doublequote=escape is None)
    writer.writeheader()
    writer.writerows({**row, column: cell} for row in rows if list(row) != list(row.values()))
    dataset = load(spoilt(tmp_path, SAMPLES / name, out.getvalue().encode()))
    table, field = place.split(".")
    found = set(getattr(dataset, table)[field].drop_nulls())
    assert (set(expected) <= found) if field == "object_id" else found == set(expected)
    assert dataset.sources[0].rows_kept == load(SAMPLES / name).sources[0].rows_kept


SOME = [*LINES[::5], SAMPLES / "telethon.jsonl"]
HARMLESS_TO_LINES: dict[str, Callable[[bytes], bytes]] = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CR alone at the ends of lines": lambda data: data.replace(b"\n", b"\r"),
    "CRLF at the ends of lines": lambda data: data.replace(b"\n", b"\r\n"),
    "UTF-16 with its mark": lambda data: data.decode().encode("utf-16"),
    "blank lines and NUL bytes between lines": lambda data: data.replace(b"\n", b"\n\x00\n \r\n"),
    "the lines as one list": lambda data: b"[" + b",".join(data.strip().split(b"\n")) + b"]",
    "the lines as one list on many lines": lambda data: json.dumps(
        [json.loads(line) for line in data.strip().split(b"\n")], indent=1
    ).encode(),
}


@pytest.mark.parametrize("damage", HARMLESS_TO_LINES)
@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_ndjson_is_read_the_same_with(path: Path, damage: str, tmp_path: Path) -> None:
    target = spoilt(tmp_path, path, HARMLESS_TO_LINES[damage](utf8(path)))
    assert values(load(target)) == values(load(path))


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_a_torn_last_line_of_ndjson_costs_no_other(path: Path, tmp_path: Path) -> None:
    clean = load(path).sources[0]
    data = utf8(path).rstrip()
    (source,) = load(spoilt(tmp_path, path, data + b"\n" + data.rpartition(b"\n")[2][:20])).sources
    assert (source.rows_read, source.rows_kept) == (clean.rows_read + 1, clean.rows_kept)


JSON_DAMAGE = {
    "a lone surrogate": (b"\\ud83d", "\ufffd"),
    "an illegal escape": (b"\\x0B", "\x0b"),
    "broken UTF-8": (b"\xe9", "\ufffd"),
    "a bare control character": (b"\x07", "\x07"),
}


def with_texts() -> list[tuple[Path, bytes]]:
    """Return the JSON samples with a piece of text in them that a table keeps."""
    pieces = (b"Meet us", b"town hall", b"hall")
    return [(path, next(p for p in pieces if p in utf8(path))) for path in (*LINES, *DOCUMENTS)[::4]
            if load(path).actions.height and any(p in utf8(path) for p in pieces)]  # fmt: skip


@pytest.mark.parametrize("damage", JSON_DAMAGE)
@pytest.mark.parametrize(("path", "piece"), with_texts(), ids=lambda it: it.name if isinstance(it, Path) else "")
def test_broken_characters_in_json_are_repaired_and_counted(
    path: Path, piece: bytes, damage: str, tmp_path: Path
) -> None:
    written, read = JSON_DAMAGE[damage]
    target = spoilt(tmp_path, path, utf8(path).replace(piece, written + b" " + piece))
    dataset, clean = load(target), load(path)
    assert dataset.sources[0].rows_kept == clean.sources[0].rows_kept
    assert any("repaired" in str(note) for note in dataset.sources[0].notes)
    if "<p>" not in path.read_text(encoding="utf-8"):  # in HTML a vertical tab is a blank
        assert any(read in (text or "") for text in dataset.actions["text"].to_list())


def test_a_line_of_fifty_megabytes_of_ndjson_and_one_in_a_document_are_read(tmp_path: Path) -> None:
    line = json.loads((SAMPLES / "reddit.ndjson").read_text(encoding="utf-8").splitlines()[0])
    long = {**line, "id": "long", "body": "long" * 12_500_000}
    lines = tmp_path / "RC_long.ndjson"
    lines.write_text(f"{json.dumps(long)}\n{json.dumps(line)}\n", encoding="utf-8")
    assert load(lines).sources[0].rows_kept == 2
    listed = tmp_path / "RC_long.json"
    listed.write_text(json.dumps([line, long]), encoding="utf-8")
    assert load(listed).sources[0].rows_kept == 2
