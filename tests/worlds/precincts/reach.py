"""How posts reach people: a mixture of channels, each with its own decay, and what people then do."""

from __future__ import annotations

import numpy as np

from .ledger import DAY, HOUR, MINUTE
from .town import Town

__all__ = ["live"]

_Exposures = tuple[np.ndarray, np.ndarray, np.ndarray]
_PATIENT = ("ranking", "subscription", "trend", "embed")


class _Reach:
    """The channels of one town."""

    def __init__(self, town: Town) -> None:
        self.town, self.rng = town, town.rng
        self.at = np.array([post.at for post in town.publications])
        self.author = np.array([post.author for post in town.publications])
        quality = np.array([post.quality for post in town.publications])
        followers = np.array([town.followers[a].size if a in town.followers else 5 for a in self.author.tolist()])
        self.weight = quality * (followers + 5.0) ** 0.7
        self.weight /= self.weight.sum()
        self.quality = quality
        self.milieu = town.milieu[self.author]

    def posts(self, count: int, weight: np.ndarray | None = None) -> np.ndarray:
        """Draw posts by their pull."""
        weight = self.weight if weight is None else weight
        return self.rng.choice(self.at.size, count, p=weight / weight.sum())

    def strangers(self, posts: np.ndarray, *, is_blind: bool = False) -> np.ndarray:
        """Draw people for posts by activity and by how near their milieu is to the author's."""
        town, out = self.town, np.empty(posts.size, dtype=int)
        groups = np.zeros(posts.size, dtype=int) if is_blind else self.milieu[posts]
        regions = town.region[self.author[posts]]
        for milieu in np.unique(groups).tolist():
            for region in np.unique(regions[groups == milieu]).tolist():
                here = np.flatnonzero((groups == milieu) & (regions == region))
                near = 1.0 if is_blind else town.affinity[milieu][town.milieu]
                weights = town.activity * near * np.where(town.region == region, 1.0, 0.2)
                ladder = np.cumsum(weights)
                out[here] = np.searchsorted(ladder, self.rng.random(here.size) * ladder[-1])
        return out

    def fans(self, posts: np.ndarray, share: float = 1.0) -> np.ndarray:
        """Draw followers of the authors by activity; with a share, only the fixed part that switched on a bell."""
        town, out = self.town, np.empty(posts.size, dtype=int)
        authors = self.author[posts]
        for author in np.unique(authors).tolist():
            here = np.flatnonzero(authors == author)
            people = town.followers.get(author)
            if people is None or people.size == 0:
                out[here] = self.strangers(posts[here])
                continue
            people = people[: max(1, int(people.size * share))]
            ladder = np.cumsum(town.activity[people])
            out[here] = people[np.searchsorted(ladder, self.rng.random(here.size) * ladder[-1])]
        return out

    def subscription(self, count: int) -> _Exposures:
        """The list of the followed, read backwards whenever one comes by."""
        posts = self.posts(count)
        return self.fans(posts), posts, self.at[posts] + self.rng.lognormal(np.log(1.2 * HOUR), 1.2, count)

    def push(self, count: int) -> _Exposures:
        """A bell that rings for some followers."""
        posts = self.posts(count)
        return (
            self.fans(posts, 0.12),
            posts,
            self.at[posts] + 4.0 + self.rng.lognormal(np.log(2.5 * MINUTE), 1.3, count),
        )

    def embed(self, count: int) -> _Exposures:
        """A news site shows the strongest posts in its articles, for a day or so."""
        strong = np.where(self.weight >= np.quantile(self.weight, 0.95), self.weight, 0.0)
        posts = self.posts(count, strong)
        begin = 2 * HOUR + (posts * 7919 % 28_800)
        return (
            self.strangers(posts, is_blind=True),
            posts,
            self.at[posts] + begin + self.rng.exponential(13 * HOUR, count),
        )

    def chat(self, count: int) -> _Exposures:
        """Somebody drops a link into a private chat, and a few members go and act."""
        town, rng = self.town, self.rng
        found: list[tuple[int, int, float]] = []
        for post in self.posts(count).tolist():
            if len(found) >= count:
                break
            likely = town.affinity[self.milieu[post]]
            homes = np.array(list(town.chats_of_milieu))
            milieu = int(rng.choice(homes, p=likely[homes] / likely[homes].sum()))
            options = town.chats_of_milieu[milieu]
            members = town.chats[options[int(rng.integers(len(options)))]]
            size = min(members.size, 1 + int(rng.poisson(1.4)))
            pull = town.activity[members]
            chosen = rng.choice(members, size, replace=False, p=pull / pull.sum())
            dropped = self.at[post] + rng.lognormal(np.log(2.5 * HOUR), 1.2)
            found += [(int(one), post, dropped + rng.lognormal(np.log(15 * MINUTE), 1.4)) for one in chosen]
        return _columns(found[:count])

    def newsletter(self, count: int) -> _Exposures:
        """A mail at half past six with the best posts of the day before; who opens it, follows a few links."""
        town, rng, days = self.town, self.rng, self.town.recipe.days
        readers = [town.pick(max(20, town.activity.size // 15), camp=camp) for camp in range(town.recipe.camps)]
        found: list[tuple[int, int, float]] = []
        opens = max(1, int(count / 1.7 / days / len(readers)))
        for day in range(days):
            sent = day * DAY + (6.5 - town.recipe.offset) * HOUR
            for camp, people in enumerate(readers):
                fresh = np.flatnonzero((self.at > sent - DAY) & (self.at <= sent))
                pull = self.weight[fresh] * np.where(town.camp[self.author[fresh]] == camp, 3.0, 0.5)
                if fresh.size < 3:
                    continue
                items = fresh[np.argsort(-pull)[: int(rng.integers(4, 8))]]
                weights = town.activity[people] / town.activity[people].sum()
                for reader in rng.choice(people, int(rng.poisson(opens)), p=weights).tolist():
                    moment = sent + rng.uniform(0, 240) + rng.lognormal(np.log(1.7 * HOUR), 1.0)
                    for item in rng.choice(items, min(items.size, 1 + int(rng.poisson(0.7))), replace=False).tolist():
                        found.append((reader, item, moment))
                        moment += rng.lognormal(np.log(40.0), 0.8)
        return _columns(found)

    def tv(self, count: int) -> _Exposures:
        """Words on television send people to what was just posted."""
        town, rng = self.town, self.rng
        found: list[_Exposures] = []
        for show in town.tv:
            fresh = np.flatnonzero((self.at > show - 3 * HOUR) & (self.at < show + 1.5 * HOUR))
            if fresh.size == 0:
                continue
            size = int(rng.poisson(count / len(town.tv)))
            posts = fresh[rng.choice(fresh.size, size, p=self.weight[fresh] / self.weight[fresh].sum())]
            cues = show + np.sort(rng.uniform(0, 1.3 * HOUR, 7))
            at = np.where(
                rng.random(size) < 0.6,
                cues[rng.integers(0, 7, size)] + rng.exponential(4 * MINUTE, size),
                show + rng.uniform(0, 1.6 * HOUR, size),
            )
            found.append((self.strangers(posts), posts, np.maximum(at, self.at[posts] + rng.exponential(120.0, size))))
        if not found:
            return _columns([])
        return tuple(np.concatenate(part) for part in zip(*found, strict=True))

    def ranked(self, ranking: int, trend: int, earlier: _Exposures) -> list[_Exposures]:
        """The rankers hour by hour: what is fresh and has many acts is shown more; trends show the five hottest."""
        rng, hours = self.rng, self.town.recipe.days * 24
        order = np.argsort(earlier[2])
        when, what = earlier[2][order], earlier[1][order]
        pulse = 0.25 + np.clip(np.sin((np.arange(hours) + self.town.recipe.offset - 8) / 24 * 2 * np.pi), -0.2, 1)
        pulse /= pulse.sum()
        popularity, done = np.zeros(self.at.size), 0
        made: list[list[np.ndarray]] = [[], []]
        for hour in range(hours):
            now = hour * HOUR
            until = int(np.searchsorted(when, now))
            np.add.at(popularity, what[done:until], 1.0)
            done = until
            live_posts = np.flatnonzero((self.at <= now) & (self.at > now - 60 * HOUR))
            if live_posts.size == 0:
                continue
            score = (1 + popularity[live_posts]) ** 0.85 * np.exp(-(now - self.at[live_posts]) / (9 * HOUR))
            score *= self.quality[live_posts] ** 0.4
            hot = np.where(score >= np.sort(score)[-min(5, score.size)], score, 0.0)
            for place, (total, pull) in enumerate(((ranking, score), (trend, hot))):
                drawn = live_posts[
                    rng.choice(live_posts.size, int(rng.poisson(total * pulse[hour])), p=pull / pull.sum())
                ]
                np.add.at(popularity, drawn, 1.0)
                made[place].append(np.stack([drawn, now + rng.uniform(0, HOUR, drawn.size)]))
        out = []
        for place, parts in enumerate(made):
            both = np.concatenate(parts, axis=1) if parts else np.zeros((2, 0))
            posts = both[0].astype(int)
            out.append((self.strangers(posts, is_blind=place == 1), posts, both[1]))
        return out


def _columns(found: list[tuple[int, int, float]]) -> _Exposures:
    """Return triples as three arrays."""
    table = np.array(found, dtype=float).reshape(-1, 3)
    return table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2]


def _seated(town: Town, people: np.ndarray, at: np.ndarray, is_patient: np.ndarray) -> np.ndarray:
    """Move acts to the next moment at which the person holds the phone, one after the other within it."""
    owner, moments = town.sessions()
    span = (town.recipe.days + 3) * DAY
    waits = is_patient | ~town.is_awake(people, at)
    place = np.searchsorted(owner * span + moments, people * span + np.clip(at, 0, span - 1))
    place = np.minimum(place, owner.size - 1)
    is_same = owner[place] == people
    moved = np.where(waits, np.where(is_same, moments[place], np.inf), at)
    moved = np.where(moved - at > 3 * DAY, np.inf, moved)
    order = np.lexsort((at, moved, people))
    first = np.r_[True, (people[order][1:] != people[order][:-1]) | (moved[order][1:] != moved[order][:-1])]
    steps = np.cumsum(town.rng.lognormal(np.log(16.0), 1.0, people.size))
    base = np.maximum.accumulate(np.where(first, steps, 0.0))
    delay = np.empty(people.size)
    delay[order] = steps - base
    return moved + delay + np.where(waits, town.rng.exponential(25.0, people.size), 0.0)


def _react(town: Town, people: np.ndarray, posts: np.ndarray, at: np.ndarray) -> None:
    """Turn exposures that moved somebody into deeds, by each person's habits."""
    rng, names = town.rng, list(town.recipe.deeds)
    base = np.array([town.recipe.deeds[name] for name in names])
    habits = np.stack([rng.gamma(np.maximum(6.0 * base, 0.05), size=(base.size,)) for _ in town.ids])
    ladder = np.cumsum(habits / habits.sum(axis=1, keepdims=True), axis=1)
    chosen = np.minimum((rng.random(people.size)[:, None] > ladder[people]).sum(axis=1), base.size - 1)
    for person, post, moment, deed in zip(people.tolist(), posts.tolist(), at.tolist(), chosen.tolist(), strict=True):
        publication = town.publications[post]
        if person == publication.author or not np.isfinite(moment):
            continue
        action = names[deed]
        if action in ("repost", "comment") and "like" in names and rng.random() < 0.35:
            town.act(person, "like", publication, moment - rng.uniform(1, 12))
        town.act(person, action, publication, moment)


def _already(town: Town) -> _Exposures:
    """Return what the ledger holds of acts on posts, which rankers count like any other."""
    known = {post.post_id: place for place, post in enumerate(town.publications)}
    return _columns(
        [(0, known[name], deed.at) for deed in town.ledger.deeds for name, _ in deed.traces if name in known]
    )


def live(town: Town) -> None:
    """Let ordinary life happen: every post reaches people by the channels of the town, and some of them act."""
    shares = dict(town.recipe.channels)
    reach = _Reach(town)
    total = 1.12 * town.recipe.acts / sum(shares.values())
    parts: dict[str, _Exposures] = {}
    for name, share in shares.items():
        if name not in ("ranking", "trend"):
            parts[name] = getattr(reach, name)(int(total * share))
    earlier = tuple(np.concatenate(part) for part in zip(*parts.values(), _already(town), strict=True))
    rankings = (int(total * shares.get("ranking", 0)), int(total * shares.get("trend", 0)))
    parts["ranking"], parts["trend"] = reach.ranked(*rankings, earlier)
    people, posts, at = (np.concatenate(part) for part in zip(*parts.values(), strict=True))
    is_patient = np.concatenate([np.full(part[0].size, name in _PATIENT) for name, part in parts.items()])
    _react(town, people, posts, _seated(town, people, at, is_patient))
