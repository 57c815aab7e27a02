"""Countries in which an offer brings people to the same objects: lists, games, mails, rankings, campaigns, feeds."""

from __future__ import annotations

import numpy as np
from worlds.session_feed.feed import COMMENT, FOLLOW, LIKE, POST, RATE, REPOST, Country, found
from worlds.session_feed.organic_audience import pick_fans
from worlds.session_feed.people import DAY, HOUR, Floats, Ints, choose, human_delay
from worlds.session_feed.words import write

__all__ = [
    "campaign_hashtags",
    "follow_fifteen",
    "follower_lists",
    "giveaways",
    "many_kinds",
    "newsletters",
    "storm",
    "trending",
    "undeclared_feeds",
]


def undeclared_feeds(rng: np.random.Generator) -> Country:
    """A few sites run automated accounts that post every article at once and do not say so."""
    country = found(rng)
    country.live(int(rng.integers(15_000, 30_000)))
    for number in range(rng.integers(2, 5)):
        field = int(rng.integers(1, country.communities))
        bots = country.add_accounts(int(rng.integers(4, 13)))
        count = rng.poisson(rng.uniform(3, 10) * country.days)
        hour = np.clip(rng.normal(13, 4, count), 6, 23) - country.zone
        when = np.sort(rng.integers(0, country.days, count) * DAY + hour * HOUR)
        when = when[when > 0]
        links = country.name("url", [f"https://paper{number}.example/{rng.integers(1 << 40):x}" for _ in when])
        lag = rng.choice([2.0, 30.0, 300.0]) * rng.lognormal(0, 0.5, len(bots))
        row, bot = np.nonzero(rng.random((len(when), len(bots))) < rng.uniform(0.7, 1.0, len(bots)))
        moment = when[row] + lag[bot] + rng.exponential(2.0, len(row))
        share_links(country, bots[bot], moment, links[row], field)
        readers = np.repeat(np.arange(len(when)), rng.poisson(1.5, len(when)))
        people = pick_fans(rng, country, np.full(len(readers), field))
        share_links(country, people, human_delay(rng, when[readers], country.zone), links[readers], field)
        for account in bots.tolist():
            country.clients[account] = "Web"
    return country


def share_links(country: Country, who: Ints, when: Floats, url: Ints, field: int) -> Ints:
    """Let accounts post links, one post and one link each, and return the posts."""
    inside = (when > 0) & (when < country.end)
    who, when, url = who[inside], when[inside], url[inside]
    posts = country.publish(who, when, np.full(len(who), field), country.rng.lognormal(-2.5, 1.0, len(who)))
    event = country.act(who, POST, posts, when, post=posts)
    country.act(who, POST, url, when, "url", posts, event)
    return posts


def follow_fifteen(rng: np.random.Generator) -> Country:
    """The platform shows newcomers fifteen accounts to follow, and most of them follow most of these at once."""
    country = found(rng, people=(1500, 2500))
    country.live(int(rng.integers(14_000, 28_000)))
    joined = rng.permutation(country.people.size)[: rng.integers(400, 900)]
    when = rng.uniform(0, country.end, len(joined))
    shown = rng.permutation(country.pages)[:15]
    swap = when > rng.uniform(0.3, 0.7) * country.end
    second = np.concatenate([shown[:9], rng.permutation(country.pages)[:6]])
    lists = np.where(swap[:, None], second, shown)
    eager = rng.choice([1.0, 0.7, 0.3, 0.05], len(joined), p=[0.35, 0.3, 0.2, 0.15])
    row, place = np.nonzero(rng.random((len(joined), 15)) < eager[:, None])
    pace = rng.lognormal(np.log(3.0), 0.6, len(joined))
    country.act(
        joined[row], FOLLOW, lists[row, place], when[row] + pace[row] * (place + rng.random(len(row))), "account"
    )
    return country


def giveaways(rng: np.random.Generator) -> Country:
    """Pages give away prizes to those who like, follow, comment and tag; prize hunters enter all games."""
    country = found(rng)
    country.live(int(rng.integers(14_000, 26_000)))
    hunters = choose(rng, country.people.activity**0.4, int(rng.integers(60, 170)))
    zeal = rng.beta(2, 1.5, len(hunters))
    for _ in range(rng.integers(6, 22)):
        page = int(rng.choice(country.pages))
        field = int(country.page_community[page - country.people.size])
        start = rng.uniform(0, country.end - 2 * DAY)
        start += (9 - country.zone) * HOUR - start % DAY + rng.uniform(0, 9) * HOUR
        post = country.publish(np.array([page]), np.array([max(start, 0.0)]), np.array([field]), np.array([6.0]))
        entrants = np.concatenate(
            [
                hunters[rng.random(len(hunters)) < zeal],
                pick_fans(rng, country, np.full(int(rng.integers(20, 160)), field)),
            ]
        )
        when = human_delay(rng, np.full(len(entrants), country.published[post[0]]), country.zone, 3 * HOUR)
        enter(country, np.unique(entrants, return_index=True), when, page, int(post[0]))
    return country


