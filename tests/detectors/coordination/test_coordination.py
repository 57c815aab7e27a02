"""What the detector makes of the groups that a search gives: findings, evidence, and what is set aside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from detectors.coordination.made_search import CLOSE, GROUP, LOOSE, MEMBERS, PATTERN, SEARCH, answers, world

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.coordination.coordination import DETECTOR, Params
from forensics.detectors.detector import Answer, linked_groups
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection
from forensics.progress import quiet


def run(dataset: Dataset, **params: object) -> Detection:
    return DETECTOR.run(dataset, Params(**params), 1, quiet)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def detection() -> Detection:
    with pytest.MonkeyPatch.context() as patch:
        answers(patch, SEARCH)
        return run(world(1))


def test_a_named_group_is_worded_with_its_clearest_measure_and_its_core(detection: Detection) -> None:
    finding = detection.findings[0]
    scores = {score.name: score.value for score in finding.scores}
    assert (finding.id, finding.statement, finding.strength) == ("coordination-1", "coordinated_group", "high")
    assert scores["accounts"] == 8
    assert scores["accounts_edge"] == 1
    assert (scores["acted_ratio"], scores["next_ratio"], scores["audiences"]) == (30.0, 4.0, 31.0)
    assert scores["directions_share"] == 1.0
    assert scores["first_at"] < scores["last_at"]
    (rated,) = [score for score in finding.scores if score.p_value is not None or score.q_value is not None]
    assert (rated.name, rated.value, rated.p_value, rated.q_value) == ("organic_share", 0.02, 0.02, 0.04)


def test_a_pattern_accuses_nobody(detection: Detection) -> None:
    assert [finding.id for finding in detection.findings] == ["coordination-1"]
    assert detection.tables["patterns"].select("pattern", "account_id").rows() == [
        ("pattern-1", account) for account in PATTERN.core
    ]
    for name in ("accounts", "edges", "acts", "moments", "kinds", "measures"):
        assert "pattern-1" not in detection.tables[name]["finding_id"].to_list()


def test_other_detectors_are_handed_the_confirmed_accounts_only(detection: Detection) -> None:
    linked = linked_groups({"coordination": Answer(Params(), detection)})
    assert linked.rows() == [("coordination-1", account) for account in MEMBERS]
    by_place = dict(detection.tables["accounts"].select("account_id", "membership").iter_rows())
    assert by_place == dict.fromkeys(MEMBERS, "core") | dict.fromkeys(LOOSE, "edge")


def test_every_tie_of_the_core_has_its_acts_and_who_was_not_confirmed_has_none(detection: Detection) -> None:
    edges, acts = detection.tables["edges"], detection.tables["acts"]
    assert edges["n_objects"].to_list() == [12] * 28
    assert edges["n_close"].to_list() == [12] * 28
    assert edges["expected"].sum() == pytest.approx(edges["n_objects"].sum())
    for row in acts.group_by("left", "right").len().iter_rows(named=True):
        assert row["len"] == 12
    assert set(acts["left"]) | set(acts["right"]) == set(MEMBERS)


def test_the_moments_hold_each_common_act_once(detection: Detection) -> None:
    dots = detection.tables["moments"]
    assert dots.height == 8 * 12
    assert dots.select("account_id", "object_id").is_unique().all()


def test_the_kinds_of_evidence_follow_from_the_measures(detection: Detection) -> None:
    kinds = detection.tables["kinds"]
    assert kinds.select("kind", "window_s").rows() == [("close_in_time", 60.0)]


def test_times_that_are_estimates_leave_the_shared_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, replace(SEARCH, groups=(GROUP,)))
    detection = run(world(1, precision="estimated"))
    assert detection.tables["edges"]["n_objects"].to_list() == [12] * 28
    assert detection.tables["edges"]["n_close"].sum() == 0
    assert detection.tables["moments"]["acted_at"].null_count() == detection.tables["moments"].height
    assert "first_at" not in {score.name for score in detection.findings[0].scores}


def test_accounts_that_declare_automation_take_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, replace(SEARCH, groups=()))
    dataset = world(1)
    accounts = schema.conform(
        dataset.actions.select("account_id", "source_id", "source_row").head(1).with_columns(is_automated=True),
        schema.ACCOUNTS,
    )
    detection = run(replace(dataset, accounts=accounts))
    settings, actions = asked
    assert settings.layers == ("like:post",)  # type: ignore[attr-defined]
    own = actions.filter(actions["account_id"] == accounts["account_id"][0])  # type: ignore[attr-defined]
    assert own["is_context"].all()
    assert {score.name: score.value for score in detection.scores}["automated"] == 1


def test_where_nothing_can_be_judged_it_says_why_and_not_that_all_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, replace(SEARCH, groups=(), abstained="too_few_audiences"))
    with pytest.raises(TooLittleDataError, match="are needed to judge"):
        run(world(1))


def test_a_quiet_result_says_what_it_does_not_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, replace(SEARCH, groups=(), interval_share=0.4))
    notes = run(world(1, precision="min")).notes
    assert {"quiet_result", "polled_times", "coarse_times", "split_by_objects"} <= set(notes)


def test_an_absent_layer_is_named_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, SEARCH)
    with pytest.raises(ParameterError, match=r"no layer 'url'.*like:post"):
        run(world(1), layers=("url",))


def test_the_order_of_rows_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, SEARCH)
    dataset = world(3)
    shuffled = Dataset(actions=dataset.actions.sample(fraction=1.0, shuffle=True, seed=9))
    first, second = run(dataset), run(shuffled)
    assert first.findings == second.findings
    for name, table in first.tables.items():
        assert table.equals(second.tables[name]), name


def test_the_measures_stand_in_their_order(detection: Detection) -> None:
    rows = detection.tables["measures"].filter(finding_id="coordination-1")
    assert rows["measure"].to_list() == ["closeness", "attendance"]
    assert rows.row(0, named=True)["ratio"] == CLOSE.ratio


def test_a_group_that_no_single_measure_sets_apart_is_worded_so(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = replace(GROUP, measures=(replace(CLOSE, ratio=3.0),))
    answers(monkeypatch, replace(SEARCH, groups=(behind,)))
    (finding,) = run(world(1)).findings
    assert (finding.statement, finding.strength) == ("coordinated_group_jointly", "moderate")
