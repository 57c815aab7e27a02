"""People and pages who belong together and so look alike all the time, without pay."""

from __future__ import annotations

import numpy as np

from .civic import lognormal, outlet, start_of
from .ledger import DAY, HOUR, MINUTE
from .texts import praise
from .town import Town

__all__ = [
    "church_groups", "diaspora", "expat_groups", "heavy_commenters", "knitting_cell", "mutual_follows", "night_shift",
    "page_network", "partisans", "party_staff", "people_you_may_know", "push_followers", "scheduled_news", "threads",
]  # fmt: skip


def _by_day(town: Town, person: int, at: float) -> float:
    """Return the moment, or one after the night where the person sleeps then."""
    if town.is_awake(np.array([person]), np.array([at]))[0]:
        return at
    return at + float(town.rng.uniform(2, 8)) * HOUR


def church_groups(town: Town) -> None:
    """Parishes of small towns: whoever was at the service likes what the pastor posts after it, and on Wednesday."""
    rng = town.rng
    for _ in range(int(rng.integers(5, 8))):
        pastor = int(town.pick(1, tilt=0.0)[0])
        flock = town.pick(int(rng.integers(15, 42)), milieu=int(town.milieu[pastor]), tilt=0.3)
        zeal = rng.beta(2.2, 1.6, flock.size)
        for day in range(town.recipe.days):
            if day % 7 not in (2, 6):
                continue
            for _ in range(3 if day % 7 == 6 else 1):
                hour = 11.6 if day % 7 == 6 else 19.5
                post = town.publish(
                    pastor, start_of(town, day, hour) + rng.uniform(0, 70) * MINUTE, media=town.ledger.new_id("m")
                )
                for one in flock[rng.random(flock.size) < zeal].tolist():
                    at = _by_day(town, one, post.at + lognormal(town, 55 * MINUTE, 1.2))
                    town.act(one, "comment" if rng.random() < 0.15 else "like", post, at)


def mutual_follows(town: Town) -> None:
    """Small influencers who found each other: they follow back, and like and comment on what the others post."""
    rng = town.rng
    for _ in range(int(rng.integers(4, 7))):
        members = town.pick(int(rng.integers(10, 22)), tilt=1.0)
        zeal, met = rng.beta(2.5, 1.8, members.size), rng.uniform(0, 0.5) * town.recipe.days * DAY
        for one in members.tolist():
            for other in members[rng.random(members.size) < 0.4].tolist():
                if one != other:
                    traces = [(town.ids[other], "account")]
                    town.ledger.add(town.ids[one], "follow", traces, met + rng.exponential(2 * DAY), client="ios")
        for author in members.tolist():
            for _ in range(int(rng.poisson(0.4 * town.recipe.days))):
                at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.normal(18, 3)))
                post = town.publish(author, at, quality=0.6, tags=town.new_tags(3), media=town.ledger.new_id("m"))
                for friend in members[(rng.random(members.size) < zeal) & (members != author)].tolist():
                    seen = _by_day(town, friend, at + lognormal(town, 80 * MINUTE, 1.2))
                    town.act(friend, "like", post, seen)
                    if rng.random() < 0.3:
                        town.act(friend, "comment", post, seen + rng.uniform(4, 40), text=praise(rng))


def knitting_cell(town: Town) -> None:
    """Pen-friends in fives to eights: each posts a piece of work daily, and the others like everything."""
    rng = town.rng
    for _ in range(4):
        cell = town.pick(int(rng.integers(5, 9)), tilt=0.3)
        for author in cell.tolist():
            for _ in range(int(rng.poisson(0.9 * town.recipe.days))):
                at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.normal(16, 4)))
                post = town.publish(author, at, quality=0.25, tags=("knitting",), media=town.ledger.new_id("m"))
                for friend in cell[(rng.random(cell.size) < 0.93) & (cell != author)].tolist():
                    town.act(friend, "like", post, _by_day(town, friend, at + lognormal(town, 2.2 * HOUR, 1.1)))


