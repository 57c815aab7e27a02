"""Organic worlds in which the tool, the crawler or the export shapes the times of acts."""

from __future__ import annotations

import numpy as np
from worlds.agents.feed import Life, crowd, emit, live, post_rows
from worlds.agents.ledger import ACTS, DAY, HOUR, KINDS, Ints
from worlds.agents.organic_groups import families, villages
from worlds.agents.organic_media import hubs, newspaper
from worlds.agents.town import Town
from worlds.agents.work import attend, entry, pick

__all__ = ["BOOK", "platform_mix"]


def platform_mix(town: Town) -> list[Ints]:
    """Put pages that publish and share links beside users who repost, some a hundred times as active as others."""
    rng, ledger = town.rng, town.ledger
    pages = town.add_pages(int(rng.integers(60, 150)), 0.4)
    book = ledger.name(
        "url", [f"https://{town.words[i % 40]}.example/s/{i:x}" for i in range(int(rng.integers(150, 400)))]
    )
    born = rng.uniform(0, town.days, len(book)) * DAY
    pull = rng.pareto(1.2, len(book)) + 0.1
    who = np.repeat(pages, rng.poisson(rng.lognormal(1.6, 1.2, len(pages))))
    link = rng.choice(len(book), len(who), p=pull / pull.sum())
    at = born[link] + rng.lognormal(np.log(7200), 1.5, len(who))
    theme = np.array([town.theme[page] for page in who.tolist()], dtype=np.int64)
    texts = town.sentence(len(who), 5, 20, 0.0)
    posts = post_rows(town, who, at, texts, url=book[link], topic=theme, client=0)
    crowd(town, posts, float(rng.uniform(2, 6)))
    busy = pick(town, int(rng.integers(40, 120)))
    town.energy[busy] = np.maximum(town.energy[busy], rng.lognormal(1.8, 0.7, len(busy)))
    live(town, Life(total=float(rng.uniform(15e3, 28e3)), verbs=(0.3, 0.1, 0.6)))
    stars = rng.choice(town.pages, 6, replace=False)
    famous = np.flatnonzero(np.isin(ledger.post_author, stars))
    attend(town, busy, famous[rng.random(len(famous)) < 0.7], 0.2, 5400, verbs=(0.1, 0.05, 0.85))
    return [busy]


def polled(town: Town) -> None:
    """Date the likes of hubs' posts by the runs of a crawler, rarer as a post grows old."""
    rng, ledger = town.rng, town.ledger
    hubs(town)
    ledger.tidy()
    table, at, after = ledger.table()
    liked = np.flatnonzero((table["act"] == ACTS.index("like")) & (table["kind"] == KINDS.index("post")))
    age = at[liked] - ledger.post_at[table["obj"][liked]]
    step = float(rng.choice([300, 600, 900, 1800]))
    period = np.where(age < 6 * HOUR, step, np.where(age < DAY, step * 4, 12 * HOUR))
    before = np.floor(at[liked] / period) * period
    after[liked] = np.maximum(before, ledger.post_at[table["obj"][liked]] - 1)
    at[liked] = before + period
    ledger.replace(table, at, after)


def cross_posting(town: Town) -> None:
    """Let people post the same link and text from their accounts on two platforms by one tool."""
    rng, ledger = town.rng, town.ledger
    people = pick(town, int(rng.integers(80, 300)))
    twins = ledger.enrol(len(people))
    ledger.clients.append("crosspost")
    tool = len(ledger.clients) - 1 if town.client[0] >= 0 else -1
    count = rng.poisson(rng.lognormal(1.4, 0.7, len(people))) + 1
    row = np.repeat(np.arange(len(people)), count)
    at = town.moments(people[row])
    pool = ledger.name("url", [f"https://{town.words[i % 50]}.example/x/{i:x}" for i in range(600)])
    link = np.where(
        rng.random(len(row)) < 0.8, pool[np.minimum(rng.pareto(0.7, len(row)) * 20, 599).astype(np.int64)], -1
    )
    texts = town.sentence(len(row), 4, 18, 0.02)
    post_rows(town, people[row], at, texts, url=link, client=tool)
    lag = rng.choice([2.0, 15.0, 45.0]) * rng.random(len(row))
    post_rows(town, twins[row], at + lag, texts, url=link, client=tool)
    live(town)