def enter(country: Country, entrants: tuple[Ints, Ints], when: Floats, page: int, post: int) -> None:
    """Write the four acts of each entrant; some forget one."""
    rng = country.rng
    who, first = entrants
    when = when[first]
    for step, (action, what, kind) in enumerate(
        ((LIKE, post, "post"), (FOLLOW, page, "account"), (COMMENT, post, "post"), (REPOST, post, "post"))
    ):
        done = rng.random(len(who)) < (0.95, 0.85, 0.9, 0.3)[step]
        moment = when[done] + step * rng.uniform(4, 25, int(done.sum()))
        event = country.act(who[done], action, np.full(int(done.sum()), what), moment, kind)
        if action == COMMENT:
            friend = rng.integers(0, 1 << 24, len(event))
            country.texts.update(
                {e: f"@user{f:06x} done!" for e, f in zip(event.tolist(), friend.tolist(), strict=True)}
            )


def newsletters(rng: np.random.Generator) -> Country:
    """A morning mail sends its readers to the same five posts and links."""
    country = found(rng)
    country.live(int(rng.integers(15_000, 28_000)))
    for number in range(rng.integers(1, 4)):
        field = int(rng.integers(0, country.communities))
        readers = choose(rng, country.people.interests[:, field] + 0.1, int(rng.integers(200, 700)))
        keen = rng.beta(0.8, 6.0, len(readers))
        weekdays = rng.permutation(7)[: rng.integers(1, 6)]
        send = rng.choice([6.5, 7.0, 7.25, 8.0]) - country.zone
        for day in np.flatnonzero(np.isin(np.arange(1, country.days) % 7, weekdays)) + 1:
            mail(country, readers, keen, day * DAY + send * HOUR, (field, number))
    return country


def mail(country: Country, readers: Ints, keen: Floats, sent: float, about: tuple[int, int]) -> None:
    """Send one mail: readers open it when they get up or on the way to work, and act on some of its five items."""
    rng = country.rng
    fresh = np.flatnonzero(
        (country.published < sent) & (country.published > sent - 1.5 * DAY) & (country.community == about[0])
    )
    if len(fresh) < 5:
        fresh = np.flatnonzero((country.published < sent) & (country.published > sent - 1.5 * DAY))
    if len(fresh) < 5:
        return
    five = choose(rng, (country.quality * np.isin(np.arange(len(country.author)), fresh)), 5)
    opened = sent + 60 + rng.lognormal(np.log(35 * 60.0), 1.1, len(readers))
    row, item = np.nonzero(rng.random((len(readers), 5)) < keen[:, None] * np.array([1.6, 1.3, 1.0, 0.8, 0.7]))
    when = opened[row] + 40.0 * item + rng.exponential(30.0, len(row))
    shares = rng.random(len(row)) < 0.25
    country.act(
        readers[row[~shares]],
        rng.choice([LIKE, REPOST, COMMENT], int((~shares).sum()), p=[0.7, 0.2, 0.1]),
        five[item[~shares]],
        when[~shares],
    )
    links = country.name("url", [f"https://letter{about[1]}.example/{rng.integers(1 << 40):x}" for _ in range(5)])
    share_links(country, readers[row[shares]], when[shares], links[item[shares]], about[0])


def trending(rng: np.random.Generator) -> Country:
    """The platform shows everybody the ten most popular posts of the day, and many act on them."""
    country = found(rng)
    country.live(int(rng.integers(12_000, 22_000)))
    table = country.table()
    rows = np.flatnonzero(table["kind"] == 0)
    post, when = table["what"][rows], table["when"][rows]
    for hour in range(6, country.days * 24):
        local = (hour + country.zone) % 24
        recent = (when < hour * HOUR) & (when > (hour - 18) * HOUR)
        marks = np.bincount(post[recent], minlength=1)
        top = np.argsort(-marks, kind="stable")[: min(10, int((marks > 0).sum()))]
        if not len(top):
            continue
        size = rng.poisson(rng.uniform(10, 40) * (0.1 if 1 < local < 6 else 1.0))
        who = rng.choice(country.people.size, size, p=country.people.activity / country.people.activity.sum())
        item = np.minimum(rng.geometric(0.2, (size, 2)) - 1, len(top) - 1)
        moment = hour * HOUR + rng.uniform(0, HOUR, size)
        for place in range(2):
            country.react(who, top[item[:, place]], moment + 20.0 * place)
    return country


