"""Farms that differ in size, in clients and in what they are paid to do."""

from __future__ import annotations

from functools import partial

import numpy as np
from worlds.agents.feed import Life, crowd, live, place_names, post_rows
from worlds.agents.ledger import DAY, HOUR, Ints
from worlds.agents.town import Town
from worlds.agents.work import commission, deliver, entry, grid, pick, recruit, staged, work_acts

__all__ = ["BOOK"]


def sized(town: Town, size: int, low: int = 10, high: int = 40) -> list[Ints]:
    """Let a farm of a given size serve one client."""
    rng = town.rng
    members = recruit(town, size)
    page, targets = commission(town, int(rng.integers(low, high + 1)))
    staged(town, targets, topic=town.theme[page])
    members = deliver(town, members, targets, float(rng.choice([60, 300, 1200, 3600])))
    return [members]


def unpopular(town: Town) -> list[Ints]:
    """Let a farm act on posts that hardly anybody else acts on."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town, fame=0.1)
    town.ledger.post_quality[targets] *= 0.2
    staged(town, targets, mean=float(rng.uniform(0.3, 2.0)), topic=town.theme[page])
    members = deliver(town, members, targets, float(rng.choice([300, 1800, 6 * 3600])))
    return [members]


def critics(town: Town) -> list[Ints]:
    """Let workers comment in their own words under posts of several critics of the client."""
    rng = town.rng
    members = recruit(town)
    theme = int(rng.integers(town.topics))
    sets = [commission(town, int(rng.integers(3, 8)), topic=theme)[1] for _ in range(int(rng.integers(4, 7)))]
    targets = np.concatenate(sets)
    staged(town, targets, topic=theme)
    members = deliver(
        town, members, targets, float(rng.choice([1800, 7200])), attendance=rng.uniform(0.4, 0.8), verb="comment"
    )
    return [members]


def shared_workers(town: Town) -> list[Ints]:
    """Let two clients' farms share some workers; each farm holds all who served its client."""
    rng = town.rng
    members = recruit(town, int(rng.integers(30, 61)))
    mixed = rng.permutation(members)
    third = len(mixed) // 3
    farms = [np.sort(mixed[: 2 * third]), np.sort(mixed[third:])]
    jobs = [commission(town, int(rng.integers(10, 26)))[1] for _ in farms]
    staged(town, np.concatenate(jobs))
    return [
        deliver(town, farm, targets, float(rng.choice([60, 600, 3600])))
        for farm, targets in zip(farms, jobs, strict=True)
    ]


def several(town: Town) -> list[Ints]:
    """Let three to six farms of different sizes and paces serve a client each."""
    rng = town.rng
    everyone = rng.permutation(town.n)
    sizes = rng.integers(8, 46, int(rng.integers(3, 7)))
    farms = [np.sort(part) for part in np.split(everyone[: sizes.sum()], np.cumsum(sizes)[:-1])]
    jobs = [commission(town, int(rng.integers(10, 31)))[1] for _ in farms]
    staged(town, np.concatenate(jobs))
    return [
        deliver(town, farm, targets, float(rng.choice([20, 120, 900, 3600, 6 * HOUR])))
        for farm, targets in zip(farms, jobs, strict=True)
    ]


def own_links(town: Town) -> list[Ints]:
    """Let each worker publish a post with the client's link in the worker's own words."""
    rng, ledger = town.rng, town.ledger
    members = recruit(town)
    live(town, Life(links=0.35))
    count = int(rng.integers(10, 31))
    site = ledger.name(
        "url", [f"https://{town.words[77]}.example/n/{i}" for i in rng.integers(1e6, 9e6, count).tolist()]
    )
    start = rng.integers(0, town.days - 1, count) * DAY + rng.uniform(8, 20, count) * HOUR
    row, link = np.nonzero(rng.random((len(members), count)) < rng.uniform(0.5, 0.95))
    members, row = members[np.unique(row)], np.unique(row, return_inverse=True)[1]
    at = start[link] + rng.exponential(rng.choice([300, 1800, 7200]), len(link))
    post_rows(town, members[row], town.awake(members[row], at), town.sentence(len(row), 6, 20, 0.0), url=site[link])
    counts = rng.poisson(rng.uniform(2, 8), count)
    link = np.repeat(np.arange(count), counts)
    who = rng.integers(0, town.n, len(link))
    at = town.react(who, start[link], 7200, 1.4)
    post_rows(town, who, at, town.sentence(len(who), 4, 18, 0.05), url=site[link])
    return [members]


def ratings(town: Town) -> list[Ints]:
    """Let hired accounts rate client restaurants, one rating of each place by each account."""
    rng, ledger = town.rng, town.ledger
    members = recruit(town)
    live(town, Life(ratings=float(rng.uniform(1.5, 3.5))))
    count = int(rng.integers(6, 21))
    places = ledger.name("place", place_names(town, count))
    start = rng.uniform(0, town.days - 2, count)
    row, col = np.nonzero(rng.random((len(members), count)) < rng.uniform(0.4, 0.9))
    at = (start[col] + rng.exponential(rng.choice([0.1, 0.7, 2.0]), len(col))) * DAY
    ledger.add(members[row], "rate", places[col], "place", town.awake(members[row], at))
    spot = np.repeat(places, rng.poisson(rng.uniform(4, 20), count))
    guests = rng.integers(0, town.n, len(spot))
    ledger.add(guests, "rate", spot, "place", town.moments(guests))
    return [np.unique(members[row])]


