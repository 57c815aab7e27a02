"""From arrays to the tables: ids, handles, addresses and everything else an export would hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from forensics import schema
from forensics.events import with_events
from forensics.schema import conform
from forensics.simulate.manipulation.farm_workers import Staff
from forensics.simulate.population.act_arrays import ACTIONS, PUBLISH, Acts
from forensics.simulate.population.made_up_texts import phrases, words
from forensics.simulate.population.simulated_objects import ACCOUNT, HASHTAG, KINDS, PLACE, POST, TEXT, URL
from forensics.simulate.population.stage import Stage
from forensics.simulate.population.waking_hours import DAY_S, START_S
from forensics.simulate.random_draws import Ints, lognormal, order, pick, whole
from forensics.text.fingerprint import fingerprints

_CLIENTS = pl.Series("client", ["Android app", "iPhone app", "Web app", "Scheduler"])
_CLIENT_SHARES = np.array([0.5, 0.3, 0.18, 0.02])


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What everything is called.

    Attributes:
        accounts: shape (accounts,): ids in an order that says nothing of who is planted.
        handles: shape (accounts,).
        texts: shape (objects,): what a text says; anything for others.
        items: shape (objects,): ids of all but posts, which are numbered by time; null for short texts.
    """

    accounts: pl.Series
    handles: pl.Series
    texts: pl.Series
    items: pl.Series


def make_names(stage: Stage, staff: Staff) -> Names:
    """Give every account and object its name; texts are known by their fingerprints, as in every loader."""
    n = len(stage.people.community)
    shuffled = order(stage.stream("ids"), n)
    items = stage.items
    slugs = words(np.arange(len(items)), 4)
    day = pl.Series(np.floor(items.born_s / DAY_S).astype(np.int64) + 1)
    origin = pl.Series(np.maximum(items.origin, 0))
    # A million and more are the sites of content farms; a word and a number name them like any other publisher.
    publisher = words(origin.to_numpy(), 2) + (origin % 1_000).cast(pl.String)
    ids = pl.select(pl.lit("a") + pl.Series(shuffled).cast(pl.String).str.zfill(7)).to_series()
    kinds = pl.Series(items.kind)
    texts = phrases(np.where(items.kind == TEXT, items.origin, 0))
    return Names(
        accounts=ids,
        handles=_handles(stage, staff, shuffled),
        texts=texts,
        items=pl.select(
            pl.when(kinds == URL)
            .then(pl.format("https://{}.example/{}/{}", publisher, day, slugs))
            .when(kinds == HASHTAG)
            .then(pl.lit("#") + slugs)
            .when(kinds == TEXT)
            .then(fingerprints(texts))
            .when(kinds == ACCOUNT)
            .then(ids[np.where(items.kind == ACCOUNT, items.origin, 0)])
            .when(kinds == PLACE)
            .then(pl.lit("place-") + slugs)
        ).to_series(),
    )


def account_table(stage: Stage, names: Names, acts: Acts, staff: Staff) -> pl.DataFrame:
    """Return ``schema.ACCOUNTS`` of everybody who acted or was acted upon."""
    people, items, rng = stage.people, stage.items, stage.stream("profiles")
    n = len(people.community)
    seen = np.zeros(n, bool)
    seen[acts.account] = True
    seen[items.origin[items.kind == POST]] = True
    countries = stage.election.countries
    stated = pl.Series([country.code for country in countries])[_stated(stage, staff)]
    frame = pl.DataFrame(
        {
            "account_id": names.accounts,
            "platform": pl.repeat("simulated", n, eager=True),
            "handle": names.handles,
            "name": names.handles.str.replace(r"\d+$", "").str.to_titlecase(),
            "created_at": _times(_registered(stage, staff, rng)),
            "captured_at": _times(np.full(n, START_S + stage.election.n_days * DAY_S)),
            "followers": np.floor(lognormal(rng, 120.0, 1.6, n)).astype(np.int64),
            "following": np.floor(lognormal(rng, 200.0, 1.1, n)).astype(np.int64),
            "posts": np.floor(lognormal(rng, 300.0, 1.7, n)).astype(np.int64),
            "stated_place": _places(stage, staff, rng),
            "stated_country": stated,
            "utc_offset_s": np.array([country.utc_offset_s for country in countries])[people.country],
            "language": pl.Series([country.language for country in countries])[people.country],
            "source_id": pl.repeat("s2", n, eager=True),
        }
    )
    frame = frame.filter(pl.Series(seen)).sort("account_id")
    return conform(frame.with_columns(source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)), schema.ACCOUNTS)


