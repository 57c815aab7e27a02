"""The co-membership detector and its null, on worlds small enough to know the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from coaction.liking import likes
from scipy import stats

from forensics import schema
from forensics.coaction.layers import index_acts
from forensics.dataset import Dataset
from forensics.detectors.coordination.configuration_null import first_acts, stratify
from forensics.detectors.coordination.shared_objects import DETECTOR, Params
from forensics.errors import TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet
from forensics.simulate import Plant, simulate, small_demo
from forensics.statistics.multiple_testing import gamma_poisson_tail, poisson_tail

MEMBERS = [f"w{i:02}" for i in range(12)]


def world(seed: int, *, planted: bool, fans: bool = False) -> Dataset:
    """Six hundred accounts like popular posts of their days; twelve more drip over the same fifteen posts."""
    rng = np.random.default_rng(seed)
    popularity = rng.pareto(2.0, 2000) + 0.5
    day = np.arange(2000) // 100
    rows = []
    for account in range(600):
        own_days = rng.integers(0, 20, 6)
        for own_day in own_days:
            posts = np.flatnonzero(day == own_day)
            chosen = rng.choice(posts, 3, replace=False, p=popularity[posts] / popularity[posts].sum())
            rows += [(f"u{account:03}", f"p{p:04}", own_day * 86_400 + int(rng.integers(0, 86_000))) for p in chosen]
    if planted or fans:
        targets = rng.choice(2000, 15, replace=False)
        for name in MEMBERS:
            there = targets[rng.uniform(size=15) < 0.7]
            rows += [(name, f"p{p:04}", int(day[p]) * 86_400 + int(rng.integers(0, 172_800))) for p in there]
    likes = pl.DataFrame(rows, schema=["account_id", "object_id", "second"], orient="row").with_columns(
        action=pl.lit("like")
    )
    published = pl.DataFrame(
        {"object_id": [f"p{p:04}" for p in range(2000)], "second": day * 86_400 - 300}
    ).with_columns(account_id=pl.lit("page") if fans else "page" + pl.col("object_id"), action=pl.lit("post"))
    actions = pl.concat([likes, published.select(likes.columns).cast(likes.schema)]).select(
        "account_id",
        "object_id",
        "action",
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        object_kind=pl.lit("post"),
        time_precision=pl.lit("s"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    return Dataset(actions=schema.conform(actions, schema.ACTIONS))


def run(dataset: Dataset, **params: object) -> Detection:
    return DETECTOR.run(dataset, Params(**{"surrogates": 19, **params}), 1, quiet)


def test_a_slow_drip_is_found_whole_and_alone() -> None:
    detection = run(world(1, planted=True))
    assert detection.tables["accounts"]["account_id"].to_list() == MEMBERS
    (finding,) = detection.findings
    scores = {score.name: score.value for score in finding.scores}
    assert scores["shared_ratio"] > 5
    assert scores["family_wise_p"] == pytest.approx(0.05)
    assert scores["author_concentration"] < 0.2


@pytest.mark.parametrize("seed", range(4))
def test_people_who_follow_what_is_popular_are_not_accused(seed: int) -> None:
    detection = run(world(seed, planted=False))
    assert not detection.findings
    assert "quiet_result" in detection.notes


def test_a_group_around_one_publisher_is_told_by_its_concentration_and_trusted_less() -> None:
    (finding,) = run(world(1, planted=False, fans=True)).findings
    scores = {score.name: score.value for score in finding.scores}
    assert scores["author_concentration"] == 1.0
    assert finding.statement == "membership_one_publisher"
    assert finding.strength == "low"
    assert "fan_club" in finding.alternatives


def test_the_order_of_rows_changes_nothing() -> None:
    dataset = world(2, planted=True)
    shuffled = replace(dataset, actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=4))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    for name, table in first.tables.items():
        assert table.equals(second.tables[name]), name


def test_too_little_data_says_what_to_do() -> None:
    with pytest.raises(TooLittleDataError, match="min_objects"):
        run(Dataset(actions=world(1, planted=False).actions.head(3)))


def test_the_margins_give_back_the_shared_objects_of_the_whole_layer() -> None:
    acts = index_acts(world(3, planted=False).actions, "like:post")
    incidence = first_acts(acts)
    _, strata = stratify(incidence, acts.tick_s, 1)
    n = incidence.n_accounts
    left, right = (side.astype(np.uint32) for side in np.triu_indices(n, 1))
    expected = strata.expected(left, right)
    popularity = np.bincount(incidence.objects)
    shared = float((popularity * (popularity - 1) / 2)[strata.is_counted].sum())
    # An account's own acts are among those that it can meet, so the null gives slightly more than there is.
    assert expected.sum() == pytest.approx(shared, rel=0.1)


@pytest.mark.parametrize(("n_accounts", "n_communities"), [(100, 1), (300, 3)])
def test_a_circle_of_few_people_is_pooled_lest_a_tight_group_be_its_own_yardstick(
    n_accounts: int, n_communities: int
) -> None:
    rng = np.random.default_rng(1)
    rows = [
        (f"u{circle}-{k:03}", f"p{circle}-{post:02}")
        for circle in range(3)
        for k in range(n_accounts)
        for post in rng.choice(60, 12, replace=False)
    ]
    acts = index_acts(likes(rows), "like:post")
    _, strata = stratify(first_acts(acts), acts.tick_s, 1)
    assert len(np.unique(strata.community_first)) == n_communities
    assert len(np.unique(strata.circle)) == 3


def test_a_group_that_fills_its_hours_is_not_its_own_yardstick() -> None:
    drip = world(4, planted=True).actions
    crowd = pl.concat(
        drip.filter(pl.col("account_id").is_in(MEMBERS)).with_columns(account_id=pl.col("account_id") + str(k))
        for k in range(6)
    )
    acts = index_acts(pl.concat([drip, crowd]), "like:post")
    incidence = first_acts(acts)
    stratum, strata = stratify(incidence, acts.tick_s, 1)
    members = np.flatnonzero(acts.account_ids.str.starts_with("w").to_numpy())
    by_others = strata.expected_by_others(incidence, stratum, members)
    left, right = np.triu_indices(len(members), 1)
    by_all = strata.expected(members[left].astype(np.uint32), members[right].astype(np.uint32))
    assert (by_others[left, right] <= by_all + 1e-9).all()
    assert by_others[left, right].mean() < 0.5 * by_all.mean()
    assert by_others == pytest.approx(by_others.T)


def test_leaving_out_a_few_ordinary_people_changes_little() -> None:
    acts = index_acts(world(4, planted=False).actions, "like:post")
    incidence = first_acts(acts)
    stratum, strata = stratify(incidence, acts.tick_s, 1)
    members = np.arange(0, 600, 50)
    by_others = strata.expected_by_others(incidence, stratum, members)
    left, right = np.triu_indices(len(members), 1)
    by_all = strata.expected(members[left].astype(np.uint32), members[right].astype(np.uint32))
    assert by_others[left, right].sum() == pytest.approx(by_all.sum(), rel=0.15)


@pytest.mark.parametrize(("attendance", "is_seen"), [(1.0, True), (0.5, False)])
def test_a_small_circle_that_acts_as_one_is_not_its_own_yardstick(attendance: float, *, is_seen: bool) -> None:
    rng = np.random.default_rng(2)
    crowd = [(f"u{k:03}", f"p{k % 2}-{post:03}") for k in range(400) for post in rng.choice(100, 10, replace=False)]
    circle = [(f"w{k:02}", f"own-{post:02}") for k in range(12) for post in range(30) if rng.random() < attendance]
    clubs = [(f"c{c}-{k}", f"club{c}-{post}") for c in range(6) for k in range(10) for post in range(10)]
    acts = index_acts(likes(crowd + circle + clubs), "like:post")
    incidence = first_acts(acts)
    stratum, strata = stratify(incidence, acts.tick_s, 1)
    members = np.flatnonzero(acts.account_ids.str.starts_with("w").to_numpy())
    left, right = np.triu_indices(len(members), 1)
    by_all = strata.expected(members[left].astype(np.uint32), members[right].astype(np.uint32)).mean()
    by_others = strata.expected_by_others(incidence, stratum, members)[left, right].mean()
    assert strata.pool >= 0
    assert bool(by_others < 0.5 * by_all) is is_seen


def test_the_gamma_poisson_tail_equals_the_negative_binomial() -> None:
    counts, means = np.array([0, 1, 3, 10]), np.array([0.5, 0.5, 2.0, 1.0])
    by_library = stats.nbinom.sf(counts - 1, 1 / 0.7, (1 / 0.7) / (1 / 0.7 + means))
    assert gamma_poisson_tail(counts, means, 0.7) == pytest.approx(by_library, rel=1e-9)
    assert gamma_poisson_tail(counts, means, 0.0) == pytest.approx(poisson_tail(counts, means))


def test_a_layer_in_which_nobody_shares_anything_has_no_dispersion() -> None:
    alone = (
        world(1, planted=False)
        .actions.filter(pl.col("action") == "like")
        .with_columns(object_id=pl.col("account_id") + pl.col("object_id"))
    )
    detection = run(Dataset(actions=alone))
    assert not detection.findings
    assert detection.tables["layers"]["dispersion"].to_list() == [0.0]


def test_a_farm_that_is_most_of_its_circle_is_found() -> None:
    """In a small data set its own sites are a tenth of all addresses, and what is shared there is usual there."""
    farm = Plant("content_farm", n_accounts=20, n_targets=60, window_s=1_800.0, attendance=0.9, mimicry=0.1)
    made = simulate(replace(small_demo(), plants=(farm,)), 6)
    detection = run(made.dataset, layers=("url",), surrogates=19)
    found = {finding.id for finding in detection.findings if finding.statement == "membership_cluster"}
    named = detection.tables["accounts"].filter(pl.col("finding_id").is_in(found))["account_id"]
    assert sorted(named) == sorted(made.truth["account_id"])
