"""Files from strangers: what would fill the machine, never end, or lead out of its folder is refused in words."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import json
import lzma
import os
import re
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import zstandard

from cases.case_file import case_file
from cases.case_file.case_inputs import locate
from cases.comparing import run_scoring
from cases.conversation.inspected_files import files_of
from cases.custody import archived_copies, custody_log
from cases.custody.verification import outputs
from cases.run_folder import run_json, stored_run
from cases.running import engine_counting
from forensics import schema
from forensics.errors import CaseFileError, ForensicsError, InputFileError
from forensics.findings import Run
from forensics.loaders import load
from forensics.loaders.reading import data_file
from forensics.loaders.reading.csv_dialect import distinct_names

REJECTED = pl.DataFrame({"row": [3], "reason": ["no"], "excerpt": [""], "fields": [None]}, schema.REJECTED.schema)
ROWS = b"account_id,object_id,timestamp\n" + b"a,o,1714000000\n"


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the limit of unpacking be reached by a small file."""
    monkeypatch.setattr(data_file, "_FREE_BYTES", 1 << 20)


@pytest.mark.parametrize("packing", ["gzip", "zip", "zstd", "xz", "bzip2"])
@pytest.mark.usefixtures("small_limit")
def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, packing: str) -> None:
    bomb = ROWS + b"a" * (40 << 20)
    path = tmp_path / "bomb.csv"
    if packing == "gzip":
        path.write_bytes(gzip.compress(bomb, 9))
    elif packing == "xz":
        path.write_bytes(lzma.compress(bomb))
    elif packing == "bzip2":
        path.write_bytes(bz2.compress(bomb))
    elif packing == "zstd":
        path.write_bytes(zstandard.ZstdCompressor(19).compress(bomb))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("acts.csv", bomb)
    with pytest.raises(InputFileError, match="unpacks to more than 250 times its size"):
        load(path, "generic")


@pytest.mark.parametrize("start", [b"", ROWS, b"[", b'{"id": "1"}\n'])
def test_next_to_nothing_but_blank_lines_is_refused_at_once(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "acts.gz"
    path.write_bytes(gzip.compress(start + b"\n" * (20 << 20), 9))
    begun = time.process_time()
    with pytest.raises(InputFileError, match="nothing but blank"):
        load(path, "generic" if start == ROWS else None)
    assert time.process_time() - begun < 2.0


def test_a_name_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "acts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.csv", ROWS)
    assert load(path, "generic").actions.height == 1
    assert [file.name for file in tmp_path.iterdir()] == ["acts.zip"]
    assert not (tmp_path.parents[1] / "escaped.csv").exists()


def locked(path: Path) -> None:
    """Set the flag of a password on every file of a zip archive, in both places that have it."""
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(content)):
            content[found.start() + place] |= 1
    path.write_bytes(content)


def test_an_archive_or_workbook_with_a_password_is_refused_in_words(tmp_path: Path) -> None:
    path, sheet = tmp_path / "acts.zip", tmp_path / "acts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("acts.csv", ROWS)
    openpyxl.Workbook().save(sheet)
    for file in (path, sheet):
        locked(file)
        with pytest.raises(InputFileError, match="password"):
            load(file)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_out_of_a_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(ROWS)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "acts.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(InputFileError, match="link to a file elsewhere"):
        load(tmp_path / "data")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_one_rule_for_links_holds_wherever_a_folder_is_gone_through(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "secret.csv").write_bytes(ROWS)
    (tmp_path / "secret.parquet").write_bytes(b"PAR1")
    (data / "secret.csv").symlink_to(tmp_path / "secret.csv")
    for walk in (load, files_of):
        with pytest.raises(InputFileError, match="link to a file elsewhere"):
            walk(data)
    text = '[case]\nname = "a"\ntitle = "A"\n[[data]]\npath = "{}"\n'
    (data / "below").mkdir()
    (data / "secret.csv").rename(data / "below" / "secret.csv")
    with pytest.raises(ForensicsError, match="which is not in"):
        locate(case_file.parse(text.format("secret.csv"), tmp_path / "case" / "case.toml"), [data])
    (data / "secret.parquet").symlink_to(tmp_path / "secret.parquet")
    with pytest.raises(InputFileError, match="link to a file elsewhere"):
        engine_counting._files((data,))
    # What a user names is followed, and so is a link that stays in its folder.
    (tmp_path / "named.csv").symlink_to(tmp_path / "secret.csv")
    assert load(tmp_path / "named.csv", "generic").actions.height == 1
    assert files_of(tmp_path / "named.csv") == (tmp_path / "named.csv",)
    assert tmp_path / "named.csv" in files_of(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "[" + "a." * 50_000 + "a]\n",
        "'a'" + " . b" * 50_000 + " = 1\n",
        "a = {" + '"a".' * 50_000 + "b = 1}\n",
        'a = "' + "\\u0041" * 100_000 + '"',
        "a = " + "9" * 5_000,
        "\x00",
        "a = 1\n" * 2,
    ],
    ids=["lists", "sections", "keys", "inner keys", "escapes", "digits", "nul", "twice"],
)
def test_a_case_file_that_would_break_its_reader_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseFileError):
        case_file.parse(text, tmp_path / "case.toml")


