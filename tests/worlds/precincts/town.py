"""People of one electorate, their publishers, and their habits, before anything happens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from worlds.base import World

from .ledger import DAY, HOUR, Export, Ledger
from .recipe import Publication, Recipe
from .texts import TAGS, comment, headline, post_text

__all__ = ["Town"]

_CLIENTS = ("android", "ios", "web", "android lite", "desktop app")
_CLIENT_SHARES = (0.46, 0.3, 0.14, 0.07, 0.03)
_NIGHT = (0.3, 0.14, 0.07, 0.05, 0.05, 0.1)
_MORNING = (0.35, 0.72, 0.85, 0.72, 0.66, 0.7)
_AFTERNOON = (0.92, 0.85, 0.7, 0.66, 0.7, 0.82)
_EVENING = (0.92, 1.02, 1.12, 1.15, 0.96, 0.6)
_AWAKE = np.array([*_NIGHT, *_MORNING, *_AFTERNOON, *_EVENING])


class Town:
    """Accounts with traits, publishers with followers, chats, sessions, and the book of their deeds."""

    def __init__(self, rng: np.random.Generator, recipe: Recipe) -> None:
        """Settle the town."""
        self.rng, self.recipe = rng, recipe
        self.ledger = Ledger(rng, recipe.days)
        n = recipe.accounts
        self.ids = [self.ledger.new_id("u") for _ in range(n)]
        milieus = int(rng.integers(9, 15))
        self.milieu = rng.choice(milieus, n, p=rng.dirichlet(np.full(milieus, 3.0)))
        shares = np.array([share for _, _, share in recipe.regions])
        self.region = rng.choice(shares.size, n, p=shares / shares.sum())
        self.camp_of_milieu = rng.integers(-1, recipe.camps, milieus)
        self.camp_of_milieu[: recipe.camps] = np.arange(recipe.camps)
        camp = self.camp_of_milieu[self.milieu]
        self.camp = np.where(rng.random(n) < 0.15, rng.integers(-1, recipe.camps, n), camp)
        self.offset = np.array([offset for _, offset, _ in recipe.regions])[self.region]
        self.languages = [recipe.regions[region][0] for region in self.region]
        self.activity = rng.lognormal(0.0, recipe.tail, n)
        self.chronotype = rng.normal(0.0, 1.4, n)
        self.clients = rng.choice(_CLIENTS, n, p=_CLIENT_SHARES)
        self.tv = sorted((day + 1) * DAY - (24 - 20.25 + recipe.offset) * HOUR for day in self._tv_days())
        alike = self.camp_of_milieu[:, None] == self.camp_of_milieu[None, :]
        near = np.exp(rng.normal(0.0, 0.5, (milieus, milieus)))
        self.affinity = near * np.where(alike, 2.5, 0.6) * np.where(np.eye(milieus, dtype=bool), 4.0, 1.0)
        self.publications: list[Publication] = []
        self._settle_publishers()
        self._settle_chats()
        self.restless = rng.lognormal(np.log(3.2), 0.6, n)

    def _tv_days(self) -> np.ndarray:
        days = self.recipe.days
        return self.rng.choice(days, min(self.recipe.tv_nights, days), replace=False)

    def _settle_publishers(self) -> None:
        rng, count = self.rng, self.recipe.publishers
        self.publishers = rng.choice(self.recipe.accounts, count, replace=False)
        self.kinds = rng.choice(["outlet", "politician", "creator", "citizen"], count, p=[0.08, 0.1, 0.17, 0.65])
        self.kinds[: self.recipe.camps] = "party"
        for camp in range(self.recipe.camps):
            page = self.publishers[camp]
            self.milieu[page], self.camp[page], self.region[page] = camp, camp, 0
        size = {"outlet": 0.05, "politician": 0.025, "creator": 0.02, "citizen": 0.004, "party": 0.06}
        self.followers: dict[int, np.ndarray] = {}
        self.audience: dict[int, int] = {}
        self.domains: dict[int, str] = {}
        for index, kind in zip(self.publishers.tolist(), self.kinds.tolist(), strict=True):
            share = min(size[kind] * rng.lognormal(0.0, 0.8), 0.35)
            self.make_publisher(index, max(4, int(share * self.recipe.accounts)), kind)

    def make_publisher(self, index: int, followers: int, kind: str) -> None:
        """Give an account followers among those who are like it."""
        weights = self.affinity[self.milieu[index]][self.milieu] * np.sqrt(self.activity)
        weights *= np.where(self.region == self.region[index], 1.0, 0.15)
        weights[index] = 0.0
        count = min(followers, int((weights > 0).sum()))
        self.followers[index] = self.rng.choice(weights.size, count, replace=False, p=weights / weights.sum())
        self.audience[index] = int(count * self.rng.lognormal(2.0, 0.5))
        if kind in ("outlet", "party"):
            self.domains[index] = f"{self.ledger.new_id('site')[:9]}.example"

    def _settle_chats(self) -> None:
        rng = self.rng
        self.chats: list[np.ndarray] = []
        self.chats_of_milieu: dict[int, list[int]] = {}
        for place in range(max(12, self.recipe.accounts // 30)):
            milieu = int(self.milieu[rng.integers(self.recipe.accounts)])
            weights = np.where(self.milieu == milieu, 1.0, 0.04) * self.activity**0.3
            size = int(np.clip(rng.lognormal(2.6, 0.7), 4, 90))
            self.chats.append(rng.choice(weights.size, size, replace=False, p=weights / weights.sum()))
            self.chats_of_milieu.setdefault(milieu, []).append(place)

    # Choosing people

    def pick(self, count: int, *, camp: int | None = None, milieu: int | None = None, tilt: float = 0.5) -> np.ndarray:
        """Return people who are no publishers, the active ones likelier by the power ``tilt``."""
        weights = self.activity**tilt
        weights[self.publishers] = 0.0
        if camp is not None:
            weights = np.where(self.camp == camp, weights, weights * 0.001)
        if milieu is not None:
            weights = np.where(self.milieu == milieu, weights, weights * 0.001)
        return self.rng.choice(weights.size, min(count, weights.size // 2), replace=False, p=weights / weights.sum())

    def recruit(self, count: int, own_acts: tuple[float, float] | None = (0.0, 0.0)) -> np.ndarray:
        """Return accounts who will be hired; ``own_acts`` sets how much they do for themselves (None: as they are)."""
        crew = self.pick(count, tilt=0.0)
        if own_acts is not None:
            self.set_own_acts(crew, own_acts)
        return crew

    def set_own_acts(self, crew: np.ndarray, own_acts: tuple[float, float]) -> None:
        """Set the activity of accounts so that ordinary life gives each about so many acts."""
        low, high = own_acts
        others = np.delete(self.activity, crew).sum()
        wanted = np.exp(self.rng.uniform(np.log(max(low, 0.02)), np.log(max(high, 0.02)), crew.size))
        self.activity[crew] = wanted * others / self.recipe.acts

    def names(self, crew: np.ndarray) -> list[str]:
        """Return the ids of accounts."""
        return [self.ids[index] for index in crew.tolist()]

    # Time

    def local_hours(self, accounts: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Return the hour that each body feels at each second."""
        return np.mod(at / HOUR + self.offset[accounts] - self.chronotype[accounts], 24.0)

    def is_awake(self, accounts: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Draw whether people have their phone at hand at a moment."""
        hours = self.local_hours(accounts, at).astype(int)
        return self.rng.random(accounts.size) < np.minimum(1.0, 1.25 * _AWAKE[hours])

    def sessions(self) -> tuple[np.ndarray, np.ndarray]:
        """Return account and second of all moments at which people take up the phone, sorted by both."""
        rng, days = self.rng, self.recipe.days
        counts = rng.poisson(self.restless * (days + 1))
        accounts = np.repeat(np.arange(counts.size), counts)
        hours = rng.choice(24, accounts.size, p=_AWAKE / _AWAKE.sum()) + rng.random(accounts.size)
        clock = np.mod(hours + self.chronotype[accounts] - self.offset[accounts], 24.0)
        at = rng.integers(0, days + 1, accounts.size) * DAY + clock * HOUR
        order = np.lexsort((at, accounts))
        return accounts[order], at[order]

    # Publications

    def publish(
        self,
        author: int,
        at: float,
        *,
        quality: float = 1.0,
        url: str | None = None,
        tags: tuple[str, ...] = (),
        media: str | None = None,
        text: str | None = None,
        client: str | None = None,
    ) -> Publication:
        """Let an account publish a post with its traces."""
        name = self.ledger.new_id("p")
        domain = url.split("/")[2] if url else None
        post = Publication(name, author, at, quality, url, domain, tags, media)
        self.publications.append(post)
        self.ledger.publish(name, self.ids[author], at, self.audience.get(author, int(self.rng.lognormal(4.5, 1.2))))
        traces = self.traces(post)
        if traces:
            body = text or headline(self.rng)
            self.ledger.add(
                self.ids[author],
                "post",
                traces,
                at,
                text=body,
                client=client or str(self.clients[author]),
                post_id=name,
            )
        return post

    def publish_reply(
        self, author: int, root: Publication, at: float, *, quality: float, text: str | None = None
    ) -> Publication:
        """Let an account write a reply that others can like."""
        name = self.ledger.new_id("p")
        body = text or comment(self.rng, self.languages[author])
        post = Publication(name, author, at, quality, None, None, (), None)
        self.publications.append(post)
        self.ledger.publish(name, self.ids[author], at, self.audience.get(author, int(self.rng.lognormal(4.5, 1.2))))
        self.ledger.add(
            self.ids[author],
            "reply",
            [(root.post_id, "post")],
            at,
            text=body,
            client=str(self.clients[author]),
            post_id=name,
        )
        return post

    @staticmethod
    def traces(post: Publication) -> list[tuple[str, str]]:
        """Return the traces of a post as pairs of id and kind."""
        found = [(post.url, "url"), (post.domain, "domain"), (post.media, "media")]
        found += [(tag, "hashtag") for tag in post.tags]
        return [(name, kind) for name, kind in found if name]

    def new_url(self, author: int) -> str:
        """Return a fresh address on the author's site, or on somebody's."""
        domain = self.domains.get(author) or list(self.domains.values())[int(self.rng.integers(len(self.domains)))]
        return f"https://{domain}/{self.ledger.new_id('a')}"

    def new_tags(self, most: int = 3) -> tuple[str, ...]:
        """Return some hashtags, the common ones likelier."""
        ranks = 1.0 / np.arange(1, len(TAGS) + 1)
        count = int(self.rng.integers(0, most + 1))
        return tuple(TAGS[i] for i in self.rng.choice(len(TAGS), count, replace=False, p=ranks / ranks.sum()))

    def fill_calendar(self) -> None:
        """Let the publishers post as they use to: outlets often, citizens seldom, most by day."""
        rng, count = self.rng, self.recipe.posts
        pace = {"outlet": 6.0, "politician": 3.0, "party": 6.0, "creator": 2.0, "citizen": 0.6}
        weights = np.array([pace[kind] for kind in self.kinds.tolist()]) * rng.lognormal(0.0, 0.6, self.kinds.size)
        for choice in rng.choice(self.kinds.size, count, p=weights / weights.sum()).tolist():
            author, kind = int(self.publishers[choice]), str(self.kinds[choice])
            hour = rng.normal(13.0, 3.6) if kind in ("politician", "party", "outlet") else rng.normal(17.0, 4.0)
            at = rng.integers(0, self.recipe.days) * DAY + ((hour - self.offset[author]) % 24) * HOUR
            url = self.new_url(author) if rng.random() < (0.8 if kind == "outlet" else 0.25) else None
            media = self.ledger.new_id("m") if rng.random() < 0.35 else None
            text = headline(rng) if kind != "citizen" else post_text(rng, self.languages[author])
            self.publish(
                author, at, quality=rng.lognormal(0.0, 0.9), url=url, tags=self.new_tags(), media=media, text=text
            )

    # Deeds by name

    def act(self, person: int, action: str, post: Publication, at: float, *, text: str | None = None) -> None:
        """Let a person like, repost, comment, quote or share a post, or follow its author."""
        account, client = self.ids[person], str(self.clients[person])
        if action == "follow":
            self.ledger.add(account, "follow", [(self.ids[post.author], "account")], at, client=client)
        elif action == "share":
            self.share(person, self.traces(post) or [(post.post_id, "post")], at, text=text)
        elif action == "quote":
            self.share(person, [(post.post_id, "post")], at, text=text, action="quote")
        else:
            if action in ("comment", "reply") and text is None:
                text = comment(self.rng, self.languages[person])
            self.ledger.add(account, action, [(post.post_id, "post")], at, text=text, client=client)

    def share(
        self,
        person: int,
        traces: Sequence[tuple[str, str]],
        at: float,
        *,
        text: str | None = None,
        action: str = "post",
        client: str | None = None,
    ) -> None:
        """Let a person write a post of their own with these traces."""
        name = self.ledger.new_id("p")
        body = text or comment(self.rng, self.languages[person])
        self.ledger.add(
            self.ids[person], action, traces, at, text=body, client=client or str(self.clients[person]), post_id=name
        )
        self.ledger.publish(name, self.ids[person], at, self.audience.get(person, int(self.rng.lognormal(4.5, 1.2))))

    def close(self, export: Export | None = None, farms: Sequence[np.ndarray] = ()) -> World:
        """Return the world as exported."""
        return self.ledger.close(export or Export(), [self.names(farm) for farm in farms])
