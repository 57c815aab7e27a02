"""Organic worlds of groups: people who know each other or share a cause act together by their own choice."""

from __future__ import annotations

import numpy as np
from worlds.agents.feed import Life, emit, live, place_names, post_rows
from worlds.agents.ledger import DAY, HOUR, Ints
from worlds.agents.town import Town
from worlds.agents.work import afford, attend, entry, pick

__all__ = ["BOOK", "hobby_cells", "partisans"]


def modest(town: Town) -> Life:
    """Return ordinary life that leaves room for the groups."""
    return Life(total=float(town.rng.uniform(10e3, 20e3)))


def split(town: Town, sizes: Ints) -> list[Ints]:
    """Draw disjoint groups of agents."""
    sizes = sizes[np.cumsum(sizes) <= town.n]
    order = town.rng.permutation(town.n)
    return [np.sort(part) for part in np.split(order[: sizes.sum()], np.cumsum(sizes)[:-1])]


def families(town: Town) -> None:
    """Let families and house-mates pass links to each other and like each other's posts."""
    rng, ledger = town.rng, town.ledger
    homes = split(town, rng.integers(3, 7, int(rng.integers(80, 220))))
    for number, home in enumerate(homes):
        count = int(rng.poisson(rng.uniform(1.0, 0.5 * town.days))) + 1
        sender = rng.choice(home, count)
        at = town.moments(sender)
        link = ledger.name(
            "url", [f"https://{town.words[(number + i) % 200]}.example/v/{number:x}{i:x}" for i in range(count)]
        )
        posts = post_rows(town, sender, at, town.sentence(count, 2, 10), url=link)
        row, col = np.nonzero(rng.random((len(home), count)) < rng.uniform(0.25, 0.8))
        away = home[row] != sender[col]
        row, col = row[away], col[away]
        reply = town.react(home[row], at[col], float(rng.uniform(600, 7200)))
        shares = rng.random(len(row)) < 0.35
        remarks = town.sentence(int(shares.sum()), 2, 8)
        post_rows(town, home[row[shares]], reply[shares], remarks, url=link[col[shares]])
        emit(town, home[row[~shares]], posts[col[~shares]], reply[~shares], (0.8, 0.15, 0.05))
    live(town, modest(town))


def villages(town: Town) -> None:
    """Let the inhabitants of twenty villages follow their village's page and little else."""
    rng = town.rng
    jobs = []
    for village, page in enumerate(town.add_pages(20, 0.2).tolist()):
        home = np.flatnonzero(town.place == village)
        town.follow(home, np.full(len(home), page))
        posts = town.page_posts(page, town.post_times(float(rng.uniform(0.4, 1.6))))
        jobs.append((home, posts, float(rng.uniform(0.08, 0.3))))
    live(town, modest(town))
    scale = min(1.0, 18e3 / sum(len(home) * len(posts) * rate for home, posts, rate in jobs))
    for home, posts, rate in jobs:
        attend(town, home, posts, rate * scale, float(rng.uniform(1200, 9000)))


def hobby_cells(town: Town) -> list[Ints]:
    """Let hobbyists act on nearly everything that their small group publishes."""
    rng, ledger = town.rng, town.ledger
    cells = split(town, rng.integers(7, 27, int(rng.integers(10, 31))))
    jobs = []
    for cell in cells:
        page = int(town.add_pages(1, 0.1)[0])
        authors = np.concatenate([np.repeat(cell, rng.poisson(0.12 * town.days, len(cell)))])
        at = town.moments(authors)
        own = post_rows(town, authors, at, town.sentence(len(authors), 4, 16), topic=town.theme[page])
        posts = np.concatenate([own, town.page_posts(page, town.post_times(float(rng.uniform(0.2, 0.9))))])
        jobs.append((cell, posts, float(rng.uniform(0.35, 0.85))))
    live(town, modest(town))
    scale = min(1.0, 18e3 / sum(len(cell) * len(posts) * rate for cell, posts, rate in jobs))
    for cell, posts, rate in jobs:
        few = posts[rng.random(len(posts)) < scale]
        person, post = np.repeat(cell, len(few)), np.tile(few, len(cell))
        keen = (rng.random(len(person)) < np.repeat(rng.beta(rate * 6, 6 - rate * 6, len(cell)), len(few))) & (
            ledger.post_author[post] != person
        )
        person, post = person[keen], post[keen]
        emit(town, person, post, town.react(person, ledger.post_at[post], float(rng.uniform(900, 9000)), 1.3))
    return cells


