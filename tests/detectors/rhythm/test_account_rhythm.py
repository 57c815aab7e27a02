"""Rhythm: kinds are separated with honest doubt, groups against drawn groups, too little data is refused."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.rhythm import account_rhythm
from forensics.detectors.rhythm.account_rhythm import DETECTOR, Params
from forensics.detectors.rhythm.group_rhythm import tempo_of_groups
from forensics.detectors.rhythm.rhythm_classifier import estimate_mix, with_mix, without_habit
from forensics.errors import PrecisionError, TooLittleDataError
from forensics.progress import quiet

START = 1_600_000_000 // 86_400 * 86_400
QUICK = Params(resamples=49, redraws=99)


def shift(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return minutes of somebody at work from 1:00 to 9:00 UTC, six days a week."""
    days = rng.choice([d for d in range(60) if d % 7], size=n)
    return days * 1440 + 60 + rng.uniform(0, 470, size=n)


def timer(rng: np.random.Generator, n: int) -> np.ndarray:
    return np.arange(n) * 60 + rng.uniform(0, 60)


def casual(rng: np.random.Generator, n: int) -> np.ndarray:
    """Return bursts of heavy-tailed size in waking hours."""
    parts = []
    while sum(part.size for part in parts) < n:
        start = rng.integers(0, 60) * 1440 + 60 * np.clip(rng.normal(18, 4), 6, 27)
        parts.append(start + np.cumsum(rng.pareto(1.2, size=1 + min(int(rng.pareto(1.3) * 3), 25)) + 0.1))
    return np.concatenate(parts)[:n]


def dataset(accounts: dict[str, np.ndarray], precision: str = "s") -> Dataset:
    rows = [
        {"account_id": name, "acted_at": START + int(minute * 60), "object_id": f"{name}-{i}"}
        for name, minutes in accounts.items()
        for i, minute in enumerate(minutes)
    ]
    frame = pl.DataFrame(rows).with_columns(
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        acted_at=pl.from_epoch("acted_at").dt.cast_time_unit("us").dt.replace_time_zone("UTC"),
        time_precision=pl.lit(precision),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, len(rows) + 1),
    )
    return Dataset(actions=schema.conform(frame, schema.ACTIONS))


def mixed(seed: int, n: int = 150) -> Dataset:
    rng = np.random.default_rng(seed)
    makers = {"shift": (shift, 12), "timer": (timer, 12), "casual": (casual, 36)}
    return dataset({f"{name}{i:02d}": maker(rng, n) for name, (maker, many) in makers.items() for i in range(many)})


def test_shifts_timers_and_casual_use_are_kept_apart() -> None:
    table = DETECTOR.run(mixed(1), QUICK, 0, quiet).tables["profiles"]
    for start, column in (("shift", "p_shift"), ("timer", "p_software"), ("casual", "p_ordinary")):
        chances = table.filter(pl.col("account_id").str.starts_with(start))[column]
        assert chances.mean() > 0.8, start


def test_probabilities_sum_to_one_and_percentiles_lie_in_range() -> None:
    table = DETECTOR.run(mixed(1), QUICK, 0, quiet).tables["profiles"]
    total = table.select(pl.sum_horizontal("p_shift", "p_software", "p_ordinary")).to_series()
    assert total.to_numpy() == pytest.approx(1.0)
    ranks = table.select(pl.selectors.ends_with("_percentile"))
    assert ranks.min_horizontal().min() >= 0
    assert ranks.max_horizontal().max() <= 100
    assert (table["quiet_hours_low"] <= table["quiet_hours_high"]).all()


def test_row_order_changes_nothing() -> None:
    data = mixed(2)
    turned = Dataset(actions=data.actions.sample(fraction=1.0, shuffle=True, seed=5))
    first, second = (DETECTOR.run(each, QUICK, 3, quiet) for each in (data, turned))
    assert first.findings == second.findings
    for name, table in first.tables.items():
        assert table.equals(second.tables[name])


def test_below_thirty_acts_it_says_that_it_cannot_tell() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(TooLittleDataError, match="30 acts"):
        DETECTOR.run(dataset({"a": shift(rng, 29)}), QUICK, 0, quiet)
    some = DETECTOR.run(dataset({"a": shift(rng, 29), "b": shift(rng, 30)}), QUICK, 0, quiet)
    assert some.tables["profiles"]["account_id"].to_list() == ["b"]
    assert {score.name: score.value for score in some.scores}["accounts_too_few_acts"] == 1


