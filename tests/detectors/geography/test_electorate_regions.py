"""Geography: bought audiences are found, organic and diaspora ones are not accused, sources stay apart."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from forensics import schema
from forensics.dataset import Dataset
from forensics.detectors.geography.account_places import account_places, coverage
from forensics.detectors.geography.ad_delivery import ad_regions, ads_outside
from forensics.detectors.geography.camp_regions import camp_regions
from forensics.detectors.geography.electorate_regions import DETECTOR, Params, geography
from forensics.detectors.geography.group_countries import Params as ClusterParams
from forensics.detectors.geography.group_countries import cluster_countries, countries_of_groups
from forensics.errors import ParameterError, TooLittleDataError
from forensics.progress import quiet
from tests.detectors.geography.geography_worlds import audiences  # type: ignore[import-not-found]

HOME = Params(home=("DE",))


def test_a_third_bought_abroad_is_found() -> None:
    found = geography(audiences(1, bought=1 / 3), HOME, 0, quiet)
    row = found.tables["audiences"].row(0, named=True)
    assert row["audience"] == "red"
    assert row["low"] < 1 / 3 + 0.05 < row["high"] + 0.02
    subjects = [finding.subject for finding in found.findings if finding.statement == "foreign_share_stated"]
    assert subjects == ["red"]


def test_a_third_bought_abroad_is_found_beside_a_stated_electorate() -> None:
    figures = ("DE-BE=2500000", "DE-HH=1300000", "DE-BY=9400000", "DE-NW=12700000", "DE-SN=3200000", "DE-BW=7700000")
    found = geography(audiences(1, bought=1 / 3), replace(HOME, electorate=figures), 0, quiet)
    assert "foreign_share_stated" in [finding.statement for finding in found.findings]


def test_a_diaspora_of_the_stated_size_is_not_accused() -> None:
    world = audiences(2, n_pages=0, n_people=2_000, camp_abroad=0.15)
    found = geography(world, Params(home=("DE",), diaspora_share=0.15), 0, quiet)
    assert found.findings == ()
    assert found.tables["audiences"]["p_diaspora"][0] > 0.05


def test_the_same_share_without_a_diaspora_is_named_once_it_is_stated_so() -> None:
    world = audiences(2, n_pages=0, n_people=2_000, camp_abroad=0.15)
    assert geography(world, Params(home=("DE",), diaspora_share=0.05), 0, quiet).findings
    silent = geography(world, HOME, 0, quiet)
    assert silent.findings == ()
    assert {"no_diaspora_stated", "too_few_reference_audiences"} <= set(silent.notes)


def test_organic_audiences_that_differ_are_rarely_accused() -> None:
    accused = [bool(geography(audiences(seed), HOME, 0, quiet).findings) for seed in range(100, 106)]
    assert sum(accused) <= 1


def test_the_result_does_not_depend_on_the_order_of_the_rows() -> None:
    world = audiences(3, bought=0.2)
    mixed = Dataset(
        world.actions.sample(fraction=1, shuffle=True, seed=1),
        world.accounts.sample(fraction=1, shuffle=True, seed=2),
        world.posts.sample(fraction=1, shuffle=True, seed=3),
    )
    first, second = geography(world, HOME, 0, quiet), geography(mixed, HOME, 0, quiet)
    assert first.findings == second.findings
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)


def test_every_evidence_row_names_its_finding() -> None:
    found = geography(audiences(1, bought=1 / 3), HOME, 0, quiet)
    for finding in found.findings:
        for table in finding.evidence:
            assert finding.id in found.tables[table]["finding_id"].to_list()


def test_an_electorate_is_used_and_a_wrong_one_refused() -> None:
    figures = ("DE-BE=2500000", "DE-HH=1300000", "DE-BY=9400000", "DE-NW=12700000", "DE-SN=3200000", "DE-BW=7700000")
    found = geography(audiences(4), replace(HOME, electorate=figures), 0, quiet)
    assert set(found.tables["regions"]["place"]) == {figure.split("=")[0] for figure in figures}
    with pytest.raises(ParameterError):
        geography(audiences(4, n_pages=1), replace(HOME, electorate=("DE-BE=1", "FR=2")), 0, quiet)
    with pytest.raises(ParameterError):
        geography(audiences(4, n_pages=1), Params(home=("Germany",)), 0, quiet)


def test_without_places_it_says_so() -> None:
    world = audiences(1, n_pages=1)
    blank = replace(world, accounts=world.accounts.with_columns(stated_place=pl.lit("earth")))
    with pytest.raises(TooLittleDataError):
        geography(blank, HOME, 0, quiet)


def accounts(*rows: dict[str, object]) -> Dataset:
    made = [{"account_id": f"a{n}", "source_id": "s", "source_row": n, **row} for n, row in enumerate(rows, start=1)]
    return Dataset(accounts=schema.conform(pl.DataFrame(made, infer_schema_length=None), schema.ACCOUNTS))


def test_sources_are_kept_apart_and_hidden_countries_are_not_counted() -> None:
    data = accounts(
        {"stated_place": "Paris", "platform_country": "PH", "platform_country_kind": "registration"},
        {"stated_place": "Paris", "platform_country": "US", "platform_country_kind": "account_based_in (VPN)"},
        {"stated_place": "Georgia", "language": "pt-BR"},
        {"stated_place": "Lyon", "platform_country": "FR", "platform_country_kind": "location_accurate=false"},
        {"platform_country": "US", "platform_country_kind": "collector"},
    )
    found = account_places(data).select("account_id", "source", "country").rows()
    assert found == [
        ("a1", "stated", "FR"),
        ("a1", "platform", "PH"),
        ("a2", "stated", "FR"),
        ("a3", "language", "BR"),
        ("a4", "stated", "FR"),
        ("a5", "collector", "US"),
    ]
    rows = {row["source"]: row for row in coverage(data, account_places(data)).iter_rows(named=True)}
    assert (rows["stated"]["n_known"], rows["stated"]["n_stated"], rows["stated"]["n_open"]) == (3, 4, 1)


def test_a_clusters_country_is_tested_against_everybody_else() -> None:
    places = pl.DataFrame(
        {
            "account_id": [f"a{n}" for n in range(100)],
            "source": ["stated"] * 100,
            "country": ["PH"] * 10 + ["DE"] * 90,
            "region": [None] * 100,
        },
        schema_overrides={"region": pl.String},
    )
    members = pl.DataFrame({"finding_id": ["coordination-1"] * 12, "account_id": [f"a{n}" for n in range(12)]})
    first = cluster_countries(members, places).row(0, named=True)
    assert (first["country"], first["n_country"], first["n_known"]) == ("PH", 10, 12)
    assert first["p_value"] < 1e-9
    assert first["share_rest"] == 0


def test_a_country_is_named_of_a_group_only_where_most_of_it_is_and_few_others_are() -> None:
    data = accounts(*({"stated_place": "Manila"} for _ in range(10)), *({"stated_place": "Paris"} for _ in range(90)))
    ids = data.accounts["account_id"].to_list()
    members = pl.DataFrame({"finding_id": ["x-1"] * 12 + ["x-2"] * 12, "account_id": ids[:12] + ids[40:52]})
    found = countries_of_groups(data, members, ClusterParams(), 0, quiet)
    (finding,) = found.findings
    assert (finding.id, finding.subject, finding.statement) == ("countries-x-1-stated", "x-1", "group_country_stated")
    share, of_others = finding.scores
    assert (share.value, share.n, of_others.value) == (pytest.approx(10 / 12), 12, 0.0)
    assert finding.strength == "low"
    rows = found.tables["group_countries"].filter(pl.col("finding_id") == finding.id)
    assert rows["country"].to_list() == ["PH", "FR"]


def test_groups_without_any_place_are_refused() -> None:
    members = pl.DataFrame({"finding_id": ["x-1"], "account_id": ["nobody"]})
    with pytest.raises(TooLittleDataError):
        countries_of_groups(accounts({"stated_place": "Paris"}), members, ClusterParams(), 0, quiet)


def test_advertising_keeps_its_ranges() -> None:
    rows = [
        {"camp": "red", "region": "Texas", "share": 0.5, "impressions_low": 1000, "impressions_high": 2000},
        {"camp": "red", "region": "Bayern", "share": 0.5, "impressions_low": 1000, "impressions_high": 2000},
        {"camp": "red", "region": "Somewhere", "share": 0.5, "impressions_low": 0, "impressions_high": 1000},
    ]
    money = schema.conform(pl.DataFrame(rows).with_columns(source_id=pl.lit("s"), source_row=pl.lit(1)), schema.MONEY)
    row = ads_outside(ad_regions(money), ["DE"]).row(0, named=True)
    assert (row["share_low"], row["share_high"]) == pytest.approx((500 / 1500, 1000 / 1500))
    assert row["share_unplaced"] == pytest.approx(0.2)


def test_the_regions_of_camps_stand_beside_each_other_by_one_yardstick() -> None:
    people = pl.DataFrame(
        {
            "source": ["stated"] * 200,
            "audience": ["blue"] * 100 + ["red"] * 100,
            "is_camp": [True] * 200,
            "arrived_by": [f"post{n % 20}" for n in range(200)],
            "account_id": [f"a{n}" for n in range(200)],
            "region": ["DE-BE"] * 50 + ["DE-BY"] * 50 + ["DE-BE"] * 10 + ["DE-BY"] * 80 + [None] * 10,
        }
    )
    rows = {(row["audience"], row["region"]): row for row in camp_regions(people, 50).iter_rows(named=True)}
    assert set(rows) == {(camp, region) for camp in ("blue", "red") for region in ("DE-BE", "DE-BY")}
    berlin = rows["blue", "DE-BE"]
    assert (berlin["n_region"], berlin["n_known"], berlin["share_others"]) == (50, 100, pytest.approx(10 / 90))
    assert berlin["q_camp"] < 0.001
    assert rows["red", "DE-BE"]["q_camp"] > 0.5


def test_the_detector_is_registered() -> None:
    assert DETECTOR.question == "where"
