"""A world: the election's parts put together into the tables, with the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.simulate.election import Election
from forensics.simulate.manipulation.farm_workers import Staff, hire
from forensics.simulate.manipulation.practices import PRACTICES, check_practices
from forensics.simulate.ordinary_activity.crowd_acts import comment_acts, crowd_acts, follow_acts, rating_acts
from forensics.simulate.ordinary_activity.live_events import live_events, live_hashtags
from forensics.simulate.ordinary_activity.organic_habits import DECLARED, HABITS, Habit
from forensics.simulate.ordinary_activity.timeline_sessions import session_acts
from forensics.simulate.population.act_arrays import ACTIONS, COMMENT, OWN, PUBLISH, Acts, join, with_company
from forensics.simulate.population.simulated_objects import ACCOUNT, POST, Items, add_items, make_items
from forensics.simulate.population.simulated_people import make_people
from forensics.simulate.population.stage import Stage
from forensics.simulate.simulated_tables import Names, account_table, action_table, make_names

_ROWS_PER_DRAW = 1.5  # of the actions table, measured; doubles are gone and a post with traces is several rows


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A simulated election and what is true of it.

    Attributes:
        election: the dials it was made with.
        seed: what it was made from.
        dataset: the tables; nothing in them tells who was planted.
        truth: one row per planted account and farm: ``account_id``, ``farm_id``, ``practice``.
        items: what the plants were set upon: ``target`` (an object, a camp, a country), ``farm_id``, ``practice``.
        habits: organic accounts with a habit that looks like work: ``account_id``, ``habit``, ``group_id``,
            ``is_declared``.
    """

    election: Election
    seed: int
    dataset: Dataset
    truth: pl.DataFrame
    items: pl.DataFrame
    habits: pl.DataFrame


def simulate(election: Election, seed: int) -> World:
    """Make an election.

    Args:
        seed: of every random choice, from 0; the same seed gives the same world on any machine.

    Returns:
        The world; its actions are in order of time and its ids say nothing of who is organic.
    """
    check_practices(election.plants)
    staff = hire(election)
    n_draws = round(election.n_acts / _ROWS_PER_DRAW)
    people = make_people(election, seed, staff)
    stage = Stage(election, seed, people, make_items(election, people, seed, n_draws))
    items, acts, habits, work = _everything(stage, staff, n_draws)
    stage = replace(stage, items=items)
    acts = _whole(stage, acts)
    names = make_names(stage, staff)
    habit_table = _habit_table(names, habits)
    declared = habit_table.filter("is_declared")["account_id"]
    accounts = account_table(stage, names, acts, staff).with_columns(
        is_automated=pl.col("account_id").is_in(declared.implode())
    )
    actions = action_table(stage, names, acts, staff)
    return World(
        election=election,
        seed=seed,
        dataset=Dataset(actions=actions, accounts=accounts),
        truth=_truth(names, staff),
        items=_items(stage, names, staff, work),
        habits=habit_table,
    )


def _everything(stage: Stage, staff: Staff, n_draws: int) -> tuple[Items, Acts, list[Habit], list[Acts]]:
    """Draw what everybody does, the objects that come up while they do it, and apart what each plant does."""
    election = stage.election
    n_session = round(n_draws * election.session_share)
    single = join(crowd_acts(stage, n_draws - n_session), session_acts(stage, n_session))
    single = with_company(stage.stream("company"), stage.items, single, election.thread_share)
    lasting = join(
        follow_acts(stage, round(election.n_acts * election.follow_share)),
        rating_acts(stage, round(election.n_acts * election.rating_share)),
    )
    items = add_items(stage.items, live_hashtags(stage))
    habits = [habit(stage) for habit in HABITS]
    habits.append(live_events(stage, len(stage.items)))
    texts, comments = comment_acts(stage, len(items), round(election.n_acts * election.comment_share / 2.0))
    items = add_items(items, texts)
    work = []
    for number, (plant, workers) in enumerate(zip(staff.plants, staff.of_plant, strict=True)):
        added, done = PRACTICES[plant.practice](stage, plant, workers, number, len(items))
        items = add_items(items, added)
        work.append(done)
    return items, join(single, lasting, comments, *(habit.acts for habit in habits), *work), habits, work


