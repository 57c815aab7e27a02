"""Organic worlds by place: who lives there, and what makes some of them meet beneath the same posts."""

from __future__ import annotations

import numpy as np
from worlds.wards.everyday import Life, live, notified, share_links
from worlds.wards.gatherings import devote, split_acts
from worlds.wards.inhabitants import DAY, HOUR, NOBODY, Hire, Setting

__all__ = [
    "comments_only", "dense_data", "hobby_forum", "hub_followers", "journalists_office", "newcomers_led",
    "newspaper_regulars", "ordinary_talk", "party_loyal", "school_parents", "small_data", "two_villages",
]  # fmt: skip

Chance = np.random.Generator


def ordinary_talk(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let a town talk for two to four weeks."""
    days = int(rng.integers(14, 29))
    return live(rng, hire.into(Setting(days=days, people=2600, responses=15_000, posts_a_day=0.9, page_links=True)))


def hub_followers(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let hundreds get a notice of each post of a hub; each answers some, most within minutes."""
    life = live(rng, hire.into(Setting(people=2000, days=12, responses=10_000, first_pages=(36,), bells=0.15)))
    fans = life.some(280)
    devote(life, fans, 0, rng.beta(1.2, 2.2, len(fans)), rings=True, median=150, mix=(0.6, 0.25, 0.15))
    return life


def newspaper_regulars(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let the regulars of a local newspaper go through its day's articles over coffee."""
    life = live(rng, hire.into(Setting(people=2600, days=14, responses=17_000, first_pages=(168,), page_links=True)))
    regulars = life.some(240, life.town.activity * (1 + 3 * (life.town.ward == 0)))
    devote(life, regulars, 0, rng.beta(0.9, 4.5, len(regulars)), fresh_hours=20)
    return life


def party_loyal(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let the most loyal members of a party answer its five pages, each by their own zeal."""
    life = live(rng, hire.into(Setting(people=2200, days=21, responses=10_000, first_pages=(40, 24, 24, 18, 14))))
    loyal = life.some(190, life.town.activity * np.exp(1.2 * life.town.taste[:, 0]))
    zeal = rng.beta(1.1, 2.0, len(loyal))
    for page in range(5):
        devote(life, loyal, page, zeal * rng.beta(3, 1.5, len(loyal)), mix=(0.65, 0.25, 0.1), fresh_hours=24)
    return life


def school_parents(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let the parents of each class like its teacher's pictures at the gate or in the evening."""
    life = live(rng, hire.into(Setting(people=1600, days=26, responses=7_000, pages=25, own_posts=600)))
    parents = life.some(18 * 21)
    for group in np.array_split(rng.permutation(parents), 18):
        days = np.flatnonzero(np.arange(life.setting.days) % 7 < 5)
        out = rng.choice(days, min(len(days), int(rng.integers(8, 18))), replace=False) * DAY
        out = np.sort(out + rng.normal(15.1, 0.5, len(out)) * HOUR)
        posts = life.log.publish(np.full(len(out), life.town.ids[group[0]], dtype=object), out, len(group))
        row, post = np.nonzero(rng.random((len(group) - 1, len(out))) < rng.beta(2, 2.4, len(group) - 1)[:, None])
        who = group[1:][row]
        _, evening = life.town.open_after(who, out[post] + rng.uniform(0.5, 6, len(who)) * HOUR)
        at_gate = out[post] + rng.uniform(900, 4500, len(who))
        times = np.where(rng.random(len(who)) < 0.35, at_gate, evening + rng.uniform(5, 300, len(who)))
        split_acts(life, who, posts[post], times, (0.85, 0.0, 0.15))
    return life


def two_villages(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let two villages live apart, each around its own page."""
    setting = Setting(people=1500, days=28, wards=2, sway=1.9, responses=10_000, pages=24, first_pages=(50, 60))
    life = live(rng, hire.into(setting))
    for page in (0, 1):
        neighbours = life.some(230, life.town.activity * (life.town.ward == page))
        devote(life, neighbours, page, rng.beta(1.0, 3.2, len(neighbours)), fresh_hours=30)
    return life


def hobby_forum(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let the regulars of a forum answer most threads, and often come back to the same one."""
    setting = Setting(
        people=1700,
        days=42,
        mix=(0.15, 0.0, 0.85),
        responses=8_000,
        pages=30,
        own_posts=300,
        follows=80,
        fresh_hours=40,
    )
    life = live(rng, hire.into(setting))
    regulars = life.some(70)
    n = 320
    out = np.sort(rng.uniform(0, life.town.horizon, n))
    authors = rng.choice(life.some(200), n)
    threads = life.log.publish(life.town.ids[authors], out, 0)
    zeal = rng.beta(1.3, 3.5, len(regulars))
    counts = rng.poisson(zeal[:, None] * rng.gamma(1.5, 1 / 1.5, n)[None, :])
    row, thread = (np.repeat(index, np.minimum(counts, 6).ravel()) for index in np.indices(counts.shape).reshape(2, -1))
    who = regulars[row]
    _, times = life.town.open_after(who, out[thread] + rng.exponential(30 * HOUR, len(who)))
    life.act(who, "comment", threads[thread], times + rng.lognormal(np.log(150), 0.9, len(who)))
    return life


def journalists_office(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let thirty journalists of one house repost its articles and share the same wire stories in working hours."""
    life = live(rng, hire.into(Setting(people=2200, days=12, responses=10_000, first_pages=(150,), page_links=True)))
    staff = life.some(30)
    diligence = np.minimum(0.16 * rng.lognormal(0, 0.9, 30), 0.9)
    devote(life, staff, 0, diligence, mix=(0.4, 0.5, 0.1), fresh_hours=8)
    n = 900
    who = rng.choice(staff, n, p=diligence / diligence.sum())
    day = rng.choice(np.flatnonzero(np.arange(life.setting.days) % 7 < 5), n)
    times = day * DAY + rng.normal(13, 2.6, n) * HOUR
    share_links(life, who, (times / (2 * HOUR)).astype(np.int64) * 7 + rng.integers(0, 7, n), times)
    return life


def newcomers_led(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let newcomers follow what the first screen proposes, one tap after the other, and like a little afterwards."""
    life = live(rng, hire.into(Setting(people=3000, days=20, responses=20_000, follows=1500, pages=60)))
    fresh = life.some(520, np.ones(len(life.town.ids)))
    _, joined = life.town.open_after(fresh, rng.uniform(0, life.town.horizon * 0.97, len(fresh)))
    order = np.argsort(-life.pages.popularity)
    weeks = [rng.choice(order[:40], 16, replace=False) for _ in range(life.setting.days // 7 + 1)]
    shown = np.array([weeks[int(week)] for week in np.nan_to_num(joined) // (7 * DAY)])
    takes = rng.random(shown.shape) < rng.beta(1.5, 1.2, len(fresh))[:, None]
    taps = np.cumsum(rng.lognormal(np.log(3.5), 0.7, shown.shape), axis=1)
    row, place = np.nonzero(takes)
    whom = life.pages.ids[shown[row, place]]
    life.act(fresh[row], "follow", whom, joined[row] + 40 + taps[row, place], kind="account")
    some = rng.random(len(row)) < 0.3
    row, page = row[some], shown[row[some], place[some]]
    by_page = np.argsort(life.pages.of, kind="stable")
    first = np.searchsorted(life.pages.of[by_page], np.arange(len(life.pages.ids) + 1))
    n_posts = np.diff(first)[page]
    row, page, n_posts = row[n_posts > 0], page[n_posts > 0], n_posts[n_posts > 0]
    post = by_page[first[page] + (rng.random(len(page)) * n_posts).astype(np.int64)]
    late = np.fmax(joined[row], life.pages.published[post]) + rng.exponential(1.5 * DAY, len(row))
    split_acts(life, fresh[row], life.pages.posts[post], notified(life, fresh[row], late))
    return life


def small_data(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let two hundred people be all there is."""
    setting = Setting(people=200, days=9, responses=1_300, pages=7, own_posts=150, follows=40, wards=3)
    return live(rng, hire.into(setting))


def dense_data(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let few posts be liked by nearly everybody who is there."""
    setting = Setting(
        people=1000, days=10, responses=30_000, pages=9, sway=0.5, posts_a_day=1.6, opens=9, fresh_hours=30,
        own_posts=300, follows=100,
    )  # fmt: skip
    return live(rng, hire.into(setting))


def comments_only(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let an export of a video platform hold comments alone."""
    setting = Setting(
        people=4000,
        days=40,
        mix=(0.0, 0.0, 1.0),
        responses=20_000,
        own_posts=0,
        follows=0,
        posts_a_day=0.5,
        fresh_hours=60,
    )
    life = live(rng, hire.into(setting))
    talkers = life.some(150)
    for page in np.argsort(-life.pages.popularity)[:6]:
        devote(life, talkers, int(page), rng.beta(0.8, 4, len(talkers)), mix=(0, 0, 1), fresh_hours=40)
    return life
