"""What agents do of their own accord: they post, browse a feed, follow a recommender and answer notifications."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from worlds.agents.ledger import ACTS, DAY, HOUR, Ints, Nums
from worlds.agents.town import Town

__all__ = ["Life", "crowd", "emit", "live", "place_names", "post_rows"]

_LIKE, _COMMENT, _REPOST = ACTS.index("like"), ACTS.index("comment"), ACTS.index("repost")
_BIG = 1e9


@dataclass(frozen=True, slots=True)
class Life:
    """How much ordinary life a world holds.

    Attributes:
        total: expected number of acts on a feed.
        own: expected own posts of an average agent.
        mix: shares of the followed feed, the topic recommender and popular posts.
        similar: acts on what like-minded agents have liked, as a share of ``total``.
        ratings, follows, joins: expected acts of an average agent in the sparse layers.
        verbs: mean shares of likes, comments and reposts.
        links: share of own posts with a link.
    """

    total: float = 0.0
    own: float = 1.0
    mix: tuple[float, float, float] = (0.5, 0.3, 0.2)
    similar: float = 0.25
    ratings: float = 0.4
    follows: float = 0.6
    joins: float = 0.15
    verbs: tuple[float, float, float] = (0.72, 0.14, 0.14)
    links: float = 0.25


def emit(town: Town, who: Ints, posts: Ints, at: Nums, verbs: tuple[float, float, float] = (0.72, 0.14, 0.14)) -> None:
    """Write likes, comments and reposts; each agent has leanings of its own."""
    if not len(who):
        return
    rng = np.random.default_rng([int(town.energy[0] * 1e6), 5])  # leanings are traits of the agents, drawn once
    lean = rng.dirichlet(np.array(verbs) * 4 + 0.02, town.ledger.people)
    edge = np.cumsum(lean, axis=1)[who]
    draw = town.rng.random(len(who))
    code = np.where(draw < edge[:, 0], _LIKE, np.where(draw < edge[:, 1], _COMMENT, _REPOST))
    text = np.full(len(who), -1)
    is_comment = np.flatnonzero(code == _COMMENT)
    text[is_comment] = town.ledger.write(town.sentence(len(is_comment)))
    town.ledger.add(who, code, posts, "post", at, text=text)


def digest(text: str) -> str:
    """Return the identifier of a text."""
    return "t" + blake2b(text.encode(), digest_size=6).hexdigest()


def post_rows(
    town: Town,
    who: Ints,
    at: Nums,
    texts: list[str],
    *,
    url: Ints | None = None,
    tags: list[Ints] | None = None,
    topic: Ints | int = 0,
    client: Ints | int = -1,
) -> Ints:
    """Publish posts of agents with their traces (text, link, hashtags); return the indices of the posts.

    Args:
        town: the world in the making.
        who: authors.
        at: times of publication.
        texts: one text for each post.
        url: index of the link of each post, -1 for none.
        tags: arrays as long as ``who`` of hashtag indices, -1 for none.
        topic: topics of the posts.
        client: client programs.
    """
    ledger, count = town.ledger, len(who)
    if not count:
        return np.zeros(0, dtype=np.int64)
    at = np.floor(at)
    reach = (town.rng.lognormal(4, 1.2, count)).astype(np.int64)
    posts = ledger.publish(who, at, reach, topic, town.rng.lognormal(-0.5, 0.8, count))
    event, written = ledger.events(count), ledger.write(texts)
    client = np.broadcast_to(client, count)
    ledger.add(who, "post", posts, "post", at, post=posts, event=event, text=written, client=client)
    spelled = ledger.name("text", [digest(text) for text in texts])
    traces = [
        ("text", spelled),
        *([("url", url)] if url is not None else []),
        *(("hashtag", tag) for tag in tags or []),
    ]
    for kind, index in traces:
        row = np.flatnonzero(index >= 0)
        ledger.add(who[row], "post", index[row], kind, at[row], post=posts[row], event=event[row], client=client[row])
    return posts


def own_posts(town: Town, life: Life) -> None:
    """Let agents post: remarks, links to articles of the day, hashtags of their taste."""
    rng, ledger = town.rng, town.ledger
    who = np.repeat(np.arange(town.n), rng.poisson(town.energy * life.own))
    at = town.moments(who)
    per_day, topics = 5, town.topics
    first = ledger.name(
        "url",
        [
            f"https://{town.words[i % 60]}.example/{i:x}-{town.words[(i * 7) % 900]}"
            for i in range(per_day * topics * town.days)
        ],
    )[0]
    first_tag = ledger.name("hashtag", [f"{word}{i % 7}" for i, word in enumerate(town.words[: topics * 6])])[0]
    rank = np.minimum(rng.geometric(0.4, len(who)) - 1, per_day - 1)
    day = np.minimum((at // DAY).astype(np.int64), town.days - 1)
    theme = np.where(rng.random(len(who)) < 0.7, town.topic[who], town.second[who])
    url = np.where(rng.random(len(who)) < life.links, first + (day * topics + theme) * per_day + rank, -1)
    tags = [
        np.where(
            rng.random(len(who)) < p, first_tag + theme * 6 + low + np.minimum(rng.geometric(0.5, len(who)) - 1, 2), -1
        )
        for p, low in ((0.3, 0), (0.12, 3))
    ]
    post_rows(town, who, at, town.sentence(len(who), 4, 22, 0.04), url=url, tags=tags, topic=theme)


class Shelf:
    """Posts in groups in the order of time, to find the newest before a moment."""

    def __init__(self, group: Ints, at: Nums) -> None:
        """Sort posts by group and time."""
        self.order = np.lexsort((at, group))
        self.group, self.at = group[self.order], at[self.order]
        self.key = self.group * _BIG + self.at

    def before(self, group: Ints, at: Nums, back: Ints, age: float) -> Ints:
        """Return the post ``back`` places before the newest of the group at a time, or -1 if none is fresh."""
        place = np.searchsorted(self.key, group * _BIG + at, side="right") - 1 - back
        safe = np.clip(place, 0, len(self.order) - 1)
        good = (place >= 0) & (self.group[safe] == group) & (at - self.at[safe] < age)
        return np.where(good, self.order[safe], -1)


def visits(town: Town, mean: Nums) -> tuple[Ints, Nums]:
    """Draw who acts and when: agents open the platform and do about three acts each time."""
    rng = town.rng
    counts = rng.poisson(mean)
    who = np.repeat(np.arange(town.n), counts)
    within = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts)
    start = within % 3 == 0
    session = np.cumsum(start) - 1
    at = town.moments(who[start])[session] if len(who) else np.zeros(0)
    return who, at + (within % 3) * rng.lognormal(3.5, 0.8, len(who))


def _best(candidates: list[Ints], merit: Nums) -> Ints:
    """Return for each place the candidate of the highest merit, or -1 where there is none."""
    table = np.stack(candidates)
    score = np.where(table >= 0, merit[np.maximum(table, 0)], -1.0)
    pick = np.argmax(score, axis=0)
    return table[pick, np.arange(table.shape[1])]


def browse(town: Town, life: Life) -> tuple[Ints, Ints, Nums]:
    """Let agents act on followed, recommended and popular posts; return who acted on what and when."""
    rng, ledger = town.rng, town.ledger
    who, at = visits(town, town.energy * life.total / town.n)
    source = rng.choice(3, len(who), p=life.mix)
    edges = np.concatenate(town.edges, axis=1)
    edges = edges[:, rng.permutation(edges.shape[1])]
    edges = edges[:, np.argsort(edges[0], kind="stable")]
    start = np.searchsorted(edges[0], np.arange(town.n + 1))
    degree = start[who + 1] - start[who]
    place = np.minimum(start[who] + (degree * rng.random(len(who)) ** 1.6).astype(np.int64), edges.shape[1] - 1)
    followed = np.where(degree > 0, edges[1][place], -1)
    theme = np.where(rng.random(len(who)) < 0.7, town.topic[who], town.second[who])
    by_author, by_topic = Shelf(ledger.post_author, ledger.post_at), Shelf(ledger.post_topic, ledger.post_at)
    overall = Shelf(np.zeros(len(ledger.post_at), dtype=np.int64), ledger.post_at)
    merit = ledger.post_quality * np.sqrt(ledger.post_followers + 1.0)
    newest = by_author.before(followed, at, rng.geometric(0.45, len(who)) - 1, 3 * DAY)
    shown = _best([by_topic.before(theme, at, rng.geometric(0.07, len(who)), 2 * DAY) for _ in range(3)], merit)
    hot = _best([overall.before(theme * 0, at, rng.integers(0, 160, len(who)), 1.5 * DAY) for _ in range(6)], merit)
    post = np.where(source == 0, newest, np.where(source == 1, shown, hot))
    mask = (post >= 0) & (ledger.post_author[np.maximum(post, 0)] != who)
    return who[mask], post[mask], at[mask]


def similar(town: Town, life: Life, seen: tuple[Ints, Ints, Nums]) -> tuple[Ints, Ints, Nums]:
    """Let agents act on what a few like-minded agents have acted on before."""
    rng = town.rng
    who, at = visits(town, town.energy * life.total * life.similar / town.n)
    order = np.lexsort((rng.random(town.n), town.place, town.topic))
    rank = np.empty(town.n, dtype=np.int64)
    rank[order] = np.arange(town.n)
    step = rng.choice([-4, -3, -2, -1, 1, 2, 3, 4], len(who))
    other = order[(rank[who] + step) % town.n]
    shelf = Shelf(seen[0], seen[2])
    act = shelf.before(other, at, rng.geometric(0.5, len(who)) - 1, 2 * DAY)
    mask = act >= 0
    return who[mask], seen[1][act[mask]], at[mask]


def answer_bells(town: Town, bells: float) -> tuple[Ints, Ints, Nums]:
    """Let agents act on notifications of posts, after a delay, if awake."""
    rng, ledger = town.rng, town.ledger
    edges = np.concatenate(town.edges, axis=1)
    rung = edges[:, rng.random(edges.shape[1]) < bells]
    order = np.argsort(ledger.post_author, kind="stable")
    author = ledger.post_author[order]
    low, high = np.searchsorted(author, rung[1]), np.searchsorted(author, rung[1], side="right")
    size = high - low
    who = np.repeat(rung[0], size)
    within = np.arange(len(who)) - np.repeat(np.cumsum(size) - size, size)
    post = order[np.repeat(low, size) + within]
    eager = np.repeat(rng.beta(1, 4, len(size)), size)
    mask = rng.random(len(who)) < eager * min(1.0, 20000 / (len(who) + 1))
    who, post = who[mask], post[mask]
    return who, post, town.react(who, ledger.post_at[post], 240)


def place_names(town: Town, count: int) -> list[str]:
    """Draw names of places that carry no order."""
    drawn = town.rng.permutation(np.unique(town.rng.integers(0, 10**9, count * 2)))[:count]
    return [f"place-{number:09d}" for number in drawn.tolist()]


def sparse_layers(town: Town, life: Life) -> None:
    """Let agents rate restaurants, follow accounts and join groups, a few times in the whole period."""
    rng, ledger, n = town.rng, town.ledger, town.n
    per_place, places = 8, int(town.place.max()) + 1
    first = ledger.name("place", place_names(town, per_place * places))[0]
    who = np.repeat(np.arange(n), rng.poisson(np.sqrt(town.energy) * life.ratings))
    near = np.where(rng.random(len(who)) < 0.7, town.place[who], rng.integers(0, places, len(who)))
    spot = first + near * per_place + np.minimum(rng.geometric(0.35, len(who)) - 1, per_place - 1)
    evening = town.moments(who) // DAY * DAY + rng.normal(20.5, 1.8, len(who)) * HOUR
    ledger.add(who, "rate", spot, "place", evening)
    who = np.repeat(np.arange(n), rng.poisson(np.sqrt(town.energy) * life.ratings * 0.25))
    fame = 1.0 / (np.arange(len(town.pages)) + 3.0)
    ledger.add(who, "rate", rng.choice(town.pages, len(who), p=fame / fame.sum()), "page", town.moments(who))
    who = np.repeat(np.arange(n), rng.poisson(town.energy * life.follows))
    fame = np.cumsum(np.concatenate([rng.pareto(1.3, n), rng.pareto(1.1, len(town.pages)) * 30 + 10]))
    whom = np.searchsorted(fame, rng.random(len(who)) * fame[-1], side="right")
    whom = np.where(whom < n, whom, town.pages[np.maximum(whom - n, 0) % len(town.pages)])
    ledger.add(who[who != whom], "follow", whom[who != whom], "account", town.moments(who)[who != whom])
    groups = ledger.enrol(town.topics * 4)
    who = np.repeat(np.arange(n), rng.poisson(town.energy * life.joins))
    ledger.add(who, "join", groups[town.topic[who] * 4 + rng.integers(0, 4, len(who))], "page", town.moments(who))


def live(town: Town, life: Life | None = None) -> None:
    """Fill the world with ordinary life around the pages and posts that it holds so far."""
    life = life or Life()
    if not life.total:
        life = Life(
            **{**{name: getattr(life, name) for name in Life.__slots__}, "total": float(town.rng.uniform(15e3, 36e3))}
        )
    own_posts(town, life)
    seen = browse(town, life)
    alike = similar(town, life, seen)
    rung = answer_bells(town, town.bells)
    parts = [np.concatenate(columns) for columns in zip(seen, alike, rung, strict=True)]
    emit(town, parts[0], parts[1], parts[2], life.verbs)
    sparse_layers(town, life)


def crowd(town: Town, posts: Ints, mean: float, *, spread: float = 0.8, topic: int | None = None) -> None:
    """Let ordinary agents act on given posts, fans of the topic first, over hours and days."""
    rng, ledger = town.rng, town.ledger
    counts = rng.poisson(mean * rng.lognormal(-(spread**2) / 2, spread, len(posts)))
    post = np.repeat(posts, counts)
    weight = town.energy * (1.0 if topic is None else np.where(town.topic == topic, 1.0, 0.15))
    total = np.cumsum(weight)
    who = np.searchsorted(total, rng.random(len(post)) * total[-1], side="right")
    emit(town, who, post, town.react(who, ledger.post_at[post], float(rng.uniform(1800, 9000)), 1.5))