@pytest.mark.parametrize("value", ["/dev/zero", "/etc", "missing", "."])
def test_a_case_reads_plain_files_only(tmp_path: Path, value: str) -> None:
    text = f'[case]\nname = "a"\ntitle = "A"\n[[data]]\npath = "{value}"\n'
    with pytest.raises(ForensicsError, match="which is not in"):
        locate(case_file.parse(text, tmp_path / "case.toml"))


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A whole run folder without its documents."""
    place = tmp_path / "run"
    place.mkdir()
    stored_run.write_data(run, place)
    custody_log.write_manifest(place, run)
    custody_log.log(place, "run")
    return place


@pytest.mark.parametrize("name", ["run.json", custody_log.MANIFEST, custody_log.LOG])
@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"{}", b"[]", b"null", b"1", b"\xff", b'{"outputs": ["a"]}', b"1e999"]
)
def test_a_run_folder_of_other_content_is_refused(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    try:
        assert outputs(folder)
        stored_run.read(folder)
        assert name != "run.json"
    except ForensicsError:
        pass


@pytest.mark.parametrize("elsewhere", ["../secret.parquet", "{here}/secret.parquet"])
def test_a_run_reads_its_own_tables_only(folder: Path, elsewhere: str) -> None:
    pl.DataFrame({"secret": [1]}).write_parquet(folder.parent / "secret.parquet")
    content = json.loads((folder / "run.json").read_bytes())
    content["detections"][0]["tables"]["moments"] = elsewhere.format(here=folder.parent)
    (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputFileError, match="lies elsewhere"):
        stored_run.read(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["evidence", "rejected", "tables/more"])
def test_a_link_to_a_folder_elsewhere_is_named_even_where_a_run_may_have_an_empty_folder(
    folder: Path, name: str
) -> None:
    (folder.parent / "secret").mkdir()
    (folder.parent / "secret" / "a.csv").write_text("secret", encoding="utf-8")
    (folder / name).symlink_to(folder.parent / "secret")
    assert any(name in problem for problem in outputs(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_and_pipes_in_a_run_folder_are_named_and_not_followed(folder: Path) -> None:
    table = folder / "tables" / "coordination.moments.parquet"
    table.unlink()
    table.symlink_to("/dev/zero")
    assert any("is a link" in problem for problem in outputs(folder))
    (folder / custody_log.LOG).unlink()
    os.mkfifo(folder / custody_log.LOG)
    assert any(custody_log.LOG in problem for problem in outputs(folder))
    table.unlink()
    os.mkfifo(table)
    with pytest.raises(InputFileError, match="lacks"):
        stored_run.read(folder)


OUTSIDE = ["../../outside", "/{here}/outside", "..", ".", "", "a/b", "a\\b", "C:a", "\x00", "a" * 300, ".hidden"]


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("what", ["finding", "evidence", "detector", "table", "source"])
def test_a_name_in_a_run_leads_no_writer_out_of_its_folder(folder: Path, what: str, name: str) -> None:
    name = name.format(here=folder.parent)
    content = json.loads((folder / "run.json").read_bytes())
    detection = content["detections"][0]
    finding = detection["findings"][0]
    if what == "finding":
        finding["id"] = name
    elif what == "detector":
        detection["detector"] = name
    elif what == "source":
        content["sources"][0]["source_id"] = name
        content["sources"][0]["rows_read"] = content["sources"][0]["rows_kept"]
    else:
        finding["evidence"] = [name]
    if what == "table":
        detection["tables"][name] = detection["tables"]["moments"]
    (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / custody_log.LOG).unlink()
    (folder / custody_log.MANIFEST).write_text('{"inputs": [], "outputs": {}}', encoding="utf-8")
    with pytest.raises(InputFileError, match=r"run\.json is damaged"):
        stored_run.read(folder)


def test_an_id_that_stands_twice_is_refused(folder: Path) -> None:
    for what in ("findings", "sources"):
        content = json.loads((folder / "run.json").read_bytes())
        items = content["sources"] if what == "sources" else content["detections"][0]["findings"]
        items.append(items[0])
        with pytest.raises(InputFileError, match="twice"):
            run_json.decode(
                json.dumps(content).encode(), lambda _: pl.DataFrame({"finding_id": ["a"]}), {"s1": REJECTED}
            )


DEVICES = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and devices")


@DEVICES
@pytest.mark.parametrize("kind", ["pipe", "device", "link to a device", "link to a pipe", "folder"])
def test_what_never_ends_is_refused_at_once_by_every_reader(tmp_path: Path, kind: str) -> None:
    place, pipe = tmp_path / "case.toml", tmp_path / "pipe"
    os.mkfifo(pipe)
    if kind == "folder":
        place.mkdir()
    elif kind.startswith("link"):
        place.symlink_to("/dev/zero" if "device" in kind else pipe)
    meant = {"pipe": pipe, "device": Path("/dev/zero")}.get(kind, place)
    begun = time.monotonic()
    for read in (case_file.read, archived_copies.read_result, run_scoring.read_truth, load):
        if not (kind == "folder" and read is load):
            with pytest.raises(ForensicsError):
                read(meant)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "name", ["run.json", custody_log.MANIFEST, custody_log.LOG, "tables/coordination.moments.parquet"]
)
@DEVICES
def test_no_file_of_a_run_is_read_through_a_link_or_pipe_or_without_end(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    for kind in ("link", "pipe", "device", "endless"):
        (folder / name).unlink()
        if kind == "link":
            (folder.parent / "other").write_bytes(content)
            (folder / name).symlink_to(folder.parent / "other")
        elif kind == "pipe":
            os.mkfifo(folder / name)
        elif kind == "device":
            (folder / name).symlink_to("/dev/zero")
        else:
            with (folder / name).open("wb") as stream:
                stream.truncate(1 << 40)
        if kind != "endless" or name in {custody_log.MANIFEST, custody_log.LOG}:
            try:
                assert outputs(folder), kind
            except InputFileError:
                assert name == custody_log.MANIFEST
        if name not in {custody_log.MANIFEST, custody_log.LOG}:
            with pytest.raises(InputFileError):
                stored_run.read(folder)


def test_a_table_that_claims_billions_of_rows_is_refused(folder: Path) -> None:
    many = pl.select(pl.repeat(1, 300_000_000, dtype=pl.Int8).alias("a"))
    many.with_columns(b="a").write_parquet(folder / "tables" / "coordination.moments.parquet")
    with pytest.raises(InputFileError, match="claims 300,000,000 rows"):
        stored_run.read(folder)


@pytest.mark.parametrize(
    "text",
    [
        "url,archive_url\n" + "a" * 200_000,
        '{"url": "a"}\n[1]',
        '{"url": "a", "archive_url": ' + "[" * 100_000,
        "{}",
        "\x00",
        "",
        "url\n1",
        '"',
    ],
    ids=["long", "list", "nested", "empty object", "nul", "empty", "one column", "quote"],
)
def test_an_archivers_result_that_is_none_is_refused_or_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with contextlib.suppress(InputFileError):
        assert archived_copies.read_result(tmp_path / "a.csv") == {}


def test_files_beyond_their_bounds_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "case.toml").open("wb") as stream:
        stream.truncate(1 << 40)
    for read in (case_file.read, archived_copies.read_result, run_scoring.read_truth):
        with pytest.raises(ForensicsError, match="larger than"):
            read(tmp_path / "case.toml")


@pytest.mark.skipif(sys.platform == "win32", reason="files with holes")
def test_a_terabyte_of_nothing_costs_no_time(folder: Path) -> None:
    """A file with holes costs nothing to send, and an hour to hash."""
    hollow = folder / "tables" / "rejected.parquet"
    for path in (hollow, folder.parent / "posts.csv"):
        with path.open("ab") as stream:
            stream.write(b"account_id,object_id,acted_at\n")
            stream.truncate(1 << 40)
    begun = time.monotonic()
    assert "tables/rejected.parquet was changed." in custody_log.problems(folder)
    with pytest.raises(InputFileError, match="the disk holds next to none"):
        data_file.describe(folder.parent / "posts.csv")
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("names", [[f"c{number}" for number in range(100_000)], ["c"] * 200_000], ids=["many", "one"])
def test_a_header_without_end_costs_no_more_than_its_length(names: list[str]) -> None:
    begun = time.process_time()
    distinct = distinct_names(tuple(names))
    assert time.process_time() - begun < 5
    assert len({*distinct}) == len(names)


def test_repeated_names_are_numbered_as_they_come() -> None:
    assert distinct_names(("a", "a", "a_2", "", "a", "_row")) == ("a", "a_2", "a_2_2", "column_4", "a_3", "_row_2")


def test_a_sheet_with_a_cell_in_row_two_billion_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["account_id", "url", "timestamp"])
    book.active.append(["ann", "https://example.org/1", "2024-01-01"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'r="([A-C]?)2"', rb'r="\g<1>2000000000"', parts[sheet])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(InputFileError, match="beyond row 1,048,576"):
        load(tmp_path / "a.xlsx", "generic")
