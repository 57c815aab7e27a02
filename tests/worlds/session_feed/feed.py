"""A country whose people open sessions, publish, and act on the ranked feed and on the pages that they follow."""

from __future__ import annotations

import numpy as np
from worlds.session_feed.country import COMMENT, FOLLOW, LIKE, POST, QUOTE, RATE, REPOST, Registry
from worlds.session_feed.people import DAY, HOUR, Floats, Ints, draw_people, draw_sessions

__all__ = ["COMMENT", "FOLLOW", "LIKE", "POST", "QUOTE", "RATE", "REPOST", "Country", "found"]


class Country(Registry):
    """A country with what its people do of their own accord."""

    __slots__ = ()

    def compose(self, who: Ints, when: Floats, tags: int = 2) -> Ints:
        """Let people publish own posts with hashtags and links of their community, and return the posts."""
        size = len(who)
        community = pick_columns(self.rng, self.people.interests[who])
        fans = np.maximum(self.rng.lognormal(4.5, 1.3, size), 2).astype(np.int64)
        posts = self.publish(who, when, community, self.rng.lognormal(-2.2, 1.0, size), fans)
        event = self.act(who, POST, posts, when, post=posts)
        self.tag(posts, event, community, self.rng.binomial(tags, 0.4, size))
        linked = np.flatnonzero(self.rng.random(size) < 0.2)
        self.link(posts[linked], event[linked], community[linked])
        return posts

    def tag(self, posts: Ints, event: Ints, community: Ints, count: Ints) -> None:
        """Put hashtags of their communities on posts."""
        if not self.names["hashtag"]:
            self.name("hashtag", [f"c{c}tag{k}" for c in range(self.communities) for k in range(30)])
        row = np.repeat(np.arange(len(posts)), count)
        tag = community[row] * 30 + np.minimum(self.rng.geometric(0.15, len(row)) - 1, 29)
        _, first = np.unique(row * 10**7 + tag, return_index=True)
        row, tag = row[first], tag[first]
        carrier = posts[row]
        self.act(self.author[carrier], POST, tag, self.published[carrier], "hashtag", carrier, event[row])

    def link(self, posts: Ints, event: Ints, community: Ints) -> None:
        """Put links to well-known sites of their communities on posts."""
        if not self.names["url"]:
            self.name("url", [f"https://site{c}.example/{k}" for c in range(self.communities) for k in range(80)])
        page = (self.published[posts] / DAY * 3).astype(np.int64) + np.minimum(self.rng.geometric(0.3, len(posts)), 16)
        url = community * 80 + page % 80
        self.act(self.author[posts], POST, url, self.published[posts], "url", posts, event)

    def live(self, total: int, share_posts: float = 0.06, share_followed: float = 0.45, step: float = HOUR) -> None:
        """Let everybody open sessions, publish and browse, until about ``total`` acts have been done."""
        who, when = draw_sessions(self.rng, self.people, self.days, self.zone, int(total / 2.4))
        who, when = self.surge(who, when)
        writes = self.rng.random(len(who)) < share_posts
        self.compose(who[writes], when[writes] - 30.0)
        self.browse(who, when, share_followed=share_followed, step=step)

    def surge(self, who: Ints, when: Floats) -> tuple[Ints, Floats]:
        """Add the sessions of the hours in which something happens: one to four breaking events."""
        more_who, more_when = [who], [when]
        for _ in range(self.rng.integers(1, 5)):
            start = self.rng.uniform(0.05, 0.95) * self.end
            start += ((self.rng.normal(19, 3) - self.zone) * HOUR - start) % DAY
            page = self.rng.choice(self.pages)
            field_ = int(self.page_community[page - self.people.size])
            self.publish(
                np.array([page]), np.array([start]), np.array([field_]), np.array([12.0]), np.array([int(3e4)])
            )
            weight = self.people.activity * self.people.interests[:, field_]
            crowd = self.rng.choice(
                self.people.size, int(self.rng.uniform(0.02, 0.12) * self.people.size), p=weight / weight.sum()
            )
            more_who.append(crowd)
            more_when.append(start + self.rng.gamma(1.3, 0.6 * HOUR, len(crowd)))
        return np.concatenate(more_who), np.concatenate(more_when)

    def browse(
        self,
        who: Ints,
        when: Floats,
        *,
        share_followed: float = 0.45,
        focus: float = 1.0,
        interests: Floats | None = None,
        step: float = HOUR,
        memory: float = 7 * HOUR,
        length: float = 2.2,
    ) -> None:
        """Show a feed in each session and write what people do on it.

        Args:
            who: the person of each session.
            when: its start.
            share_followed: share of the acts on newest posts of followed pages; the others follow the ranking.
            focus: exponent of the ranking; above 1, people see little but the top.
            interests: one row for each session; by default the person's own.
            step: how often the ranking is computed.
            memory: after how long a post has lost most of its rank.
            length: mean number of acts.
        """
        rng = self.rng
        count = rng.geometric(1.0 / length, len(who))
        session = np.repeat(np.arange(len(who)), count)
        gap = rng.lognormal(np.log(40.0), 1.0, len(session))
        passed = np.cumsum(gap)
        first = np.concatenate([[0], np.cumsum(count)[:-1]])
        moment = when[session] + passed - (passed[first] - gap[first])[session]
        person = who[session]
        wanted = self.people.interests[person] if interests is None else interests[session]
        post = np.full(len(person), -1)
        on_followed = rng.random(len(person)) < share_followed
        post[on_followed] = self.newest_of_followed(person[on_followed], moment[on_followed])
        rest = np.flatnonzero((post < 0) & (moment >= 0) & (moment < self.end))
        post[rest] = self.ranked(pick_columns(rng, wanted[rest]), moment[rest], focus, step, memory)
        seen = post >= 0
        seen[seen] &= (self.published[post[seen]] + 3 < moment[seen]) & (self.author[post[seen]] != person[seen])
        self.react(person[seen], post[seen], moment[seen])

    def react(self, person: Ints, post: Ints, moment: Floats) -> None:
        """Let people like, repost, comment or quote what they saw, sometimes two of these, and follow some authors."""
        rng = self.rng
        manner = (rng.random(len(person))[:, None] > self.people.manners[person, :3]).sum(axis=1)
        self.act(person, manner, post, moment)
        also = (manner > LIKE) & (rng.random(len(person)) < 0.35)
        self.act(person[also], LIKE, post[also], moment[also] + rng.uniform(1, 9, int(also.sum())))
        follows = rng.random(len(person)) < 0.02
        self.act(person[follows], FOLLOW, self.author[post[follows]], moment[follows] + 6, "account")

    def newest_of_followed(self, person: Ints, moment: Floats) -> Ints:
        """Return for each person and moment a recent post of a followed page, or -1."""
        rng = self.rng
        followed = self.people.followed[person]
        known = (followed >= 0).sum(axis=1)
        favourite = np.minimum(rng.geometric(0.3, len(person)) - 1, np.maximum(known - 1, 0))
        chosen = followed[np.arange(len(person)), favourite]
        page = chosen + self.people.size
        order = np.lexsort((self.published, self.author))
        span = self.end * 4
        key = self.author[order] * span + self.published[order]
        place = np.searchsorted(key, page * span + moment) - rng.geometric(0.55, len(person))
        post = order[np.maximum(place, 0)]
        good = (chosen >= 0) & (place >= 0) & (self.author[post] == page) & (moment - self.published[post] < 3 * DAY)
        return np.where(good, post, -1)

    def ranked(self, community: Ints, moment: Floats, focus: float, step: float, memory: float) -> Ints:
        """Return posts from the communities' rankings by quality, freshness and what others already did; -1 if none."""
        lists = []
        for number in range(self.communities):
            posts = np.flatnonzero(self.community == number)
            posts = posts[np.argsort(self.published[posts], kind="stable")]
            lists.append((posts, self.published[posts]))
        key = (moment // step).astype(np.int64) * self.communities + community
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        chosen = np.full(len(key), -1)
        counts = self.found_by.copy()
        luck = self.rng.random(len(key))
        for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(key)], strict=True):
            group = order[start:stop]
            hour, number = divmod(int(key[group[0]]), self.communities)
            posts, published = lists[number]
            low, high = np.searchsorted(published, (hour * step - 6 * memory, (hour + 1) * step))
            if high <= low:
                continue
            shown = posts[low:high]
            age = np.maximum((hour + 0.5) * step - published[low:high], 0.0)
            weight = (self.quality[shown] * np.exp(-age / memory) * np.sqrt(1.0 + counts[shown])) ** focus
            total = np.cumsum(weight)
            chosen[group] = shown[np.searchsorted(total, luck[group] * total[-1])]
            np.add.at(counts, chosen[group], 1.0)
        return chosen