def people_you_may_know(town: Town) -> None:
    """The platform shows the same thirty faces to a milieu for a week; people tap follow, follow, follow."""
    rng = town.rng
    for _ in range(3):
        milieu = int(town.milieu[town.pick(1)[0]])
        shown = town.pick(30, milieu=milieu, tilt=0.8)
        rank = 1.0 / np.arange(1, 31) ** 0.6
        begin, span = rng.uniform(0, 0.3) * town.recipe.days * DAY, min(8, town.recipe.days) * DAY
        for person in town.pick(town.recipe.accounts // 16, milieu=milieu, tilt=0.2).tolist():
            at = _by_day(town, person, begin + rng.beta(1.2, 2.0) * span)
            count = min(30, 1 + int(rng.geometric(0.22)))
            for face in rng.choice(shown, count, replace=False, p=rank / rank.sum()).tolist():
                if face != person:
                    traces = [(town.ids[face], "account")]
                    town.ledger.add(town.ids[person], "follow", traces, at, client=str(town.clients[person]))
                at += lognormal(town, 4.0, 0.6)


def _members(town: Town, people: np.ndarray, page: int, per_day: float, zeal: tuple[float, float], lag: float) -> None:
    """Let a page post for its members, who react by their own clocks."""
    rng = town.rng
    eager = rng.beta(*zeal, people.size)
    for day in range(town.recipe.days):
        for _ in range(int(rng.poisson(per_day))):
            at = start_of(town, day, float(rng.uniform(8, 20)))
            post = town.publish(page, at, url=town.new_url(page) if rng.random() < 0.5 else None, tags=town.new_tags(2))
            for one in people[rng.random(people.size) < eager].tolist():
                action = str(rng.choice(["like", "repost", "comment"], p=[0.72, 0.2, 0.08]))
                town.act(one, action, post, _by_day(town, one, at + lognormal(town, lag, 1.0)))


def diaspora(town: Town) -> None:
    """Emigrants ten hours away follow the vote at home, and act when the home country sleeps."""
    people = town.pick(town.recipe.accounts // 12, tilt=0.5)
    town.offset[people] += -9.0 if town.rng.random() < 0.5 else 8.0
    town.chronotype[people] *= 0.5
    _members(town, people, outlet(town), 2.0, (0.9, 4.0), 2.5 * HOUR)
    _members(town, people[: people.size // 2], outlet(town, "creator"), 1.0, (1.2, 2.5), 1.5 * HOUR)


def expat_groups(town: Town) -> None:
    """Foreigners in four cities share notices of embassy and school in small groups of their language."""
    rng = town.rng
    embassy = outlet(town, "politician")
    for language in ("de", "es", "fr", "en"):
        group = town.pick(int(rng.integers(25, 60)), tilt=0.4)
        for one in group.tolist():
            town.languages[one] = language
        _members(town, group, embassy, 0.6, (1.2, 2.6), 3 * HOUR)
        _members(town, group, int(group[0]), 1.2, (1.6, 2.4), 1.5 * HOUR)


def night_shift(town: Town) -> None:
    """Nurses, bakers and drivers are awake from ten to six, read what the night holds, and talk in one group."""
    rng = town.rng
    people = town.pick(int(rng.integers(70, 120)), tilt=0.5)
    town.chronotype[people] += 10.0
    group = int(people[0])
    town.make_publisher(group, 40, "creator")
    eager = rng.beta(1.5, 2.2, people.size)
    for day in range(town.recipe.days):
        on_duty = rng.random(people.size) < 0.6
        for _ in range(int(rng.poisson(2.5))):
            at = start_of(town, day, float(rng.uniform(0.5, 5.0)))
            post = town.publish(group, at, quality=0.5, media=town.ledger.new_id("m"))
            for one in people[on_duty & (rng.random(people.size) < eager)].tolist():
                town.act(one, "like" if rng.random() < 0.8 else "comment", post, at + lognormal(town, 35 * MINUTE, 0.9))


def heavy_commenters(town: Town) -> None:
    """Forty regulars of one newspaper comment under nearly every article, the first within minutes."""
    rng, paper = town.rng, outlet(town, share=0.2)
    regulars = town.pick(int(rng.integers(35, 50)), tilt=1.0)
    zeal = rng.beta(1.6, 2.2, regulars.size)
    for _ in range(min(90, 5 * town.recipe.days)):
        at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.uniform(6, 21)))
        article = town.publish(paper, at, url=town.new_url(paper), tags=town.new_tags(2))
        for one in regulars[rng.random(regulars.size) < zeal].tolist():
            moment = _by_day(town, one, at + lognormal(town, 50 * MINUTE, 1.3))
            for _ in range(1 + int(rng.poisson(0.6))):
                town.act(one, "comment", article, moment)
                moment += lognormal(town, 12 * MINUTE, 1.0)


def partisans(town: Town) -> None:
    """Sixty members of a party pass on every post of its page, out of conviction."""
    rng, page = town.rng, int(town.publishers[0])
    faithful = town.pick(int(rng.integers(50, 75)), camp=0, tilt=0.6)
    zeal = rng.beta(4.0, 1.6, faithful.size)
    for _ in range(min(70, 3 * town.recipe.days)):
        at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.normal(13, 3.5)))
        post = town.publish(page, at, url=town.new_url(page) if rng.random() < 0.4 else None, tags=town.new_tags(2))
        for one in faithful[rng.random(faithful.size) < zeal].tolist():
            town.act(one, "repost", post, _by_day(town, one, at + lognormal(town, 1.3 * HOUR, 1.3)))


