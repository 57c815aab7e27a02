"""Organic: tools, desks and camps, whose members act alike by trade, by conviction or by agreement in the open."""

from __future__ import annotations

import numpy as np
from worlds.bazaar.attention import browsed, join_in, react
from worlds.bazaar.daily_hours import HOUR, ROUTINES, Ints
from worlds.bazaar.townsfolk import Item, Outlet, Town

__all__ = [
    "campaign_volunteers",
    "comeback_stream",
    "crosspost_tools",
    "follow_train",
    "loyal_partisans",
    "monitoring_services",
    "news_aggregators",
    "party_office",
    "party_pages",
    "starter_pack",
    "trend_seekers",
]


def party_pages(town: Town, interest: str) -> list[Outlet]:
    """Return the pages whose followers are mostly of a camp, the most followed first."""
    camp = town.carers(interest)
    rest = [one for one in town.outlets if one.platform != "news" and len(one.followers)]
    shares = [np.isin(one.followers, camp).mean() for one in rest]
    pages = [one for one, share in zip(rest, shares, strict=True) if share > 0.75]
    return sorted(pages, key=lambda one: -len(one.followers))[:7]


def loyal_partisans(town: Town) -> Ints:
    town.live()
    rng = town.rng
    loyal = town.pick(town.carers("left"), int(rng.integers(80, 160)), 1.0)
    zeal = rng.beta(1.0, 2.0, len(loyal))
    for page in party_pages(town, "left"):
        nearness = rng.uniform(0.3, 1.0)
        for item in page.items:
            join_in(town, loyal, item, page.platform, zeal * nearness)
    return loyal


def party_office(town: Town) -> Ints:
    rng = town.rng
    staff = town.pick(np.flatnonzero(town.routine == list(ROUTINES).index("desk")), int(rng.integers(16, 30)))
    zeal = rng.beta(3, 1.5, len(staff))  # it is half the job
    town.live()
    for page in party_pages(town, "right")[:3]:
        for item in page.items:
            join_in(town, staff, item, "micro", zeal * 0.8, wait_s=1500)
    return staff


def campaign_volunteers(town: Town) -> Ints:
    town.live()
    rng = town.rng
    helpers = town.pick(town.carers("right"), int(rng.integers(50, 95)), 0.8)
    zeal = rng.beta(1.2, 2.0, len(helpers))
    pages = party_pages(town, "right")
    for day in range(max(0, town.days - 25), town.days):  # the hot weeks
        called = town.at(day, 19.0 + rng.normal(0, 0.15))
        fresh = [item for page in pages for item in page.items if 0 < called - item.at < 86_400]
        for place in rng.permutation(len(fresh))[: int(rng.integers(3, 7))]:
            late = Item(fresh[place].post, called, None)
            join_in(town, helpers, late, "video", zeal, wait_s=1800, topic=("vote",))
    return helpers


def comeback_stream(town: Town) -> Ints:
    town.live()
    rng = town.rng
    fans = town.pick(town.carers("music"), int(rng.integers(160, 340)), 0.3)
    zeal = rng.beta(1.0, 1.6, len(fans))
    star = town.open("video", fans, 0.0)
    for _ in range(2):
        first = int(rng.integers(2, town.days - 6))
        tags = tuple(town.tongue.name() for _ in range(2))
        for day in range(first, first + 4):  # the guide asks for a tag and for the clips, from the hour on
            hour = town.at(day, 18.0)
            item = town.issue(star, hour)
            join_in(town, fans, item, "micro", zeal, wait_s=400)
            loud = fans[rng.random(len(fans)) < zeal * 0.7]
            for person, at in zip(loud, hour + rng.lognormal(6.3, 1.2, len(loud)), strict=True):
                for again in range(int(rng.integers(1, 4))):
                    town.book.post(town.ids[person], at + again * rng.uniform(60, 900), town.tongue.text(), tags=tags)
    return fans


def follow_train(town: Town) -> Ints:
    town.live()
    rng = town.rng
    riders = town.pick(town.carers("left"), int(rng.integers(80, 140)), 0.6)
    zeal = rng.beta(0.8, 2.4, len(riders))
    for day in range(town.days):
        page = town.open("micro", riders, 0.0)
        page.account = town.ids[int(rng.choice(riders))]
        item = town.issue(page, town.at(day, 20.0 + rng.normal(0, 0.5)))
        aboard = rng.choice(riders, 12, replace=False)  # names on the list of the day
        for person in join_in(town, riders, item, "micro", zeal, wait_s=2400):
            at = item.at + rng.lognormal(7.8, 1.0)
            for name in aboard[rng.random(12) < 0.8]:
                at += rng.uniform(1, 6)
                if name != person:
                    town.book.act(town.ids[person], "follow", town.ids[name], "account", at)
    return riders


