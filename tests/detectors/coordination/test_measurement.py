"""What a large group repeats, of which a candidate holds a part: the others of it are outsiders."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from forensics.coaction.dense_acts import DenseActs
from forensics.detectors.coordination.measurement import REPETITION, Gauge
from forensics.detectors.coordination.split_halves import Half, halves

N_ACCOUNTS, N_HIRED, N_POSTS, N_TARGETS = 1_000, 160, 120, 24
CROWD = np.random.default_rng(1).integers(0, 4, N_ACCOUNTS)


@pytest.fixture(scope="module")
def split() -> tuple[Half, Half]:
    """Everybody likes eight of the posts by chance; the hired like two thirds of the targets besides."""
    rng = np.random.default_rng(4)
    liked = np.zeros((N_POSTS, N_ACCOUNTS), np.bool_)
    for account in range(N_ACCOUNTS):
        liked[rng.permutation(N_POSTS)[:8], account] = True
    liked[:N_TARGETS, :N_HIRED] |= rng.random((N_TARGETS, N_HIRED)) < 2 / 3
    objects, accounts = np.nonzero(liked)
    acts = DenseActs(
        account_ids=pl.Series([f"a{number:04}" for number in range(N_ACCOUNTS)]),
        object_ids=pl.Series([f"p{number:03}" for number in range(N_POSTS)]),
        layers=("like",),
        accounts=accounts,
        objects=objects,
        times=np.zeros(len(objects)),
        steps=np.full(len(objects), np.inf),
        appeared=np.zeros(N_POSTS),
        layer_of=np.zeros(N_POSTS, np.int64),
        publisher_of=np.full(N_POSTS, -1),
    )
    return halves(acts, 1, by_time=False)


def repetition(split: tuple[Half, Half], group: np.ndarray) -> float:
    """Return a group's repetition in nats; the hired are in no community."""
    community = np.where(np.arange(N_ACCOUNTS) < N_HIRED, -1, CROWD)
    return Gauge(split[0], split[1], community, (), 1).measure(group)[REPETITION].value


@pytest.mark.parametrize("n_found", [120, 160])
def test_posts_that_are_mostly_the_groups_count_for_repetition(split: tuple[Half, Half], n_found: int) -> None:
    """Sixty to ninety others like each of them, more than any post is rare with: the crowd, and who was not found."""
    assert repetition(split, np.arange(n_found)) > 0.7


def test_as_many_of_the_crowd_repeat_nothing(split: tuple[Half, Half]) -> None:
    assert repetition(split, np.arange(N_HIRED, N_HIRED + 160)) < 0.2