def action_table(stage: Stage, names: Names, acts: Acts, staff: Staff) -> pl.DataFrame:
    """Return ``schema.ACTIONS``: the acts, the posts that carry traces, and the publication of every target."""
    items = stage.items
    targets = np.flatnonzero(items.kind == POST)
    step = 60.0 if stage.election.time_precision == "min" else 1.0
    born = np.floor(items.born_s[targets] / step) * step
    first = np.flatnonzero(acts.post >= 0)
    own, at = np.unique(acts.post[first], return_index=True)
    first = first[at]
    # Every post, target or own, is numbered by the time it was written.
    written = np.concatenate((born, acts.time_s[first]))
    number = np.empty(len(written), np.int64)
    number[np.argsort(written, kind="stable")] = np.arange(len(written))
    of_item = np.full(len(items), -1)
    of_item[targets] = number[: len(targets)]
    of_post = np.full(len(own) + 1, -1)
    of_post[: len(own)] = number[len(targets) :]
    carries = acts.action[first] == PUBLISH
    comments = np.full(len(own) + 1, -1)
    is_text = items.kind[acts.item] == TEXT
    comments[np.searchsorted(own, acts.post[is_text])] = acts.item[is_text]
    published = np.concatenate((number[: len(targets)], of_post[:-1][carries]))
    at_post = np.searchsorted(own, acts.post)
    return _named(
        stage,
        names,
        staff,
        pl.DataFrame(
            {
                "account": np.concatenate((acts.account, items.origin[targets], acts.account[first][carries])),
                "action": np.concatenate((acts.action, np.full(len(published), PUBLISH))),
                "kind": np.concatenate((items.kind[acts.item], np.full(len(published), POST))),
                "object_post": np.concatenate((of_item[acts.item], published)),
                "item": np.concatenate((acts.item, np.zeros(len(published), np.int64))),
                "time_s": np.concatenate((acts.time_s, born, acts.time_s[first][carries])),
                "post": np.concatenate((np.where(acts.post < 0, -1, of_post[at_post]), published)),
                "text": np.concatenate((np.where(acts.post < 0, -1, comments[at_post]), np.full(len(published), -1))),
            }
        ),
    )