def test_doubt_grows_as_acts_shrink() -> None:
    def doubt(n: int) -> float:
        table = DETECTOR.run(mixed(4, n), QUICK, 0, quiet).tables["profiles"]
        return 1 - float(np.mean(table.select(pl.max_horizontal("p_shift", "p_software", "p_ordinary")).to_numpy()))

    assert doubt(30) > max(doubt(100), doubt(400))


def test_times_kept_to_the_day_are_refused() -> None:
    with pytest.raises(PrecisionError, match="to the minute"):
        DETECTOR.run(dataset({"a": np.arange(50.0)}, precision="day"), QUICK, 0, quiet)


def test_one_post_with_three_links_is_one_act() -> None:
    data = dataset({"a": np.arange(30.0) * 100})
    linked = data.actions.with_columns(post_id=pl.col("object_id"))
    tripled = pl.concat([linked.with_columns(object_id=pl.col("object_id") + f"-{k}") for k in range(3)])
    table = DETECTOR.run(Dataset(actions=tripled), QUICK, 0, quiet).tables["profiles"]
    assert table["n_acts"].to_list() == [30]


def test_the_traces_of_one_row_are_one_act_where_no_post_is_known() -> None:
    data = dataset({"a": np.arange(30.0) * 100})
    traces = [data.actions.with_columns(object_id=pl.col("object_id") + f"-{k}") for k in range(3)]
    table = DETECTOR.run(Dataset(actions=pl.concat(traces)), QUICK, 0, quiet).tables["profiles"]
    assert table["n_acts"].to_list() == [30]


def test_the_mix_of_the_data_is_recovered_and_never_raises_the_odds_against_ordinary() -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice(3, p=[0.02, 0.03, 0.95], size=20_000)
    signal = rng.normal(size=(20_000, 3))
    signal[np.arange(20_000), truth] += 2.0
    balanced = np.exp(2.0 * signal)
    balanced /= balanced.sum(axis=1, keepdims=True)
    mix = estimate_mix(balanced)
    assert mix == pytest.approx([0.02, 0.03, 0.95], abs=0.01)
    chances = with_mix(balanced, mix)
    assert chances[:, 0].sum() == pytest.approx((truth == 0).sum(), rel=0.2)
    only_shift = np.tile([0.8, 0.1, 0.1], (500, 1))
    mixed_in = with_mix(only_shift, estimate_mix(only_shift))
    assert (mixed_in[:, 0] / mixed_in[:, 2] <= 8.0 + 1e-9).all()


def test_a_habit_of_most_accounts_is_taken_off_everybody_and_what_few_show_is_not() -> None:
    rng = np.random.default_rng(4)

    def balanced(log_odds: np.ndarray) -> np.ndarray:
        raised = np.exp(np.column_stack([log_odds, np.full(log_odds.size, -4.0), np.zeros(log_odds.size)]))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def named(chances: np.ndarray) -> np.ndarray:
        return np.asarray(with_mix(chances, estimate_mix(chances))[:, 0] >= 0.9)

    pupils = balanced(rng.normal(1.5, 1.5, 200))
    assert named(pupils).sum() > 60
    assert not named(without_habit(pupils)).any()
    few = balanced(np.concatenate([rng.normal(5.0, 1.0, 30), rng.normal(-4.0, 1.0, 170)]))
    assert without_habit(few) == pytest.approx(few)
    assert named(without_habit(few)).sum() >= 25


def test_a_group_of_quiet_accounts_is_recognised_by_its_pooled_times() -> None:
    rng = np.random.default_rng(7)
    accounts = {f"farm{i:02d}": shift(rng, 12) for i in range(30)}
    accounts |= {f"user{i:03d}": casual(rng, 12) for i in range(200)}
    members = pl.DataFrame({"finding_id": ["c1"] * 30, "account_id": [f"farm{i:02d}" for i in range(30)]})
    result = tempo_of_groups(dataset(accounts), members, QUICK, 0, quiet)
    (finding,) = result.findings
    assert finding.statement == "tempo_group_shift_pooled"
    names = [score.name for score in finding.scores]
    assert len(names) == len(set(names))
    assert result.tables["hours"]["group"].unique(maintain_order=True).to_list() == ["c1", "others"]
    assert result.tables["hours"].group_by("group").agg(pl.col("share").sum())["share"].to_numpy() == pytest.approx(1.0)
    busiest = {group: (n_acts, share) for group, n_acts, share in result.tables["busiest"].iter_rows()}
    assert {group: n_acts for group, (n_acts, _) in busiest.items()} == {"c1": 30 * 12, "others": 200 * 12}
    assert busiest["c1"][1] == result.tables["groups"]["shift_share"][0] > busiest["others"][1] > 9 / 24


