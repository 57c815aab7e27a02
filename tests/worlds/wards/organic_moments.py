"""Organic worlds by occasion: a match, a debate, a premiere, a call, an offer; and lives that a tool shapes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from worlds.wards.everyday import Life, live, notified
from worlds.wards.gatherings import cascade, devote, publish_with, ranked_feed, split_acts, wave
from worlds.wards.inhabitants import DAY, HOUR, NOBODY, Floats, Hire, Setting
from worlds.wards.small_talk import posts_text

__all__ = [
    "fandom_premiere", "football_derby", "giveaway", "petition", "ranked_breaks", "scheduler_users", "strike_call",
    "tag_of_day", "tv_debate", "union_mailing", "viral_video",
]  # fmt: skip

Chance = np.random.Generator
TAGS_OF_WEEK = ("#mondaymood", "#tinytuesday", "#wayback", "#thanks", "#fridayfeeling", "#caturday", "#sundayread")


def _same(text: str, n: int) -> NDArray[np.object_]:
    return np.full(n, text, dtype=object)


def football_derby(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let two camps of fans watch a derby and answer each goal within the minute."""
    life = live(
        rng, hire.into(Setting(people=2400, days=2, responses=9_000, first_pages=(8, 8), opens=5, posts_a_day=5))
    )
    kick_off = 1 * DAY + 18 * HOUR
    playing = np.concatenate([np.arange(46.0), np.arange(60.0, 108.0)])
    minutes: Floats = np.sort(rng.choice(playing, 17, replace=False)) * 60.0
    fans = life.some(760, life.town.activity**0.6)
    camp = rng.random(len(fans)) < 0.55
    for page in (0, 1):
        posts = life.page_post(page, kick_off + minutes + rng.uniform(15, 70, len(minutes)))
        own = fans[camp == bool(page)]
        who, moment, times = wave(life, own, rng.beta(1.2, 3.2, len(own)), kick_off + minutes + 75)
        split_acts(life, who, posts[moment], times, (0.65, 0.15, 0.2))
    who, moment, times = wave(life, fans, rng.beta(0.7, 6, len(fans)), kick_off + minutes, median=70)
    publish_with(life, who, _same("#derby", len(who)), "hashtag", times, posts_text(rng, len(who)))
    return life