def push_followers(town: Town) -> None:
    """A star rings the phones of all who switched on the bell, and a part of them taps at once."""
    rng, star = town.rng, outlet(town, "creator", 0.25)
    bells = town.followers[star][: max(60, town.followers[star].size // 4)]
    zeal = rng.beta(1.1, 2.0, bells.size)
    for _ in range(min(45, 3 * town.recipe.days)):
        at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.uniform(9, 22)))
        post = town.publish(star, at, quality=1.5, media=town.ledger.new_id("m"))
        ready = bells[(rng.random(bells.size) < zeal) & town.is_awake(bells, np.full(bells.size, at))]
        for one in ready.tolist():
            town.act(one, "like" if rng.random() < 0.9 else "comment", post, at + 3 + lognormal(town, 70.0, 1.1))


def scheduled_news(town: Town) -> None:
    """Fourteen small papers plan their posts with one tool, on the half hour, and all take the agency's stories."""
    rng = town.rng
    papers = town.pick(14, tilt=0.0)
    for paper in papers.tolist():
        town.make_publisher(paper, int(rng.integers(20, 120)), "outlet")
    for _ in range(5 * town.recipe.days):
        slot = start_of(town, int(rng.integers(town.recipe.days)), float(rng.choice(np.arange(6, 22, 0.5))))
        story = town.new_url(int(papers[0]))
        for paper in papers[rng.random(papers.size) < 0.45].tolist():
            at = slot + float(rng.choice([0, 0, 0, 1800, 3600])) + rng.uniform(1, 9)
            town.publish(paper, at, quality=0.6, url=story, tags=town.new_tags(1), client="post planner")
    for paper in papers.tolist():
        for _ in range(2 * town.recipe.days):
            slot = start_of(town, int(rng.integers(town.recipe.days)), float(rng.choice(np.arange(6, 22, 0.5))))
            town.publish(paper, slot + rng.uniform(1, 9), quality=0.7, url=town.new_url(paper), client="post planner")


def page_network(town: Town) -> None:
    """One owner runs a dozen pages of cats, cars and recipes, and sends the same political links through all."""
    rng = town.rng
    pages = town.pick(int(rng.integers(10, 15)), tilt=0.0)
    for page in pages.tolist():
        town.make_publisher(page, int(rng.integers(40, 250)), "creator")
    home = int(pages[0])
    town.make_publisher(home, 120, "outlet")
    for _ in range(3 * town.recipe.days):
        at, link = start_of(town, int(rng.integers(town.recipe.days)), float(rng.uniform(8, 22))), town.new_url(home)
        for page in rng.permutation(pages[rng.random(pages.size) < 0.7]).tolist():
            town.publish(page, at, quality=0.6, url=link, tags=town.new_tags(1), client="web")
            at += lognormal(town, 75.0, 0.8)
    for page in pages.tolist():
        for _ in range(int(1.5 * town.recipe.days)):
            at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.uniform(8, 22)))
            town.publish(page, at, quality=0.8, media=town.ledger.new_id("m"), client="web")


def party_staff(town: Town) -> None:
    """The candidate's office likes and passes on everything that the candidate posts, within the hour."""
    rng, candidate = town.rng, outlet(town, "politician")
    staff = town.pick(int(rng.integers(14, 24)), camp=int(town.camp[candidate]), tilt=0.3)
    zeal = rng.beta(5.0, 1.6, staff.size)
    for _ in range(min(60, 4 * town.recipe.days)):
        at = start_of(town, int(rng.integers(town.recipe.days)), float(rng.normal(13, 3)))
        post = town.publish(
            candidate, at, url=town.new_url(candidate) if rng.random() < 0.3 else None, tags=town.new_tags(2)
        )
        for one in staff[rng.random(staff.size) < zeal].tolist():
            moment = _by_day(town, one, at + lognormal(town, 14 * MINUTE, 1.1))
            town.act(one, "like", post, moment)
            if rng.random() < 0.5:
                town.act(one, "repost", post, moment + rng.uniform(2, 25))


def threads(town: Town) -> None:
    """Readers reply under the posts of newspapers, and their replies are liked in turn."""
    rng = town.rng
    roots = [post for post in town.publications if post.author in town.domains] or town.publications
    for _ in range(town.recipe.posts):
        root = roots[int(rng.integers(len(roots)))]
        writer = int(town.pick(1, tilt=1.0)[0])
        at = root.at + lognormal(town, 2 * HOUR, 1.1)
        town.publish_reply(writer, root, at, quality=float(rng.lognormal(-0.5, 1.0)))
