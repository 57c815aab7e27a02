"""From arrays to the tables: ids, handles, addresses and everything else an export would hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from forensics import schema
from forensics.schema import conform
from forensics.simulate.acts import ACTIONS, LIKE, PUBLISH, Acts
from forensics.simulate.clock import DAY_S, START_S
from forensics.simulate.draw import lognormal, order, pick, whole
from forensics.simulate.names import words
from forensics.simulate.stage import Stage
from forensics.simulate.things import POST, URL

__all__ = ["Names", "account_table", "action_table", "make_names"]

_CLIENTS = pl.Series("client", ["Android app", "iPhone app", "Web app", "Scheduler"])
_CLIENT_SHARES = np.array([0.5, 0.3, 0.18, 0.02])


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What everything is called.

    Attributes:
        accounts: shape (accounts,): ids in an order that says nothing of who is planted.
        handles: shape (accounts,).
        things: shape (things,): addresses of links and hashtags; empty for posts, which are numbered by time.
    """

    accounts: pl.Series
    handles: pl.Series
    things: pl.Series


def make_names(stage: Stage) -> Names:
    """Give every account and thing its name."""
    n = len(stage.people.community)
    shuffled = order(stage.stream("ids"), n)
    things = stage.things
    numbers = np.arange(len(things))
    place = pl.Series("place", things.page).clip(0)
    publisher = words(place.to_numpy(), 2)
    day = pl.Series("day", np.floor(things.born_s / DAY_S).astype(np.int64) + 1)
    slugs = words(numbers, 4)
    kinds = pl.Series("kind", things.kind)
    return Names(
        accounts=pl.select(pl.lit("a") + pl.Series("id", shuffled).cast(pl.String).str.zfill(7)).to_series(),
        handles=_handles(stage, shuffled),
        things=pl.select(
            pl.when(kinds == POST)
            .then(pl.lit(""))
            .when(kinds == URL)
            .then(pl.format("https://{}{}.example/{}/{}", publisher, place, day, slugs))
            .otherwise(pl.lit("#") + slugs)
        ).to_series(),
    )


def account_table(stage: Stage, names: Names, acts: Acts) -> pl.DataFrame:
    """Return ``schema.ACCOUNTS`` of everybody who acted or was acted upon."""
    people, rng = stage.people, stage.stream("profiles")
    n = len(people.community)
    # Registrations of twelve years, more in the later ones; the network grew.
    age_days = 30.0 + 4_350.0 * rng.random(n) ** 1.5
    created = START_S - np.floor(age_days * DAY_S).astype(np.int64) + whole(rng, 0, DAY_S, n)
    seen = np.zeros(n, bool)
    seen[acts.account] = True
    things = stage.things
    seen[things.page[things.kind == POST]] = True
    countries = stage.election.countries
    frame = pl.DataFrame(
        {
            "account_id": names.accounts,
            "platform": ["simulated"] * n,
            "handle": names.handles,
            "name": names.handles.str.replace(r"\d+$", "").str.to_titlecase(),
            "created_at": _times(created),
            "captured_at": _times(np.full(n, START_S + stage.election.n_days * DAY_S)),
            "followers": np.floor(lognormal(rng, 120.0, 1.6, n)).astype(np.int64),
            "following": np.floor(lognormal(rng, 200.0, 1.1, n)).astype(np.int64),
            "posts": np.floor(lognormal(rng, 300.0, 1.7, n)).astype(np.int64),
            "stated_country": pl.Series([country.code for country in countries])[people.country],
            "utc_offset_s": np.array([country.utc_offset_s for country in countries])[people.country],
            "language": pl.Series([country.language for country in countries])[people.country],
            "source_id": ["s2"] * n,
        }
    )
    frame = frame.filter(pl.Series(seen)).sort("account_id")
    return conform(frame.with_columns(source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)), schema.ACCOUNTS)


