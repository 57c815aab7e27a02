"""Countries in which people act together because they share hubs, friends, towns, hobbies, parties or offices."""

from __future__ import annotations

import numpy as np
from worlds.session_feed.feed import COMMENT, LIKE, REPOST, Country, found
from worlds.session_feed.people import DAY, HOUR, Floats, Ints, choose, human_delay

__all__ = [
    "fans_called",
    "hawkes_dense",
    "hawkes_sparse",
    "hobby_cells",
    "notified_hubs",
    "offices",
    "partisans",
    "plain",
    "twenty_towns",
]


def plain(rng: np.random.Generator) -> Country:
    """People browse, and a few events of the day bring many at once."""
    country = found(rng)
    country.live(int(rng.integers(18_000, 45_000)))
    return country


def notified_hubs(rng: np.random.Generator) -> Country:
    """Hubs post or repost, and the same notified followers act within seconds or minutes, again and again."""
    country = found(rng)
    country.live(int(rng.integers(15_000, 32_000)))
    for _ in range(rng.integers(3, 8)):
        notify(country, rng.integers(30, 160), rng.uniform(1.0, 5.0))
    return country


def notify(country: Country, followers: int, posts_a_day: float) -> None:
    """Give a hub followers who are notified of what it posts and reposts."""
    rng = country.rng
    field = int(rng.integers(country.communities))
    hub = rng.choice(country.pages)
    weight = country.people.activity * country.people.interests[:, field]
    fans = choose(rng, weight, int(followers))
    count = rng.poisson(posts_a_day * country.days)
    when = np.sort(rng.integers(0, country.days, count) * DAY + (rng.normal(15, 4, count) - country.zone) * HOUR)
    when = when[(when > 6 * HOUR) & (when < country.end)]
    own = country.publish(
        np.full(len(when), hub),
        when,
        np.full(len(when), field),
        rng.lognormal(0.8, 0.6, len(when)),
        np.full(len(when), 40_000),
    )
    passed_on = rng.random(len(when)) < rng.uniform(0.0, 0.5)
    others = np.flatnonzero((country.community == field) & (country.published < country.end))
    old = earlier(rng, country, others, when)
    passed_on &= country.published[old] < when
    posts = np.where(passed_on, old, own)
    country.act(np.full(int(passed_on.sum()), hub), REPOST, posts[passed_on], when[passed_on])
    keen = rng.beta(1.2, 2.6, len(fans))
    hit = rng.random((len(when), len(fans))) < keen * np.clip(rng.normal(1.0, 0.3, (len(when), 1)), 0.2, 2.0)
    row, fan = np.nonzero(hit)
    quick = rng.lognormal(np.log(50.0), 0.5, len(fans))
    delay = quick[fan] * rng.lognormal(0.3, 1.0, len(row)) + 4
    late = rng.random(len(row)) < 0.3
    delay[late] *= rng.gamma(2.0, 15.0, int(late.sum()))
    manner = np.where(rng.random(len(row)) < 0.75, LIKE, np.where(rng.random(len(row)) < 0.6, REPOST, COMMENT))
    country.act(fans[fan], manner, posts[row], when[row] + delay)


def earlier(rng: np.random.Generator, country: Country, posts: Ints, when: Floats) -> Ints:
    """Return for each moment one of the last few posts before it."""
    posts = posts[np.argsort(country.published[posts], kind="stable")]
    place = np.searchsorted(country.published[posts], when) - rng.geometric(0.3, len(when))
    return posts[np.maximum(place, 0)]


def hawkes_sparse(rng: np.random.Generator) -> Country:
    """Short cascades among friends beside the feed: each act brings few others."""
    return cascades(rng, rng.uniform(0.25, 0.5), rng.uniform(2.0, 4.0), rng.uniform(0.4, 3) * HOUR)


def hawkes_dense(rng: np.random.Generator) -> Country:
    """Long and quick cascades among friends: nearly every act brings another within minutes."""
    return cascades(rng, rng.uniform(0.78, 0.88), rng.uniform(2.0, 4.0), rng.uniform(120, 900))