def test_a_busy_member_does_not_hide_what_the_pooled_times_of_the_others_tell() -> None:
    rng = np.random.default_rng(7)
    accounts = {f"farm{i:02d}": shift(rng, 12) for i in range(30)}
    accounts["farm00"] = casual(rng, 40)
    accounts |= {f"user{i:03d}": casual(rng, 12 if i % 5 else 40) for i in range(200)}
    members = pl.DataFrame({"finding_id": ["c1"] * 30, "account_id": [f"farm{i:02d}" for i in range(30)]})
    result = tempo_of_groups(dataset(accounts), members, QUICK, 0, quiet)
    assert result.tables["groups"]["n_profiled"].to_list() == [1]
    assert [finding.statement for finding in result.findings] == ["tempo_group_shift_pooled"]


def test_a_group_of_busy_workers_is_recognised_by_its_members() -> None:
    data = mixed(9)
    rng = np.random.default_rng(2)
    more = dataset({f"other{i:02d}": casual(rng, 150) for i in range(60)})
    members = pl.DataFrame({"finding_id": ["c1"] * 12, "account_id": [f"shift{i:02d}" for i in range(12)]})
    both = Dataset(actions=pl.concat([data.actions, more.actions]))
    result = tempo_of_groups(both, members, QUICK, 0, quiet)
    assert [finding.statement for finding in result.findings] == ["tempo_group_shift"]


def test_a_group_that_sends_from_one_rare_application_is_named_with_its_share() -> None:
    rng = np.random.default_rng(3)
    data = dataset({f"user{i:03d}": casual(rng, 40) for i in range(60)})
    sent = pl.when(pl.col("account_id") < "user010").then(pl.lit("panel")).otherwise(pl.lit("phone"))
    known = Dataset(actions=data.actions.with_columns(client=sent))
    members = pl.DataFrame({"finding_id": ["c1"] * 10, "account_id": [f"user{i:03d}" for i in range(10)]})
    result = tempo_of_groups(known, members, QUICK, 0, quiet)
    (finding,) = (each for each in result.findings if each.statement == "client_mix_group")
    scores = {score.name: score.value for score in finding.scores}
    assert (scores["main_client_share"], scores["main_client_share_of_others"]) == (1.0, 0.0)
    assert result.tables["clients"]["main_client"].to_list() == ["panel"]
    assert tempo_of_groups(data, members, QUICK, 0, quiet).tables["clients"].is_empty()


def test_groups_drawn_by_chance_are_not_found() -> None:
    rng = np.random.default_rng(11)
    data = dataset({f"user{i:03d}": casual(rng, int(rng.integers(8, 60))) for i in range(160)})
    names = rng.permutation([f"user{i:03d}" for i in range(160)])[:80].reshape(8, 10)
    members = pl.DataFrame(
        [{"finding_id": f"c{g}", "account_id": str(name)} for g, row in enumerate(names) for name in row]
    )
    result = tempo_of_groups(data, members, QUICK, 0, quiet)
    assert result.tables["groups"].height == 8
    assert not result.findings


def test_the_detector_declares_text_and_units() -> None:
    assert all(field.metadata["text"] and field.metadata["unit"] for field in fields(DETECTOR.params))


def test_accounts_are_measured_once_for_themselves_and_for_their_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[int] = []
    monkeypatch.setattr(
        account_rhythm,
        "measure",
        lambda minutes, measure=account_rhythm.measure: measured.append(1) or measure(minutes),
    )
    data = mixed(1, 40)
    names = data.actions["account_id"].unique()
    DETECTOR.run(data, QUICK, 0, quiet)
    members = pl.DataFrame({"finding_id": "g", "account_id": names.filter(names.str.starts_with("timer"))})
    tempo_of_groups(data, members, QUICK, 0, quiet)
    assert len(measured) == len(names)