def partisans(town: Town) -> list[Ints]:
    """Let two or three camps repost their leaders within the hour, and quarrel."""
    rng = town.rng
    camps, jobs = split(town, rng.integers(40, 130, int(rng.integers(2, 4)))), []
    for camp in camps:
        theme = int(rng.integers(town.topics))
        leaders = town.add_pages(int(rng.integers(2, 6)), 1.5, theme)
        town.topic[camp] = theme
        for leader in leaders.tolist():
            town.follow(camp, np.full(len(camp), leader))
        posts = np.concatenate(
            [town.page_posts(page, town.post_times(rng.uniform(0.8, 3.0))) for page in leaders.tolist()]
        )
        jobs.append((camp, posts, float(rng.uniform(0.2, 0.6))))
        town.energy[camp] *= rng.uniform(1.0, 2.5)
    live(town, modest(town))
    scale = min(1.0, 18e3 / sum(len(camp) * len(posts) * rate for camp, posts, rate in jobs))
    for camp, posts, rate in jobs:
        few = posts[rng.random(len(posts)) < scale]
        attend(town, camp, few, rate, float(rng.uniform(300, 3600)), verbs=(0.4, 0.15, 0.45))
    return camps


def offices(town: Town) -> None:
    """Let employees like their firm's posts in office hours, some because a mail from the firm asks them to."""
    rng = town.rng
    firms, jobs = split(town, rng.integers(10, 61, int(rng.integers(8, 21)))), []
    for firm in firms:
        page = int(town.add_pages(1, 0.3)[0])
        town.habit[firm] = 0
        workdays = np.flatnonzero((np.arange(town.days) % 7 < 5) & (rng.random(town.days) < rng.uniform(0.4, 1.0)))
        posts = town.page_posts(page, workdays * DAY + rng.normal(9.6, 0.7, len(workdays)) * HOUR)
        jobs.append((firm, posts, float(rng.uniform(0.25, 0.7))))
    live(town, modest(town))
    for firm, posts, rate in jobs:
        attend(town, firm, posts, rate, float(rng.uniform(600, 5400)), breaks=0.7, verbs=(0.88, 0.08, 0.04))


def students(town: Town) -> None:
    """Let students act on their courses' posts in the breaks between lectures."""
    rng, ledger = town.rng, town.ledger
    jobs = []
    for course in split(town, rng.integers(20, 101, int(rng.integers(8, 17)))):
        page = int(town.add_pages(1, 0.2)[0])
        town.habit[course] = 2
        hour = float(rng.choice([8.25, 10.25, 12.25, 14.25, 16.25]))
        classes = np.flatnonzero(np.isin(np.arange(town.days) % 7, rng.choice(5, 2, replace=False)))
        at = np.concatenate([classes * DAY + hour * HOUR - rng.uniform(0, 5400, len(classes)), town.post_times(0.4)])
        jobs.append((course, town.page_posts(page, np.sort(np.maximum(at, 0))), float(rng.uniform(0.2, 0.55))))
    live(town, modest(town))
    for course, posts, rate in jobs:
        row, col = np.nonzero(
            rng.random((len(course), len(posts))) < rng.beta(rate * 5, 5 - rate * 5, len(course))[:, None]
        )
        at = town.react(course[row], ledger.post_at[posts[col]], 1800)
        hour = (at % DAY) / HOUR
        taught = (hour > 8.25) & (hour < 17.75) & (rng.random(len(at)) < 0.7)
        pause = at - (at - 9.75 * HOUR) % (2 * HOUR) + 2 * HOUR + rng.exponential(240, len(at))
        emit(town, course[row], posts[col], np.where(taught, pause, at))


