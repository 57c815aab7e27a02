"""The fixed rules of other tools, reproduced to the last pair on the data that they were published with."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from coaction.peer_rules import FixedRuleNetwork, coordination_network_toolkit, coortweet

from forensics import schema
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions

SHARED = Path(os.environ.get("FORENSICS_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
RUSSIAN = SHARED / "russian-coord-2021" / "russian_coord_tweets.csv.gz"
GERMAN = SHARED / "german-elections-2021" / "german_elections.parquet"


def figures(network: FixedRuleNetwork) -> tuple[int, int, int, int, int]:
    return (network.n_pairs, network.n_accounts, network.edges.height, network.largest_weight, network.n_components)


@pytest.fixture(scope="module")
def russian() -> pl.DataFrame:
    if not RUSSIAN.exists():
        pytest.skip(f"the published data are not on this machine: {RUSSIAN.name}")
    options = ReadOptions(settings={"object_kind": "post", "action": "repost"})
    return load(RUSSIAN, "coortweet", options).actions


@pytest.fixture(scope="module")
def german() -> pl.DataFrame:
    if not GERMAN.exists():
        pytest.skip(f"the published data are not on this machine: {GERMAN.name}")
    options = ReadOptions(
        columns={"account": "account_id", "post": "post_id", "time": "timestamp"},
        objects={"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "media": "phash_id"},
    )
    return load(GERMAN, "generic", options).actions


# Reference: CooRTweet 2.1.3, min_participation 2: pairs, accounts, edges, largest weight, components.
@pytest.mark.parametrize(("window_s", "expected"), [(60, (3_791, 2_110, 3_721, 4, 23)), (10, (447, 525, 442, 3, 95))])
def test_coortweet_on_the_russian_data(russian: pl.DataFrame, window_s: float, expected: tuple[int, ...]) -> None:
    assert figures(coortweet(russian, "repost:post", window_s)) == expected


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("url", (5_658, 506, 1_453, 251, 88)),
        ("domain", (5_968, 692, 1_659, 266, 113)),
        ("hashtag", (3_703, 314, 506, 42, 62)),
        ("media", (2_131, 214, 337, 44, 49)),
    ],
)
def test_coortweet_on_the_german_data(german: pl.DataFrame, layer: str, expected: tuple[int, ...]) -> None:
    assert figures(coortweet(german, layer, 30)) == expected


def test_coortweet_on_the_german_facebook_accounts(german: pl.DataFrame) -> None:
    facebook = german.filter(pl.col("account_id").str.starts_with("fb_"))
    assert figures(coortweet(facebook, "url", 60)) == (6_288, 503, 1_645, 254, 78)


# Reference: coordination-network-toolkit, undirected edges at minimum weight 1 and 2.
@pytest.mark.parametrize(("weight", "n_edges"), [(1, 6_206), (2, 63)])
def test_the_toolkit_on_the_russian_data(russian: pl.DataFrame, weight: int, n_edges: int) -> None:
    assert coordination_network_toolkit(russian, "repost:post", 60, weight).edges.height == n_edges


@pytest.mark.parametrize(
    ("layer", "weight", "n_edges"),
    [
        *(("url", 1, 2_166), ("url", 2, 948), ("domain", 1, 2_696), ("domain", 2, 979)),
        *(("hashtag", 1, 1_751), ("hashtag", 2, 200), ("media", 1, 833), ("media", 2, 228)),
    ],
)
def test_the_toolkit_on_the_german_data(german: pl.DataFrame, layer: str, weight: int, n_edges: int) -> None:
    assert coordination_network_toolkit(german, layer, 30, weight).edges.height == n_edges


def small() -> pl.DataFrame:
    """Four accounts and a hand-drawn network: a-b twice, b-c once, a repost of one's own post, d active once."""
    rows = [
        *(("a", "x", "a1", 0), ("b", "x", "b1", 5), ("c", "x", "c1", 12), ("d", "x", "d1", 14)),
        *(("a", "y", "a2", 100), ("b", "y", "b2", 110), ("c", "z", "c2", 500), ("c", "c3", "c3", 900)),
    ]
    return schema.conform(
        pl.DataFrame(rows, schema=["account_id", "object_id", "post_id", "second"], orient="row").select(
            "account_id",
            "object_id",
            "post_id",
            acted_at=pl.from_epoch(1_600_000_000 + pl.col("second")).cast(schema.TIME),
            action=pl.lit("repost"),
            object_kind=pl.lit("url"),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def test_coortweet_by_hand() -> None:
    # d acts once and is left out; c's own post is no object; a-b share x and y, b-c share x; a-c lie 12 s apart.
    network = coortweet(small(), "url", 10)
    assert network.edges.rows() == [("a", "b", 2), ("b", "c", 1)]
    assert figures(network) == (3, 3, 2, 2, 1)


def test_the_toolkit_by_hand() -> None:
    assert coordination_network_toolkit(small(), "url", 10, 1).edges.rows() == [
        *(("a", "b", 2), ("b", "c", 1), ("b", "d", 1), ("c", "d", 1))
    ]
    assert coordination_network_toolkit(small(), "url", 10, 2).edges.rows() == [("a", "b", 2)]
