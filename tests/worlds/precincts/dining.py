"""People who eat out and rate the places, beside the rest of their life."""

from __future__ import annotations

import numpy as np

from .civic import lognormal, start_of
from .ledger import DAY, HOUR, MINUTE
from .texts import review
from .town import Town

__all__ = ["Dining", "rate"]


def rate(town: Town, guest: int, place: str, at: float) -> None:
    """Let a guest rate a place, mostly with a line or two."""
    text = review(town.rng) if town.rng.random() < 0.6 else None
    town.ledger.add(town.ids[guest], "rate", [(place, "place")], at, text=text, client=str(town.clients[guest]))


class Dining:
    """The places of a town, with their districts and their renown."""

    def __init__(self, town: Town, places: int = 150, visits_share: float = 0.5) -> None:
        """Open the places and let guests come; ratings are a share of what ordinary life holds."""
        rng = town.rng
        self.town = town
        self.places = [town.ledger.new_id("place") for _ in range(places)]
        self.renown = rng.lognormal(0.0, 1.0, places)
        self.district = rng.integers(0, 8, places)
        self.opened = np.where(rng.random(places) < 0.12, rng.uniform(0, town.recipe.days, places), -1.0)
        home = rng.integers(0, 8, len(town.ids))
        guests = rng.choice(
            len(town.ids), int(visits_share * town.recipe.acts), p=town.activity**0.8 / (town.activity**0.8).sum()
        )
        near = self.renown * np.where(np.arange(8)[:, None] == self.district[None, :], 4.0, 1.0)
        near /= near.sum(axis=1, keepdims=True)
        for guest in guests.tolist():
            place = int(rng.choice(places, p=near[home[guest]]))
            if self.opened[place] > 0:
                day = int(self.opened[place] + rng.exponential(3.0))
            else:
                day = int(rng.integers(town.recipe.days))
            if day % 7 < 4 and rng.random() < 0.35:
                day += 5 - day % 7
            hour = float(rng.choice([13.6, 20.9], p=[0.35, 0.65]) + rng.normal(0, 0.8))
            at = start_of(town, day, hour) + (
                rng.exponential(40 * MINUTE) if rng.random() < 0.6 else rng.exponential(DAY)
            )
            rate(town, guest, self.places[place], at)

    def tasting_club(self) -> None:
        """A club of gourmets eats at the same tables every other evening, and rates on the way home."""
        town, rng = self.town, self.town.rng
        for _ in range(2):
            club = town.pick(int(rng.integers(14, 28)), tilt=0.4)
            zeal = rng.beta(2.5, 1.8, club.size)
            for day in range(int(rng.integers(0, 3)), town.recipe.days, 2):
                place = self.places[int(rng.integers(len(self.places)))]
                for guest in club[rng.random(club.size) < zeal].tolist():
                    late = 12 * HOUR if rng.random() < 0.25 else 0.0
                    rate(town, guest, place, start_of(town, day, 22.0) + late + lognormal(town, 35 * MINUTE, 0.9))
