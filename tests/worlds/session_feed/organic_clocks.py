"""Countries in which people act at the same time because of clocks: breaks, queues, crawlers, outages, shows."""

from __future__ import annotations

import numpy as np
from worlds.session_feed.feed import LIKE, POST, REPOST, Country, found
from worlds.session_feed.organic_audience import earlier, plain
from worlds.session_feed.people import DAY, HOUR, Ints, choose, draw_sessions

__all__ = [
    "coarse_times",
    "day_only",
    "live_tv",
    "outage",
    "poll",
    "polled_bare",
    "polled_with_after",
    "queues_five",
    "queues_seven",
    "round_down",
    "school_breaks",
    "two_clocks",
]


def poll(country: Country, *, keeps_bound: bool) -> None:
    """Date likes by the crawler's next visit of the post; the visits of all posts of a batch share a moment."""
    rng, table = country.rng, country.table()
    every = float(rng.choice([300, 600, 900, 1800, 3600]))
    batches = int(rng.integers(1, 5))
    rows = np.flatnonzero((table["action"] == LIKE) & (table["kind"] == 0))
    post = table["what"][rows]
    offset = (post % batches) * rng.integers(5, 40)
    visit = np.ceil((table["when"][rows] - offset) / every) * every + offset
    before = np.maximum(visit - every, country.published[post])
    inside = visit < country.end
    table["when"][rows] = np.where(inside, visit, country.end - 1)
    if keeps_bound:
        table["after"][rows] = np.minimum(before, table["when"][rows] - 1)


def polled_with_after(rng: np.random.Generator) -> Country:
    """A crawler polls posts and dates a like by the visit that first showed it; the visit before is kept."""
    country = plain(rng)
    poll(country, keeps_bound=True)
    return country


def polled_bare(rng: np.random.Generator) -> Country:
    """A crawler polls posts and dates a like by the visit that first showed it; no bound is kept."""
    country = plain(rng)
    poll(country, keeps_bound=False)
    return country


def school_breaks(rng: np.random.Generator) -> Country:
    """Pupils act in the same breaks of every school day on the same top posts of a ranked feed."""
    country = found(rng, people=(1500, 2500))
    country.live(int(rng.integers(14_000, 26_000)))
    people = country.people
    pupils = rng.permutation(people.size)
    start = 0
    for _ in range(rng.integers(3, 7)):
        size = int(rng.integers(50, 140))
        attend(country, pupils[start : start + size])
        start += size
    return country


def attend(country: Country, pupils: Ints) -> None:
    """Send pupils of one school to the feed in its breaks."""
    rng = country.rng
    breaks = rng.choice([9.6, 10.5, 11.4, 12.3, 13.2, 14.1], int(rng.integers(2, 5)), replace=False) + rng.uniform(
        0, 0.3
    )
    school_days = np.flatnonzero(np.arange(country.days) % 7 < 5)
    taste = rng.dirichlet(np.full(country.communities, 0.3))
    keen = rng.beta(2.0, 4.0, len(pupils))
    begin = ((school_days[:, None] * DAY) + (breaks - country.zone) * HOUR).ravel()
    row, pupil = np.nonzero(rng.random((len(begin), len(pupils))) < keen)
    when = begin[row] + rng.beta(1.2, 2.0, len(row)) * rng.uniform(600, 900)
    who = pupils[pupil]
    interests = 0.6 * taste + 0.4 * country.people.interests[who]
    country.browse(
        who, when, interests=interests, focus=rng.uniform(1.3, 2.0), step=900.0, share_followed=0.15, length=1.8
    )


def queues_five(rng: np.random.Generator) -> Country:
    """Posts that were put in a client's queue go out every five minutes, a second earlier or later."""
    return queued(rng, 300.0)


def queues_seven(rng: np.random.Generator) -> Country:
    """Posts that were put in a client's queue go out every seven minutes, a second earlier or later."""
    return queued(rng, 420.0)


def queued(rng: np.random.Generator, every: float) -> Country:
    """Let some people plan posts and reposts with a client that sends at multiples of an interval."""
    country = found(rng)
    country.live(int(rng.integers(15_000, 28_000)))
    planners = choose(rng, country.people.activity, int(rng.integers(60, 220)))
    busy = rng.lognormal(0.0, 0.8, len(planners))
    who = np.repeat(planners, rng.poisson(busy / busy.mean() * rng.uniform(1.0, 3.0) * country.days))
    hour = rng.choice([8, 9, 10, 12, 13, 15, 17, 18, 19, 20], len(who)) + rng.choice([0, 0, 0.25, 0.5, 0.75], len(who))
    wanted = rng.integers(0, country.days, len(who)) * DAY + (hour - country.zone) * HOUR
    when = np.ceil((wanted + rng.exponential(2 * every, len(who))) / every) * every + rng.integers(-1, 2, len(who))
    keep = (when > HOUR) & (when < country.end)
    who, when = who[keep], when[keep]
    for person in planners.tolist():
        country.clients[person] = "Buffer"
    own = rng.random(len(who)) < 0.6
    country.compose(who[own], when[own], tags=3)
    popular = np.flatnonzero(country.found_by > np.quantile(country.found_by, 0.6))
    who, when = who[~own], when[~own]
    posts = earlier(rng, country, popular, when - 600)
    known = country.published[posts] < when
    country.act(who[known], REPOST, posts[known], when[known])
    return country


