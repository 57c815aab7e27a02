"""Where a group's other acts lie: supporters at home in the circle they like, hired hands everywhere."""

from __future__ import annotations

import polars as pl
import pytest
from coaction.liking import likes, three_circles

from forensics.coaction.layers import index_acts
from forensics.detectors.coordination.home_community import belonging, is_at_home
from forensics.detectors.coordination.shared_objects_tests import prepare_shared

GROUP = [f"g{k}" for k in range(10)]


def where_its_other_acts_lie(rows: list[tuple[str, str]]) -> tuple[int, float | None, float | None]:
    layer = prepare_shared(index_acts(likes(rows), "like:post"), 4, 1)
    edges = pl.DataFrame({"finding_id": ["f", None], "layer": ["like:post", "like:post"]})
    members = pl.DataFrame({"finding_id": "f", "account_id": GROUP})
    return belonging([layer], edges, members, pl.Series([], dtype=pl.String)).row(0)[1:4]


def other_acts(*, at_home: bool) -> list[tuple[str, str]]:
    """Three circles of a hundred accounts and posts each; ten more like ten posts of the first, and others besides."""
    rows = three_circles()
    rows += [(name, f"p0-{post:03}") for name in GROUP for post in range(10)]
    for place, name in enumerate(GROUP):
        posts = range(10 + place * 9, 19 + place * 9)
        rows += [(name, f"p{0 if at_home else post % 3}-{post:03}") for post in posts]
    return rows


def test_supporters_are_at_home_and_hired_hands_are_not() -> None:
    n_other, home, usual = where_its_other_acts_lie(other_acts(at_home=True))
    assert (n_other, home) == (90, 1.0)
    assert usual == pytest.approx(1 / 3, abs=0.02)
    assert is_at_home(n_other, home, usual, 0.0) is True
    n_other, home, usual = where_its_other_acts_lie(other_acts(at_home=False))
    assert (n_other, home) == (90, pytest.approx(1 / 3))
    assert is_at_home(n_other, home, usual, 1.0) is False


def test_a_group_that_is_its_circle_alone_has_no_home_to_speak_of() -> None:
    rows = [(name, f"p{post}") for name in GROUP for post in range(10)]
    rows += [(name, f"own-{name}-{k}") for name in GROUP for k in range(30)]
    rows += [(f"u{k}", f"q{(k + post) % 40}") for k in range(100) for post in range(12)]
    assert where_its_other_acts_lie(rows) == (0, None, None)


@pytest.mark.parametrize(
    ("n_other", "home", "usual", "residents", "said"),
    [
        (19, 0.9, 0.1, 1.0, None),
        (0, None, None, 1.0, None),
        (20, 0.9, 0.1, 0.0, True),
        (90, 0.07, 0.003, 1.0, False),
        (90, 0.6, 0.5, 1.0, False),
        (90, 0.45, 0.1, 0.2, False),
        (90, 0.45, 0.1, 0.8, True),
    ],
)
def test_little_is_not_enough_and_a_tiny_circle_is_no_home(
    n_other: int, home: float | None, usual: float | None, residents: float, *, said: bool | None
) -> None:
    assert is_at_home(n_other, home, usual, residents) is said