def starter_pack(town: Town) -> Ints:
    town.live()
    rng = town.rng
    hosts = town.pick(np.arange(town.people), 26, 1.0)
    guests = town.pick(np.setdiff1d(np.arange(town.people), hosts), int(rng.integers(120, 210)), 0.4)
    opened = town.at(int(rng.integers(2, town.days // 2)), 12.0)
    pages = [town.open("micro", guests, 0.0) for _ in hosts]
    for page, host in zip(pages, hosts, strict=True):
        page.account = town.ids[host]
    came = opened + rng.exponential(2.5 * 86_400, len(guests))
    for person, at in zip(guests, came, strict=True):
        for host in hosts if rng.random() < 0.7 else rng.permutation(hosts)[: int(rng.integers(2, 14))]:
            town.book.act(town.ids[person], "follow", town.ids[host], "account", at + rng.uniform(0, 3))
    keen = rng.beta(0.5, 6.0, len(guests))
    for page in pages:
        for _ in range(int(rng.integers(3, 9))):
            item = town.issue(page, opened + rng.exponential(6 * 86_400))
            join_in(town, guests[came < item.at], item, "micro", keen[came < item.at])
    return guests


def crosspost_tools(town: Town) -> Ints:
    rng = town.rng
    makers = rng.permutation(town.newcomers(int(rng.integers(70, 110)) * 3, town.zone, 0.5)).reshape(-1, 3)
    town.live()
    for trio in makers:  # one maker, three services, one tool
        site, every = f"{town.tongue.name()}.example", rng.uniform(0.1, 1.0)
        slot = float(rng.choice([8.0, 12.0, 17.0]))
        for day in np.flatnonzero(rng.random(town.days) < every):
            at = town.at(day, slot if rng.random() < 0.6 else rng.uniform(8, 20))
            url, words = town.tongue.address(site), town.tongue.text()
            for account in trio:
                at += rng.uniform(1, 30)
                town.book.post(town.ids[account], at, words, url=url, client="crossposter")
    return makers.ravel()


def monitoring_services(town: Town) -> Ints:
    services = town.newcomers(int(town.rng.integers(8, 15)), town.zone, 0.02)
    town.live()
    rng, pages = town.rng, [*party_pages(town, "left"), *party_pages(town, "right"), *town.outlets[:4]]
    for service in services:
        round_s = float(rng.choice([300, 900, 3600]))  # it asks the platform at such intervals
        for page in pages:
            if rng.random() < 0.3:  # not on this desk's list
                continue
            for item in page.items:
                if rng.random() < 0.5:  # the word that it watches for stands in half of the posts
                    seen = np.ceil(item.at / round_s) * round_s + rng.uniform(1, 20)
                    town.book.act(town.ids[service], "repost", item.post, "post", seen)
    return services


def news_aggregators(town: Town) -> Ints:
    feeds = town.newcomers(int(town.rng.integers(20, 36)), town.zone, 0.02)
    town.live()
    rng = town.rng
    for feed in feeds:
        takes, round_s = rng.uniform(0.3, 0.95), float(rng.choice([900, 1800, 3600]))
        phase = rng.uniform(0, round_s)
        for paper in town.outlets[:3]:
            for item in paper.items:
                if rng.random() < takes:
                    at = np.ceil((item.at - phase) / round_s) * round_s + phase + rng.uniform(0, 40)
                    town.book.post(town.ids[feed], at, town.tongue.text(median=9), url=item.url, client="feed")
    return feeds


def trend_seekers(town: Town) -> Ints:
    town.live()
    rng = town.rng
    sellers = town.pick(np.arange(town.people), int(rng.integers(70, 130)), 0.9)
    greed = rng.beta(0.9, 2.5, len(sellers))
    sites = [f"{town.tongue.name()}.example" for _ in sellers]
    for day in range(town.days):
        for _ in range(int(rng.integers(1, 4))):
            tag, risen = town.tongue.name(), town.at(day, float(rng.uniform(8, 21)))
            keen = np.flatnonzero(rng.random(len(sellers)) < greed)
            shown = np.full(len(keen), risen)
            for place, at in zip(keen, browsed(town, sellers[keen], shown, 0.8), strict=True):
                if at - risen < 9 * HOUR:  # by then another tag leads the list
                    url = town.tongue.address(sites[place]) if rng.random() < 0.6 else None
                    town.book.post(town.ids[sellers[place]], at, town.tongue.text(), url=url, tags=(tag,))
            first = [item for page in town.outlets[:2] for item in page.items if 0 < item.at - risen < 6 * HOUR]
            for item in first[:1]:  # the paper writes about the trend
                for person in sellers[keen][rng.random(len(keen)) < 0.2]:
                    react(town, int(person), "like", item.post, item.at + rng.exponential(2 * HOUR))
    return sellers