def newcomers(town: Town) -> None:
    """Offer each newcomer the same list of fifteen accounts on the day of joining."""
    rng, ledger = town.rng, town.ledger
    live(town)
    who = pick(town, int(rng.integers(150, 500)))
    joined = rng.beta(1.2, 1.6, len(who)) * (town.days - 0.5) * DAY
    joined = town.awake(who, joined)
    born = np.full(ledger.people, -1.0)
    born[who] = joined
    table, at, _ = ledger.table()
    ledger.keep(at >= born[table["who"]])
    stars = rng.permutation(np.concatenate([town.pages, rng.choice(town.n, 10)]))
    for week in range(-(-town.days // 7)):
        fifteen = stars[week * 3 : week * 3 + 15]
        now = np.flatnonzero((joined // (7 * DAY)).astype(np.int64) == week)
        row, col = np.nonzero(rng.random((len(now), len(fifteen))) < rng.beta(3, 2, len(now))[:, None])
        at = joined[now[row]] + 40 + col * rng.exponential(9, len(row)) + rng.exponential(30, len(row))
        mask = who[now[row]] != fifteen[col]
        ledger.add(who[now[row]][mask], "follow", fifteen[col][mask], "account", at[mask])


def giveaways(town: Town) -> None:
    """Let hunters of prizes like, follow, repost and comment wherever something is given away."""
    rng, ledger = town.rng, town.ledger
    shops = town.add_pages(int(rng.integers(8, 25)), 0.4)
    posts = np.concatenate(
        [town.page_posts(shop, town.post_times(float(rng.uniform(0.05, 0.15)), 9.0, 20.0)) for shop in shops.tolist()]
    )
    live(town, modest(town))
    hunters = pick(town, afford(town, len(posts), 1.2, 40, 160, 14e3))
    zeal = rng.beta(3, 2, len(hunters))
    row, col = np.nonzero(rng.random((len(hunters), len(posts))) < zeal[:, None])
    who, post = hunters[row], posts[col]
    at = town.react(who, ledger.post_at[post] + rng.exponential(4 * HOUR, len(who)), 5400)
    emit(town, who, post, at, (1.0, 0.0, 0.0))
    for verbs, share in (((0.0, 1.0, 0.0), 0.8), ((0.0, 0.0, 1.0), 0.5)):
        also = rng.random(len(who)) < share
        emit(town, who[also], post[also], at[also] + rng.exponential(30, int(also.sum())), verbs)
    also = rng.random(len(who)) < 0.7
    ledger.add(
        who[also], "follow", ledger.post_author[post[also]], "account", at[also] + rng.exponential(25, int(also.sum()))
    )


def petitions(town: Town) -> None:
    """Let everyone of a movement post the link of a petition once, many with the text that the site offers."""
    rng, ledger = town.rng, town.ledger
    live(town)
    movement = pick(town, int(rng.integers(80, 400)))
    tag = ledger.name("hashtag", [f"save{town.words[11]}"])[0]
    for drive in range(int(rng.integers(2, 8))):
        link = ledger.name("url", [f"https://petition.example/{town.words[20 + drive]}"])[0]
        start = (rng.uniform(0, town.days - 1.5) // 1 + rng.uniform(0.35, 0.8)) * DAY
        who = movement[rng.random(len(movement)) < rng.uniform(0.4, 0.9)]
        at = town.react(who, np.full(len(who), start), float(rng.uniform(3600, 12 * HOUR)), 1.3)
        offered, copied = town.sentence(1, 10, 16, 0.0)[0], rng.random(len(who)) < 0.6
        texts = [
            offered if same else own for same, own in zip(copied.tolist(), town.sentence(len(who), 5, 16), strict=True)
        ]
        tags = np.where(copied | (rng.random(len(who)) < 0.3), tag, -1)
        post_rows(town, who, at, texts, url=np.full(len(who), link), tags=[tags])


def tag_storms(town: Town) -> None:
    """Let a movement post in the evenings of a campaign with two to four of its hashtags in each post."""
    rng, ledger = town.rng, town.ledger
    live(town)
    movement = pick(town, int(rng.integers(60, 250)))
    tags = ledger.name("hashtag", [f"now{town.words[30 + i]}" for i in range(int(rng.integers(3, 7)))])
    for evening in np.sort(rng.choice(town.days, int(rng.integers(2, 6)), replace=False)).tolist():
        start = evening * DAY + float(rng.choice([18.0, 19.0, 20.0])) * HOUR
        here = movement[rng.random(len(movement)) < rng.uniform(0.3, 0.8)]
        who = np.repeat(here, rng.geometric(0.4, len(here)))
        at = start + rng.exponential(float(rng.uniform(1200, 5400)), len(who))
        order = rng.permuted(np.tile(tags, (len(who), 1)), axis=1)
        used = [np.where(rng.random(len(who)) < share, order[:, i], -1) for i, share in enumerate((1.0, 0.8, 0.4))]
        post_rows(town, who, at, town.sentence(len(who), 4, 18, 0.02), tags=used)


def restaurants(town: Town) -> None:
    """Let guests rate restaurants after dinner, and food lovers many of them in a restaurant week."""
    rng, ledger = town.rng, town.ledger
    live(town, Life(ratings=float(rng.uniform(1.0, 3.0))))
    listed = ledger.name("place", place_names(town, int(rng.integers(12, 31))))
    lovers = pick(town, int(rng.integers(40, 160)))
    row, col = np.nonzero(rng.random((len(lovers), len(listed))) < rng.beta(2, 4, len(lovers))[:, None])
    start = int(rng.integers(0, max(1, town.days - 7)))
    evening = (start + rng.integers(0, 7, len(row))) * DAY + rng.normal(21.2, 0.9, len(row)) * HOUR
    ledger.add(lovers[row], "rate", listed[col], "place", evening)


def match_days(town: Town) -> None:
    """Let fans of a league act on their club's posts at kick-off, goals and the final whistle."""
    rng = town.rng
    jobs = []
    for club in town.add_pages(2 * int(rng.integers(3, 6)), 1.0).tolist():
        games = [day * DAY + 15.5 * HOUR for day in range(town.days) if day % 7 == 5]
        games += [day * DAY + 20.75 * HOUR for day in range(town.days) if day % 7 == 2 and rng.random() < 0.6]
        minutes = [0.0, 105.0, *rng.uniform(3, 103, int(rng.integers(1, 5))).tolist()]
        at = np.sort(np.array([game + 60 * minute + rng.exponential(60) for game in games for minute in minutes]))
        posts = town.page_posts(club, at, 1.5)
        rate = float(rng.uniform(0.2, 0.6))
        fans = pick(town, afford(town, len(posts), rate, 40, 130, 2400), town.theme[club])
        town.follow(fans, np.full(len(fans), club))
        jobs.append((fans, posts, rate))
    live(town, modest(town))
    for fans, posts, rate in jobs:
        attend(town, fans, posts, rate, float(rng.uniform(45, 300)), sigma=1.0, breaks=0.1, verbs=(0.65, 0.25, 0.1))


BOOK = (
    entry("families", "organic", families, "Families and house-mates pass each other links."),
    entry("twenty_villages", "organic", villages, "Villagers act on their own village's page.", places=20),
    entry("hobby_cells", "organic", hobby_cells, "Small groups of hobbyists act on all that their group publishes."),
    entry("partisans", "organic", partisans, "Camps of convinced people repost their leaders within the hour."),
    entry("offices", "organic", offices, "Employees like their firm's posts in office hours.", n=1800),
    entry("students", "organic", students, "Students act on their courses' posts between lectures."),
    entry("newcomers", "organic", newcomers, "Newcomers accept a list of fifteen accounts on joining."),
    entry("giveaways", "organic", giveaways, "Hunters of prizes do what every giveaway asks for.", days=21),
    entry("petition_drive", "organic", petitions, "A movement posts the link of its petition, each person once."),
    entry("campaign_hashtags", "organic", tag_storms, "A movement posts in evening storms with several tags a post."),
    entry("restaurant_ratings", "organic", restaurants, "Guests rate restaurants, food lovers many.", days=28),
    entry("match_days", "organic", match_days, "Fans act on their club's posts at fixed kick-off times.", days=21),
)
