"""What the search for coordinated groups gives: values that the detector words and the report shows."""

from __future__ import annotations

from dataclasses import dataclass

from forensics.detectors.coordination.evidence.evenness import Evenness


@dataclass(frozen=True, slots=True)
class Measure:
    """One statistic of a group, in the half of the data that played no part in finding it.

    Attributes:
        kind: ``attendance`` (members on the same objects), ``repetition`` (the same pairs again and again) or
            ``closeness`` (members within ``window_s`` of each other on one object), ``choice`` (attendance among each
            publisher's posts).
        window_s: of closeness, seconds; None for the others.
        observed: pairs of acts, weighted.
        expected: the same under the model that the module ``measurement`` gives.
        ratio: observed over expected, and for closeness over what outsiders show at the same objects.
        typical: the median ratio of the other audiences.
        largest: the largest ratio of another audience that does not overlap the group.
        n_audiences: disjoint audiences that it was held against.
        n_alike: disjoint audiences, this group's relatives left out, that stand out at least half as far.
        z: distance from the audiences' mean in standard deviations, those between audiences and of the measure.
    """

    kind: str
    window_s: float | None
    observed: float
    expected: float
    ratio: float
    typical: float
    largest: float
    n_audiences: int
    n_alike: int
    z: float


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts that acted together, found in one part of the data and confirmed in another.

    Attributes:
        core: the accounts that half of the directions confirm, or that both halves of a split give and one direction
            confirms, ascending: who is named.
        edge: accounts that were found with them and not confirmed, ascending: never named.
        is_named: True where the group is beyond the model and beyond the other audiences; False for a pattern to look
            at, which other audiences of the data show too.
        score: log odds of being a group rather than an audience, by the fitted weights; the groups come in its order.
        error_rate: share of the runs over organic development worlds that gave a group with such a score.
        even: how alike the members share the work.
        n_confirmed: directions (a split, one way) that found it and saw it stand out in the other half.
        n_directions: directions tried.
        stability: Jaccard index of the group with the group that the same search grows from it in the other half,
            median over the directions.
        confirmed_share: share of the members found that the other half confirmed, median over the directions.
        measures: the statistics of that split's way of the lower score, the clearest first.
    """

    core: tuple[str, ...]
    edge: tuple[str, ...]
    is_named: bool
    score: float
    error_rate: float
    even: Evenness
    n_confirmed: int
    n_directions: int
    stability: float
    confirmed_share: float
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """All that a search gives.

    Attributes:
        groups: named ones first, each tier by score.
        n_audiences: disjoint reference audiences, median over the directions.
        n_acts: acts searched, one a source event and object.
        n_accounts: accounts with at least one of them.
        split: ``time`` where the halves are stretches of time, ``objects`` where they are objects.
        interval_share: share of the acts whose times were dated by a poll or a queue, so taken as intervals.
        abstained: why nothing can be judged, a key of the detector's notes; empty where the search went through.
    """

    groups: tuple[Group, ...]
    n_audiences: int
    n_acts: int
    n_accounts: int
    split: str
    interval_share: float
    abstained: str = ""