def campaign_hashtags(rng: np.random.Generator) -> Country:
    """Activists and holidays make days of action: hundreds post with the same tags, the faithful each time."""
    country = found(rng)
    country.live(int(rng.integers(14_000, 26_000)))
    causes = rng.integers(0, country.communities, int(rng.integers(2, 5)))
    faithful = rng.gamma(0.4, 1.0, country.people.size)
    for number in range(rng.integers(4, 11)):
        cause = causes[rng.integers(len(causes))]
        weight = country.people.interests[:, cause] * country.people.activity**0.6 * faithful
        people = choose(rng, weight, int(rng.integers(40, 220)))
        start = rng.integers(0, country.days) * DAY + (rng.uniform(8, 20) - country.zone) * HOUR
        who = np.repeat(people, np.minimum(rng.geometric(0.45, len(people)), 12))
        first = country.events
        storm(country, who, start + rng.gamma(1.3, rng.uniform(0.8, 3.0) * HOUR, len(who)), int(rng.integers(4, 11)))
        given = write(rng, np.full(3, cause), stock_share=0.0)
        copied = first + np.flatnonzero(rng.random(country.events - first) < rng.uniform(0.0, 0.4))
        country.texts.update({event: f"{given[event % 3]} #{number}" for event in copied.tolist()})
    return country


def storm(country: Country, who: Ints, when: Floats, width: int) -> Ints:
    """Let accounts post with several tags of one set; all rows of a post share its event. Return the tags."""
    rng = country.rng
    inside = (when > 0) & (when < country.end)
    who, when = who[inside], when[inside]
    if not country.names["hashtag"]:
        country.tag(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    tags = country.name("hashtag", [f"act{rng.integers(1 << 40):x}" for _ in range(width)])
    posts = country.publish(who, when, country.people.home[who], rng.lognormal(-2, 1, len(who)))
    event = country.act(who, POST, posts, when, post=posts)
    share = np.clip(0.95 * 0.72 ** np.arange(width), 0.08, None)
    row, place = np.nonzero(rng.random((len(who), width)) < share)
    country.act(who[row], POST, tags[place], when[row], "hashtag", posts[row], event[row])
    return tags


def many_kinds(rng: np.random.Generator) -> Country:
    """An export of likes, comments, ratings of places and pages, and follows at once."""
    country = found(rng)
    country.live(int(rng.integers(14_000, 26_000)))
    for kind, size, mean in (("place", int(rng.integers(150, 500)), 3000), ("page", len(country.pages), 1500)):
        rate(country, kind, size, int(rng.uniform(0.5, 1.5) * mean))
    weight = country.people.activity
    who = rng.choice(len(weight), int(rng.integers(1500, 4000)), p=weight / weight.sum())
    followed = country.people.followed[who, np.minimum(rng.geometric(0.25, len(who)) - 1, 23)]
    known = followed >= 0
    when = human_delay(rng, rng.uniform(0, country.end, len(who)), country.zone)
    country.act(who[known], FOLLOW, followed[known] + country.people.size, when[known], "account")
    return country


def rate(country: Country, kind: str, size: int, total: int) -> Ints:
    """Let people rate places or pages: locals rate what is near and popular. Return the rated objects."""
    rng = country.rng
    objects = country.name(kind, [f"{kind}{rng.integers(1 << 40):x}" for _ in range(size)])
    field = rng.integers(0, country.communities, size)
    fame = rng.pareto(1.3, size) + 0.1
    what = rng.choice(size, total, p=fame / fame.sum())
    who = pick_fans(rng, country, field[what])
    when = human_delay(rng, rng.uniform(0, country.end, total), country.zone)
    review(country, who, objects[what], when, kind)
    return objects


def review(country: Country, who: Ints, what: Ints, when: Floats, kind: str) -> None:
    """Write ratings, a part of them with a few words."""
    event = country.act(who, RATE, what, when, kind)
    words = event[country.rng.random(len(event)) < 0.4]
    country.texts.update(zip(words.tolist(), write(country.rng, words % country.communities), strict=True))


def follower_lists(rng: np.random.Generator) -> Country:
    """The export holds follower lists of pages without times beside the dated acts."""
    country = found(rng)
    country.live(int(rng.integers(9_000, 20_000)))
    row, place = np.nonzero(country.people.followed >= 0)
    known = rng.random(len(country.pages)) < rng.uniform(0.5, 1.0)
    page = country.people.followed[row, place]
    kept = known[page]
    country.act(row[kept], FOLLOW, page[kept] + country.people.size, np.zeros(int(kept.sum())), "account")
    table = country.table()
    table["when"][(table["action"] == FOLLOW)] = np.nan
    return country
