"""Organic worlds of which honest people may disagree: nobody is paid for the acts, but somebody calls for them."""

from __future__ import annotations

import numpy as np
from worlds.agents.feed import Life, crowd, live, post_rows
from worlds.agents.ledger import DAY, HOUR, Ints
from worlds.agents.town import Town
from worlds.agents.work import attend, commission, entry, grid, pick, work_acts

__all__ = ["BOOK"]


def party_staff(town: Town) -> None:
    """Let the staff of a party amplify its accounts in office hours."""
    rng = town.rng
    theme = int(rng.integers(town.topics))
    staff = pick(town, int(rng.integers(15, 61)), theme)
    town.habit[staff] = 0
    posts = []
    for page in town.add_pages(int(rng.integers(2, 6)), 1.5, theme).tolist():
        posts.append(town.page_posts(page, town.post_times(float(rng.uniform(0.6, 2.0)), 8.0, 19.0)))
        town.follow(staff, np.full(len(staff), page))
    jobs = np.concatenate(posts)
    live(town, Life(total=float(rng.uniform(12e3, 24e3))))
    crowd(town, jobs, float(rng.uniform(5, 25)), topic=theme)
    hour, weekday = (town.ledger.post_at[jobs] % DAY) / HOUR, (town.ledger.post_at[jobs] // DAY) % 7
    working = (hour > 8) & (hour < 18) & (weekday < 5)
    verbs = (0.4, 0.1, 0.5)
    attend(
        town, staff, jobs[working], float(rng.uniform(0.5, 0.85)), float(rng.uniform(120, 1800)), breaks=0, verbs=verbs
    )
    attend(town, staff, jobs[~working], float(rng.uniform(0.1, 0.3)), 3600, verbs=verbs)


def fans_in_chat(town: Town) -> None:
    """Let fans act on posts when the chat of their club calls them."""
    rng = town.rng
    fans = pick(town, int(rng.integers(20, 91)))
    page, targets = commission(town, fame=2.0)
    live(town)
    crowd(town, targets, float(rng.uniform(8, 35)), topic=town.theme[page])
    call = np.full(len(town.ledger.post_at), np.nan)
    call[targets] = town.ledger.post_at[targets] + rng.lognormal(np.log(2400), 0.7, len(targets))
    who, post = grid(town, fans, targets, float(rng.uniform(0.35, 0.8)))
    at = town.react(who, call[post], float(rng.uniform(120, 1500)), 1.1)
    work_acts(town, who, post, at, str(rng.choice(["like", "mixed", "loud"])))


def streaming_parties(town: Town) -> None:
    """Let a fan club post a song's link and hashtags over and over in hours that the club has set."""
    rng, ledger = town.rng, town.ledger
    live(town, Life(total=float(rng.uniform(12e3, 24e3))))
    club = pick(town, int(rng.integers(30, 121)))
    tags = ledger.name("hashtag", [f"stream{town.words[40 + i]}" for i in range(int(rng.integers(2, 5)))])
    songs = ledger.name("url", [f"https://music.example/{town.words[60 + i]}" for i in range(int(rng.integers(2, 9)))])
    offered = town.sentence(12, 4, 10, 0.0)
    for day in np.sort(rng.choice(town.days, int(rng.integers(2, 6)), replace=False)).tolist():
        start = day * DAY + float(rng.choice([16.0, 19.0, 21.0])) * HOUR
        here = club[rng.random(len(club)) < rng.uniform(0.4, 0.85)]
        who = np.repeat(here, rng.poisson(rng.uniform(1.5, 6.0), len(here)) + 1)
        at = start + rng.uniform(0, 2 * HOUR, len(who))
        pasted, choice = rng.random(len(who)) < 0.5, rng.integers(0, len(offered), len(who))
        own = town.sentence(len(who), 3, 12, 0.1)
        texts = [offered[choice[i]] if pasted[i] else own[i] for i in range(len(who))]
        used = [np.where(rng.random(len(who)) < 0.9, tags[0], -1), np.where(rng.random(len(who)) < 0.5, tags[1], -1)]
        post_rows(town, who, at, texts, url=rng.choice(songs, len(who)), tags=used)


def feeds(town: Town) -> None:
    """Let owners run accounts that publish the same items by a program, without saying so."""
    rng, ledger = town.rng, town.ledger
    for owner in range(int(rng.integers(2, 6))):
        accounts: Ints = ledger.enrol(int(rng.integers(4, 15)))
        count = int(rng.poisson(rng.uniform(2.0, 6.0) * town.days)) + 5
        site = f"https://{town.words[80 + owner]}.example/item"
        links = ledger.name("url", [f"{site}/{i}" for i in rng.integers(1e6, 9e6, count).tolist()])
        titles = town.sentence(count, 6, 14, 0.0)
        at = np.sort(rng.uniform(0, town.days, count)) * DAY
        row, col = np.nonzero(rng.random((len(accounts), count)) < rng.uniform(0.5, 0.98))
        lag = rng.uniform(0, rng.choice([60, 600, 3600]), len(accounts))[row] + rng.exponential(20, len(row))
        texts = [titles[i] for i in col.tolist()]
        post_rows(town, accounts[row], at[col] + lag, texts, url=links[col], client=min(int(town.client[0]), 0))
    live(town, Life(links=0.35))


BOOK = (
    entry(
        "party_staff", "organic", party_staff, "A party's staff amplify its accounts in office hours.", contested=True
    ),
    entry("fans_in_chat", "organic", fans_in_chat, "A fan club's chat calls its members to posts.", contested=True),
    entry("streaming_parties", "organic", streaming_parties, "A fan club posts a song in set hours.", contested=True),
    entry(
        "undeclared_feeds", "organic", feeds, "Owners run accounts that mirror news without saying so.", contested=True
    ),
)