def queue_client(town: Town) -> None:
    """Let users of a scheduling client publish at the runs of its queue, every five or seven minutes."""
    rng, ledger = town.rng, town.ledger
    users = pick(town, int(rng.integers(80, 260)))
    ledger.clients.append("queue")
    tool = len(ledger.clients) - 1 if town.client[0] >= 0 else -1
    step = float(rng.choice([300, 420]))
    who = np.repeat(users, rng.poisson(rng.lognormal(1.8, 0.7, len(users))))
    wanted = np.where(rng.random(len(who)) < 0.5, np.round(town.moments(who) / 1800) * 1800, town.moments(who))
    at = np.ceil(wanted / step) * step + np.minimum(rng.exponential(1.5, len(who)), 20)
    pool = ledger.name("url", [f"https://{town.words[i % 50]}.example/q/{i:x}" for i in range(400)])
    day = np.minimum((at // DAY).astype(np.int64), town.days - 1)
    link = pool[(day * 13 + np.minimum(rng.geometric(0.2, len(who)), 12)) % 400]
    post_rows(town, who, at, town.sentence(len(who), 4, 18, 0.02), url=link, client=tool)
    live(town)


def clocks(town: Town) -> None:
    """Join two files of which the second has a clock that is ahead by a constant."""
    rng, ledger = town.rng, town.ledger
    hubs(town)
    ahead = float(rng.choice([3600, 7200, 43, 190, 611]))
    second = rng.random(ledger.people) < rng.uniform(0.3, 0.6)
    ledger.post_at = ledger.post_at + ahead * second[ledger.post_author]
    table, at, after = ledger.table()
    ledger.replace(table, at + ahead * second[table["who"]], after)


def sparse(town: Town) -> None:
    """Let most people act two to four times in the whole period."""
    rng = town.rng
    town.energy = rng.gamma(4.0, 0.25, town.n)
    life = Life(total=town.n * float(rng.uniform(2.5, 4.0)), own=0.15, similar=0.1, ratings=0.2, follows=0.3, joins=0.1)
    town.bells = 0.01
    live(town, life)
    loud = rng.choice(town.pages, 3, replace=False)
    posts = np.flatnonzero(np.isin(town.ledger.post_author, loud))
    counts = rng.poisson(rng.uniform(4, 12), len(posts))
    who = rng.integers(0, town.n, int(counts.sum()))
    post = np.repeat(posts, counts)
    emit(town, who, post, town.react(who, town.ledger.post_at[post], 3600))


BOOK = (
    entry(
        "platform_mix",
        "organic",
        platform_mix,
        "Pages that publish and users who repost share one data set.",
        spread=1.8,
    ),
    entry("polled_crawler", "organic", polled, "A crawler dates likes by its own runs."),
    entry("cross_posting", "organic", cross_posting, "People post the same from accounts on two platforms by a tool."),
    entry("queue_client", "organic", queue_client, "A scheduling client publishes all users' posts in runs."),
    entry("clocks_apart", "organic", clocks, "Two files with clocks that differ are joined."),
    entry("sparse", "organic", sparse, "Most people act two to four times only.", n=2900),
    entry(
        "newspaper_minutes", "organic", newspaper, "A newspaper's subscribers, with times in minutes.", precision="min"
    ),
    entry("village_days", "organic", villages, "Twenty villages, with days for times.", precision="day", places=20),
    entry("hubs_undated", "organic", hubs, "Followers of hubs, in lists without times.", undated=True),
    entry("family_minutes", "organic", families, "Families, with times in minutes.", precision="min"),
)
