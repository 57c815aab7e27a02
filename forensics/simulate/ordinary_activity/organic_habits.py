"""Organic habits that look like work: fan clubs, news feeds, repost services, schedulers, called audiences.

None of them is manipulation. Feeds and repost services are software that says so; a case file can declare them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.simulate.population.act_arrays import PUBLISH, REPOST, Acts, done, join, upon
from forensics.simulate.population.simulated_objects import HASHTAG, POST, URL
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import DAY_S, is_awake, moments, once_awake
from forensics.simulate.random_draws import Ints, lognormal, order, pick, whole

_GROUP = 5
_TIMER_S = 900.0
_SLOTS_S = 3_600.0 * np.array([7.0, 9.0, 12.0, 15.0, 18.0, 20.0])  # local time


@dataclass(frozen=True, slots=True, eq=False)
class Habit:
    """Who has a habit, and what they did by it.

    Attributes:
        accounts: shape (accounts,): the accounts.
        groups: shape (accounts,): which of them belong together.
        acts: what they did.
    """

    name: str
    accounts: Ints
    groups: Ints
    acts: Acts


def fan_clubs(stage: Stage) -> Habit:
    """Draw fan clubs: members act upon most posts of one page, some at once, most within hours, never in the night."""
    rng = stage.stream("fan clubs")
    items, people = stage.items, stage.people
    posts = np.flatnonzero((items.kind == POST) & (items.community >= 0))
    pages = np.unique(items.origin[posts])
    pages = pages[order(rng, len(pages))][: stage.election.n_fan_clubs]
    size = stage.election.fan_club_size
    members = people.of_community(rng, np.repeat(people.community[pages], size))
    is_keen = rng.random(len(members)) < 0.3
    attendance = 0.6 + 0.35 * rng.random(len(members))
    parts = [(club, np.flatnonzero((items.origin == page) & (items.kind == POST))) for club, page in enumerate(pages)]
    member = np.concatenate(
        [np.repeat(np.arange(c * size, (c + 1) * size), len(own)) for c, own in parts] or [posts[:0]]
    )
    item = np.concatenate([np.tile(own, size) for _, own in parts] or [posts[:0]])
    attends = rng.random(len(member)) < attendance[member]
    member, item = member[attends], item[attends]
    delay = np.where(
        is_keen[member], lognormal(rng, 120.0, 1.0, len(member)), lognormal(rng, 2_700.0, 1.5, len(member))
    )
    account = members[member]
    time_s = once_awake(rng, items.born_s[item] + delay, people.clock_s[account])
    acts = upon(rng, items, account, item, time_s)
    return Habit("fan_club", members, np.repeat(np.arange(len(pages)), size), acts)


def news_feeds(stage: Stage) -> Habit:
    """Draw news feeds: every account of a group posts each link of one publisher within a minute."""
    rng = stage.stream("news feeds")
    items = stage.items
    accounts = _organic_accounts(rng, stage, stage.election.n_news_feeds)
    groups = np.arange(len(accounts)) // _GROUP
    links = np.flatnonzero(items.kind == URL)
    publishers = np.unique(items.origin[links])
    publishers = publishers[order(rng, len(publishers))][groups % max(1, len(publishers))]
    row, column = np.nonzero(publishers[:, None] == items.origin[links][None, :])
    posts = rng.random(len(row)) < 0.9
    account, item = accounts[row[posts]], links[column[posts]]
    time_s = items.born_s[item] + 5.0 + 50.0 * rng.random(len(item))
    return Habit("news_feed", accounts, groups, done(PUBLISH, account, item, time_s))


def repost_services(stage: Stage) -> Habit:
    """Draw repost services: a timer fires every quarter of an hour and reposts what a few pages have posted."""
    rng = stage.stream("repost services")
    items = stage.items
    accounts = _organic_accounts(rng, stage, stage.election.n_repost_services)
    groups = np.arange(len(accounts)) // _GROUP
    posts = np.flatnonzero((items.kind == POST) & (items.community >= 0))
    pages = np.unique(items.origin[posts])
    follows = rng.random((groups.max(initial=-1) + 1, len(pages))) < 4.0 / max(4, len(pages))
    by_page = np.searchsorted(pages, items.origin[posts])
    row, column = np.nonzero(follows[groups][:, by_page])
    phase = (rng.random(len(follows)) * _TIMER_S)[groups[row]]
    born = items.born_s[posts[column]]
    fires = np.ceil((born - phase) / _TIMER_S) * _TIMER_S + phase + 8.0 * rng.random(len(row))
    return Habit("repost_service", accounts, groups, done(REPOST, accounts[row], posts[column], fires))


def schedulers(stage: Stage) -> Habit:
    """Draw accounts that leave posting to a tool: hashtags at round times, links at the tool's next standard slot."""
    rng = stage.stream("schedulers")
    accounts = _organic_accounts(rng, stage, stage.election.n_schedulers)
    acts = join(_at_round_times(rng, stage, accounts), _at_slots(rng, stage, accounts))
    return Habit("scheduler", accounts, np.arange(len(accounts)), acts)


