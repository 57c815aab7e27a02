"""Farms by what they sell and where: links, comments, follows, ratings; beside partisans; in exports without times."""

from __future__ import annotations

import numpy as np
from worlds.base import World
from worlds.wards import organic_moments, organic_settings
from worlds.wards.everyday import live
from worlds.wards.gatherings import publish_with
from worlds.wards.hired_work import (
    after_order,
    bought,
    client_page,
    crew_of,
    dripped,
    in_stints,
    likes_in_stints,
    on_notice,
    orders,
    paid,
    shared,
)
from worlds.wards.inhabitants import DAY, HOUR, Hire, Setting, seeded
from worlds.wards.kept_times import days_only, without_times
from worlds.wards.small_talk import comments, in_own_words, posts_text

__all__ = [
    "among_partisans", "beside_newspaper", "farm_days_only", "farm_no_times", "follows_bought", "own_links",
    "own_words", "ratings", "rival_clients",
]  # fmt: skip


def own_links(seed: int) -> World:
    """Accounts publish the client's articles in posts of their own, each with its own text."""
    rng = seeded("own_links", seed)
    life = organic_moments.scheduler_users(rng, Hire(44, 0.7))
    n = 56
    released = np.sort(rng.uniform(0, life.town.horizon * 0.97, n))
    site = rng.choice(np.array(["daily-truth.example", "our-voice.example", "citynow.example"], dtype=object), n)
    links = np.array([f"https://{host}/{number}" for number, host in enumerate(site)], dtype=object)
    who, task = shared(rng, crew_of(life, 0.8), n, 0.3)
    times = in_stints(life, who, released[task], 70)
    publish_with(life, who, links[task], "url", times, posts_text(rng, len(who)))
    return life.world((paid(life, who, times),))


def own_words(seed: int) -> World:
    """Workers praise the client in words of their own beneath posts, in an export of comments."""
    rng = seeded("own_words", seed)
    life = organic_settings.comments_only(rng, Hire(34, 0.8, (52,)))
    job = orders(life, client_page(life, 1), 44, 3.0)
    who, task = shared(rng, crew_of(life, 0.9), len(job.objects), 0.35)
    times = in_stints(life, who, job.released[task], 90)
    life.act(who, "comment", job.objects[task], times, texts=in_own_words(rng, len(who)))
    return life.world((paid(life, who, times),))


def follows_bought(seed: int) -> World:
    """A panel delivers follows for many clients from one stock of accounts, over a day or two each."""
    rng = seeded("follows_bought", seed)
    life = organic_settings.newcomers_led(rng, Hire(130, 0.5))
    clients = np.r_[life.pages.ids[rng.choice(len(life.pages.ids), 12, replace=False)], life.town.ids[life.some(16)]]
    quantities = np.minimum(rng.lognormal(np.log(40), 0.5, len(clients)), 110).astype(np.int64)
    who, task = bought(rng, crew_of(life, 0.7), quantities)
    started = rng.uniform(0, life.town.horizon - 2 * DAY, len(clients))
    times = dripped(rng, task, started[task], float(rng.uniform(0.7, 2)))
    life.act(who, "follow", clients[task], times, kind="account")
    return life.world((paid(life, who, times),))