def two_clocks(rng: np.random.Generator) -> Country:
    """The export was joined from two files, one of which holds local times two hours off."""
    country = plain(rng)
    table = country.table()
    second = rng.random(country.accounts) < rng.uniform(0.25, 0.55)
    rows = second[table["who"]]
    table["when"][rows] += rng.choice([-7200.0, 7200.0])
    kept = (table["when"] >= 0) & (table["when"] < country.end)
    country.log = [{key: value[kept] for key, value in table.items()}]
    return country


def outage(rng: np.random.Generator) -> Country:
    """The platform is down for about three hours, once or twice, and everybody catches up afterwards."""
    country = found(rng)
    total = int(rng.integers(18_000, 40_000))
    who, when = country.surge(*draw_sessions(rng, country.people, country.days, country.zone, int(total / 2.4)))
    for _ in range(rng.integers(1, 3)):
        begin = rng.integers(1, country.days - 1) * DAY + (rng.uniform(10, 18) - country.zone) * HOUR
        back = begin + rng.uniform(2.5, 3.5) * HOUR
        down = (when > begin - 200) & (when < back)
        when[down] = back + rng.exponential(900.0, int(down.sum()))
        eager = choose(rng, country.people.activity, int(rng.uniform(0.1, 0.3) * country.people.size))
        who = np.concatenate([who, eager])
        when = np.concatenate([when, back + rng.exponential(1500.0, len(eager))])
        silent = (country.published > begin) & (country.published < back)
        country.published[silent] = back + rng.exponential(1200.0, int(silent.sum()))
    writes = rng.random(len(who)) < 0.06
    country.compose(who[writes], when[writes] - 30)
    country.browse(who, when)
    return country


def live_tv(rng: np.random.Generator) -> Country:
    """On one to three evenings a crowd acts on a live show's posts within seconds of each scene."""
    country = found(rng)
    country.live(int(rng.integers(14_000, 28_000)))
    field = int(rng.integers(1, country.communities))
    weight = country.people.interests[:, field] + 0.05
    crowd = choose(rng, weight * country.people.activity**0.5, int(rng.uniform(0.12, 0.35) * country.people.size))
    pages = rng.permutation(np.flatnonzero(country.page_community == field))[:3] + country.people.size
    for day in rng.permutation(country.days)[: rng.integers(1, 4)].tolist():
        start = day * DAY + (rng.choice([20.0, 20.25, 21.0]) - country.zone) * HOUR
        watch(country, field, pages, crowd[rng.random(len(crowd)) < rng.uniform(0.4, 0.8)], start)
    return country


def watch(country: Country, field: int, pages: Ints, viewers: Ints, start: float) -> None:
    """Run a show: scenes, posts on them, reactions, and viewers' own posts with the show's hashtags."""
    rng = country.rng
    scenes = np.sort(start + rng.uniform(0, 2 * HOUR, rng.integers(12, 35)))
    scenes = scenes[(scenes > 0) & (scenes < country.end - HOUR)]
    if not len(scenes):
        return
    size = len(scenes)
    posts = country.publish(
        rng.choice(pages, size), scenes, np.full(size, field), rng.lognormal(1, 0.5, size), np.full(size, 60_000)
    )
    strength = np.clip(rng.lognormal(-1.6, 0.7, (size, 1)), 0, 0.9)
    row, viewer = np.nonzero(rng.random((size, len(viewers))) < strength * rng.gamma(1.5, 0.6, len(viewers)))
    when = scenes[row] + 5 + rng.lognormal(np.log(40.0), 0.9, len(row))
    manner = rng.choice([LIKE, REPOST], len(row), p=[0.8, 0.2])
    country.act(viewers[viewer], manner, posts[row], when)
    tweets = row[rng.random(len(row)) < 0.15]
    authors = rng.choice(viewers, len(tweets))
    moment = scenes[tweets] + 8 + rng.lognormal(np.log(60.0), 0.8, len(tweets))
    own = country.publish(authors, moment, np.full(len(tweets), field), rng.lognormal(-2, 1, len(tweets)))
    event = country.act(authors, POST, own, moment, post=own)
    country.tag(own, event, np.full(len(own), field), rng.integers(1, 3, len(own)))


def round_down(country: Country, rows: np.ndarray, seconds: float, code: int) -> None:
    """Keep only the minute or the day of some acts."""
    table = country.table()
    table["when"][rows] = np.floor(table["when"][rows] / seconds) * seconds
    table["precision"][rows] = code


def coarse_times(rng: np.random.Generator) -> Country:
    """One of two platforms in the export gives minutes only; its pages and its users are its own."""
    country = found(rng)
    people = country.people
    second = rng.permutation(country.communities) < country.communities * rng.uniform(0.3, 0.7)
    on_second = second[people.home]
    people.interests *= second == on_second[:, None]
    foreign = second[country.page_community[people.followed]] != on_second[:, None]
    people.followed[foreign] = -1
    country.live(int(rng.integers(18_000, 45_000)))
    table = country.table()
    kept = table["who"] < people.size
    country.log = [{key: value[kept] for key, value in table.items()}]
    round_down(country, on_second[country.table()["who"]], 60.0, 1)
    return country


def day_only(rng: np.random.Generator) -> Country:
    """The export gives days only."""
    country = plain(rng)
    round_down(country, np.ones(len(country.table()["who"]), bool), DAY, 2)
    return country
