"""The town: agents with schedules, tastes and follows, and pages that publish."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
from worlds.agents.ledger import DAY, HOUR, Ints, Ledger, Nums
from worlds.base import World

__all__ = ["HABITS", "Town", "build", "chance"]

# name: (wake, bed, weekend level, weights of 24 hours on weekdays, on weekends)
_OFFICE = [1, 0, 0, 0, 0, 1, 4, 9, 7, 3, 4, 3, 9, 6, 3, 3, 3, 6, 8, 8, 10, 11, 8, 4]
_HOME = [1, 0, 0, 0, 0, 1, 2, 4, 7, 9, 8, 7, 5, 7, 8, 6, 4, 4, 4, 6, 9, 9, 6, 2]
_STUDENT = [5, 2, 1, 0, 0, 0, 0, 2, 5, 6, 7, 6, 9, 7, 6, 7, 7, 6, 7, 8, 9, 11, 12, 9]
_SHIFT = [5, 4, 4, 4, 3, 4, 6, 5, 3, 2, 2, 2, 2, 4, 8, 7, 5, 5, 4, 4, 5, 7, 7, 6]
_RETIRED = [0, 0, 0, 0, 1, 4, 8, 10, 10, 9, 8, 5, 3, 4, 6, 6, 6, 5, 5, 6, 6, 3, 1, 0]
_OWL = [12, 10, 7, 4, 1, 0, 0, 0, 0, 1, 3, 4, 5, 5, 5, 5, 6, 6, 6, 7, 8, 9, 11, 12]
_LEISURE = [3, 1, 0, 0, 0, 0, 1, 3, 6, 9, 10, 9, 7, 6, 6, 6, 6, 7, 8, 9, 10, 10, 8, 5]
HABITS: tuple[tuple[float, float, float, list[int], list[int]], ...] = (
    (6.5, 23.3, 0.8, _OFFICE, _LEISURE),
    (7.0, 23.0, 0.9, _HOME, _HOME),
    (8.0, 25.5, 1.2, _STUDENT, _OWL),
    (13.0, 29.0, 1.0, _SHIFT, _SHIFT),
    (5.5, 21.8, 1.0, _RETIRED, _RETIRED),
    (10.0, 27.0, 1.1, _OWL, _OWL),
)
_SHARES = (0.42, 0.16, 0.16, 0.07, 0.12, 0.07)
_BREAKS = np.array([10.5, 12.4, 15.5, 17.3]) * HOUR


def chance(seed: int, name: str) -> np.random.Generator:
    """Return a source of chance that depends on the seed and the mechanism only."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