def _named(stage: Stage, names: Names, staff: Staff, rows: pl.DataFrame) -> pl.DataFrame:
    """Give rows of numbers their names and order."""
    people, election = stage.people, stage.election
    languages = pl.Series([country.language for country in election.countries])
    camps = pl.Series([election.camps[c % len(election.camps)] or None for c in range(election.n_communities)])
    account, post_ids = rows["account"], _post_ids(rows["post"])
    frame = rows.select(
        account_id=names.accounts[account],
        action=pl.Series(ACTIONS, dtype=schema.ACTION)[rows["action"]],
        object_id=pl.coalesce(_post_ids(rows["object_post"]), names.items[rows["item"]]),
        object_kind=pl.Series(KINDS, dtype=schema.OBJECT_KIND)[rows["kind"]],
        acted_at=_times(rows["time_s"].to_numpy() + START_S),
        time_precision=pl.lit(election.time_precision),
        post_id=post_ids,
        camp=camps[people.community[account]],
        text=pl.when(rows["text"] >= 0).then(names.texts[np.maximum(rows["text"].to_numpy(), 0)]),
        language=languages[people.country[account]],
        client=_clients(stage, staff)[account],
        permalink=pl.lit("https://social.example/") + post_ids,
        source_id=pl.lit("s1"),
    )
    # A text too short for a fingerprint is nothing that two people share.
    frame = frame.drop_nulls("object_id").sort("acted_at", "account_id", "action", "object_id", "post_id")
    rows = frame.with_columns(source_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return with_events(conform(rows, schema.ACTIONS))


def _post_ids(number: pl.Series) -> pl.Series:
    """Return the id of each post, null for a negative number."""
    return pl.select(
        pl.when(number >= 0).then(pl.lit("p") + (number + 1_000_000).cast(pl.String).str.zfill(8))
    ).to_series()


def _clients(stage: Stage, staff: Staff) -> pl.Series:
    """Return the application each account uses: anybody's, but for workers who are given one."""
    usual = _CLIENTS[pick(stage.stream("clients"), _CLIENT_SHARES, len(stage.people.community))]
    given = pl.Series([plant.client or None for plant in staff.plants], dtype=pl.String)[staff.home]
    nobody = pl.repeat(None, stage.people.n_organic, dtype=pl.String, eager=True)
    return pl.select(pl.coalesce(pl.concat([nobody, given]), usual)).to_series()


def _handles(stage: Stage, staff: Staff, shuffled: Ints) -> pl.Series:
    rng, n = stage.stream("handles"), len(shuffled)
    digits = whole(rng, 1, 9_999, n)
    is_plain = rng.random(n) < 0.5
    is_numbered = np.zeros(n, bool)
    is_numbered[stage.people.n_organic :] = np.array([plant.numbered for plant in staff.plants], bool)[staff.home]
    eight = pl.Series(10_000_000 + (shuffled * 7_654_321) % 90_000_000).cast(pl.String)
    return pl.select(
        pl.when(pl.Series(is_numbered))
        .then(words(whole(rng, 0, 3_000, n), 2) + eight)
        .when(pl.Series(is_plain))
        .then(words(shuffled, 4))
        .otherwise(words(shuffled, 4) + pl.Series(digits).cast(pl.String))
    ).to_series()


def _registered(stage: Stage, staff: Staff, rng: np.random.Generator) -> Ints:
    """Return when the accounts were registered, seconds since 1970: over twelve years, more in the later ones."""
    n = len(stage.people.community)
    age_days = 30.0 + 4_350.0 * rng.random(n) ** 1.5
    created = START_S - np.floor(age_days * DAY_S).astype(np.int64) + whole(rng, 0, DAY_S, n)
    batch = START_S - np.floor(DAY_S * (20.0 + 300.0 * rng.random(len(staff.plants)))).astype(np.int64)
    within = np.array([plant.registered_within_s for plant in staff.plants], np.float64)[staff.home]
    bought = batch[staff.home] + np.floor(within * rng.random(len(staff.home))).astype(np.int64)
    workers = stage.people.n_organic + np.flatnonzero(within > 0.0)
    created[workers] = bought[within > 0.0]
    return created


def _stated(stage: Stage, staff: Staff) -> Ints:
    """Return the country each account states: its own, but for workers who are made to claim another."""
    codes = [country.code for country in stage.election.countries]
    claims = np.array([codes.index(plant.claims) if plant.claims else -1 for plant in staff.plants], np.int64)
    stated = stage.people.country.copy()
    values = claims[staff.home]
    stated[stage.people.n_organic :] = np.where(values < 0, stated[stage.people.n_organic :], values)
    return stated


def _places(stage: Stage, staff: Staff, rng: np.random.Generator) -> pl.Series:
    """Return what six in ten accounts write as their place."""
    stated = _stated(stage, staff)
    n_places = np.array([len(country.places) for country in stage.election.countries])
    first = np.cumsum(n_places) - n_places
    every = pl.Series([place for country in stage.election.countries for place in country.places])
    place = every[first[stated] + whole(rng, 0, n_places[stated], len(stated))]
    values = pl.Series([plant.place or None for plant in staff.plants], dtype=pl.String)[staff.home]
    place = pl.select(pl.coalesce(pl.concat([pl.repeat(None, stage.people.n_organic, dtype=pl.String, eager=True),
                                             values]), place)).to_series()  # fmt: skip
    return pl.select(pl.when(pl.Series(rng.random(len(stated)) < 0.6)).then(place)).to_series()


def _times(seconds: np.ndarray) -> pl.Series:
    return pl.Series(np.asarray(seconds, np.int64) * 1_000_000).cast(schema.TIME)
