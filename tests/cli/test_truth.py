"""What is known beforehand, beside the findings: read last, counted by kind and by finding."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import zstandard
from click.testing import CliRunner, Result

from cases.atomic_files.plain_files import hash_file
from cases.case_file import shipped_cases
from cases.case_file.case_file import read
from cases.case_file.case_inputs import locate, locate_truth
from cases.cli import forensics
from cases.commands import simulate_command
from cases.comparing.run_scoring import read_truth
from cases.run_folder import run_json
from forensics.errors import InputFileError, MissingInputError
from forensics.evaluation.truth_comparison import compare_with_truth, read_known
from forensics.findings import Detection, Finding, FindingTruth, Run, TruthKind
from forensics.simulate import PRACTICES, full_demo
from forensics.simulate.pages import PAGE_PRACTICES, small_campaign


def known(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"name": pl.String, "kind": pl.String, "is_planted": pl.Boolean}, orient="row")
    return frame.with_columns(is_account=pl.col("name") != "PH")


def finding(name: str, subject: str, evidence: tuple[str, ...] = ()) -> Finding:
    return Finding(name, "who", subject, "coordinated_group", (), "low", evidence=evidence)


def with_detections(run: Run, *detections: Detection) -> Run:
    return replace(run, detections=detections)


def test_findings_are_held_against_accounts_posts_subjects_and_other_findings(run: Run) -> None:
    members = pl.DataFrame({"finding_id": ["g-1", "g-1", "g-1"], "account_id": ["a", "b", "z"]})
    posts = pl.DataFrame(
        {"finding_id": ["r-9", None], "post_id": ["p1", "p2"]}, schema_overrides={"post_id": pl.String}
    )
    held = compare_with_truth(
        with_detections(
            run,
            Detection("coordination", {}, (finding("g-1", "g-1", ("accounts",)),), (), {"accounts": members}),
            Detection("reach", {}, (finding("r-9", "page-9", ("posts",)),), (), {"posts": posts}),
            Detection("labour", {}, (finding("labour-g-1", "g-1"), finding("camp", "teal/PH")), (), {}),
        ),
        known(("a", "like_farm", True), ("b", "like_farm", True), ("c", "like_farm", True), ("z", "fan_club", False),
              ("p1", "bought", True), ("PH", "follow_farm", True)),
    )  # fmt: skip
    assert held.findings[0] == FindingTruth("g-1", 3, 2, (("like_farm", 2), ("fan_club", 1)))
    assert held.findings[1] == FindingTruth("r-9", 1, 1, (("bought", 1),))
    assert held.findings[2].kinds == (("like_farm", 2), ("fan_club", 1))
    assert held.findings[3] == FindingTruth("camp", 2, 1, (("follow_farm", 1),))
    farm = next(kind for kind in held.kinds if kind.kind == "like_farm")
    assert farm == TruthKind("like_farm", is_planted=True, n_known=3, n_found=2, findings=("g-1", "labour-g-1"))
    assert [kind.is_planted for kind in held.kinds] == sorted((kind.is_planted for kind in held.kinds), reverse=True)


def test_a_truth_survives_the_run_folder(run: Run) -> None:
    compared = replace(run, truth=compare_with_truth(run, known(("a", "like_farm", True))))
    tables = {name: table for detection in run.detections for name, table in detection.tables.items()}
    rejected = {source.source_id: source.rejected for source in run.sources}
    again = run_json.decode(run_json.encode(compared), lambda name: tables[name.split(".")[1]], rejected)
    assert again.truth == compared.truth
    assert b'"truth"' not in run_json.encode(run)


def test_files_of_what_is_known_are_read_by_their_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("account_id,practice\n007,like_farm\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("account_id,habit\n008,fan_club\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("target\np1\n", encoding="utf-8")
    rows = read_known([tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]).drop("is_account").rows()
    assert rows == [("007", "like_farm", True), ("008", "fan_club", False), ("p1", "listed", True)]
    (tmp_path / "d.csv").write_text("name\nx\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="neither a column 'account_id' nor 'target'"):
        read_known([tmp_path / "d.csv"])


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, zstandard.compress])
def test_a_packed_list_of_what_is_known_is_not_unpacked_without_end(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(pack(b"account_id\n" + b"a\n" * 1_000))
    for read_one in (lambda path: read_known([path]), read_truth):
        with pytest.raises(InputFileError, match="cannot be read as CSV"):
            read_one(path)


def test_a_list_of_what_is_known_is_a_plain_file_of_bounded_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for content in ("account_id" + ",a" * 2_000, "account_id\n" + "a\n" * 40_000_000):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputFileError, match="larger than a list"):
            read_known([path])
    with pytest.raises(InputFileError, match="plain file"):
        read_known([tmp_path])


def test_a_missing_file_of_what_is_known_is_named(case: Path) -> None:
    path = case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[truth]\nfiles = ["truth.csv"]\n', encoding="utf-8")
    with pytest.raises(MissingInputError, match=r"truth\.csv"):
        locate_truth(read(path))
    (case / "truth.csv").write_text("account_id\nann\n", encoding="utf-8")
    assert locate_truth(read(path)) == (case / "truth.csv",)


def test_a_campaign_of_pages_is_the_one_that_the_shipped_case_names(tmp_path: Path) -> None:
    assert call("simulate", "--pages", "--out", tmp_path / "data").exit_code == 0
    case_file = shipped_cases.find("pages-2024")
    for item in locate(case_file, (tmp_path / "data",)):
        assert hash_file(item.path) == item.file.sha256, item.file.path
    assert locate_truth(case_file, (tmp_path / "data",)) == (tmp_path / "data" / "truth-pages.csv",)


def test_manipulation_is_planted_into_a_users_own_file(case: Path, tmp_path: Path) -> None:
    words = ("--accounts", "3", "--targets", "2", "--window", "30", "--out", tmp_path / "planted")
    result = call("simulate", "--background", case / "posts.csv", *words)
    assert result.exit_code == 0, result.stderr
    made = read(tmp_path / "planted" / "case.toml")
    rows = pl.read_csv(tmp_path / "planted" / "actions.csv", infer_schema=False)
    planted = pl.read_csv(tmp_path / "planted" / "truth.csv", infer_schema=False)["account_id"]
    assert made.case.title.startswith("A test:")
    assert not made.case.is_simulated
    assert len(planted) == 3
    assert {"ann", "007", *planted} <= set(rows["account_id"])
    again = call("simulate", "--background", case / "posts.csv", *words)
    assert again.exit_code == 2
    assert "holds something already" in again.stderr


def test_the_command_knows_every_practice() -> None:
    assert set(simulate_command.PRACTICES) == set(PRACTICES)


def test_the_demo_plants_every_practice() -> None:
    assert {plant.practice for plant in full_demo().plants} == set(PRACTICES)
    assert {plant.practice for plant in small_campaign().plants} == set(PAGE_PRACTICES)


def call(*words: object) -> Result:
    return CliRunner().invoke(forensics, [str(word) for word in words])
