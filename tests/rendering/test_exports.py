"""The exports: each opens in a reader that is not ours, holds every row, and runs nothing."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import polars as pl
import pytest
from rendering.fake_run import fake_run
from rocrate.rocrate import ROCrate
from stix2validator import ValidationOptions, validate_string

from forensics.findings import Run
from reports.exports import EXPORTS, Export
from reports.exports.spreadsheet import original
from reports.visible_text import visible


@pytest.fixture(scope="module")
def run() -> Run:
    return fake_run()


@pytest.fixture(scope="module")
def written(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    paths = {export.name: folder / f"{export.name}{export.ending}" for export in EXPORTS}
    for export in EXPORTS:
        export.write(run, paths[export.name])
    return paths


def content(path: Path) -> bytes:
    return (
        b"".join(file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file())
        if path.is_dir()
        else path.read_bytes()
    )


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_the_same_run_gives_the_same_bytes(export: Export, written: dict[str, Path], tmp_path: Path) -> None:
    export.write(fake_run(), tmp_path / "again")
    assert content(tmp_path / "again") == content(written[export.name])


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_a_run_without_findings_is_exported_too(export: Export, tmp_path: Path) -> None:
    export.write(fake_run(is_quiet=True, is_failed=False), tmp_path / f"quiet{export.ending}")
    assert content(tmp_path / f"quiet{export.ending}")


def test_no_text_of_a_csv_runs_as_a_formula_and_every_id_can_be_had_back(run: Run, written: dict[str, Path]) -> None:
    with (written["csv"] / "coordination_accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    accounts = run.detections[0].tables["accounts"]
    assert [original(row["account_id"]) for row in rows] == accounts["account_id"].to_list()
    assert "'=cmd|' /C calc'!A0" in [row["handle"] for row in rows]
    assert "'+1+1" in [row["handle"] for row in rows]


def test_the_workbook_holds_texts_as_texts(written: dict[str, Path]) -> None:
    with zipfile.ZipFile(written["xlsx"]) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        texts = " ".join(sheets)
    assert len(sheets) == 1 + 2 + 8 + 1 + 1
    assert "<f>" not in texts
    assert "=cmd|' /C calc'!A0" in texts
    assert "hyperlink" not in texts


def test_the_graphml_opens_in_igraph_with_every_account_and_pair(run: Run, written: dict[str, Path]) -> None:
    graph = igraph.Graph.Read_GraphML(str(written["graphml"]))
    tables = run.detections[0].tables
    assert graph.vcount() == tables["accounts"].height
    assert graph.ecount() == tables["edges"].height
    assert set(graph.vs["account_id"]) == {visible(account) for account in tables["accounts"]["account_id"]}
    assert all(color.startswith("#") for color in graph.vs["color"])
    assert graph.es["weight"] == [max(1, n) for n in tables["edges"]["n_objects"]]


def test_the_graphml_gives_gephi_colours_places_and_sizes_under_the_names_it_takes(written: dict[str, Path]) -> None:
    graph = igraph.Graph.Read_GraphML(str(written["graphml"]))
    parts = zip(graph.vs["r"], graph.vs["g"], graph.vs["b"], strict=True)
    assert [f"#{int(r):02x}{int(g):02x}{int(b):02x}" for r, g, b in parts] == graph.vs["color"]
    assert len({*graph.vs["x"]}) > graph.vcount() / 2 < len({*graph.vs["y"]})
    assert min(graph.vs["size"]) >= 4


def test_the_gexf_has_colours_positions_and_every_pair(run: Run, written: dict[str, Path]) -> None:
    root = ET.parse(written["gexf"]).getroot()  # noqa: S314  the project's own file
    gexf, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    nodes, edges = root.findall(f".//{gexf}node"), root.findall(f".//{gexf}edge")
    assert len(nodes) == run.detections[0].tables["accounts"].height
    assert len(edges) == run.detections[0].tables["edges"].height
    assert all(node.find(f"{viz}color") is not None and node.find(f"{viz}position") is not None for node in nodes)
    keys = {node.get("id") for node in nodes}
    assert {edge.get("source") for edge in edges} | {edge.get("target") for edge in edges} <= keys


def test_the_database_holds_every_row_of_every_table(run: Run, written: dict[str, Path]) -> None:
    with closing(sqlite3.connect(written["sqlite"])) as database:
        for name, table in run.detections[0].tables.items():
            assert database.execute(f'SELECT count(*) FROM "coordination_{name}"').fetchone() == (table.height,)  # noqa: S608
        joined = database.execute(
            "SELECT count(*) FROM coordination_edges AS e JOIN coordination_accounts AS a "
            "ON a.account_id = e.left AND a.finding_id = e.finding_id"
        ).fetchone()
        assert joined == (run.detections[0].tables["edges"].height,)
        assert database.execute("SELECT value FROM about WHERE name = 'seed'").fetchone() == ("20210926",)


def test_rows_of_the_database_lead_to_the_sentence_of_their_finding(written: dict[str, Path]) -> None:
    with closing(sqlite3.connect(written["sqlite"])) as database:
        for table in ("accounts", "edges", "acts", "moments"):
            keys = database.execute(f"PRAGMA foreign_key_list(coordination_{table})").fetchall()
            assert [(key[2], key[3], key[4]) for key in keys] == [("findings", "finding_id", "finding_id")]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        sentence = database.execute(
            "SELECT f.sentence FROM coordination_accounts AS a JOIN findings AS f USING (finding_id) LIMIT 1"
        ).fetchone()[0]
    assert "these 35 accounts acted together more than 31 other audiences" in sentence.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "19 times as much" in sentence


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_what_the_system_refuses_is_an_error_of_the_system(run: Run, tmp_path: Path, export: Export) -> None:
    with pytest.raises(OSError, match="gone"):
        export.write(run, tmp_path / "gone" / "x")


def test_rows_under_ids_of_no_finding_lead_nowhere(run: Run, tmp_path: Path) -> None:
    found = run.detections[0]
    strange = found.tables["acts"].with_columns(finding_id=pl.lit("no-finding"))
    held = dataclasses.replace(found, tables={**found.tables, "acts": strange})
    EXPORTS.get("sqlite").write(dataclasses.replace(run, detections=(held,)), tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_list(coordination_acts)").fetchall() == []
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_stix_bundle_is_valid_and_calls_nobody_a_threat(written: dict[str, Path]) -> None:
    text = written["stix"].read_text(encoding="utf-8")
    found = validate_string(text, ValidationOptions(version="2.1", strict=True))
    assert found.is_valid, [str(error) for item in found.object_results for error in item.errors or ()]
    kinds = {item["type"] for item in json.loads(text)["objects"]}
    assert kinds == {
        *("identity", "marking-definition", "user-account", "attack-pattern", "grouping", "note", "report")
    }
    assert "DISARM Red Framework 1.6" in text
    assert '"external_id": "T0049.005"' in text


def test_the_crate_describes_every_file_it_holds(written: dict[str, Path]) -> None:
    folder = written["ro-crate"]
    crate = ROCrate(str(folder))
    held = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {entity.id for entity in crate.data_entities} | {"ro-crate-metadata.json"} == held
    assert crate.license.type == "CreativeWork"
    assert crate.license["name"] == fake_run().case.credit
    for entity in crate.data_entities:
        assert entity["sha256"] == hashlib.sha256((folder / entity.id).read_bytes()).hexdigest()
