"""The accounts: where they live, what they are interested in, how busy they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.election import Election
from forensics.simulate.manipulation.farm_workers import Staff
from forensics.simulate.random_draws import Floats, Ints, lognormal, pareto, pick, pick_between, stream


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The accounts as arrays, organic ones first and planted workers after them.

    Attributes:
        n_organic: how many of them are organic.
        community: shape (accounts,): what each is interested in.
        country: shape (accounts,): position in ``Election.countries``.
        clock_s: shape (accounts,): time zone and habit, seconds from UTC.
        activity: shape (accounts,): how busy each is, any unit.
        by_community: shape (accounts,): the accounts ordered by community.
        community_first: shape (communities + 1,): where each begins in ``by_community``.
        cumulative: shape (accounts + 1,): running sums of activity over ``by_community``.
    """

    n_organic: int
    community: Ints
    country: Ints
    clock_s: Floats
    activity: Floats
    by_community: Ints
    community_first: Ints
    cumulative: Floats

    def of_community(self, rng: np.random.Generator, community: Ints) -> Ints:
        """Draw one account of each community, the busy more often; of everybody where it is negative or empty."""
        everybody = (community < 0) | (self.community_first[community] == self.community_first[community + 1])
        low = np.where(everybody, 0, self.community_first[community])
        high = np.where(everybody, len(self.community), self.community_first[community + 1])
        return self.by_community[pick_between(rng, self.cumulative, low, high)]


def make_people(election: Election, seed: int, workers: Staff) -> People:
    """Draw the accounts of an election."""
    rng = stream(seed, "people")
    n, n_workers = election.n_accounts, len(workers.home)
    # Interests are of unequal size: the largest community holds some four times as many as the smallest.
    sizes = 1.0 / np.sqrt(1.0 + np.arange(election.n_communities))
    community = np.concatenate((pick(rng, sizes, n), _of_workers(election, seed, workers, sizes)))
    shares = np.array([country.share for country in election.countries])
    anywhere = pick(stream(seed, "hired"), shares, n_workers)
    country = np.concatenate((pick(rng, shares, n), np.where(workers.country < 0, anywhere, workers.country)))
    offsets = np.array([float(country.utc_offset_s) for country in election.countries])
    habit = lognormal(rng, 1.0, 0.35, n + n_workers)
    activity = pareto(rng, 1.2, n, cap=400.0)
    per_act = activity.sum() / max(1, election.n_acts)
    activity = np.concatenate((activity, workers.ordinary_acts * per_act))
    by_community = np.argsort(community, kind="stable")
    return People(
        n_organic=n,
        community=community,
        country=country,
        clock_s=offsets[country] - 3_600.0 * np.clip(np.log(habit) * 4.0, -4.0, 4.0),
        activity=activity,
        by_community=by_community,
        community_first=np.searchsorted(community[by_community], np.arange(election.n_communities + 1)),
        cumulative=np.concatenate(([0.0], np.cumsum(activity[by_community]))),
    )


def _of_workers(election: Election, seed: int, workers: Staff, sizes: Floats) -> Ints:
    """Draw the communities of planted workers: anybody's, but for those who pass for a camp's supporters."""
    community = pick(stream(seed, "workers"), sizes, len(workers.home))
    camps = np.array(election.camps)[np.arange(election.n_communities) % len(election.camps)]
    for number, plant in enumerate(workers.plants):
        if plant.camp:
            own = workers.home == number
            community[own] = pick(stream(seed, "camp", number), np.where(camps == plant.camp, sizes, 0.0), own.sum())
    return community