@dataclass(eq=False)
class Town:
    """People and pages with their habits.

    Attributes:
        rng: source of chance.
        ledger: where acts go.
        n: number of agents; their account indices are 0 to n - 1.
        habit: index into ``HABITS`` for each agent.
        shift: seconds by which an agent's day is later than its habit's.
        energy: relative number of acts of each agent.
        topic: main taste of each agent.
        second: second taste of each agent.
        place: neighbourhood of each agent.
        away: first and last second of each agent's holiday.
        topics: number of topics.
        pages: account indices of pages.
        edges: pairs (agent, followed account).
        bells: share of follows with a notification.
        client: client program of each account index below n, or -1 where the export does not hold it.
        words: the vocabulary.
        theme: topic of each page.
    """

    rng: np.random.Generator
    ledger: Ledger
    n: int
    habit: Ints
    shift: Nums
    energy: Nums
    topic: Ints
    second: Ints
    place: Ints
    away: np.ndarray
    topics: int
    client: Ints
    pages: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    edges: list[np.ndarray] = field(default_factory=list)
    bells: float = 0.06
    words: list[str] = field(default_factory=list)
    theme: dict[int, int] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Return the length of the period in days."""
        return self.ledger.days

    def moments(self, who: Ints) -> Nums:
        """Draw, for each entry of ``who``, a moment when this agent has the phone in hand."""
        rng, at = self.rng, np.zeros(len(who))
        weekday = np.arange(self.days) % 7
        for code, (_, _, weekend, work, rest) in enumerate(HABITS):
            mask = self.habit[who] == code
            hours = np.where((weekday >= 5)[:, None], np.array(rest) * weekend, np.array(work)).astype(float).ravel()
            total = np.cumsum(hours)
            bins = np.searchsorted(total, rng.random(int(mask.sum())) * total[-1], side="right")
            at[mask] = bins * HOUR
        at = (at + rng.random(len(who)) * HOUR + self.shift[who]) % self.ledger.horizon
        gone = (at >= self.away[who, 0]) & (at < self.away[who, 1]) & (rng.random(len(who)) < 0.8)
        back = self.away[who, 1] + (at % DAY)
        return np.where(gone, back, at)

    def awake(self, who: Ints, at: Nums) -> Nums:
        """Move moments of sleep to the time soon after waking."""
        wake = np.array([row[0] for row in HABITS])[self.habit[who]] + self.shift[who] / HOUR
        bed = np.array([row[1] for row in HABITS])[self.habit[who]] + self.shift[who] / HOUR
        hour = (at / HOUR) % 24
        asleep = (hour - wake) % 24 >= bed - wake
        rise = at + ((wake - hour) % 24) * HOUR + self.rng.exponential(25 * 60, len(at))
        return np.where(asleep, rise, at)

    def react(self, who: Ints, at: Nums, median: float, sigma: float = 1.2, breaks: float = 0.4) -> Nums:
        """Return when agents act on a call at ``at``: later if asleep, or in the next break if at work."""
        rng = self.rng
        when = at + rng.lognormal(np.log(median), sigma, len(who))
        hour, weekday = (when % DAY) / HOUR, (when // DAY) % 7
        busy = (self.habit[who] == 0) & (weekday < 5) & (hour > 8.6) & (hour < 17.2) & (rng.random(len(who)) < breaks)
        slot = np.minimum(np.searchsorted(_BREAKS, when % DAY), len(_BREAKS) - 1)
        pause = when - when % DAY + _BREAKS[slot] + rng.normal(0, 500, len(who)) + 600
        return self.awake(who, np.where(busy, np.maximum(when, pause), when))

    def add_pages(self, count: int, fame: float = 1.0, topic: Ints | int | None = None) -> Ints:
        """Register pages; agents with their taste follow them, the famous ones most."""
        rng = self.rng
        pages = self.ledger.enrol(count)
        themes = rng.integers(0, self.topics, count) if topic is None else np.broadcast_to(topic, count)
        weight = fame * (rng.pareto(1.3, count) + 0.3)
        for page, theme, pull in zip(pages.tolist(), np.asarray(themes).tolist(), weight.tolist(), strict=True):
            likely = np.where(self.topic == theme, 0.12, np.where(self.second == theme, 0.06, 0.012)) * min(pull, 5.0)
            fans = np.flatnonzero(rng.random(self.n) < likely)
            self.follow(fans, np.full(len(fans), page))
            self.theme[page] = theme
        self.pages = np.concatenate([self.pages, pages])
        return pages

    def follow(self, who: Ints, whom: Ints) -> None:
        """Record that agents follow accounts (before the period, so without an act)."""
        self.edges.append(np.stack([who, whom]))

    def post_times(self, per_day: float, first: float = 7.0, last: float = 22.0) -> Nums:
        """Draw the times at which a newsroom or a page publishes; some pages keep fixed slots."""
        rng = self.rng
        if rng.random() < 0.5:
            slots = rng.uniform(first, last, max(1, round(per_day * 1.2))) * HOUR
            grid = (np.arange(self.days)[:, None] * DAY + np.round(slots / 300) * 300)[
                rng.random((self.days, len(slots))) < min(1.0, per_day / len(slots))
            ]
            return np.sort(grid + rng.choice([0.0, 60.0, 240.0]) * rng.random(len(grid)))
        count = max(1, rng.poisson(per_day * self.days))
        return np.sort(rng.integers(0, self.days, count) * DAY + rng.uniform(first, last, count) * HOUR)

    def page_posts(self, page: int, at: Nums, quality: float = 1.0) -> Ints:
        """Publish posts of one page and return their indices."""
        rng = self.rng
        fans = int(sum((edge[1] == page).sum() for edge in self.edges)) if self.edges else 0
        crowd = int((fans + 5) * rng.uniform(8, 60))
        merit = quality * rng.lognormal(0, 0.9, len(at))
        return self.ledger.publish(np.full(len(at), page), np.asarray(at), crowd, self.theme[page], merit)

    def close(self, farms: list[Ints] | None = None, *, precision: str = "s", undated: bool = False) -> World:
        """Fill in the client programs of agents and return the world."""
        table, at, after = self.ledger.table()
        own = (table["client"] < 0) & (table["who"] < self.n)
        table["client"] = np.where(own, self.client[np.where(own, table["who"], 0)], table["client"])
        self.ledger.replace(table, at, after)
        return self.ledger.close(farms or [], precision=precision, undated=undated)

    def sentence(self, count: int, low: int = 3, high: int = 14, stock: float = 0.3) -> list[str]:
        """Write texts; a share of them are the stock remarks that everybody uses."""
        rng = self.rng
        remarks = ("lol", "so true", "👍", "great", "thank you", "no way", "😂😂", "agree", "congratulations", "shame")
        sizes = rng.integers(low, high, count)
        index = np.minimum((rng.pareto(0.8, int(sizes.sum())) * 6).astype(int), len(self.words) - 1)
        plain, ends = rng.random(count) < stock, np.cumsum(sizes)
        choice = rng.integers(0, len(remarks), count)
        book = [self.words[place] for place in index.tolist()]
        return [
            remarks[choice[row]] if plain[row] else " ".join(book[end - size : end])
            for row, (size, end) in enumerate(zip(sizes.tolist(), ends.tolist(), strict=True))
        ]


def build(
    rng: np.random.Generator,
    *,
    n: int | None = None,
    days: int | None = None,
    pages: int | None = None,
    topics: int = 8,
    places: int = 12,
    spread: float = 1.0,
) -> Town:
    """Found a town: draw people, their habits and tastes, ordinary pages with posts, and a follow graph."""
    n = int(rng.integers(1200, 3001)) if n is None else n
    days = int(rng.choice([7, 10, 14, 21, 28])) if days is None else days
    ledger = Ledger(rng, days)
    ledger.enrol(n)
    away = np.full((n, 2), -1.0)
    tourists = np.flatnonzero(rng.random(n) < 0.2)
    away[tourists, 0] = rng.uniform(-3, days, len(tourists)) * DAY
    away[tourists, 1] = away[tourists, 0] + rng.uniform(2, 8, len(tourists)) * DAY
    share = rng.dirichlet(np.full(topics, 4.0))
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    parts = rng.integers(0, len(syllables), (900, 3))
    town = Town(
        rng,
        ledger,
        n,
        habit=rng.choice(len(HABITS), n, p=_SHARES),
        shift=rng.normal(0, 0.7, n) * HOUR,
        energy=rng.lognormal(-(spread**2) / 2, spread, n),
        topic=rng.choice(topics, n, p=share),
        second=rng.choice(topics, n, p=share),
        place=rng.integers(0, places, n),
        away=away,
        topics=topics,
        client=rng.choice(4, n, p=[0.25, 0.45, 0.25, 0.05]) if rng.random() < 0.5 else np.full(n, -1),
        words=["".join(syllables[piece] for piece in row[: 2 + row[0] % 2]) for row in parts.tolist()],
    )
    town.bells = float(rng.uniform(0.02, 0.12))
    count = int(rng.integers(20, 61)) if pages is None else pages
    for page in town.add_pages(count).tolist():
        town.page_posts(page, town.post_times(float(rng.lognormal(0.2, 0.8))))
    befriend(town)
    return town


def befriend(town: Town, each: float = 4.0) -> None:
    """Let agents follow agents: the already popular, people of the same taste and neighbours are preferred."""
    rng, n = town.rng, town.n
    fame = rng.pareto(1.4, n) + 0.2
    total = np.cumsum(fame)
    who = np.repeat(np.arange(n), rng.poisson(each * 3, n))
    whom = np.searchsorted(total, rng.random(len(who)) * total[-1], side="right")
    like = np.where(town.topic[who] == town.topic[whom], 0.6, 0.12) + np.where(
        town.place[who] == town.place[whom], 0.4, 0
    )
    mask = (rng.random(len(who)) < like) & (who != whom)
    town.follow(who[mask], whom[mask])