def found(
    rng: np.random.Generator,
    *,
    communities: int | None = None,
    people: tuple[int, int] = (1500, 2800),
    days: tuple[int, int] = (8, 21),
    posts_a_day: tuple[float, float] = (70, 150),
    page_share: tuple[int, int] = (60, 130),
) -> Country:
    """Found a country: draw its people, its pages and what the pages publish."""
    size = int(rng.integers(*people))
    length = int(rng.integers(days[0], days[1] + 1))
    number = communities or int(rng.integers(6, 13))
    zone = float(rng.choice([0, 1, 2, 3, -5, 5.5, 8]))
    pages = int(rng.integers(*page_share))
    page_community = np.concatenate([np.arange(number), rng.integers(0, number, max(pages - number, 0))])
    fame = rng.pareto(1.2, len(page_community)) + 0.15
    country = Country(
        rng=rng,
        days=length,
        zone=zone,
        people=draw_people(rng, size, number, page_community, fame),
        communities=number,
        page_community=page_community,
        accounts=size + len(page_community),
    )
    diligence = rng.lognormal(0.0, 0.8, len(page_community))
    total = rng.poisson(rng.uniform(*posts_a_day) * length)
    page = rng.choice(len(fame), total, p=diligence / diligence.sum())
    hour = np.clip(rng.normal(13.5, 4.0, total), 6, 23.5) - zone
    when = (rng.integers(0, length, total) * DAY + hour * HOUR) % country.end
    fans = (fame[page] * 900).astype(np.int64) + 20
    country.publish(page + size, when, page_community[page], fame[page] ** 0.7 * rng.lognormal(0.0, 0.9, total), fans)
    return country


def pick_columns(rng: np.random.Generator, shares: Floats) -> Ints:
    """Draw a column for each row by its shares."""
    total = np.cumsum(shares, axis=1)
    return np.minimum((rng.random(len(shares))[:, None] * total[:, -1:] > total).sum(axis=1), shares.shape[1] - 1)
