"""Ordinary life: pages publish, people open the app and answer what is in sight, post, share links and follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from worlds.base import World
from worlds.wards.act_log import ActLog
from worlds.wards.inhabitants import DAY, HOUR, Floats, Ints, Pages, Setting, Town, settle
from worlds.wards.small_talk import TAGS, comments, posts_text

__all__ = ["Life", "live", "notified", "queue", "share_links"]

KINDS = np.array(["like", "repost", "comment"], dtype=object)


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """A town, its pages and the log of what happens; mechanisms add to the log."""

    rng: np.random.Generator
    setting: Setting
    town: Town
    log: ActLog
    pages: Pages

    def act(
        self,
        persons: Ints,
        action: str,
        objects: NDArray[np.object_] | str,
        times: Floats,
        *,
        kind: str = "post",
        texts: list[str] | None = None,
    ) -> None:
        """Write acts of people down; a time of NaN leaves an act out, and a comment without a text gets one."""
        there = ~np.isnan(times)
        if isinstance(objects, str):
            objects = np.full(len(times), objects, dtype=object)
        if texts is None and action in {"comment", "reply"}:
            texts = comments(self.rng, len(times))
        kept_texts = None if texts is None else np.array(texts, dtype=object)[there].tolist()
        who = persons[there]
        self.log.act(
            self.town.ids[who],
            action,
            objects[there],
            kind,
            times[there],
            texts=kept_texts,
            clients=self.town.clients[who],
        )

    def posts_of(self, page: int) -> tuple[NDArray[np.object_], Floats]:
        """Return the posts of a page and when they came out."""
        is_own = self.pages.of == page
        return self.pages.posts[is_own], self.pages.published[is_own]

    def page_post(self, page: int, times: Floats) -> NDArray[np.object_]:
        """Return new posts of a page."""
        followers = int(self.pages.popularity[page] * 3000)
        return self.log.publish(np.full(len(times), self.pages.ids[page], dtype=object), times, followers)

    def some(self, n: int, weight: Floats | None = None) -> Ints:
        """Return different people, by weight; by activity without one."""
        weight = self.town.activity if weight is None else weight
        n = min(n, int((weight > 0).sum()))
        return self.rng.choice(len(weight), n, replace=False, p=weight / weight.sum())

    def world(self, farms: tuple[Ints, ...] = ()) -> World:
        """Return the world; each farm is given by its people."""
        return self.log.world([self.town.ids[farm].tolist() for farm in farms])


def live(rng: np.random.Generator, setting: Setting) -> Life:
    """Return an ordinary life whose sizes vary with the seed."""
    wide = rng.uniform(0.85, 1.15, 3)
    setting = replace(
        setting,
        people=max(int(setting.people * wide[0]), setting.hired + 20),
        responses=int(setting.responses * wide[1]),
        pages=max(int(setting.pages * wide[2]), len(setting.first_pages) + 1),
    )
    town = settle(rng, setting)
    log = ActLog(rng, town.horizon, has_clients=bool(rng.random() < setting.clients))
    life = Life(rng, setting, town, log, _pages(rng, setting, town, log))
    _respond(life)
    _post(life)
    _follow(life)
    return life


def queue(life: Life, persons: Ints, openings: Ints, published: Floats, gap: float = 18.0) -> Floats:
    """Return when each act falls within its opening: the newest first, more or less, one after the other."""
    order = np.lexsort((-published + life.rng.normal(0, 2 * HOUR, len(published)), openings, persons))
    gaps = life.rng.lognormal(np.log(gap), 1.0, len(order))
    run = np.cumsum(gaps)
    key = openings[order]
    first = np.r_[True, key[1:] != key[:-1]] if len(key) else np.zeros(0, bool)
    base = np.maximum.accumulate(np.where(first, run - gaps, 0))
    times = np.empty(len(order))
    times[order] = life.town.openings[key] + run - base
    return np.where(openings < 0, np.nan, times)


def notified(life: Life, persons: Ints, times: Floats, median: float = 240.0, spread: float = 1.2) -> Floats:
    """Return when people who get a notice answer: soon if they are up, else when they next open the app."""
    soon = times + life.rng.lognormal(np.log(median), spread, len(times))
    up = life.town.is_awake(persons, soon)
    _, later = life.town.open_after(persons, soon)
    return np.where(up, soon, later + life.rng.uniform(5, 200, len(times)))


def _pages(rng: np.random.Generator, setting: Setting, town: Town, log: ActLog) -> Pages:
    n = setting.pages
    popularity = np.minimum(rng.pareto(1.3, n) + 0.3, 25)
    popularity[: len(setting.first_pages)] = np.quantile(popularity, rng.uniform(0.35, 0.85, len(setting.first_pages)))
    subject = rng.normal(0, 1, (n, 5))
    home = np.where(rng.random(n) < 0.4, rng.integers(0, setting.wards, n), -1)
    pull = np.exp(0.8 * town.taste @ subject.T / np.sqrt(5)) * popularity[None, :] ** 0.7
    pull *= np.where(home[None, :] == town.ward[:, None], 4, 1) * (town.activity[:, None] ** 0.4)
    follows = rng.random(pull.shape) < np.minimum(pull * 6 / n / pull.mean(), 0.9)
    counts = rng.poisson(np.maximum(rng.lognormal(np.log(setting.posts_a_day), 0.8, n) * setting.days, 1))
    counts[: len(setting.first_pages)] = setting.first_pages
    of = np.repeat(np.arange(n), counts)
    day = rng.integers(0, setting.days, len(of))
    usual = rng.uniform(8, 20, n)[of]
    hour = np.where(rng.random(len(of)) < 0.5, usual + rng.normal(0, 0.5, len(of)), rng.normal(14.5, 3.8, len(of)))
    published = np.floor(day * DAY + np.clip(hour, 5.5, 23.5) * HOUR + rng.uniform(0, 60, len(of)))
    order = np.argsort(published, kind="stable")
    of, published = of[order], published[order]
    ids = np.array([f"u{number}" for number in rng.choice(9_000_000, n, replace=False) + 1_000_000], dtype=object)
    posts = log.publish(ids[of], published, (popularity[of] * 3000).astype(np.int64))
    if setting.page_links:
        links = np.array([f"https://www.site{page}.org/{number}" for number, page in enumerate(of)], dtype=object)
        log.act(ids[of], "post", links, "url", published, posts=posts)
    return Pages(ids, popularity, follows, of, published, posts, rng.lognormal(0, 0.9, len(of)))


def _respond(life: Life) -> None:
    rng, town, pages, setting = life.rng, life.town, life.pages, life.setting
    subject = rng.normal(0, 1, (setting.pages, 5))[pages.of] * 0.8 + rng.normal(0, 0.7, (len(pages.of), 5))
    want = np.exp((setting.sway / np.sqrt(5) * town.taste @ subject.T).astype(np.float32))
    want *= town.activity.astype(np.float32)[:, None]
    want *= (pages.appeal * np.sqrt(pages.popularity[pages.of])).astype(np.float32)[None, :]
    want *= np.where(pages.follows, 11, 1).astype(np.float32)[:, pages.of]
    goal = 1.9 * setting.responses
    want *= goal / want.sum()
    for _ in range(3):
        want *= min(goal / np.minimum(want, 0.95).sum(), 4.0)
    person, post = np.nonzero(rng.random(want.shape, dtype=np.float32) < np.minimum(want, 0.95))
    published = pages.published[post]
    rings = pages.follows[person, pages.of[post]] & (rng.random(len(post)) < setting.bells)
    seen = published + rng.lognormal(np.log(1200), 1.0, len(post))
    opening, at = town.open_after(person, seen, rng.geometric(0.75, len(post)) - 1)
    life_time = setting.fresh_hours * HOUR * rng.lognormal(0, 0.5, len(pages.of))[post]
    is_seen = rng.random(len(post)) < np.exp(-np.nan_to_num(at - published, nan=1e9) / life_time)
    times = np.where(rings, notified(life, person, published), queue(life, person, opening, published))
    kept = np.flatnonzero((is_seen | rings) & ~np.isnan(times))
    kept = np.sort(rng.permutation(kept)[: setting.responses])
    person, post, times = person[kept], post[kept], times[kept]
    cut = np.cumsum(town.habits[person], axis=1)
    choice = np.minimum((rng.random(len(kept))[:, None] > cut).sum(axis=1), 2)
    for number, action in enumerate(KINDS):
        doing = choice == number
        life.act(person[doing], str(action), pages.posts[post[doing]], times[doing])
    both = (choice == 2) & (rng.random(len(kept)) < 0.35) & (setting.mix[0] > 0)
    life.act(person[both], "like", pages.posts[post[both]], times[both] + rng.uniform(2, 30, int(both.sum())))


def _post(life: Life) -> None:
    """People publish in their own name: a link of the day, a tag, or neither."""
    rng, town, n = life.rng, life.town, life.setting.own_posts
    if not n:
        return
    weight = town.activity * rng.lognormal(0, 1.0, len(town.activity))
    person = rng.choice(len(weight), n, p=weight / weight.sum())
    _, times = town.open_after(person, rng.uniform(0, town.horizon, n))
    kept = ~np.isnan(times)
    person, times = person[kept], times[kept] + rng.uniform(20, 300, int(kept.sum()))
    n_links = max(n // 3, 5)
    born = np.sort(rng.uniform(-DAY, town.horizon, n_links))
    fame = rng.pareto(1.1, n_links) + 0.1
    latest = np.searchsorted(born, times)
    back = np.minimum(rng.geometric(3 / (n_links / life.setting.days + 3), (3, len(times))), latest + 1)
    choices = np.maximum(latest - back, 0)
    link = choices[fame[choices].argmax(axis=0), np.arange(len(times))]
    posts = share_links(life, person, link, times)
    _like_friends(life, person, posts, times)


def _like_friends(life: Life, author: Ints, posts: NDArray[np.object_], times: Floats) -> None:
    """Friends like what a person publishes; each has a dozen of them, most in the same ward, some much closer."""
    rng, town = life.rng, life.town
    n = len(town.ids)
    by_ward = np.argsort(town.ward + rng.random(n) * 0.9, kind="stable")
    place = np.empty(n, dtype=np.int64)
    place[by_ward] = np.arange(n)
    near = by_ward[(place[:, None] + rng.integers(1, 40, (n, 12))) % n]
    friends = np.where(rng.random((n, 12)) < 0.2, rng.integers(0, n, (n, 12)), near)
    weight = rng.lognormal(0, 0.8, len(author)) * (town.followers[author] + 1) ** 0.5
    chosen = rng.choice(len(author), int(life.setting.friend_likes * len(author)), p=weight / weight.sum())
    friend = friends[author[chosen], np.minimum(rng.geometric(0.25, len(chosen)) - 1, 11)]
    seen = times[chosen] + rng.exponential(2 * HOUR, len(chosen))
    opening, _ = town.open_after(friend, seen)
    liked = queue(life, friend, opening, times[chosen], 14.0)
    life.act(friend, "like", posts[chosen], np.where(friend == author[chosen], np.nan, liked))


def share_links(life: Life, person: Ints, link: Ints, times: Floats) -> NDArray[np.object_]:
    """Publish posts, of which half carry a link (given by number) and a third carry tags; return their ids."""
    rng, town = life.rng, life.town
    posts = life.log.publish(town.ids[person], times, town.followers[person])
    texts = np.array(posts_text(rng, len(times)), dtype=object)
    has_link, has_tag = rng.random(len(times)) < 0.55, rng.random(len(times)) < 0.4
    has_tag |= ~has_link
    outlet = link % 17
    urls = np.array([f"https://paper{o}.com/a/{number}" for o, number in zip(outlet, link, strict=True)], dtype=object)
    domains = np.array([f"paper{o}.com" for o in outlet], dtype=object)
    rank = rng.zipf(1.6, len(times))
    general = rng.random(len(times)) < 0.7
    tag = TAGS[np.where(general, (rank - 1) % 10, 10 + town.ward[person] % 29)]
    for mask, objects, kind in ((has_link, urls, "url"), (has_link, domains, "domain"), (has_tag, tag, "hashtag")):
        life.log.act(
            town.ids[person[mask]], "post", objects[mask], kind, times[mask],
            texts=texts[mask].tolist(), posts=posts[mask], clients=town.clients[person[mask]],
        )  # fmt: skip
    return posts


def _follow(life: Life) -> None:
    rng, town, n = life.rng, life.town, life.setting.follows
    person = rng.choice(len(town.ids), n, p=town.activity / town.activity.sum())
    pull = life.pages.popularity / life.pages.popularity.sum()
    page = life.pages.ids[rng.choice(len(pull), n, p=pull)]
    other = town.ids[rng.choice(len(town.ids), n, p=town.followers / town.followers.sum())]
    _, times = town.open_after(person, rng.uniform(0, town.horizon, n))
    whom = np.where(rng.random(n) < 0.6, page, other)
    life.act(person, "follow", whom, times + rng.uniform(5, 400, n), kind="account")
