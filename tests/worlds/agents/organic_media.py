"""Organic worlds of media: what an outlet or the platform shows, many people act on at about the same time."""

from __future__ import annotations

import numpy as np
from worlds.agents.feed import Life, crowd, emit, live, post_rows
from worlds.agents.ledger import ACTS, DAY, HOUR, KINDS, Ints
from worlds.agents.town import Town
from worlds.agents.work import afford, attend, audience, entry, pick

__all__ = ["BOOK", "call_in", "hubs", "newspaper"]


def modest(town: Town) -> Life:
    """Return ordinary life that leaves room for a strong stimulus."""
    return Life(total=float(town.rng.uniform(10e3, 20e3)))


def plain(town: Town) -> None:
    """Play ordinary life only."""
    live(town)


def newspaper(town: Town) -> list[Ints]:
    """Let subscribers act on nearly all posts of a newspaper's three accounts."""
    rng = town.rng
    theme = int(rng.integers(town.topics))
    pages = town.add_pages(3, 2.0, theme)
    posts = np.concatenate([town.page_posts(page, town.post_times(rng.uniform(1.2, 4.0))) for page in pages.tolist()])
    rate = float(rng.uniform(0.6, 0.93))
    who = audience(town, int(pages[0]), len(posts), rate, 60, 350)
    for page in pages.tolist():
        town.follow(who, np.full(len(who), page))
    live(town, modest(town))
    attend(town, who, posts, rate, float(rng.uniform(60, 900)), sigma=1.3)
    return [who]


def call_in(town: Town) -> list[Ints]:
    """Let listeners comment on the morning's posts while the programme is on the air."""
    rng = town.rng
    page = int(town.add_pages(1, 2.0)[0])
    hour, length = float(rng.choice([6.5, 7.0, 8.0, 9.0, 10.0])), float(rng.choice([1.0, 1.5, 2.0]))
    mornings = np.flatnonzero(np.arange(town.days) % 7 < rng.choice([5, 6]))
    each = int(rng.integers(1, 5))
    at = (mornings[:, None] * DAY + hour * HOUR + np.arange(each) * length * HOUR / each + rng.normal(90, 40)).ravel()
    posts = town.page_posts(page, at + rng.exponential(60, len(at)))
    rate = float(rng.uniform(0.35, 0.8))
    who = audience(town, page, len(posts), rate, 50, 250)
    town.habit[who] = np.where(rng.random(len(who)) < 0.8, rng.choice([0, 1, 4], len(who)), town.habit[who])
    live(town, modest(town))
    attend(town, who, posts, rate, float(rng.uniform(150, 700)), sigma=0.9, verbs=(0.45, 0.5, 0.05), breaks=0.0)
    return [who]


def hubs(town: Town) -> list[Ints]:
    """Let followers with notifications act on several hubs' posts."""
    rng = town.rng
    pages = town.add_pages(int(rng.integers(5, 13)), 3.0)
    groups, jobs = [], []
    for page in pages.tolist():
        posts = town.page_posts(page, town.post_times(float(rng.uniform(0.8, 3.0))))
        rate = float(rng.uniform(0.25, 0.7))
        who = pick(town, afford(town, len(posts), rate, 30, 160, 17e3 / len(pages)), town.theme[page])
        town.follow(who, np.full(len(who), page))
        groups.append(who)
        jobs.append((who, posts, rate))
    live(town, modest(town))
    for who, posts, rate in jobs:
        attend(town, who, posts, rate, float(rng.uniform(90, 1500)))
    return groups