def cascades(rng: np.random.Generator, branching: float, arrivals: float, scale: float) -> Country:
    """Let acts excite acts of friends, with delays of a heavy tail."""
    country = found(rng)
    country.live(int(rng.integers(12_000, 19_000)))
    people = country.people
    friends = np.empty((people.size, 12), np.int64)
    for field in range(country.communities):
        members = np.flatnonzero(people.home == field)
        if len(members):
            weight = people.activity[members] ** 0.8
            friends[members] = rng.choice(members, (len(members), 12), p=weight / weight.sum())
    start = choose(rng, country.quality, int(rng.uniform(0.25, 0.5) * len(country.author)))
    post = np.repeat(start, rng.poisson(arrivals, len(start)))
    fields = country.community[post]
    who = pick_fans(rng, country, fields)
    when = human_delay(rng, country.published[post], country.zone, scale)
    for _ in range(25):
        country.act(who, np.where(rng.random(len(who)) < 0.55, REPOST, LIKE), post, when)
        parent = np.repeat(np.arange(len(who)), rng.poisson(branching, len(who)))
        who = friends[who[parent], np.minimum(rng.geometric(0.2, len(parent)) - 1, 11)]
        post, when = (
            post[parent],
            when[parent] + scale * (rng.pareto(1.6, len(parent)) + rng.exponential(0.3, len(parent))),
        )
        if not len(who) or country.events > 70_000:
            break
    return country


def pick_fans(rng: np.random.Generator, country: Country, fields: Ints) -> Ints:
    """Draw a person for each entry by activity and interest in its community."""
    who = np.empty(len(fields), np.int64)
    for field in np.unique(fields).tolist():
        rows = np.flatnonzero(fields == field)
        weight = country.people.activity * country.people.interests[:, field]
        who[rows] = rng.choice(country.people.size, len(rows), p=weight / weight.sum())
    return who


def twenty_towns(rng: np.random.Generator) -> Country:
    """Local pages of twenty towns have small and stable local audiences."""
    towns = int(rng.integers(18, 25))
    country = found(rng, communities=towns + 2, people=(1500, 2400), page_share=(70, 110), posts_a_day=(60, 110))
    home = rng.integers(2, towns + 2, country.people.size)
    settle(country, home, rng.uniform(0.6, 0.85))
    country.live(int(rng.integers(20_000, 42_000)), share_followed=0.6)
    return country


def settle(country: Country, home: Ints, share: float) -> None:
    """Give people a home community that takes most of their interest, and its pages to follow."""
    people, rng = country.people, country.rng
    people.home = home
    people.interests *= (1 - share) / people.interests.sum(axis=1, keepdims=True)
    people.interests[np.arange(people.size), home] += share
    for field in np.unique(home).tolist():
        local = np.flatnonzero(country.page_community == field)
        members = np.flatnonzero(home == field)
        for place in range(min(3, len(local))):
            people.followed[members, place] = rng.permuted(np.tile(local, (len(members), 1)), axis=1)[:, place]


def hobby_cells(rng: np.random.Generator) -> Country:
    """Dozens of groups of six to fifteen friends follow hobbies of their own; the others browse."""
    cells = int(rng.integers(35, 65))
    country = found(rng, communities=cells + 8, people=(1500, 2300), page_share=(cells + 40, cells + 70))
    home = rng.integers(0, 8, country.people.size)
    member = rng.permutation(country.people.size)
    start = 0
    for cell in range(cells):
        size = int(rng.integers(6, 16))
        home[member[start : start + size]] = cell + 8
        start += size
    settle(country, home, rng.uniform(0.65, 0.85))
    friends = member[:start]
    country.people.activity[friends] = np.maximum(country.people.activity[friends], rng.lognormal(0.3, 0.6, start))
    country.live(int(rng.integers(18_000, 36_000)), share_posts=0.1, step=3 * HOUR)
    return country


def partisans(rng: np.random.Generator) -> Country:
    """Two or three parties have very active followers who act on nearly everything of their camp."""
    country = found(rng, people=(1600, 2600), days=(8, 16))
    country.live(int(rng.integers(15_000, 28_000)))
    for _ in range(rng.integers(2, 4)):
        rally(country, int(rng.integers(25, 75)), rng.uniform(0.25, 0.7))
    return country