def fandom_premiere(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let fans whom a chat has called meet at a premiere: link and tag at six sharp, then reposts of the fan pages."""
    life = live(
        rng, hire.into(Setting(people=2000, days=4, responses=10_000, posts_a_day=3, first_pages=(14, 10), bells=0.1))
    )
    fans = life.some(210)
    zeal = rng.beta(1.6, 1.8, len(fans))
    start = 2 * DAY + 18 * HOUR
    for turn in range(4):
        going = fans[rng.random(len(fans)) < zeal]
        times = start + turn * HOUR + rng.lognormal(np.log(200), 0.9, len(going))
        link = _same("https://video.example.net/premiere", len(going))
        publish_with(life, going, link, "url", times, posts_text(rng, len(going)))
        again = times + rng.uniform(20, 400, len(times))
        publish_with(life, going, _same("#premiere", len(going)), "hashtag", again, posts_text(rng, len(going)))
    for page in (0, 1):
        devote(life, fans, page, zeal, rings=True, median=300, mix=(0.4, 0.5, 0.1))
    return life


def tv_debate(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let viewers of a debate take sides for two hours, and talk of it the day after."""
    life = live(rng, hire.into(Setting(people=3300, days=4, responses=17_000, posts_a_day=3, first_pages=(20, 20))))
    start = 1 * DAY + 20.8 * HOUR
    viewers = life.some(900, life.town.activity**0.7)
    side = life.town.taste[viewers, 0] + rng.normal(0, 0.7, len(viewers)) > 0
    for page in (0, 1):
        out = np.sort(start + rng.uniform(0, 2 * HOUR, 22))
        posts = life.page_post(page, out)
        own = viewers[side == bool(page)]
        who, moment, times = wave(life, own, rng.beta(0.9, 5, len(own)), out, median=150, spread=1.3)
        split_acts(life, who, posts[moment], times, (0.55, 0.3, 0.15))
    who, _, times = wave(
        life, viewers, rng.beta(0.6, 8, len(viewers)), start + rng.uniform(0, 2.3 * HOUR, 20), median=120
    )
    publish_with(life, who, _same("#debate", len(who)), "hashtag", times, posts_text(rng, len(who)))
    return life


def viral_video(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let three videos go from friend to friend; who sees one late still likes the first post."""
    life = live(rng, hire.into(Setting(people=4000, days=10, responses=14_000, wards=9)))
    for size in (1500, 700, 300):
        out = np.floor(rng.uniform(0.05, 0.6, 1) * life.town.horizon)
        author = life.some(1)
        post = life.log.publish(life.town.ids[author], out, 400)
        start = life.some(14)
        people, times = cascade(life, start, notified(life, start, np.full(len(start), out[0])), size)
        order = rng.permutation(len(people))
        people, times = people[order], times[order]
        split_acts(life, people, np.repeat(post, len(people)), times, (0.55, 0.35, 0.1))
    return life


def union_mailing(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let a union mail one link to its members; who reads the mail shares it, half with the text it proposes."""
    life = live(rng, hire.into(Setting(people=2200, days=9, responses=10_000, first_pages=(12,))))
    members = life.some(430, life.town.activity**0.5)
    link = "https://union.example.org/pensions"
    for sent, share in ((1 * DAY + 10.1 * HOUR, 0.6), (5 * DAY + 9.0 * HOUR, 0.25)):
        going = members[rng.random(len(members)) < share]
        times = notified(life, going, np.full(len(going), sent), 2.2 * HOUR, 1.4)
        texts = posts_text(rng, len(going))
        texts = ["Hands off our pensions. Read and share." if rng.random() < 0.5 else text for text in texts]
        publish_with(life, going, _same(link, len(going)), "url", times, texts)
    devote(life, members, 0, rng.beta(1, 4, len(members)), fresh_hours=24)
    return life


def tag_of_day(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let people post under the tag of the day, a new one each morning of the week."""
    life = live(rng, hire.into(Setting(people=2400, days=21, responses=10_000, own_posts=2500)))
    lovers = life.some(420)
    zeal = rng.beta(0.8, 4, len(lovers))
    for day in range(life.setting.days):
        going = lovers[rng.random(len(lovers)) < zeal]
        _, times = life.town.open_after(going, day * DAY + rng.uniform(6, 16, len(going)) * HOUR)
        times = np.where(times < (day + 1) * DAY, times + rng.uniform(30, 500, len(going)), np.nan)
        tag = TAGS_OF_WEEK[day % 7]
        publish_with(life, going, _same(tag, len(going)), "hashtag", times, posts_text(rng, len(going)))
    return life


def giveaway(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let hunters of prizes follow, like and name a friend, the same three acts for every shop that draws lots."""
    life = live(rng, hire.into(Setting(people=2300, days=24, responses=9_000, first_pages=(6,) * 10)))
    hunters = life.some(330)
    zeal = rng.beta(1.1, 2.6, len(hunters))
    for page in range(10):
        out = np.floor(rng.uniform(0, 0.85) * life.setting.days) * DAY + rng.uniform(8, 19, 1) * HOUR
        post = life.page_post(page, out)
        casual = life.some(int(rng.integers(20, 90)))
        people = np.union1d(hunters[rng.random(len(hunters)) < zeal], casual)
        _, times = life.town.open_after(people, out[0] + rng.exponential(22 * HOUR, len(people)))
        friends = life.town.ids[rng.integers(0, len(life.town.ids), len(people))]
        steps = np.cumsum(rng.lognormal(np.log(9), 0.7, (3, len(people))), axis=0)
        life.act(people, "follow", str(life.pages.ids[page]), times + steps[0], kind="account")
        life.act(people, "like", str(post[0]), times + steps[1])
        life.act(people, "comment", str(post[0]), times + steps[2], texts=[f"@{friend}" for friend in friends])
    return life


def petition(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let petitions travel from friend to friend, with the text that the site writes for those who sign."""
    life = live(rng, hire.into(Setting(people=3300, days=18, responses=15_000)))
    for number, size in enumerate((750, 240, 120, 60)):
        start = life.some(12)
        out = rng.uniform(0.02, 0.5) * life.town.horizon
        people, times = cascade(life, start, notified(life, start, np.full(len(start), out), 2 * HOUR), size)
        texts = [f"I just signed: petition {number}. Will you?" if rng.random() < 0.7 else "" for _ in people]
        link = _same(f"https://petitions.example.org/p/{number}", len(people))
        publish_with(life, people, link, "url", times, texts)
    return life


def strike_call(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let workers who agreed on seven in the evening post under one tag and repost their committee's pages."""
    life = live(rng, hire.into(Setting(people=2200, days=8, responses=9_000, first_pages=(22,))))
    strikers = life.some(340, life.town.activity**0.6)
    zeal = rng.beta(1.5, 2, len(strikers))
    for day in (4, 5):
        who = np.repeat(strikers, rng.poisson(2.6 * zeal))
        times = day * DAY + 19 * HOUR + rng.gamma(1.3, 1500, len(who))
        publish_with(life, who, _same("#strike", len(who)), "hashtag", times, posts_text(rng, len(who)))
    devote(life, strikers, 0, zeal * 0.6, rings=True, median=900, mix=(0.4, 0.5, 0.1))
    return life


def ranked_breaks(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let the people of one works open a ranked feed at their breaks and see the same posts on top."""
    setting = Setting(people=1500, days=12, responses=6_000, breaks=(9.75, 12.3, 15.25, 18.2), opens=3)
    life = live(rng, hire.into(setting))
    ranked_feed(life, 8_000)
    return life


def scheduler_users(rng: Chance, hire: Hire = NOBODY) -> Life:
    """Let shopkeepers plan their posts in an app that sends them on the half hours, often a wholesaler's link."""
    life = live(rng, hire.into(Setting(people=1800, days=21, responses=9_000, own_posts=1200, clients=1.0)))
    keepers = life.some(130)
    counts = rng.poisson(np.minimum(rng.lognormal(np.log(0.9), 0.8, len(keepers)), 4) * life.setting.days)
    who = np.repeat(keepers, counts)
    slot = np.round(rng.normal(np.repeat(rng.uniform(8, 19, len(keepers)), counts), 1.5) * 2) / 2
    times = rng.integers(0, life.setting.days, len(who)) * DAY + slot * HOUR + rng.gamma(1.5, 1.6, len(who))
    whole = rng.random(len(who)) < 0.4
    week = (times // (7 * DAY)).astype(np.int64)
    number = np.where(whole, week * 9 + rng.integers(0, 9, len(who)), np.arange(len(who)) + 1000)
    shop = np.where(whole, 0, who)
    links = np.array([f"https://shop{s}.example.com/{n}" for s, n in zip(shop, number, strict=True)], dtype=object)
    posts = life.log.publish(life.town.ids[who], times, life.town.followers[who])
    texts = posts_text(rng, len(who))
    planner = _same("Planner", len(who))
    life.log.act(life.town.ids[who], "post", links, "url", times, texts=texts, posts=posts, clients=planner)
    return life
