"""The rhythm of every account: people on shifts, software or ordinary use, each with a probability, never a score.

An account is described against the accounts of the same data that act about as often, and classified by the weights of
``rhythm_classifier``. Below a number of acts it says that it cannot tell. Groups are described by ``group_rhythm``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from operator import attrgetter
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.rhythm.act_times import ActTimes, act_times
from forensics.detectors.rhythm.circadian import BINS, busiest_arc, day_bins, quiet_arc_interval
from forensics.detectors.rhythm.rhythm_classifier import (
    KINDS,
    balanced_probabilities,
    estimate_mix,
    with_mix,
    without_habit,
)
from forensics.detectors.rhythm.rhythm_features import FEATURES, MINIMUM_ACTS, QUIET_SHARE, SHIFT_HOURS, measure
from forensics.detectors.rhythm.rhythm_vocabulary import ACCOUNT_RHYTHM
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress

COMPARED = ("quiet_hours", "shift_share", "weekly_low", "midday_dip", "burstiness", "entropy", "day_hours")
"""The features set against the accounts of like activity."""

FEWEST_PEERS = 20

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    minimum_acts: int = param(
        MINIMUM_ACTS, "acts", "Accounts with fewer acts are not classified.", MINIMUM_ACTS, 1_000_000
    )
    peers: int = param(
        100, "accounts", "How many accounts of like activity each account is set against.", FEWEST_PEERS, 10_000
    )
    certainty: float = param(0.9, "1", "Probability from which an account is counted as of a kind.", 0.5, 1.0)
    resamples: int = param(199, "draws", "Bootstrap draws behind the interval of a sleep gap.", 19, 9_999)
    redraws: int = param(199, "draws", "Groups drawn by chance, to which a cluster is compared.", 19, 99_999)
    alpha: float = param(0.05, "1", "Expected share of false ones among the clusters reported.", 1e-9, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """The rhythm of the accounts with enough acts.

    Attributes:
        rows: index of each account in the ``ActTimes`` it was made from, shape (accounts,).
        features: shape (accounts, features).
        balanced: probability of each kind if all were equally common, shape (accounts, kinds).
        probabilities: of each kind under ``mix``, without what is a habit of the data, shape (accounts, kinds).
        mix: share of each kind that the probabilities assume, shape (kinds,).
    """

    rows: NDArray[np.int64]
    features: Numbers
    balanced: Numbers
    probabilities: Numbers
    mix: Numbers


_known: WeakKeyDictionary[ActTimes, dict[int, Profiles]] = WeakKeyDictionary()
"""By the fewest acts asked for: the rhythm of groups asks for what that of accounts has measured."""


def profile(times: ActTimes, minimum_acts: int, progress: Progress) -> Profiles:
    """Measure every account that has enough acts, and return its kind; of the same times it is done once.

    Raises:
        TooLittleDataError: none has.
    """
    known = _known.setdefault(times, {})
    if minimum_acts not in known:
        known[minimum_acts] = _measured(times, minimum_acts, progress)
    return known[minimum_acts]


def _measured(times: ActTimes, minimum_acts: int, progress: Progress) -> Profiles:
    sizes = times.sizes()
    rows = np.flatnonzero(sizes >= minimum_acts)
    if not rows.size:
        raise TooLittleDataError(
            "No account has {minimum_acts} acts or more, so the rhythm of single accounts cannot be judged.",
            minimum_acts=minimum_acts,
        )
    features, in_order = np.empty((rows.size, len(FEATURES))), attrgetter(*FEATURES)
    for done, row in enumerate(rows):
        features[done] = in_order(measure(times.minutes[row]))
        if done % 200 == 0:
            progress("measuring rhythms", done, rows.size)
    balanced = balanced_probabilities(features, sizes[rows].astype(np.float64))
    own = without_habit(balanced)
    mix = estimate_mix(own)
    return Profiles(rows, features, balanced, with_mix(own, mix), mix)


def _percentiles(values: Numbers, sizes: NDArray[np.int64], n_peers: int) -> Numbers:
    """Return each value's mid-rank among the accounts nearest in activity, 0 to 100; not a number with too few."""
    n = values.size
    if n <= FEWEST_PEERS:
        return np.full(n, np.nan)
    order = np.argsort(sizes, kind="stable")
    width = min(n_peers, n - 1) + 1
    firsts = np.clip(np.arange(n) - width // 2, 0, n - width)
    around = values[order][firsts[:, None] + np.arange(width)]
    own = values[order][:, None]
    below, level = (around < own).sum(axis=1), (around == own).sum(axis=1) - 1
    ranks = np.empty(n)
    ranks[order] = 100.0 * (below + level / 2) / (width - 1)
    return ranks


def _table(times: ActTimes, profiles: Profiles, params: Params, seed: int) -> pl.DataFrame:
    """Return one row per account: features, percentiles, interval of the sleep gap, probabilities and kind."""
    sizes = times.sizes()[profiles.rows]
    likeliest = profiles.probabilities.argmax(axis=1)
    # A generator of its own for each account: the interval does not change when accounts are added.
    intervals = [
        quiet_arc_interval(times.minutes[row], QUIET_SHARE, params.resamples, np.random.default_rng([seed, size]))
        for row, size in zip(profiles.rows, sizes, strict=True)
    ]
    known = pl.DataFrame(
        {
            "account_id": [times.account_ids[row] for row in profiles.rows],
            "n_acts": sizes,
            **{name: profiles.features[:, column] for column, name in enumerate(FEATURES)},
            "quiet_hours_low": [low for low, _ in intervals],
            "quiet_hours_high": [high for _, high in intervals],
            **{
                f"{name}_percentile": _percentiles(profiles.features[:, FEATURES.index(name)], sizes, params.peers)
                for name in COMPARED
            },
            **{f"p_{kind}": profiles.probabilities[:, column] for column, kind in enumerate(KINDS)},
            "kind": [
                KINDS[best] if row[best] >= params.certainty else "uncertain"
                for best, row in zip(likeliest, profiles.probabilities, strict=True)
            ],
        }
    ).with_columns(pl.selectors.float().fill_nan(None))
    finding = pl.when(pl.col("kind").is_in(["shift", "software"])).then(pl.lit("tempo-") + pl.col("kind"))
    return known.select(finding.alias("finding_id"), *known.columns).sort("account_id")


def hours_table(times: ActTimes, groups: dict[str, NDArray[np.int64]]) -> pl.DataFrame:
    """Return the acts of each group by weekday and hour, UTC.

    Args:
        times: of all accounts.
        groups: rows of ``times`` by the group's name.

    Returns:
        ``group, weekday (0 is Monday), hour, n_acts, share``; 168 rows for each group, in the order given.
    """
    parts = []
    for name, rows in groups.items():
        minutes = np.concatenate([times.minutes[row] for row in rows]) if rows.size else np.empty(0, dtype=np.int64)
        # Day 0 of 1970 was a Thursday.
        counts = np.bincount((minutes // 60 + 72) % 168, minlength=168)
        parts.append(
            pl.DataFrame(
                {
                    "group": [name] * 168,
                    "weekday": np.arange(168) // 24,
                    "hour": np.arange(168) % 24,
                    "n_acts": counts,
                    "share": counts / max(1, counts.sum()),
                }
            )
        )
    return pl.concat(parts)


def busiest_table(times: ActTimes, groups: dict[str, NDArray[np.int64]]) -> pl.DataFrame:
    """Return how many acts each group has and the share of them in the busiest nine hours of its day.

    Args:
        times: of all accounts.
        groups: rows of ``times`` by the group's name.

    Returns:
        ``group, n_acts, shift_share``; ``shift_share`` is null where there are no acts.
    """
    table = []
    for name, rows in groups.items():
        bins = np.sum([day_bins(times.minutes[row]) for row in rows], axis=0) if rows.size else np.zeros(BINS)
        share = busiest_arc(bins, SHIFT_HOURS)[0] if bins.any() else None
        table.append((name, int(bins.sum()), share))
    return pl.DataFrame(table, {"group": pl.String, "n_acts": pl.Int64, "shift_share": pl.Float64}, orient="row")


def _finding(kind: str, column: int, profiles: Profiles, params: Params) -> Finding:
    """Return the finding of one kind: how many accounts are of it, expected and near-certain."""
    chances = profiles.probabilities[:, column]
    expected, n = float(chances.sum()), chances.size
    half = 1.96 * float(np.sqrt(np.sum(chances * (1 - chances))))
    return Finding(
        id=f"tempo-{kind}",
        question="how",
        subject="dataset",
        statement=f"tempo_{kind}",
        scores=(
            Score("accounts_certain", float(np.sum(chances >= params.certainty)), "accounts", n=n),
            Score("accounts_expected", expected, "accounts", n, (max(0.0, expected - half), min(n, expected + half))),
            Score("accounts_profiled", float(n), "accounts"),
        ),
        # In worlds by strangers all whom this named were ordinary people: it describes, and only a group confirms it.
        strength="low",
        alternatives=("newsroom_hours", "office_staff", "narrow_free_time")
        if kind == "shift"
        else ("declared_automation", "scheduled_posts", "news_feed"),
        evidence=("profiles",),
    )


def tempo(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Describe the rhythm of every account with enough acts.

    Returns:
        Tables ``profiles`` (one row per account), ``hours`` (acts by weekday and hour of all accounts) and ``busiest``
        (all their acts, and the share in the busiest nine hours of the day).

    Raises:
        PrecisionError: no time is finer than a day.
        TooLittleDataError: no account has enough acts.
    """
    times = act_times(dataset)
    profiles = profile(times, params.minimum_acts, progress)
    sizes = times.sizes()
    certain = {
        kind: _finding(kind, column, profiles, params)
        for column, kind in enumerate(KINDS[:2])
        if np.any(profiles.probabilities[:, column] >= params.certainty)
    }
    return Detection(
        detector="tempo",
        params=asdict(params),
        findings=tuple(certain.values()),
        scores=(
            Score("accounts_profiled", float(profiles.rows.size), "accounts"),
            Score("accounts_too_few_acts", float(sizes.size - profiles.rows.size), "accounts"),
            Score("acts_too_coarse", float(times.n_coarse), "acts"),
            *(Score(f"mix_{kind}", float(profiles.mix[column]), "1") for column, kind in enumerate(KINDS)),
        ),
        tables={
            "profiles": _table(times, profiles, params, seed),
            "hours": hours_table(times, {"all": np.arange(sizes.size)}),
            "busiest": busiest_table(times, {"all": np.arange(sizes.size)}),
        },
        notes=("rhythm_is_not_identity", "rhythm_cannot_tell") + (() if certain else ("quiet_result",)),
    )


DETECTOR = Detector(
    name="tempo",
    title="Working rhythm",
    question="how",
    needs=("actions",),
    params=Params,
    run=tempo,
    vocabulary=ACCOUNT_RHYTHM,
    cites=(
        "Goh & Barabási 2008, doi:10.1209/0295-5075/81/48002",
        "Kim & Jo 2016, doi:10.1103/PhysRevE.94.032311",
        "Shinomoto, Shima & Tanji 2003, doi:10.1162/089976603322518759",
        "Saerens, Latinne & Decaestecker 2002, doi:10.1162/089976602753284446",
    ),
    text=(
        "Looks at when each account acts: the hours it sleeps, whether it keeps to a working day, its days off, how "
        "evenly its acts follow one another. It gives the probability that the times come from people on shifts, from "
        "software or from ordinary use, and says that it cannot tell where an account has too few acts."
    ),
)