def action_table(stage: Stage, names: Names, acts: Acts) -> pl.DataFrame:
    """Return ``schema.ACTIONS``: the acts, the posts that carry traces, and the publication of every target."""
    things = stage.things
    targets = np.flatnonzero(things.kind == POST)
    step = 60.0 if stage.election.time_precision == "min" else 1.0
    born = np.floor(things.born_s[targets] / step) * step
    first = np.flatnonzero(acts.post >= 0)
    own, at = np.unique(acts.post[first], return_index=True)
    first = first[at]
    # Every post, target or own, is numbered by the time it was written.
    written = np.concatenate((born, acts.time_s[first]))
    number = np.empty(len(written), np.int64)
    number[np.argsort(written, kind="stable")] = np.arange(len(written))
    of_thing = np.full(len(things), -1)
    of_thing[targets] = number[: len(targets)]
    of_post = np.full(len(own) + 1, -1)
    of_post[: len(own)] = number[len(targets) :]
    carries = acts.action[first] == PUBLISH
    published = np.concatenate((number[: len(targets)], of_post[:-1][carries]))
    return _named(
        stage,
        names,
        pl.DataFrame(
            {
                "account": np.concatenate((acts.account, things.page[targets], acts.account[first][carries])),
                "action": np.concatenate((acts.action, np.full(len(published), PUBLISH))),
                "kind": np.concatenate((things.kind[acts.thing], np.full(len(published), POST))),
                "object_post": np.concatenate((of_thing[acts.thing], published)),
                "thing": np.concatenate((acts.thing, np.zeros(len(published), np.int64))),
                "time_s": np.concatenate((acts.time_s, born, acts.time_s[first][carries])),
                "post": np.concatenate((of_post[np.searchsorted(own, acts.post)], published)),
            }
        ).with_columns(post=pl.when(pl.col("action") != LIKE).then("post").otherwise(-1)),
    )


def _named(stage: Stage, names: Names, rows: pl.DataFrame) -> pl.DataFrame:
    """Give rows of numbers their names and order."""
    people, election = stage.people, stage.election
    clients = pick(stage.stream("clients"), _CLIENT_SHARES, len(people.community))
    languages = pl.Series([country.language for country in election.countries])
    camps = pl.Series([election.camps[c % len(election.camps)] or None for c in range(election.n_communities)])
    account, post_ids = rows["account"], _post_ids(rows["post"])
    frame = rows.select(
        account_id=names.accounts[account],
        action=pl.Series(ACTIONS, dtype=schema.ACTION)[rows["action"]],
        object_id=pl.coalesce(_post_ids(rows["object_post"]), names.things[rows["thing"]]),
        object_kind=pl.Series(["post", "url", "hashtag"], dtype=schema.OBJECT_KIND)[rows["kind"]],
        acted_at=_times(rows["time_s"].to_numpy() + START_S),
        time_precision=pl.lit(election.time_precision),
        post_id=post_ids,
        camp=camps[people.community[account]],
        language=languages[people.country[account]],
        client=_CLIENTS[clients[account]],
        permalink=pl.lit("https://social.example/") + post_ids,
        source_id=pl.lit("s1"),
    ).sort("acted_at", "account_id", "action", "object_id", "post_id")
    return conform(frame.with_columns(source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)), schema.ACTIONS)


def _post_ids(number: pl.Series) -> pl.Series:
    """Return the id of each post, null for a negative number."""
    return pl.select(
        pl.when(number >= 0).then(pl.lit("p") + (number + 1_000_000).cast(pl.String).str.zfill(8))
    ).to_series()


def _handles(stage: Stage, shuffled: np.ndarray) -> pl.Series:
    rng = stage.stream("handles")
    digits = pl.Series("digits", whole(rng, 1, 9_999, len(shuffled))).cast(pl.String)
    plain = pl.Series("plain", rng.random(len(shuffled)) < 0.5)
    return pl.select(words(shuffled, 4) + pl.when(plain).then(pl.lit("")).otherwise(digits)).to_series()


def _times(seconds: np.ndarray) -> pl.Series:
    return pl.Series(np.asarray(seconds, np.int64) * 1_000_000).cast(schema.TIME)