def rally(country: Country, size: int, zeal: float) -> None:
    """Let followers of a camp go through all that its pages posted since they last opened the app."""
    rng = country.rng
    field = int(rng.integers(1, country.communities))
    pages = rng.permutation(np.flatnonzero(country.page_community == field))[:4] + country.people.size
    posts = np.flatnonzero(np.isin(country.author, pages))
    posts = choose(rng, np.ones(len(country.author)) * np.isin(np.arange(len(country.author)), posts), 140)
    camp = choose(rng, country.people.activity * country.people.interests[:, field], size)
    followed = np.clip(rng.beta(4, 2, len(camp)) * zeal * 1.4, 0.02, 0.97)
    rows, whos = [], []
    moments = []
    for person, share in zip(camp.tolist(), followed.tolist(), strict=True):
        visits = int(rng.integers(2, 8))
        hours = np.clip(rng.normal(15, 5, (country.days, visits)), 5.5, 25) - country.zone
        opened = np.sort((np.arange(country.days)[:, None] * DAY + hours * HOUR).ravel())
        backlog = posts[rng.random(len(posts)) < share]
        place = np.searchsorted(opened, country.published[backlog])
        backlog, place = backlog[place < len(opened)], place[place < len(opened)]
        rows.append(backlog)
        whos.append(np.full(len(backlog), person))
        moments.append(opened[place] + rng.gamma(1.5, 60.0, len(backlog)))
    post, who, when = np.concatenate(rows), np.concatenate(whos), np.concatenate(moments)
    country.act(who, np.where(rng.random(len(who)) < 0.7, LIKE, REPOST), post, when)
    talks = rng.random(len(who)) < 0.12
    country.act(who[talks], COMMENT, post[talks], when[talks] + 25)


def offices(rng: np.random.Generator) -> Country:
    """Colleagues open the app in working hours and at lunch and act on the pages of their firm and city."""
    firms = int(rng.integers(5, 13))
    country = found(rng, communities=firms + 6, people=(1500, 2500))
    home = rng.integers(0, 6, country.people.size)
    staff = rng.permutation(country.people.size)
    start = 0
    for firm in range(firms):
        size = int(rng.integers(15, 60))
        home[staff[start : start + size]] = firm + 6
        start += size
    settle(country, home, rng.uniform(0.4, 0.6))
    country.live(int(rng.integers(15_000, 28_000)))
    colleagues = np.repeat(staff[:start], country.days)
    day = np.tile(np.arange(country.days), start)
    at_work = (day % 7 < 5) & (rng.random(len(day)) < np.repeat(rng.beta(2, 3, start), country.days))
    hour = np.where(rng.random(len(day)) < 0.5, rng.normal(12.4, 0.3, len(day)), rng.uniform(8.5, 17.5, len(day)))
    country.browse(colleagues[at_work], (day * DAY + (hour - country.zone) * HOUR)[at_work], length=2.0)
    return country


def fans_called(rng: np.random.Generator) -> Country:
    """Fans of a star are called in a chat to act now on a post, and those who are awake do so within minutes."""
    country = found(rng)
    country.live(int(rng.integers(15_000, 30_000)))
    for _ in range(rng.integers(1, 4)):
        call(country)
    return country


def call(country: Country) -> None:
    """Call the members of one fan chat to the star's posts, some of them several times."""
    rng = country.rng
    field = int(rng.integers(1, country.communities))
    local = np.flatnonzero(country.page_community == field) + country.people.size
    output = np.array([(country.author == page).sum() for page in local.tolist()], float) + 0.01
    star = int(rng.choice(local, p=output / output.sum()))
    fans = choose(rng, country.people.interests[:, field] * country.people.activity**0.6, int(rng.integers(50, 220)))
    posts = np.flatnonzero(country.author == star)
    posts = rng.permutation(posts)[: rng.integers(8, 35)]
    keen = rng.beta(1.3, 2.5, len(fans))
    row, fan = np.nonzero(
        rng.random((len(posts), len(fans))) < keen * np.clip(rng.normal(1, 0.4, (len(posts), 1)), 0.1, 2)
    )
    called = country.published[posts] + rng.lognormal(np.log(400.0), 1.2, len(posts))
    when = called[row] + rng.lognormal(np.log(rng.uniform(120, 900)), 1.1, len(row))
    country.act(fans[fan], rng.choice([LIKE, REPOST, COMMENT], len(row), p=[0.55, 0.3, 0.15]), posts[row], when)
