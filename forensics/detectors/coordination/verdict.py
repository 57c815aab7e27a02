"""The verdict: a score of a candidate's measures and edge, then one of a group, by weights fitted to strangers' worlds.

A candidate's score is the log odds that it is a group of hired accounts rather than an audience. A group is what
several directions agree on; its score is the log odds given its candidates' scores and how evenly its members share the
work. Both are fitted to the development worlds (``tests/worlds/fit_verdict.py``), organic ones counted three times.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from forensics.detectors.coordination.audience_null import Distance
from forensics.detectors.coordination.evidence.evenness import Evenness
from forensics.detectors.coordination.measurement import LogRatio
from forensics.detectors.coordination.members import Edge
from forensics.detectors.coordination.split_halves import Floats, Ints

FEATURES = (
    "repetition_z",
    "closeness_z",
    "room_for_choice",
    "attendance_lead",
    "repetition_lead",
    "closeness_lead",
    "stability",
    "confirmed_by_attendance",
    "confirmed_by_closeness",
    "alike",
)
"""The features of a candidate, in the order of the weights."""
GROUP_FEATURES = ("candidates", "pairs", "delays")
"""The features of a group: its candidates' log odds and how evenly the members share the work, see ``evenness``."""
FARTHEST = 8.0
"""Standard deviations beyond which more says no more: the tail of a spread learnt from few audiences is not known."""
BEHIND = -4.0
"""Standard deviations behind the furthest audience, below which less says no more."""
ERRORS, MOST_ROOM = 2.0, 0.6
"""The choice that the data leave room for is its value and two standard errors; from 0.6 nats, a factor of 1.8, more
says no more. Readers of a newspaper and hunters of giveaways are known to choose among a publisher's posts as others
do: what brings them together is what they follow. Development worlds: 0.5 to 0.7 cost 0 to 5 points of recall."""


@dataclass(frozen=True, slots=True, eq=False)
class LogOdds:
    """Weights of a logistic regression.

    Attributes:
        weight: shape (features,), log odds per standard deviation of the feature.
        mean: shape (features,), subtracted first.
        scale: shape (features,), divided by.
        offset: log odds of mean features.
    """

    weight: Floats
    mean: Floats
    scale: Floats
    offset: float

    def score(self, values: Floats) -> float:
        """Return the log odds of some features; what is not a number counts as the mean, so it says nothing."""
        standard = np.where(np.isnan(values), 0.0, (values - self.mean) / self.scale)
        return float(standard @ self.weight + self.offset)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of the verdict.

    Attributes:
        candidate: of a candidate's features.
        alone: of a group's first feature, its candidates' log odds.
        group: of all features of a group.
        found_from: a candidate's log odds from which it is taken into a group.
        named_from: a group's score from which it is named.
        pattern_from: a group's score from which it is a pattern to look at.
        organic_scores: the best group's score of every organic run of the development worlds, ascending, each by
            weights fitted to the worlds of other authors; minus infinity where a run gave no group.
    """

    candidate: LogOdds
    alone: LogOdds
    group: LogOdds
    found_from: float
    named_from: float
    pattern_from: float
    organic_scores: Floats

    def score(self, values: Floats) -> float:
        """Return a group's score: the larger of its log odds with and without its members' evenness.

        Evenness speaks for a group and never against it: workers may differ in diligence as a crowd's people do.
        """
        return max(self.alone.score(values[:1]), self.group.score(values))

    def error_rate(self, score: float) -> float:
        """Return the share of runs over organic worlds that give a group with such a score, (1 + r) / (1 + n).

        Source:
            North, Curtis & Sham 2002, doi:10.1086/341527, for the one that is added.
        """
        n = len(self.organic_scores)
        return float(1 + n - np.searchsorted(self.organic_scores, score, "left")) / (1 + n)


@cache
def weights() -> Weights:
    """Return the shipped weights."""
    path = resources.files("forensics.detectors.coordination").joinpath("verdict_weights.json")
    fitted = json.loads(path.read_text(encoding="utf-8"))
    return Weights(
        candidate=_log_odds(fitted["candidate"], FEATURES),
        alone=_log_odds(fitted["alone"], GROUP_FEATURES[:1]),
        group=_log_odds(fitted["group"], GROUP_FEATURES),
        **{name: float(fitted[name]) for name in ("found_from", "named_from", "pattern_from")},
        organic_scores=np.array([-np.inf if one is None else one for one in fitted["organic_scores"]], np.float64),
    )


def _log_odds(fitted: dict[str, Any], names: tuple[str, ...]) -> LogOdds:
    if tuple(fitted["features"]) != names:
        raise AssertionError("the verdict was fitted to other features; run tests/worlds/fit_verdict.py")
    weight, mean, scale = (np.array(fitted[name], np.float64) for name in ("weight", "mean", "scale"))
    return LogOdds(weight, mean, scale, float(fitted["offset"]))


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A candidate of one direction.

    Attributes:
        accounts: ascending.
        edge: see ``members``.
        features: in the order of ``FEATURES``.
        distances: by statistic.
        measured: by statistic.
    """

    accounts: Ints
    edge: Edge
    features: Floats
    distances: dict[str, Distance]
    measured: dict[str, LogRatio]

    @property
    def confirmed(self) -> Ints:
        """Return the members that the other half confirmed."""
        return self.accounts[self.edge.confirmed]


def features(
    attendance: Distance | None, repetition: Distance | None, closeness: Distance | None, choice: LogRatio, edge: Edge
) -> Floats:
    """Return one candidate's features, in the order of ``FEATURES``.

    Args:
        attendance: its distance from the audiences, None where the data give none.
        repetition: likewise.
        closeness: likewise, at the window where it is largest.
        choice: its own log ratio; it enters by what it rules out, whatever audiences show.
        edge: see ``members``.
    """
    near = [one for one in (attendance, repetition, closeness) if one is not None]
    clearest = max(near, key=lambda one: one.z, default=None)
    return np.array(
        [
            *(_clipped(one) for one in (repetition, closeness)),
            float(np.clip(choice.value + ERRORS * np.sqrt(choice.variance), 0.0, MOST_ROOM)),
            *(
                0.0 if one is None else np.clip(one.lead, BEHIND, FARTHEST)
                for one in (attendance, repetition, closeness)
            ),
            edge.stability,
            edge.by_attendance,
            edge.by_closeness,
            np.log1p(clearest.n_alike) if clearest else 0.0,
        ]
    )


def group_features(scores: Floats, even: Evenness) -> Floats:
    """Return a group's features, in the order of ``GROUP_FEATURES``.

    What was done in one session lies in one stretch of time and is confirmed by a split of the objects alone: so the
    candidates' score is the mean of the split that gives the most and of all, each in both ways.

    Args:
        scores: shape (directions,), its candidates' log odds, both ways of a split one after the other.
        even: of its members.
    """
    by_split = (scores[0::2] + scores[1::2]) / 2
    return np.array([(by_split.max() + by_split.mean()) / 2, even.pairs, even.delays])


def _clipped(distance: Distance | None) -> float:
    return 0.0 if distance is None else float(np.clip(distance.z, -2.0, FARTHEST))