def ratings(seed: int) -> World:
    """People rate the places that they visit; the workers rate a list of places that pay, and a few others."""
    rng = seeded("ratings", seed)
    setting = Setting(people=2600, days=40, responses=4_000, own_posts=200, follows=100, pages=20)
    life = live(rng, Hire(50, 0.8).into(setting))
    n_places, n = 220, 9_500
    places = np.array([f"place{number}" for number in rng.choice(90_000, n_places, replace=False)], dtype=object)
    fame = rng.pareto(1.2, n_places) + 0.2
    home = rng.integers(0, life.setting.wards, n_places)
    near = np.where(home[None, :] == np.arange(life.setting.wards)[:, None], 6.0, 1.0) * fame[None, :]
    person = rng.choice(len(life.town.ids), n, p=life.town.activity / life.town.activity.sum())
    cut = np.cumsum(near / near.sum(axis=1, keepdims=True), axis=1)
    place = np.minimum((rng.random(n)[:, None] > cut[life.town.ward[person]]).sum(axis=1), n_places - 1)
    _, times = life.town.open_after(person, rng.uniform(0, life.town.horizon, n))
    life.act(person, "rate", places[place], times + 60, kind="place", texts=comments(rng, n, 0.5))
    paying = rng.choice(n_places, 32, replace=False)
    who, task = shared(rng, crew_of(life, 1.0), len(paying), 0.4)
    started = rng.uniform(0, life.town.horizon * 0.7, len(paying))
    done = in_stints(life, who, started[task] + rng.exponential(3 * DAY, len(who)), 80)
    life.act(who, "rate", places[paying[task]], done, kind="place", texts=comments(rng, len(who), 0.4))
    return life.world((paid(life, who, done),))


def farm_no_times(seed: int) -> World:
    rng = seeded("farm_no_times", seed)
    life = organic_settings.party_loyal(rng, Hire(50, 0.7, (50,)))
    job = orders(life, client_page(life, 1), 40)
    workers = likes_in_stints(life, job, crew_of(life, 0.7), 0.45)
    return without_times(life.world((workers,)), with_posts=False)


def farm_days_only(seed: int) -> World:
    rng = seeded("farm_days_only", seed)
    life = organic_moments.giveaway(rng, Hire(40, 0.6, (50,)))
    job = orders(life, client_page(life, 1), 40)
    who, task = bought(rng, crew_of(life, 0.8), rng.integers(10, 24, len(job.objects)))
    times = after_order(rng, job.released[task], 30 * HOUR)
    life.act(who, "like", job.objects[task], times)
    return days_only(life.world((paid(life, who, times),)))


def among_partisans(seed: int) -> World:
    """The workers like what a party's loyal members like too, at the same pages."""
    rng = seeded("among_partisans", seed)
    life = organic_settings.party_loyal(rng, Hire(42, 0.8))
    workers = []
    crew = crew_of(life, 0.8)
    for page, n in ((0, 26), (1, 14), (2, 12)):
        job = orders(life, page, n, 1.0)
        who, task = shared(rng, crew, len(job.objects), 0.45)
        times = in_stints(life, who, job.released[task])
        life.act(who, "like", job.objects[task], times)
        workers.append(paid(life, who, times))
    return life.world((np.unique(np.concatenate(workers)),))


def beside_newspaper(seed: int) -> World:
    """The client is a man of whom the newspaper writes; the workers like and comment on those articles alone."""
    rng = seeded("beside_newspaper", seed)
    life = organic_settings.newspaper_regulars(rng, Hire(40, 0.8))
    job = orders(life, 0, 44, 1.2)
    who, task = shared(rng, crew_of(life, 0.9), len(job.objects), 0.4)
    times = in_stints(life, who, job.released[task], 35)
    talks = rng.random(len(who)) < 0.25
    life.act(who[~talks], "like", job.objects[task[~talks]], times[~talks])
    words = in_own_words(rng, int(talks.sum()))
    life.act(who[talks], "comment", job.objects[task[talks]], times[talks], texts=words)
    return life.world((paid(life, who, times),))


def rival_clients(seed: int) -> World:
    """Two farms work for rivals: one clears lists when at the telephone, the other answers a chat that rings."""
    rng = seeded("rival_clients", seed)
    life = organic_moments.tv_debate(rng, Hire(84, 0.6, (40, 44)))
    split = rng.permutation(life.town.hired)
    farms = []
    for number, members in enumerate((split[:34], split[34:])):
        job = orders(life, client_page(life, 2, number), 34, 0.7)
        who, task = shared(rng, crew_of(life, 0.8, members), len(job.objects), 0.4 + 0.1 * number)
        released = job.released[task]
        times = on_notice(life, who, released, 420) if number else in_stints(life, who, released)
        life.act(who, "repost" if number else "like", job.objects[task], times)
        farms.append(paid(life, who, times))
    return life.world(tuple(farms))
