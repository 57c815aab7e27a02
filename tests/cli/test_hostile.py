"""Files from strangers: what would fill the machine, never end, or lead out of its folder is refused in words."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest
import zstandard

from cases import casefile, custody, runfolder, runjson
from cases.verification import outputs
from forensics.errors import CaseFileError, ForensicsError, InputFileError
from forensics.findings import Run
from forensics.loaders import load
from forensics.loaders.reading import files

REJECTED = pl.DataFrame({"row": [3], "reason": ["no"], "excerpt": [""]})
ROWS = b"account_id,object_id,timestamp\n" + b"a,o,1714000000\n"


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the limit of unpacking be reached by a small file."""
    monkeypatch.setattr(files, "_FREE_BYTES", 1 << 20)


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


def test_a_name_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "acts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../escaped.csv", ROWS)
    assert load(path, "generic").actions.height == 1
    assert [file.name for file in tmp_path.iterdir()] == ["acts.zip"]
    assert not (tmp_path.parents[1] / "escaped.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_out_of_a_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_bytes(ROWS)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "acts.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(InputFileError, match="link to a file elsewhere"):
        load(tmp_path / "data")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "[" + "a." * 50_000 + "a]\n",
        'a = "' + "\\u0041" * 100_000 + '"',
        "a = " + "9" * 5_000,
        "\x00",
        "a = 1\n" * 2,
    ],
    ids=["lists", "sections", "escapes", "digits", "nul", "twice"],
)
def test_a_case_file_that_would_break_its_reader_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseFileError):
        casefile.parse(text, tmp_path / "case.toml")


@pytest.mark.parametrize("value", ["/dev/zero", "/etc", "missing", "."])
def test_a_case_reads_plain_files_only(tmp_path: Path, value: str) -> None:
    from cases.inputs import locate  # noqa: PLC0415

    text = f'[case]\nname = "a"\ntitle = "A"\n[[data]]\npath = "{value}"\n'
    with pytest.raises(ForensicsError, match="which is not in"):
        locate(casefile.parse(text, tmp_path / "case.toml"))


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A whole run folder without its documents."""
    place = tmp_path / "run"
    place.mkdir()
    runfolder.write_data(run, place)
    custody.write_manifest(place, run)
    custody.log(place, "run")
    return place


@pytest.mark.parametrize("name", ["run.json", custody.MANIFEST, custody.LOG])
@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"{}", b"[]", b"null", b"1", b"\xff", b'{"outputs": ["a"]}', b"1e999"]
)
def test_a_run_folder_of_other_content_is_refused(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    try:
        assert outputs(folder)
        runfolder.read(folder)
        assert name != "run.json"
    except ForensicsError:
        pass


@pytest.mark.parametrize("elsewhere", ["../secret.parquet", "{here}/secret.parquet"])
def test_a_run_reads_its_own_tables_only(folder: Path, elsewhere: str) -> None:
    pl.DataFrame({"secret": [1]}).write_parquet(folder.parent / "secret.parquet")
    content = json.loads((folder / "run.json").read_bytes())
    content["detections"][0]["tables"]["acts"] = elsewhere.format(here=folder.parent)
    (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputFileError, match="lies elsewhere"):
        runfolder.read(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_and_pipes_in_a_run_folder_are_named_and_not_followed(folder: Path) -> None:
    table = folder / "tables" / "coordination.acts.parquet"
    table.unlink()
    table.symlink_to("/dev/zero")
    assert any("is a link" in problem for problem in outputs(folder))
    (folder / custody.LOG).unlink()
    os.mkfifo(folder / custody.LOG)
    assert any(custody.LOG in problem for problem in outputs(folder))
    table.unlink()
    os.mkfifo(table)
    with pytest.raises(InputFileError, match="lacks"):
        runfolder.read(folder)


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
        detection["tables"][name] = detection["tables"]["acts"]
    (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / custody.LOG).unlink()
    (folder / custody.MANIFEST).write_text('{"inputs": [], "outputs": {}}', encoding="utf-8")
    with pytest.raises(InputFileError, match=r"run\.json is damaged"):
        runfolder.read(folder)


def test_an_id_that_stands_twice_is_refused(folder: Path) -> None:
    for what in ("findings", "sources"):
        content = json.loads((folder / "run.json").read_bytes())
        items = content["sources"] if what == "sources" else content["detections"][0]["findings"]
        items.append(items[0])
        with pytest.raises(InputFileError, match="twice"):
            runjson.decode(
                json.dumps(content).encode(), lambda _: pl.DataFrame({"finding_id": ["a"]}), {"s1": REJECTED}
            )
