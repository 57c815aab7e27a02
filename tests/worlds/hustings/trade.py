"""The trade: hired accounts, whom a shop sends to what its clients order, with unequal diligence and hours of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from worlds.hustings.habits import browsed, kinds
from worlds.hustings.people import DAY, HOUR, Floats, Ints
from worlds.hustings.shelves import Shelf
from worlds.hustings.town import Town
from worlds.hustings.words import PREDICATES, SUBJECTS, sentence, sentences

__all__ = ["Farm", "briefed", "client_posts", "hired", "own_words", "shelf_named", "shifted"]

Words = Callable[[np.random.Generator, int], list[str]]


def own_words(rng: np.random.Generator, count: int) -> list[str]:
    """Return what workers write who are paid for each comment and think of it themselves."""
    return sentences(rng, count, 0.22)


def briefed(rng: np.random.Generator) -> Words:
    """Return the words of a brief: two subjects, three opinions, put by each worker into a sentence of some sort."""
    subjects = rng.permutation(SUBJECTS)[:2]
    opinions = rng.permutation(PREDICATES)[:3]

    def written(source: np.random.Generator, count: int) -> list[str]:
        texts = []
        for _ in range(count):
            point = f"{subjects[source.integers(2)]} {opinions[source.integers(3)]}"
            own = sentence(source)
            texts.append(own if source.random() < 0.25 else f"{own.split(' ', 1)[0]} {point}. {own[-18:]}".strip())
        return texts

    return written


@dataclass(slots=True)
class Farm:
    """The accounts of a shop.

    Attributes:
        town: where they act.
        workers: their numbers.
        diligence: how often each takes an order, relative to the others; the mean is 1.
        worked: which of them have done a paid act.
        client: the program that they use, where the shop gives them one.
    """

    town: Town
    workers: Ints
    diligence: Floats
    worked: set[int] = field(default_factory=set)
    client: str | None = None

    @property
    def members(self) -> Ints:
        """Return those who have done a paid act."""
        return np.array(sorted(self.worked), dtype=np.int64)

    def takers(self, share: float, team: Ints | None = None) -> Ints:
        """Return who takes an order: about a share of the workers (or of a team, by places), more of the diligent."""
        places = np.arange(len(self.workers)) if team is None else team
        chance = np.minimum(0.97, share * self.diligence[places])
        return self.workers[places[self.town.rng.random(len(places)) < chance]]

    def quota(self, number: int) -> Ints:
        """Return who is quick enough to be among the first that take an order of so many acts."""
        weight = self.diligence / self.diligence.sum()
        size = min(number, len(self.workers))
        return self.workers[self.town.rng.choice(len(self.workers), size, replace=False, p=weight)]

    def deliver(
        self, shelf: Shelf, picks: int | Ints, who: Ints, when: Floats, mix: dict[str, float], words: Words = own_words
    ) -> None:
        """Record paid acts."""
        rng = self.town.rng
        objects = np.broadcast_to(np.asarray(picks, dtype=np.int64), len(who))
        when = np.maximum(when, shelf.published[objects] + 5)
        kept = when < self.town.days * DAY
        who, objects, when = who[kept], objects[kept], when[kept]
        actions = kinds(rng, len(who), mix)
        texts: list[str | None] = [None] * len(who)
        wordy = np.flatnonzero(np.isin(actions, ["comment", "reply", "quote"]))
        for place, text in zip(wordy, words(rng, len(wordy)), strict=True):
            texts[place] = text
        self.town.act(who, actions, shelf, objects, when, texts=texts, client=self.client)
        self.worked.update(who.tolist())

    def order(
        self,
        shelf: Shelf,
        pick: int,
        begin: float,
        mix: dict[str, float],
        *,
        share: float = 0.5,
        pace: float = 900.0,
        shape: float = 1.0,
        team: Ints | None = None,
        words: Words = own_words,
    ) -> None:
        """Let a share of the workers act on one object; the mean delay after the beginning is ``pace`` seconds."""
        who = self.takers(share, team)
        when = begin + self.town.rng.gamma(shape, pace / shape, len(who))
        self.deliver(shelf, pick, who, when, mix, words)

    def live(self, shelf: Shelf, acts: int, mix: dict[str, float], **habits: float) -> None:
        """Let the workers use the platform as others do: for pleasure, or to look like somebody."""
        browsed(self.town, shelf, acts, mix, who=self.workers, **habits)  # type: ignore[arg-type]


def hired(town: Town, size: int, kind: str = "plain", *, unequal: float = 0.6, client: str | None = None) -> Farm:
    """Return a farm whose workers are accounts of the town.

    Args:
        town: the town.
        size: how many.
        kind: plain (people like others), busy (those who do much anyway) or thin (accounts kept for work).
        unequal: the standard deviation of the logarithm of the diligence.
        client: the program of the shop, if it gives one.
    """
    power = {"plain": 0.35, "busy": 1.0, "thin": -0.5}[kind]
    share = town.crowd.rate**power
    workers = town.rng.choice(town.crowd.size, size, replace=False, p=share / share.sum())
    town.crowd.first[workers], town.crowd.last[workers] = 0, town.days - 1
    diligence = town.rng.lognormal(0, unequal, size)
    return Farm(town, workers, diligence / diligence.mean(), client=client)


def shelf_named(town: Town, kind: str, prefix: str = "") -> Shelf:
    """Return the first shelf of a kind whose objects' names begin with a prefix."""
    return next(one for one in town.shelves if one.kind == kind and str(one.ids[0]).startswith(prefix))


def client_posts(
    town: Town, shelf: Shelf, count: int, clients: int = 1, *, known: float = 0.7, popular: bool = False
) -> Ints:
    """Return what clients order acts on: their objects in the order of publication.

    Args:
        town: the town.
        shelf: where the objects are.
        count: how many in all, at most.
        clients: how many authors have ordered.
        known: 1 prefers authors who publish much, 0 does not.
        popular: whether they are authors, and of theirs the objects, that others like too.
    """
    published = np.bincount(shelf.author, minlength=len(shelf.makers)).astype(float)
    liked = np.bincount(shelf.author, shelf.weight, minlength=len(shelf.makers))
    enough = min(8.0 if clients < 4 else 1.0, published.max())
    weight = np.where(published >= enough, published**known, 0) * (liked if popular else 1.0)
    number = min(clients, int((weight > 0).sum()))
    authors = town.rng.choice(len(weight), number, replace=False, p=weight / weight.sum())
    theirs = np.flatnonzero(np.isin(shelf.author, authors) & (shelf.published < (town.days - 1) * DAY))
    appeal = shelf.weight[theirs] if popular else np.ones(len(theirs))
    chosen = town.rng.choice(theirs, min(count, len(theirs)), replace=False, p=appeal / appeal.sum())
    return chosen[np.argsort(shelf.published[chosen])]


def shifted(rng: np.random.Generator, when: Floats, begin: float, end: float) -> Floats:
    """Return the seconds, those outside a shift (UTC hours) moved to the first hours of the next one."""
    day, hour = np.divmod(when / HOUR, 24)
    outside = (hour < begin) | (hour >= end)
    start = np.where(hour < begin, day, day + 1) * 24 + begin
    late = np.minimum(rng.exponential(1.1, len(when)), end - begin)
    return np.where(outside, (start + late) * HOUR, when)