def recommender(town: Town) -> None:
    """Show everybody of one taste the same few posts at the same times of the day, with a push."""
    rng, ledger = town.rng, town.ledger
    live(town, modest(town))
    size, hours = int(rng.integers(4, 11)), np.array([8.0, 12.5, 18.0, 21.0])[: int(rng.integers(2, 5))]
    prompt, chance_of = float(rng.uniform(300, 3600)), 17e3 / (town.n * town.days * len(hours) * size)
    for theme in range(town.topics):
        fans, shelf = np.flatnonzero(town.topic == theme), np.flatnonzero(ledger.post_topic == theme)
        who, post, at = [], [], []
        for start in (np.arange(town.days)[:, None] * DAY + hours * HOUR).ravel().tolist():
            fresh = shelf[(ledger.post_at[shelf] < start) & (ledger.post_at[shelf] > start - 1.2 * DAY)]
            slate = fresh[np.argsort(-ledger.post_quality[fresh], kind="stable")[:size]]
            row, col = np.nonzero(
                rng.random((len(fans), len(slate))) < np.minimum(town.energy[fans] * chance_of, 0.6)[:, None]
            )
            who.append(fans[row])
            post.append(slate[col])
            at.append(np.full(len(row), start))
        people = np.concatenate(who)
        emit(town, people, np.concatenate(post), town.react(people, np.concatenate(at), prompt))


def livestream(town: Town) -> None:
    """Let an audience comment through evenings of questions and answers, most when something happens."""
    rng = town.rng
    page = int(town.add_pages(1, 3.0)[0])
    evenings = np.sort(rng.choice(town.days, min(town.days, int(rng.integers(2, 7))), replace=False))
    start = evenings * DAY + float(rng.choice([18.0, 19.5, 20.0, 21.0])) * HOUR
    posts = town.page_posts(page, start)
    who = audience(town, page, len(posts) * 3, 0.6, 80, 350)
    live(town)
    for post, begun in zip(posts.tolist(), start.tolist(), strict=True):
        here = who[rng.random(len(who)) < rng.uniform(0.4, 0.8)]
        person = np.repeat(here, rng.poisson(rng.uniform(1.0, 3.5), len(here)) + 1)
        peaks = np.sort(rng.uniform(120, 6000, int(rng.integers(8, 25))))
        at = begun + rng.choice(peaks, len(person)) + rng.exponential(90, len(person))
        emit(town, person, np.full(len(person), post), at, (0.2, 0.78, 0.02))


def newsletters(town: Town) -> None:
    """Let readers act on, and pass on, the posts that a morning letter links to."""
    rng, ledger = town.rng, town.ledger
    for page in town.add_pages(int(rng.integers(2, 5)), 1.5).tolist():
        send = np.arange(town.days) * DAY + rng.choice([6.0, 6.5, 7.0, 7.5]) * HOUR
        posts = town.page_posts(page, send - rng.uniform(600, 9000, town.days))
        rate = float(rng.uniform(0.2, 0.55))
        who = pick(town, afford(town, len(posts), rate, 60, 300, 4000), town.theme[page])
        keen = rng.random((len(who), len(posts))) < rng.beta(rate * 5, (1 - rate) * 5, len(who))[:, None]
        row, col = np.nonzero(keen)
        at = town.react(who[row], send[col] + rng.exponential(40, len(row)), 2400)
        emit(town, who[row], posts[col], at)
        sent = np.flatnonzero(rng.random(len(row)) < 0.2)
        links = ledger.name("url", [f"https://{town.words[page % 900]}.example/letter/{i}" for i in range(len(posts))])
        post_rows(town, who[row[sent]], at[sent] + 60, town.sentence(len(sent), 3, 12), url=links[col[sent]])
    live(town, modest(town))


def outage(town: Town) -> None:
    """Stop the platform for some hours; people and scheduled posts catch up when it is back."""
    rng, ledger = town.rng, town.ledger
    live(town)
    for _ in range(int(rng.integers(1, 4))):
        start = (rng.integers(0, town.days) + rng.uniform(0.3, 0.8)) * DAY
        end = start + rng.uniform(1.5, 7.0) * HOUR
        held = (ledger.post_at >= start) & (ledger.post_at < end)
        table, at, after = ledger.table()
        inside = (at >= start) & (at < end)
        late = np.floor(end + rng.exponential(rng.uniform(200, 900), int(table["event"].max()) + 1))
        at = np.where(inside, late[table["event"]], at)
        lost = rng.random(len(late)) < rng.uniform(0.2, 0.6)
        ledger.post_at = np.where(held, np.floor(end + rng.uniform(0, 60, len(held))), ledger.post_at)
        own = (table["act"] == ACTS.index("post")) & (table["kind"] == KINDS.index("post"))
        ledger.post_at[table["obj"][own & inside]] = at[own & inside]
        ledger.replace(table, at, after)
        ledger.keep(~(inside & lost[table["event"]] & (table["act"] != ACTS.index("post"))))


