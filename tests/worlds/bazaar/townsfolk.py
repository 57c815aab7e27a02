"""A town before an election: its people, whom they know, what they follow, and what its outlets publish."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from worlds.base import World
from worlds.bazaar.act_book import ActBook
from worlds.bazaar.attention import answer
from worlds.bazaar.daily_hours import DAY, HOUR, ROUTINES, Floats, Ints, Sittings
from worlds.bazaar.utterances import TOOLS, Tongue

__all__ = ["Item", "Outlet", "Town"]

INTERESTS = ("left", "right", "centre", "football", "church", "music", "garden", "cooking", "prizes", "walks", "motors")
REACH = (0.20, 0.20, 0.10, 0.25, 0.12, 0.15, 0.10, 0.14, 0.06, 0.07, 0.09)  # share of the town that cares
WARDS = 7
ACTIVITY_SPREAD = 1.35  # of a lognormal: the busiest tenth do about half, as on every platform
LOYALTY_SHAPE = 0.45  # of a gamma: of the pages a person follows a few get nearly all the likes
FRIENDS = 8
TILT = 1.5  # of a gamma: people differ, some write and most like
SITTINGS_A_DAY = 2.4  # median; the busiest look at every pause
ROUTINE_SHARES = (0.28, 0.12, 0.18, 0.17, 0.05, 0.20)
POSTERS = 0.10  # of people, who publish under their own name
OWN_SHARE = 0.10  # of acts are publications of people's own
RATED_SHARE = 0.02
FOLLOWED_NOW = 0.05  # of an outlet's followers came within the weeks that are held
ROUND_TIMES = 0.35  # of a page's posts are scheduled on the quarter
ANSWERS_TO_ONE = (8.0, 18.0)  # mean answers to a post that an export holds, as of pages of a middling town
OPENS, SHUTS = 7.5, 21.5  # hours at which outlets publish
APPEAL_SPREAD = 1.25  # of a lognormal: one post in thirty does ten times as well as most


@dataclass(frozen=True, slots=True)
class Item:
    """A publication of an outlet."""

    post: str
    at: float
    url: str | None


@dataclass(slots=True)
class Outlet:
    """A page, paper or person whom people follow.

    Attributes:
        account: who publishes.
        platform: one of ``attention.PLATFORMS``, which settles how people answer.
        followers: places of people in the town.
        loyalty: shape of ``followers``: how much of it each takes to heart.
        a_day: mean number of publications.
        bell: share of followers whom a notice tells of each.
        site: where its articles stand, or empty.
        hour: local hour around which it publishes; None for all the day.
    """

    account: str
    platform: str
    followers: Ints
    loyalty: Floats
    a_day: float
    bell: float = 0.06
    site: str = ""
    hour: float | None = None
    items: list[Item] = field(default_factory=list)
    appeal: list[float] = field(default_factory=list)


class Town:
    """People, outlets and the book of what they do.

    Attributes:
        wanted: acts that ordinary life is meant to come to.
        end: seconds at which the data end.
        ids: shape (people,).
        activity: shape (people,), mean near 1.
        cares: shape (people, interests): who takes an interest.
        ward: shape (people,).
        friends: shape (people, ``FRIENDS``).
        farms: the hired, each as places of people.
        worked: who of them has done a task.
        habit: shape (people, 5): leaning to each kind of act of a platform.
    """

    def __init__(self, rng: np.random.Generator, salt: str) -> None:
        self.rng, self.book, self.tongue = rng, ActBook(salt), Tongue(rng)
        self.people = int(rng.integers(2400, 5600))  # of whom a third never act before the election
        self.wanted = int(rng.integers(13_000, 30_000))
        self.days = int(rng.integers(15, 50))
        self.end = self.days * DAY
        self.zone = float(rng.integers(0, 4))
        people = self.people
        self.ids = [self.book.new_id("u") for _ in range(people)]
        self.activity = rng.lognormal(-(ACTIVITY_SPREAD**2) / 2, ACTIVITY_SPREAD, people)
        self.cares = rng.random((people, len(INTERESTS))) < np.array(REACH)
        self.ward = rng.choice(WARDS, people, p=np.array([9, 7, 5, 4, 3, 2, 2]) / 32)
        self.routine = rng.choice(len(ROUTINES), people, p=ROUTINE_SHARES)
        self.clock = np.full(people, self.zone)
        self.outlets: list[Outlet] = []
        self.farms: list[Ints] = []
        self.worked: dict[int, None] = {}
        self.is_lived = False
        self._sessions: Sittings | None = None
        self.habit = rng.gamma(TILT, 1 / TILT, (people, 5))
        self.friends = self._befriend()
        self._open_outlets()

    @property
    def sessions(self) -> Sittings:
        """When everybody looks; settled when first asked for, so that newcomers come before."""
        if self._sessions is None:
            rate = SITTINGS_A_DAY * np.clip(self.activity, 0.05, 20) ** 0.5
            self._sessions = Sittings(self.rng, self.routine, self.clock, rate, self.days)
        return self._sessions

    def carers(self, interest: str) -> Ints:
        """Return the places of those who care for an interest."""
        return np.flatnonzero(self.cares[:, INTERESTS.index(interest)])

    def pick(self, among: Ints, number: int, taste: float = 0.5) -> Ints:
        """Return some of the people, the busy more often by the power ``taste``; fewer where there are not enough."""
        luck = np.log(self.activity[among]) * taste + self.rng.gumbel(size=len(among))
        return np.sort(among[np.argsort(-luck, kind="stable")[:number]])

    def at(self, day: float, hour: float) -> float:
        """Return the seconds of a local hour of a day."""
        return day * DAY + (hour - self.zone) * HOUR

    def open(self, platform: str, followers: Ints, a_day: float, **more: object) -> Outlet:
        """Open an outlet that these people follow, each with a loyalty of their own."""
        loyalty = self.rng.gamma(LOYALTY_SHAPE, 1 / LOYALTY_SHAPE, len(followers))
        outlet = Outlet(self.book.new_id("u"), platform, followers, loyalty, a_day, **more)  # type: ignore[arg-type]
        self.outlets.append(outlet)
        return outlet

    def newcomers(self, number: int, zone: float, activity: float) -> Ints:
        """Settle accounts from elsewhere, who follow a few famous outlets; before anybody has looked."""
        assert self._sessions is None, "whoever comes must come before anybody has looked"
        first = self.people
        self.people += number
        self.ids += [self.book.new_id("u") for _ in range(number)]
        self.activity = np.append(self.activity, activity * self.rng.lognormal(-0.5, 1.0, number))
        self.cares = np.vstack([self.cares, np.zeros((number, len(INTERESTS)), bool)])
        self.ward = np.append(self.ward, np.full(number, WARDS))
        self.routine = np.append(self.routine, self.rng.choice(len(ROUTINES), number, p=ROUTINE_SHARES))
        self.clock = np.append(self.clock, np.full(number, zone))
        self.habit = np.vstack([self.habit, self.rng.gamma(TILT, 1 / TILT, (number, 5))])
        new = np.arange(first, self.people)
        self.friends = np.vstack([self.friends, self.rng.choice(new, (number, FRIENDS))])
        fame = np.array([len(outlet.followers) for outlet in self.outlets], float)
        for person in new:  # a dozen pages, as the platform proposes them
            size = int(np.clip(self.rng.lognormal(2.3, 0.6), 2, len(fame) // 2))
            for place in self.rng.choice(len(fame), size, replace=False, p=fame / fame.sum()):
                outlet = self.outlets[place]
                outlet.followers = np.append(outlet.followers, person)
                outlet.loyalty = np.append(outlet.loyalty, self.rng.gamma(LOYALTY_SHAPE, 1 / LOYALTY_SHAPE))
        return new

    def _befriend(self) -> Ints:
        """Give each person friends: half from the ward, half from those near in an order by interests."""
        order = np.lexsort([*self.cares.T.astype(int), self.ward])
        friends = np.empty((self.people, FRIENDS), np.int64)
        steps = self.rng.geometric(0.05, (self.people, FRIENDS)) * self.rng.choice([-1, 1], (self.people, FRIENDS))
        friends[order] = order[(np.arange(self.people)[:, None] + steps) % self.people]
        return friends

    def _audience(self, core: Ints, size: int) -> Ints:
        """Return followers: most from those who care, one in eight from anybody."""
        stray = self.pick(np.arange(self.people), size // 8)
        return np.union1d(self.pick(core, size - size // 8), stray)

    def _open_outlets(self) -> None:
        rng, everybody = self.rng, np.arange(self.people)
        for rank in range(1, 7):  # papers, radio and television
            site = f"{self.tongue.name()}.example"
            self.open("news", self._audience(everybody, int(0.45 * self.people / rank)), 7 / rank**0.5, site=site)
        for interest, pages in (("left", 7), ("right", 7), ("centre", 4), ("football", 5), ("church", 3), ("music", 5)):
            core = self.carers(interest)
            for rank in range(1, pages + 1):
                kind = str(rng.choice(["photo", "micro", "video"], p=[0.45, 0.35, 0.2]))
                self.open(kind, self._audience(core, int(0.7 * len(core) / rank**0.8)), 1.6 / rank**0.4)
        for interest in ("garden", "cooking", "prizes", "walks", "motors"):
            core = self.carers(interest)
            for rank in range(1, 4):
                self.open("group", self._audience(core, int(0.5 * len(core) / rank)), 1.2 / rank**0.5)
        for ward in range(WARDS):
            self.open("group", self._audience(np.flatnonzero(self.ward == ward), int(40 + rng.pareto(1.5) * 30)), 1.0)
        for person in self.pick(everybody, 45, 1.0):  # people whom their friends read
            circle = np.unique(np.append(self.friends[person], self.friends[self.friends[person]].ravel()))
            kind = str(rng.choice(["photo", "micro"]))
            self.open(kind, circle, 0.35).account = self.ids[person]
        planned = sum(outlet.a_day for outlet in self.outlets) * self.days
        pace = self.wanted / rng.uniform(*ANSWERS_TO_ONE) / planned
        for outlet in self.outlets:
            outlet.a_day *= min(1.0, pace)

    def publish(self) -> None:
        """Let every outlet publish until the end; politics quickens as the election nears."""
        rng = self.rng
        for outlet in self.outlets:
            for day in range(self.days):
                for _ in range(rng.poisson(outlet.a_day * (0.7 + 0.6 * day / self.days))):
                    hour = rng.uniform(OPENS, SHUTS) if outlet.hour is None else rng.normal(outlet.hour, 0.3)
                    hour = np.round(hour * 4) / 4 + 4 / HOUR if rng.random() < ROUND_TIMES else hour
                    self.issue(outlet, self.at(day, hour))

    def issue(self, outlet: Outlet, at: float, appeal: float | None = None, text: str | None = None) -> Item:
        """Let an outlet publish once."""
        url = self.tongue.address(outlet.site) if outlet.site else None
        reach = int(len(outlet.followers) * 40 + 50)  # the data hold one follower in forty
        post = self.book.post(outlet.account, at, text or self.tongue.text(median=11), url=url, followers=reach)
        item = Item(post, at, url)
        outlet.items.append(item)
        outlet.appeal.append(self.rng.lognormal(0, APPEAL_SPREAD) if appeal is None else appeal)
        return item

    def live(self) -> None:
        """Let everybody lead their ordinary life, once."""
        if self.is_lived:
            return
        self.is_lived = True
        self.publish()
        answer(self, self.wanted * (1 - OWN_SHARE - RATED_SHARE))
        self._write()
        self._rate()
        for outlet in self.outlets:
            new = outlet.followers[self.rng.random(len(outlet.followers)) < FOLLOWED_NOW]
            for person, at in zip(new, self.rng.uniform(0, self.end, len(new)), strict=True):
                self.book.act(
                    self.ids[person], "join" if outlet.platform == "group" else "follow", outlet.account, "page", at
                )

    def _write(self) -> None:
        """Let posters publish: a link they read, the tag of the day, or what they had for lunch."""
        rng = self.rng
        posters = self.pick(np.arange(self.people), int(POSTERS * self.people), 0.8)
        weight = self.activity[posters] / self.activity[posters].sum()
        links = sorted((item for outlet in self.outlets for item in outlet.items if item.url), key=lambda one: one.at)
        printed = np.array([item.at for item in links])
        tags = [self.tongue.name() for _ in range(60)]
        number = int(OWN_SHARE * self.wanted)
        who = rng.choice(posters, number, p=weight)
        when, _ = self.sessions.after(who, rng.uniform(0, self.end, number), np.zeros(number, np.int64))
        for person, at in zip(who, when + rng.uniform(0, 400, number), strict=True):
            if np.isnan(at):
                continue
            url, used = None, ()
            newest = int(np.searchsorted(printed, at)) - int(rng.geometric(0.08))
            if newest >= 0 and rng.random() < 0.3:  # one of the dozen stories that are on top
                url = links[newest].url
            if rng.random() < 0.35:  # few tags are everywhere, and each day has one of its own
                day = int(at // DAY)
                used = (tags[(int(rng.zipf(1.6)) + (7 * day if rng.random() < 0.5 else 0)) % len(tags)],)
            client = TOOLS[int(person) % len(TOOLS)]
            self.book.post(self.ids[person], at, self.tongue.text(), url=url, tags=used, client=client)

    def _rate(self) -> None:
        places = [self.book.new_id("v") for _ in range(120)]
        number = int(RATED_SHARE * self.wanted)
        fame = 1 / np.arange(1, 121) ** 0.8
        who = self.pick(np.arange(self.people), number // 3)  # about three ratings for each who rates
        for person in self.rng.choice(who, number):
            place = places[self.rng.choice(120, p=fame / fame.sum())]
            self.book.act(self.ids[person], "rate", place, "place", self.rng.uniform(0, self.end))

    def world(self) -> World:
        """Return the town's book with the truth about its farms: who was hired and did a task."""
        farms = [frozenset(self.ids[place] for place in farm if int(place) in self.worked) for farm in self.farms]
        return self.book.world(self.end, farms)
