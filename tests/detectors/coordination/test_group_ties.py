"""Ties by closeness in time beside the same worked out act by act, as the words say it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.special import gammaincc

from forensics import schema
from forensics.coaction.dense_acts import dense_acts
from forensics.coaction.kernels.pair_closeness import surprise_of
from forensics.dataset import Dataset
from forensics.detectors.coordination.discovery import ONE_ACT_SURE, Closeness
from forensics.detectors.coordination.seeds import SURE
from forensics.detectors.coordination.split_halves import Half, halves

GROUP = np.arange(0, 60, 2)


@pytest.fixture(scope="module")
def half() -> Half:
    """Ninety accounts on forty posts, some of which nearly all come to; every ninth time is known to the minute."""
    rng = np.random.default_rng(5)
    rows = []
    for post in range(40):
        fans = np.flatnonzero(rng.random(90) < (0.9 if post < 6 else 0.15))
        for fan in fans:
            step = "min" if rng.random() < 0.1 else "s"
            rows.append((f"u{fan:02}", f"p{post:02}", post * 9_000 + int(60 * 10 ** rng.uniform(0, 2.5)), step))
    rows += [(f"u{fan:02}", f"p{post:02}", post * 9_000 + 1_800 + fan, "s") for post in range(6, 20) for fan in GROUP]
    actions = pl.DataFrame(rows, schema=["account_id", "object_id", "second", "time_precision"], orient="row").select(
        "account_id",
        "object_id",
        "time_precision",
        acted_at=pl.from_epoch(1_700_000_000 + pl.col("second")).cast(schema.TIME),
        action=pl.lit("like"),
        object_kind=pl.lit("post"),
        source_id=pl.lit("s1"),
        source_row=pl.int_range(1, pl.len() + 1),
    )
    acts = dense_acts(schema.conform(actions, schema.ACTIONS), Dataset().posts)
    return halves(acts, 1, by_time=False)[0]


def plain(half: Half, group: np.ndarray, window_s: float, least_near: int) -> tuple[np.ndarray, np.ndarray]:
    """Return every account's tie and whether it rests on enough, one act after the other."""
    ties, enough = np.zeros(half.n_accounts), np.zeros(half.n_accounts, np.bool_)
    fine = np.flatnonzero(half.steps <= window_s)
    members = np.intersect1d(half.acts_of(group), fine)
    for account in range(half.n_accounts):
        delays = half.delays[half.delay_first[account] : half.delay_first[account + 1]]
        surprises, n_near, trials = [], 0, 0
        for act in fine[half.accounts[fine] == account]:
            others = members[(half.objects[members] == half.objects[act]) & (half.accounts[members] != account)]
            times = half.times[others]
            count = int((np.abs(times - half.times[act]) <= window_s).sum())
            moments = half.appeared[half.objects[act]] + delays
            met = int((np.abs(times[:, None] - moments[None, :]) <= window_s).sum())
            trials += count > 0 or met > 0
            n_near += count
            if count:
                expected = max(met / len(delays), 0.05 / len(delays))
                surprises.append(min(surprise_of(count, expected), 20.0))
        if surprises and n_near >= least_near:
            total = sum(min(surprise, 12.0) for surprise in surprises)
            ties[account] = max(-np.log(max(gammaincc(trials, total), 1e-300)), max(surprises) - np.log(trials))
            enough[account] = len(surprises) >= 2 or max(surprises) >= ONE_ACT_SURE
    return ties, enough


@pytest.mark.parametrize("window_s", [10.0, 60.0, 3_600.0])
@pytest.mark.parametrize("least_near", [1, 2])
def test_ties_are_what_every_act_by_itself_gives(half: Half, window_s: float, least_near: int) -> None:
    closeness = Closeness(half, GROUP, window_s, least_near)
    everybody = np.arange(half.n_accounts)
    ties, enough = plain(half, GROUP, window_s, least_near)
    assert (ties > 1).sum() >= 10
    np.testing.assert_array_equal(closeness.ties(everybody), ties)
    perhaps = closeness.perhaps_sure()
    np.testing.assert_array_equal(np.sort(perhaps), np.flatnonzero(enough & (closeness.most > SURE)))
    assert (closeness.most >= ties).all()
    assert (closeness.most > ties + 0.1).any()


def test_a_tie_hangs_neither_on_who_else_is_asked_nor_on_a_table(half: Half) -> None:
    everybody = np.arange(half.n_accounts)
    known = Closeness(half, GROUP, 60.0).ties(everybody)
    asked = half.members(everybody[::3])
    np.testing.assert_array_equal(Closeness(half, GROUP, 60.0, asked=asked).ties(everybody[::3]), known[::3])
    # Delays of another number than the table of surprises is for: each account's first alone.
    first = np.minimum(np.arange(half.n_accounts + 1), half.n_accounts)
    few = replace(half, delay_first=first, delays=half.delays[half.delay_first[:-1]])
    np.testing.assert_array_equal(Closeness(few, GROUP, 60.0).ties(everybody), plain(few, GROUP, 60.0, 1)[0])


def test_objects_of_more_acts_than_a_short_number_holds_give_the_same(half: Half) -> None:
    everybody = np.arange(half.n_accounts)
    known = Closeness(half, GROUP, 60.0).ties(everybody)
    # One more object, to which 70,000 strangers came; it is the last, so that nothing else is numbered anew.
    strangers = np.arange(half.n_accounts, half.n_accounts + 70_000)
    last = half.n_objects
    many = replace(
        half,
        n_accounts=half.n_accounts + len(strangers),
        accounts=np.concatenate((half.accounts, strangers)),
        objects=np.concatenate((half.objects, np.full(len(strangers), last))),
        times=np.concatenate((half.times, half.times.max() + np.arange(len(strangers)))),
        steps=np.concatenate((half.steps, np.ones(len(strangers)))),
        ids=np.concatenate((half.ids, [half.ids.max() + 1])),
        appeared=np.concatenate((half.appeared, [half.times.max()])),
        layer_of=np.concatenate((half.layer_of, [0])),
        publisher_of=np.concatenate((half.publisher_of, [-1])),
        delay_first=np.concatenate((half.delay_first, np.full(len(strangers), half.delay_first[-1]))),
    )
    np.testing.assert_array_equal(Closeness(many, GROUP, 60.0).ties(everybody), known)
    late = Closeness(many, strangers[66_000:66_100], 60.0)
    assert late.most[strangers[66_050]] > 0


def test_a_half_gives_its_room_back(half: Half) -> None:
    near = half.near(600.0)
    assert half.near(600.0) is near
    half.forget()
    assert half.near(600.0) is not near
