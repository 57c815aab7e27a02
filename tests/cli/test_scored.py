"""A run against the truth, and against another run."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from cases.comparing.run_comparison import Cause, compare
from cases.comparing.run_scoring import labels, read_truth, score
from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError, TooLittleDataError
from forensics.findings import Detection, Finding, Run, Score, Strength


def with_clusters(run: Run, clusters: dict[str, list[str]], strength: Strength = "high") -> Run:
    """Return the run with a detection of these clusters, a null one for accounts in none."""
    accounts = pl.DataFrame(
        [(finding, account) for finding, members in clusters.items() for account in members] + [(None, "loose")],
        schema={"finding_id": pl.String, "account_id": pl.String},
        orient="row",
    )
    found = tuple(
        Finding(name, "who", name, "coordinated_group", (), strength, evidence=("accounts",)) for name in clusters
    )
    return replace(run, detections=(Detection("coordination", {}, found, (), {"accounts": accounts}),))


def test_findings_are_counted_against_the_truth_by_hand(run: Run) -> None:
    truth = pl.DataFrame({"account_id": ["a", "b", "c", "x"], "label": ["one", "one", "two", "two"]})
    result = score(with_clusters(run, {"group-1": ["a", "b", "z"], "group-2": ["c"]}), truth)
    assert (result.accounts.n_found, result.accounts.n_true, result.accounts.n_hit) == (4, 4, 3)
    assert result.accounts.false_discoveries == 1
    first, second = result.findings
    assert (first.finding_id, first.label, first.n_label, first.accounts.precision) == ("group-1", "one", 2, 2 / 3)
    assert (second.label, second.n_label, second.accounts.recall) == ("two", 1, 0.25)
    assert result.groups is not None
    assert result.groups.homogeneity == pytest.approx(1.0)


def test_channels_and_farms_are_scored_apart_and_a_pattern_is_no_accusation(run: Run) -> None:
    truth = pl.DataFrame({"account_id": ["a", "b", "b", "c"], "label": ["one", "one", "two", "two"]})
    found = with_clusters(run, {"group-1": ["a", "b", "z"]}).detections[0]
    patterns = pl.DataFrame({"pattern": ["pattern-1"] * 2, "account_id": ["fan", "z"]})
    result = score(replace(run, detections=(replace(found, tables={**found.tables, "patterns": patterns}),)), truth)
    assert (result.accounts.n_found, result.accounts.n_true, result.accounts.n_hit) == (3, 3, 2)
    assert result.patterns == 1
    assert [(part.name, part.accounts.n_hit) for part in result.channels] == [("coordination", 2)]
    assert [(part.name, part.accounts.n_hit, part.accounts.n_true) for part in result.labels] == [
        ("one", 2, 2),
        ("two", 1, 2),
    ]


def test_a_run_without_findings_scores_nothing_found(run: Run) -> None:
    result = score(with_clusters(run, {}), pl.DataFrame({"account_id": ["a"], "label": ["one"]}))
    assert (result.accounts.recall, result.accounts.precision, result.findings, result.groups) == (0.0, None, (), None)


def test_a_truth_file_needs_account_ids_and_keeps_them_as_text(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("account_id,farm_id\n007,farm-1\n123456789012345678901,\n007,farm-1\n", encoding="utf-8")
    assert read_truth(path).rows() == [("007", "farm-1"), ("123456789012345678901", "listed")]
    path.write_text("account\n1\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="no column 'account_id'; it has: account"):
        read_truth(path)
    path.write_bytes(b"account_id" + b"," * 20_000 + b"\n")
    with pytest.raises(InputFileError, match="larger than a list"):
        read_truth(path)
    path.write_bytes(b"")
    with pytest.raises(InputFileError, match="cannot be read as CSV"):
        read_truth(path)


def test_very_many_labels_cost_no_more_than_their_number(run: Run) -> None:
    names = [f"a{number}" for number in range(100_000)]
    begun = time.process_time()
    found = score(run, pl.DataFrame({"account_id": names, "label": names}))
    assert time.process_time() - begun < 5
    assert len(found.labels) == len(names)


def test_labels_come_from_the_data_and_none_are_an_error() -> None:
    frame = pl.DataFrame(
        {"account_id": ["b", "a", "c"], "label": ["x", "y", None], "source_id": ["s1"] * 3, "source_row": [1, 2, 3]}
    )
    assert labels(Dataset(accounts=schema.conform(frame, schema.ACCOUNTS))).rows() == [("a", "y"), ("b", "x")]
    with pytest.raises(TooLittleDataError, match="--truth"):
        labels(Dataset())


def test_findings_are_matched_by_their_accounts_not_their_numbers(run: Run) -> None:
    before = with_clusters(run, {"group-1": ["a", "b", "c"], "group-2": ["x", "y", "z"], "group-3": ["q"]})
    after = with_clusters(run, {"group-1": ["x", "y", "z"], "group-2": ["a", "b", "d"], "group-4": ["n"]})
    changes = compare(before, after).findings
    assert [(change.before, change.after, change.stayed, change.left, change.joined) for change in changes] == [
        ("group-1", "group-2", 2, 1, 1),
        ("group-2", "group-1", 3, 0, 0),
        ("group-3", None, 0, 1, 0),
        (None, "group-4", 0, 0, 1),
    ]
    assert [change.is_same for change in changes] == [False, True, False, False]


def test_equal_runs_have_no_causes_and_no_changes(run: Run) -> None:
    same = compare(run, run)
    assert (same.causes, same.numbers) == ((), ())
    assert [change.is_same for change in same.findings] == [True]


def test_a_finding_whose_numbers_changed_is_not_the_same(run: Run) -> None:
    detection = run.detections[0]
    finding = replace(detection.findings[0], scores=(Score("accounts", 7.0), Score("hits", 3.0)))
    other = replace(finding, scores=(Score("accounts", 7.0), Score("hits", 4.0)))
    before, after = (replace(run, detections=(replace(detection, findings=(item,)),)) for item in (finding, other))
    assert [(change.is_same, change.numbers) for change in compare(before, after).findings] == [
        (False, (("hits", 3.0, 4.0),))
    ]


def test_each_cause_is_named(run: Run) -> None:
    detection = run.detections[0]
    other = replace(
        run,
        seed=8,
        versions={"polars": "2.0"},
        sources=(replace(run.sources[0], sha256="ef" * 32),),
        failures=(),
        detections=(replace(detection, params={**detection.params, "alpha": 0.01}),),
    )
    assert set(compare(run, other).causes) == {
        Cause("data", "posts.csv", "ab" * 32, "ef" * 32),
        Cause("data", "more.csv", "cd" * 32, None),
        Cause("parameter", "[detect.coordination] alpha", "0.05", "0.01"),
        Cause("seed", "", "7", "8"),
        Cause("version", "polars", "1.0", "2.0"),
        Cause("detector", "rhythm", "no answer (Too few acts.)", None),
    }