def _at_round_times(rng: np.random.Generator, stage: Stage, accounts: Ints) -> Acts:
    """Return two posts a day with a hashtag: at the hour, the half hour or a quarter."""
    items, people = stage.items, stage.people
    tags = np.flatnonzero((items.kind == HASHTAG) & (items.born_s == 0.0) & (items.community >= 0))
    n = len(accounts) * stage.election.n_days * 2
    account = accounts[whole(rng, 0, len(accounts), n)]
    drawn = tags[pick(rng, items.weight[tags], 4 * n)].reshape(n, 4)
    fits = items.community[drawn] == people.community[account][:, None]
    item = drawn[np.arange(n), np.where(fits.any(axis=1), fits.argmax(axis=1), 0)]
    quarter = np.array([0.0, 1_800.0, 900.0, 2_700.0])[pick(rng, np.array([0.6, 0.25, 0.1, 0.05]), n)]
    day = whole(rng, 0, stage.election.n_days, n) * float(DAY_S)
    return done(PUBLISH, account, item, day + 3_600.0 * whole(rng, 6, 20, n) + quarter + 20.0 * rng.random(n))


def _at_slots(rng: np.random.Generator, stage: Stage, accounts: Ints) -> Acts:
    """Return a fifth of the links of each one's community, each at the next of the tool's six slots a day."""
    items, people = stage.items, stage.people
    row, item = np.nonzero(people.community[accounts][:, None] == np.where(items.kind == URL, items.community, -1))
    shares = rng.random(len(row)) < 0.2
    account, item = accounts[row[shares]], item[shares]
    local = items.born_s[item] + stage.election.countries[0].utc_offset_s
    slots = np.append(_SLOTS_S, _SLOTS_S[0] + DAY_S)
    wait = slots[np.searchsorted(_SLOTS_S, local % DAY_S, side="right")] - local % DAY_S
    return done(PUBLISH, account, item, items.born_s[item] + wait + 20.0 * rng.random(len(item)))


def _organic_accounts(rng: np.random.Generator, stage: Stage, n: int) -> Ints:
    """Draw organic accounts, none twice."""
    return order(rng, stage.people.n_organic)[:n]


def called_audiences(stage: Stage) -> Habit:
    """Draw audiences that are called to older objects: after every call some members act upon an older post or link.

    Attention does not only fade with an object's age. Somebody with followers, a newsletter or a chat brings an old
    post up again, and those who are awake act upon it within minutes; nobody is paid, only the timing looks like work.
    """
    rng = stage.stream("calls")
    election, people, items = stage.election, stage.people, stage.items
    size = election.audience_size
    community = whole(rng, 0, election.n_communities, election.n_audiences)
    members = people.of_community(rng, np.repeat(community, size)).reshape(-1, size)
    zeal = 0.05 + 0.45 * rng.random(members.shape) ** 2
    n_calls = round(election.calls_per_day * election.n_days)
    audience = np.repeat(np.arange(election.n_audiences), n_calls)
    clock = np.full(len(audience), float(election.countries[0].utc_offset_s))
    called = moments(rng, election.n_days, clock)
    item = np.full(len(audience), -1)
    for number, own in enumerate(community):
        shown = np.flatnonzero((items.community == own) & (items.kind < HASHTAG))
        shown = shown[np.argsort(items.born_s[shown], kind="stable")]
        calls = np.flatnonzero(audience == number)
        before = np.searchsorted(items.born_s[shown], called[calls] - lognormal(rng, 54_000.0, 1.0, len(calls)))
        item[calls[before > 0]] = shown[before[before > 0] - 1]
    reacts = rng.random((len(audience), size)) < zeal[audience]
    call, member = np.nonzero(reacts & (item >= 0)[:, None])
    account = members[audience[call], member]
    time_s = called[call] + lognormal(rng, election.call_lag_s, 1.0, len(call))
    awake = is_awake(rng, time_s, people.clock_s[account])
    groups = np.repeat(np.arange(election.n_audiences), size)
    acts = upon(rng, items, account[awake], item[call[awake]], time_s[awake])
    return Habit("called", members.ravel(), groups, acts)


HABITS = (fan_clubs, news_feeds, repost_services, schedulers, called_audiences)
DECLARED = ("news_feed", "repost_service")
"""Habits of software that says what it is."""
