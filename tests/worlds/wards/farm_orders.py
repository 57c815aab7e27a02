"""Farms by the way in which they work: at once, slowly, by turns, unequally, few or many."""

from __future__ import annotations

import numpy as np
from worlds.base import World
from worlds.wards import organic_moments, organic_settings
from worlds.wards.everyday import Life
from worlds.wards.hired_work import (
    after_order,
    bought,
    camouflage,
    client_page,
    crew_of,
    dripped,
    in_stints,
    in_turns,
    likes_in_stints,
    on_notice,
    orders,
    paid,
    shared,
)
from worlds.wards.inhabitants import DAY, HOUR, Hire, Ints, seeded

__all__ = [
    "burst_afternoon", "burst_two_minutes", "camouflaged", "drip_ten_days", "prompt_reposts", "puppets_in_turns",
    "rich_lives", "rotating_teams", "six_accounts", "two_hundred", "unequal_forty",
]  # fmt: skip


def _closed(life: Life, *workers: Ints) -> World:
    """Return the world; a farm is who did any paid task within it."""
    return life.world(tuple(np.unique(who) for who in workers))


def burst_two_minutes(seed: int) -> World:
    rng = seeded("burst_two_minutes", seed)
    life = organic_moments.football_derby(rng, Hire(60, 0.3, (32,)))
    job = orders(life, client_page(life, 1), 28, 0.2)
    who, task = bought(rng, crew_of(life, 0.4), rng.integers(18, 40, len(job.objects)))
    times = after_order(rng, job.released[task], 120)
    life.act(who, "like", job.objects[task], times)
    return _closed(life, paid(life, who, times))


def burst_afternoon(seed: int) -> World:
    rng = seeded("burst_afternoon", seed)
    life = organic_moments.ranked_breaks(rng, Hire(48, 0.5, (40,)))
    job = orders(life, client_page(life, 1), 34)
    who, task = shared(rng, crew_of(life, 0.8), len(job.objects), 0.4)
    one_pm = np.ceil((job.released[task] - 13 * HOUR) / DAY) * DAY + 13 * HOUR
    times = after_order(rng, one_pm, 5 * HOUR)
    life.act(who, "like", job.objects[task], times)
    return _closed(life, paid(life, who, times))


def drip_ten_days(seed: int) -> World:
    rng = seeded("drip_ten_days", seed)
    life = organic_settings.ordinary_talk(rng, Hire(55, 0.5, (60,)))
    job = orders(life, client_page(life, 1), 50)
    soon = job.released < life.town.horizon - 4 * DAY
    objects, released = job.objects[soon], job.released[soon]
    who, task = bought(rng, crew_of(life, 0.5), rng.integers(12, 30, len(objects)))
    times = dripped(rng, task, released[task], 10)
    life.act(who, "like", objects[task], times)
    return _closed(life, paid(life, who, times))


def unequal_forty(seed: int) -> World:
    rng = seeded("unequal_forty", seed)
    life = organic_moments.tv_debate(rng, Hire(42, 0.6, (45,)))
    job = orders(life, client_page(life, 1), 38)
    return _closed(life, likes_in_stints(life, job, crew_of(life, 1.0), 0.4))


def rotating_teams(seed: int) -> World:
    """Four teams take the orders in turn; halfway, half of the people change teams."""
    rng = seeded("rotating_teams", seed)
    life = organic_settings.hub_followers(rng, Hire(72, 0.6, (64,)))
    job = orders(life, client_page(life, 1), 60)
    crew = crew_of(life, 0.6)
    team = rng.integers(0, 4, len(crew.members))
    later = np.where(rng.random(len(team)) < 0.5, rng.integers(0, 4, len(team)), team)
    workers = []
    for number in range(len(job.objects)):
        now = team if number < len(job.objects) // 2 else later
        chance = np.minimum(0.65 * crew.diligence, 0.95) * (now == number % 4)
        who = crew.members[rng.random(len(chance)) < chance]
        times = in_stints(life, who, np.full(len(who), job.released[number]))
        life.act(who, "like", np.repeat(job.objects[number : number + 1], len(who)), times)
        workers.append(paid(life, who, times))
    return _closed(life, np.concatenate(workers))


def prompt_reposts(seed: int) -> World:
    """The client is the hub itself, whose honest followers get notices too."""
    rng = seeded("prompt_reposts", seed)
    life = organic_settings.hub_followers(rng, Hire(36, 0.7))
    job = orders(life, 0, 30, 0.02)
    who, task = shared(rng, crew_of(life, 0.7), len(job.objects), 0.5)
    times = on_notice(life, who, job.released[task], 50)
    life.act(who, "repost", job.objects[task], times)
    return _closed(life, paid(life, who, times))


def six_accounts(seed: int) -> World:
    rng = seeded("six_accounts", seed)
    life = organic_settings.two_villages(rng, Hire(6, 0.8, (55,)))
    job = orders(life, client_page(life, 1), 48, 1.5)
    return _closed(life, likes_in_stints(life, job, crew_of(life, 0.4), 0.7, 15))


def two_hundred(seed: int) -> World:
    rng = seeded("two_hundred", seed)
    life = organic_moments.viral_video(rng, Hire(200, 0.4, (50,)))
    job = orders(life, client_page(life, 1), 42)
    who, task = shared(rng, crew_of(life, 1.0), len(job.objects), 0.2)
    times = in_stints(life, who, job.released[task])
    doing = np.where(rng.random(len(who)) < 0.75, "like", "repost")
    for action in ("like", "repost"):
        mine = doing == action
        life.act(who[mine], action, job.objects[task[mine]], times[mine])
    return _closed(life, paid(life, who, times))


def rich_lives(seed: int) -> World:
    rng = seeded("rich_lives", seed)
    life = organic_moments.petition(rng, Hire(45, 2.5, (48,)))
    job = orders(life, client_page(life, 1), 40, 2.0)
    return _closed(life, likes_in_stints(life, job, crew_of(life, 0.8), 0.4))


def puppets_in_turns(seed: int) -> World:
    """One operator holds fourteen accounts and uses favourites more often; no two act at the same time."""
    rng = seeded("puppets_in_turns", seed)
    life = organic_settings.school_parents(rng, Hire(14, 0.4, (60,)))
    job = orders(life, client_page(life, 1), 52, 1.0)
    who, task = shared(rng, crew_of(life, 0.35), len(job.objects), 0.6)
    times = in_turns(life, who, task, job.released[task])
    is_like = rng.random(len(who)) < 0.7
    life.act(who[is_like], "like", job.objects[task[is_like]], times[is_like])
    life.act(who[~is_like], "comment", job.objects[task[~is_like]], times[~is_like])
    return _closed(life, paid(life, who, times))


def camouflaged(seed: int) -> World:
    rng = seeded("camouflaged", seed)
    life = organic_settings.ordinary_talk(rng, Hire(46, 0.5, (50,)))
    job = orders(life, client_page(life, 1), 40)
    workers = likes_in_stints(life, job, crew_of(life, 0.8), 0.4)
    camouflage(life, life.town.hired, 45)
    return _closed(life, workers)