def _whole(stage: Stage, acts: Acts) -> Acts:
    """Cut times to the precision they are kept in, give every post a number, and put everything in order of time."""
    step = 60.0 if stage.election.time_precision == "min" else 1.0
    makes_post = np.isin(acts.action, OWN)
    alone = makes_post & (acts.post < 0)
    post = np.where(makes_post, acts.post, -1)
    post[alone] = acts.post.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    time_s = np.floor(acts.time_s / step) * step
    acts = _distinct(stage, Acts(acts.account, acts.action, acts.item, time_s, post))
    return acts.where(np.lexsort((acts.post, acts.item, acts.action, acts.account, acts.time_s)))


def _distinct(stage: Stage, acts: Acts) -> Acts:
    """Keep what a platform allows: an object once in a post, else an act once upon an object, none upon oneself."""
    items = stage.items
    is_own = np.isin(items.kind[acts.item], (POST, ACCOUNT)) & (items.origin[acts.item] == acts.account)
    is_own &= acts.action != COMMENT
    acts = acts.where((acts.time_s >= 0) & (acts.time_s < stage.end_s) & ~is_own)
    in_post = np.isin(acts.action, (PUBLISH, COMMENT))
    who = np.where(in_post, len(stage.people.community) + acts.post, acts.account)
    key = (who * len(items) + acts.item) * len(ACTIONS) + acts.action
    order = np.lexsort((acts.time_s, key))
    ranked = key[order]
    return acts.where(order[np.concatenate(([True], ranked[1:] != ranked[:-1]))[: len(order)]])


def _truth(names: Names, staff: Staff) -> pl.DataFrame:
    """Return one row for each worker and plant; who works for two has two."""
    schema = {"account_id": pl.String, "farm_id": pl.String, "practice": pl.String}
    parts = [pl.DataFrame(schema=schema)]
    for number, (plant, workers) in enumerate(zip(staff.plants, staff.of_plant, strict=True), start=1):
        ids = names.accounts[workers].alias("account_id").to_frame()
        parts.append(ids.with_columns(farm_id=pl.lit(f"farm-{number}"), practice=pl.lit(plant.practice)))
    return pl.concat(parts).sort("farm_id", "account_id")


def _items(stage: Stage, names: Names, staff: Staff, work: list[Acts]) -> pl.DataFrame:
    """Return a row for each plant and object but posts that it was set upon, camp it joined and country it gave."""
    camps = np.array(stage.election.camps)
    parts = [pl.DataFrame(schema={"target": pl.String, "farm_id": pl.String, "practice": pl.String})]
    for number, (plant, workers, acts) in enumerate(zip(staff.plants, staff.of_plant, work, strict=True), start=1):
        joined = camps[stage.people.community[workers] % len(camps)].tolist()
        listed = {*names.items[np.unique(acts.item)].drop_nulls(), *joined, plant.country, plant.claims} - {""}
        items = pl.DataFrame({"target": sorted(listed)}, schema={"target": pl.String})
        parts.append(items.with_columns(farm_id=pl.lit(f"farm-{number}"), practice=pl.lit(plant.practice)))
    return pl.concat(parts).sort("farm_id", "target")


def _habit_table(names: Names, habits: list[Habit]) -> pl.DataFrame:
    parts = [
        pl.DataFrame(
            {
                "account_id": names.accounts[habit.accounts],
                "habit": [habit.name] * len(habit.accounts),
                "group_id": [f"{habit.name}-{group + 1}" for group in habit.groups],
                "is_declared": [habit.name in DECLARED] * len(habit.accounts),
            },
            schema={"account_id": pl.String, "habit": pl.String, "group_id": pl.String, "is_declared": pl.Boolean},
        )
        for habit in habits
    ]
    return pl.concat(parts).unique().sort("group_id", "account_id")
