"""The synchrony detector on worlds small enough to know the answer."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.coordination.synchrony import DETECTOR, Params
from forensics.errors import ParameterError, PrecisionError, TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet

MEMBERS = [f"w{i:02}" for i in range(8)]


def world(seed: int, *, planted: bool, precision: str = "s") -> Dataset:
    """Two hundred accounts like forty posts at leisure; eight of them meet on twelve posts within half a minute."""
    rng = np.random.default_rng(seed)
    rows = []
    for post in range(40):
        born = post * 20_000
        fans = np.flatnonzero(rng.uniform(size=200) < 0.4)
        ages = 60 * 10 ** rng.uniform(0, 2.5, len(fans))
        rows += [(f"u{fan:03}", f"p{post:02}", born + int(age)) for fan, age in zip(fans, ages, strict=True)]
        if planted and post < 12:
            at = born + int(rng.integers(3_000, 12_000))
            rows += [(name, f"p{post:02}", at + int(rng.integers(0, 30))) for name in MEMBERS]
    step = {"s": 1, "min": 60, "day": 86_400}[precision]
    actions = pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").select(
        "account_id",
        "object_id",
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second") // step * step).cast(schema.TIME),
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        time_precision=pl.lit(precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(actions, schema.ACTIONS))


def run(dataset: Dataset, seed: int = 1, **params: object) -> Detection:
    return DETECTOR.run(dataset, Params(**{"windows_s": (60.0,), "surrogates": 19, **params}), seed, quiet)


def clustered(detection: Detection) -> list[str]:
    return detection.tables["accounts"]["account_id"].to_list()


@pytest.mark.parametrize("precision", ["s", "min"])
def test_a_planted_group_is_found_whole_and_alone(precision: str) -> None:
    detection = run(world(1, planted=True, precision=precision))
    assert clustered(detection) == MEMBERS
    (finding,) = detection.findings
    scores = {score.name: score.value for score in finding.scores}
    assert scores["accounts"] == 8
    assert scores["edges"] == 28
    assert scores["hits_ratio"] > 5
    assert scores["largest_q"] <= 0.05


@pytest.mark.parametrize("seed", range(5))
def test_people_at_leisure_are_not_accused(seed: int) -> None:
    detection = run(world(seed, planted=False))
    assert not detection.findings
    assert "quiet_result" in detection.notes


def test_every_edge_has_its_acts_within_the_window() -> None:
    tables = run(world(2, planted=True)).tables
    acts, edges = tables["acts"], tables["edges"]
    assert acts["gap_s"].max() <= 60
    counted = acts.group_by("left", "right").agg(n=pl.col("object_id").n_unique())
    joined = edges.join(counted, ["left", "right"], "left")
    # The evidence also holds hits so early in a post's life that they carry no information.
    assert (joined["n"] >= joined["n_objects"]).all()


def test_the_order_of_rows_changes_nothing() -> None:
    dataset = world(3, planted=True)
    shuffled = Dataset(actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=9))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    assert first.scores == second.scores
    for name, table in first.tables.items():
        assert table.equals(second.tables[name]), name


def test_a_window_finer_than_the_times_is_refused() -> None:
    with pytest.raises(PrecisionError, match=r"kept to the minute.*at least 60 s"):
        run(world(1, planted=True, precision="min"), windows_s=(10.0,))


def test_an_absent_layer_is_named_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"no layer 'url'.*like:post"):
        run(world(1, planted=False), layers=("url",))


def test_too_little_data_says_what_to_do() -> None:
    few = Dataset(actions=world(1, planted=False).actions.head(3))
    with pytest.raises(TooLittleDataError, match="min_objects"):
        run(few)


def test_several_windows_are_paid_for() -> None:
    one, two = (run(world(1, planted=True), windows_s=windows) for windows in ((60.0,), (60.0, 600.0)))
    assert clustered(one) == clustered(two) == MEMBERS
    best_one, best_two = (d.tables["edges"]["p_value"].min() for d in (one, two))
    assert best_two == pytest.approx(2 * best_one)


def test_a_window_longer_than_news_lasts_is_asked_of_follows_alone() -> None:
    likes = world(1, planted=True)
    follows = Dataset(
        actions=likes.actions.with_columns(
            action=pl.lit("follow", likes.actions.schema["action"]),
            object_kind=pl.lit("account", likes.actions.schema["object_kind"]),
        )
    )
    windows = (60.0, 3600.0)
    assert run(likes, windows_s=windows).tables["layers"]["window_s"].to_list() == [60.0]
    assert run(follows, windows_s=windows).tables["layers"]["window_s"].to_list() == [60.0, 3600.0]
    with pytest.raises(PrecisionError, match="1 to 1800 s"):
        run(likes, windows_s=(3600.0,))


def test_the_whole_data_set_shows_whether_the_null_fits() -> None:
    ratios = [
        score.value
        for seed in range(4)
        for score in run(world(seed, planted=False)).scores
        if score.name == "calibration_ratio"
    ]
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.15)
