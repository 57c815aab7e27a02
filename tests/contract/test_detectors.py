"""Every registered detector through one suite: what it answers hangs on the data, the parameters and the seed alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from cases.run_folder import run_json
from forensics import params, schema
from forensics.dataset import Dataset
from forensics.detectors import DETECTORS
from forensics.detectors.detector import Detector
from forensics.findings import Detection, Run
from forensics.loaders import load, merge
from forensics.loaders.loader import ReadOptions
from forensics.run import detect
from forensics.simulate import Plant, simulate
from forensics.simulate.election_presets import full_demo
from forensics.simulate.pages import simulate_pages, write_exports
from forensics.simulate.pages.page_dials import small_campaign
from reports.detector_declarations import spec_of
from reports.sections.findings.detection_tables import frame_table
from reports.wording import LANGUAGES, words

FEW: dict[str, dict[str, object]] = {
    "detectable": {"spike_in": False},
    "registrations": {"replicas": 199},
    "registrations_of_groups": {"replicas": 199},
    "tempo_of_groups": {"redraws": 199, "minimum_acts": 36},
    "geography": {"home": ["FR"]},
}
"""Parameters with which the suite is quick."""

SEED = 6


@cache
def world() -> Dataset:
    """Return a small election with two farms beside a campaign of pages."""
    farm = Plant(n_accounts=25, n_targets=25, attendance=0.9, mimicry=0.2)
    office = replace(
        next(plant for plant in full_demo().plants if plant.numbered), n_accounts=20, n_targets=40, country="BD"
    )
    election = replace(full_demo(), n_accounts=700, n_acts=12_000, n_communities=3, plants=(farm, office))
    acts, pages = simulate(election, 1).dataset, []
    with TemporaryDirectory() as folder:
        for number, entry in enumerate(write_exports(simulate_pages(small_campaign(), 1), Path(folder))):
            options = ReadOptions(f"p{number}", settings={"camp": entry.camp})
            pages.append(load(Path(folder) / entry.path, None, options))
    beside = merge(pages)
    both = {table.name: pl.concat([getattr(acts, table.name), getattr(beside, table.name)]) for table in schema.TABLES}
    return Dataset(**both, sources=beside.sources)


def shuffled(dataset: Dataset) -> Dataset:
    """Return a data set whose rows stand in another order."""
    turned = {
        table.name: getattr(dataset, table.name).sample(fraction=1.0, shuffle=True, seed=9) for table in schema.TABLES
    }
    return Dataset(**turned, sources=dataset.sources)


def hostile(dataset: Dataset) -> Dataset:
    """Return a data set whose accounts, texts, names and places are written to do harm, each still its own."""
    harm = "=cmd|' /C calc'!A0</script><b>\u202e\u0301\u0301\u0301\u0301;\t../../x\x00"
    ours = ("account_id", "text", "handle", "display_name", "description", "client", "camp", "payer")
    tables = {}
    for table in schema.TABLES:
        frame: pl.DataFrame = getattr(dataset, table.name)
        tables[table.name] = frame.with_columns(
            (pl.lit(harm) + pl.col(name)).alias(name)
            for name in ours
            if name in frame.columns and frame.schema[name] == pl.String
        )
    return Dataset(**tables, sources=dataset.sources)


def asked(dataset: Dataset, seed: int = SEED) -> Run:
    return detect(dataset, seed=seed, **FEW)


@cache
def usual() -> Run:
    return asked(world())


def digest(detection: Detection) -> str:
    """Return the hash of all that a detector answers."""
    hashed = hashlib.sha256(json.dumps(run_json.items_of(detection), sort_keys=True).encode())
    for name, table in sorted(detection.tables.items()):
        hashed.update(f"{name} {table.schema} {table.rows()!r}".encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def digests(run: Run) -> dict[str, str]:
    refused = {failure.detector: str(failure.message) for failure in run.failures}
    return {detection.detector: digest(detection) for detection in run.detections} | refused


def test_every_detector_answers_here_and_most_of_them_find_something() -> None:
    run = usual()
    assert run.failures == ()
    assert [detection.detector for detection in run.detections] == list(DETECTORS.names())
    silent = {detection.detector for detection in run.detections if not detection.findings}
    describing = {detector.name for detector in DETECTORS if not detector.vocabulary.statements}
    assert len(silent - describing) <= len(DETECTORS) // 3, silent


def test_the_order_of_the_rows_changes_nothing() -> None:
    assert digests(asked(shuffled(world()))) == digests(usual())


def test_neither_threads_nor_the_hash_seed_change_anything() -> None:
    root = Path(__file__).resolve().parents[2]
    code = (
        f"import sys, json; sys.path.insert(0, {str(root / 'tests' / 'contract')!r}); import test_detectors as suite; "
    )
    code += "print(json.dumps(suite.digests(suite.usual())))"
    alone = {"POLARS_MAX_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYTHONHASHSEED": "7"}
    environment = {**os.environ, **alone}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(done.stdout) == digests(usual())


def test_another_seed_is_heard_by_those_who_draw_and_by_nobody_else() -> None:
    other = digests(asked(world(), SEED + 1))
    same = {name for name, value in digests(usual()).items() if other[name] == value}
    assert {"reach", "labour", "handles"} <= same
    assert "coordination" not in same


def test_evidence_is_there_and_names_accounts_of_the_data() -> None:
    data = world()
    known = set(data.actions["account_id"]) | set(data.accounts["account_id"]) | set(data.posts["account_id"])
    for detection in usual().detections:
        for finding in detection.findings:
            assert finding.evidence, finding.id
            for name in finding.evidence:
                rows = detection.tables[name].filter(pl.col("finding_id") == finding.id)
                assert rows.height, f"{finding.id} has no row in {name}"
                if "account_id" in rows.columns:
                    assert set(rows["account_id"].drop_nulls()) <= known, finding.id


def test_findings_have_ids_of_their_own() -> None:
    names = [finding.id for detection in usual().detections for finding in detection.findings]
    assert len(names) == len(set(names))


def test_a_finding_gives_each_of_its_numbers_once() -> None:
    for detection in usual().detections:
        for finding in detection.findings:
            names = [score.name for score in finding.scores]
            assert len(names) == len(set(names)), finding.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_is_shown_as_evidence_has_a_heading(language: str) -> None:
    wording = words(language)
    for detection in usual().detections:
        for table in {table for finding in detection.findings for table in finding.evidence}:
            frame, spec = detection.tables[table], spec_of(detection, table)
            if spec.role in {"members", "ties", "meetings", "moments", "kinds"}:  # which have headings of their own
                continue
            shown = frame_table(spec, frame.head(9), ("any", "Any."), wording)
            titles = {column.title for each in shown for column in each.columns}
            bare = [name for name in frame.columns if wording.title(name.replace("_", " ")) in titles]
            assert all(wording.has(f"column.{name}") or wording.has(f"score.{name}") for name in bare), (table, bare)


def test_hostile_text_breaks_no_detector_and_changes_no_number() -> None:
    run = asked(hostile(world()))
    assert [failure for failure in run.failures if not failure.is_refusal] == []
    found = {detection.detector: len(detection.findings) for detection in run.detections}
    plain = {detection.detector: len(detection.findings) for detection in usual().detections}
    assert {name: (found.get(name), n) for name, n in plain.items() if found.get(name) != n} == {}


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_what_it_declares_is_whole(detector: Detector) -> None:
    assert detector.title
    assert detector.text.endswith(".")
    assert detector.cites or not detector.vocabulary.statements
    assert set(detector.needs) <= {table.name for table in schema.TABLES}
    assert params.build(detector.params, {}, detector.name) == detector.params()
    for item in params.declared(detector.params):
        assert item.text.endswith("."), item.name