def tranches(town: Town) -> list[Ints]:
    """Let the same accounts follow lists of clients, a tranche of the accounts at a time, over weeks."""
    rng, ledger = town.rng, town.ledger
    members = recruit(town, int(rng.integers(40, 121)))
    clients = town.add_pages(int(rng.integers(10, 31)), 0.5)
    for page in clients.tolist():
        town.page_posts(page, town.post_times(0.4))
    live(town, Life(follows=float(rng.uniform(2, 4))))
    for page in clients.tolist():
        batches = np.array_split(rng.permutation(members), int(rng.integers(2, 6)))
        first = rng.uniform(0, town.days * 0.4)
        for step, batch in enumerate(batches):
            start = (first + step * rng.uniform(1.0, town.days / 8)) * DAY
            came = batch[rng.random(len(batch)) < 0.85]
            at = start + rng.exponential(rng.choice([120, 1800, 4 * HOUR]), len(came))
            ledger.add(came, "follow", np.full(len(came), page), "account", at)
        fans = pick(town, int(rng.integers(5, 40)), town.theme[page])
        ledger.add(fans, "follow", np.full(len(fans), page), "account", town.moments(fans))
    return [members]


def content(town: Town) -> list[Ints]:
    """Let about twenty accounts publish the same sixty texts, most with a link, over days."""
    rng, ledger = town.rng, town.ledger
    members = recruit(town, int(rng.integers(16, 26)))
    live(town, Life(links=0.35))
    count = int(rng.integers(45, 76))
    texts = town.sentence(count, 8, 24, 0.0)
    links = ledger.name(
        "url", [f"https://{town.words[99]}.example/a/{i}" for i in rng.integers(1e6, 9e6, count).tolist()]
    )
    links[rng.random(count) < 0.25] = -1
    start = rng.uniform(0, town.days - 2, count) * DAY
    row, col = np.nonzero(rng.random((len(members), count)) < rng.uniform(0.6, 0.95))
    at = town.awake(members[row], start[col] + rng.exponential(rng.choice([0.1, 0.5, 1.5]) * DAY, len(col)))
    post_rows(town, members[row], at, [texts[index] for index in col.tolist()], url=links[col])
    return [np.unique(members[row])]


def lists_only(town: Town) -> list[Ints]:
    """Let a farm and the ordinary people act; the export holds the lists of who acted, without times."""
    members = recruit(town)
    page, targets = commission(town)
    staged(town, targets, topic=town.theme[page])
    members = deliver(town, members, targets, 3600.0)
    return [members]


def fan_wall(town: Town) -> list[Ints]:
    """Let a farm boost a client beside a large crowd of real fans who act on nearly all of the posts."""
    rng = town.rng
    members = recruit(town)
    page, targets = commission(town, fame=3.0, spare=1.0)
    live(town, Life())
    fans = pick(town, int(rng.integers(60, 200)), town.theme[page])
    crowd(town, targets, float(rng.uniform(20, 50)), topic=town.theme[page])
    who, post = grid(town, fans, targets, float(rng.uniform(0.3, 0.6)))
    work_acts(town, who, post, town.react(who, town.ledger.post_at[post], 1200), "like")
    members = deliver(town, members, targets, float(rng.choice([60, 600])))
    return [members]


BOOK = (
    entry(
        "three_targets", "farm", partial(sized, size=40, low=3, high=3), "A client buys one boost for three posts only."
    ),
    entry("farm_of_5", "farm", partial(sized, size=5), "One person runs five accounts for a small client."),
    entry("farm_of_8", "farm", partial(sized, size=8), "One person runs eight accounts for a small client."),
    entry("farm_of_500", "farm", partial(sized, size=500), "A big vendor sends five hundred workers.", n=3000),
    entry(
        "several_farms",
        "farm",
        several,
        "Several vendors of different sizes and paces serve different clients.",
        n=2400,
    ),
    entry("shared_workers", "farm", shared_workers, "Two clients hire at one vendor, and some workers serve both."),
    entry("unpopular_targets", "farm", unpopular, "A client whom nobody cares for buys all of its acts."),
    entry("critics_comments", "farm", critics, "Workers argue in their own words under posts of the client's critics."),
    entry("own_links", "farm", own_links, "Each worker publishes the client's links in posts of the worker's own."),
    entry("ratings_farm", "farm", ratings, "Hired accounts rate restaurants that pay, one rating of each.", days=28),
    entry(
        "follower_tranches", "farm", tranches, "A seller of followers delivers the same accounts in tranches.", days=28
    ),
    entry("content_farm", "farm", content, "About twenty accounts publish the same texts and links over days."),
    entry("no_times", "farm", lists_only, "The export lists who acted on what and holds no times.", undated=True),
    entry("day_times", "farm", lists_only, "The export holds the days of acts only.", precision="day"),
    entry("minute_times", "farm", partial(sized, size=30), "The export holds the minutes of acts.", precision="min"),
    entry("fan_wall", "farm", fan_wall, "A star with real, zealous fans buys extra acts from a farm."),
)