def trending(town: Town) -> None:
    """Show everybody the hour's ten hottest posts and the day's five hashtags."""
    rng, ledger = town.rng, town.ledger
    tags = ledger.name("hashtag", [f"day{i}{town.words[i % 900]}" for i in range(town.days * 5)])
    who = rng.choice(town.n, int(rng.uniform(800, 2000)), p=town.energy / town.energy.sum())
    at = town.moments(who)
    rank = np.minimum(rng.geometric(0.45, len(who)) - 1, 4)
    tag = tags[np.minimum(at // DAY, town.days - 1).astype(np.int64) * 5 + rank]
    post_rows(town, who, at, town.sentence(len(who), 4, 18, 0.05), tags=[tag], topic=town.topic[who])
    live(town, modest(town))
    merit = ledger.post_quality * np.sqrt(ledger.post_followers + 1.0)
    who = rng.choice(town.n, int(rng.uniform(6e3, 14e3)), p=town.energy / town.energy.sum())
    at = town.moments(who)
    order = np.argsort(ledger.post_at, kind="stable")
    for hour in np.unique((at // HOUR).astype(np.int64)).tolist():
        low, high = np.searchsorted(ledger.post_at[order], [(hour - 30) * HOUR, (hour - 1) * HOUR])
        if high - low < 12:
            continue
        recent = order[low:high]
        hot = recent[np.argsort(-merit[recent] * np.exp(-((hour * HOUR - ledger.post_at[recent]) / (10 * HOUR))))[:10]]
        row = np.flatnonzero(at // HOUR == hour)
        emit(town, who[row], hot[np.minimum(rng.geometric(0.25, len(row)) - 1, 9)], at[row])


def breaking(town: Town) -> None:
    """Let an event of which everybody speaks hit the town on a few evenings."""
    rng, ledger = town.rng, town.ledger
    shock = (rng.choice(town.days, 2, replace=False) + rng.uniform(0.35, 0.9, 2)) * DAY
    posts = []
    for page in rng.choice(town.pages, 8, replace=False).tolist():
        times = np.concatenate([start + np.cumsum(rng.exponential(900, int(rng.integers(2, 7)))) for start in shock])
        posts.append(town.page_posts(page, times, 6.0))
    link = ledger.name("url", [f"https://{town.words[5]}.example/live/{i}" for i in range(2)])
    which = rng.integers(0, 2, int(rng.uniform(300, 1200)))
    who = rng.choice(town.n, len(which), p=town.energy / town.energy.sum())
    at = town.react(who, shock[which], 2700)
    url = np.where(rng.random(len(who)) < 0.5, link[which], -1)
    post_rows(town, who, at, town.sentence(len(who), 3, 16), url=url)
    live(town, modest(town))
    crowd(town, np.concatenate(posts), float(rng.uniform(30, 90)))


BOOK = (
    entry("plain", "organic", plain, "People follow, browse and post; nothing special happens."),
    entry(
        "newspaper", "organic", newspaper, "Subscribers with notifications act on nearly all posts of one newspaper."
    ),
    entry(
        "radio_call_in", "organic", call_in, "Listeners comment on the same posts each morning during the programme."
    ),
    entry("notified_hubs", "organic", hubs, "Followers of several hubs answer notifications."),
    entry(
        "dense_recommender", "organic", recommender, "The platform pushes the same posts to all of one taste at once."
    ),
    entry(
        "livestream", "organic", livestream, "An audience comments through evenings of questions and answers.", topics=6
    ),
    entry("newsletters", "organic", newsletters, "A letter sends its readers to the same posts each morning."),
    entry("outage", "organic", outage, "The platform fails for hours and everybody catches up at once."),
    entry("trending_lists", "organic", trending, "Everybody sees the same list of hot posts and hashtags."),
    entry("breaking_news", "organic", breaking, "An event of which everybody speaks fills two days."),
)
