"""Bystanders: the page's own supporters are told from those who were sent to it."""

from __future__ import annotations

from itertools import combinations

import polars as pl
from coaction.liking import likes, three_circles

from forensics.coaction.layers import index_acts
from forensics.detectors.coordination.residents import residents, without_bystanders
from forensics.detectors.coordination.shared_objects_tests import prepare_shared

WORKERS = [f"w{k}" for k in range(8)]
FANS = [f"f{k}" for k in range(5)]
TARGETS = [f"p0-{post:03}" for post in range(10)]


def edges_that_stay(*, fans_live_there: bool) -> set[tuple[str, str]]:
    """Three circles; workers and fans act on ten posts of the first, workers everywhere else and fans there or not."""
    rows = three_circles()
    rows += [(name, target) for name in WORKERS + FANS for target in TARGETS]
    for place, name in enumerate(WORKERS + FANS):
        stays = fans_live_there and name in FANS
        rows += [(name, f"p{0 if stays else post % 3}-{post:03}") for post in range(10 + place * 6, 16 + place * 6)]
    layer = prepare_shared(index_acts(likes(rows), "like:post"), 4, 1)
    pairs = list(combinations(sorted(WORKERS + FANS), 2))
    edges = pl.DataFrame(pairs, schema=["left", "right"], orient="row").with_columns(layer=pl.lit("like:post"))
    members = pl.DataFrame({"cluster": 0, "account_id": sorted(WORKERS + FANS)})
    kept = without_bystanders(edges, residents([layer], edges, members))
    assert kept.columns == edges.columns
    return set(kept.select("left", "right").iter_rows())


def test_supporters_are_parted_from_the_workers_who_were_sent_to_their_page() -> None:
    kept = edges_that_stay(fans_live_there=True)
    assert kept == set(combinations(FANS, 2)) | set(combinations(WORKERS, 2))


def test_nobody_is_parted_where_all_act_elsewhere_alike() -> None:
    assert edges_that_stay(fans_live_there=False) == set(combinations(sorted(WORKERS + FANS), 2))
