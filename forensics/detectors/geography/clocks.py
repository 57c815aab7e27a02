"""Clocks: do the hours at which a group acts fit the place it states?

Groups are judged, not persons: the hours of one account leave its zone open to within hours, those of fifty fix it to
within one. What is found is when people act, which is where they are only if they keep ordinary days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.geography.account_places import account_places
from forensics.detectors.geography.clock_profiles import (
    SLOTS,
    Counts,
    Floats,
    Profile,
    best_shifts,
    fit_profile,
    group_posterior,
    offset_likelihoods,
    posterior,
    slot_counts,
    slot_of,
)
from forensics.detectors.geography.geography_vocabulary import CLOCKS
from forensics.detectors.rhythm.act_times import distinct_acts
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score, numbered
from forensics.params import param
from forensics.places import offsets_kept, offsets_of
from forensics.progress import Progress

_TOLERANCE = 2
"""Half hours by which a clock may miss a stated offset: summer time within the period, and the grid."""
_FEWEST_OFFSET_SHARE = 0.9
_ALTERNATIVES = ("shift_work", "scheduled_posting", "late_hours", "travel")


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    min_accounts: int = param(10, "accounts", "Groups with fewer accounts of enough acts are not judged.", 3, 10**6)
    min_acts: int = param(20, "half hours", "Accounts active in fewer half hours are left out.", 5, 10**6)
    alpha: float = param(0.05, "1", "Posterior below which a place is denied, over all groups.", 1e-9, 0.5)


def clocks(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:  # noqa: ARG001  no chance
    """Judge the clocks of the accounts that state or are given the same country.

    Args:
        dataset: its accounts and actions.

    Returns:
        A finding per group whose clock contradicts its place, and the tables ``groups``, ``posterior``, ``hours`` and
        ``accounts``.

    Raises:
        TooLittleDataError: no group has enough accounts with enough acts.
    """
    places = account_places(dataset)
    tables = group_clocks(dataset, stated_groups(dataset, places), places, params, progress)
    if not tables["groups"].height:
        raise TooLittleDataError(
            "No {min_accounts} accounts with a known place and acts in {min_acts} half hours share a country, so no "
            "clock can be judged.",
            min_accounts=params.min_accounts,
            min_acts=params.min_acts,
        )
    marked = _marked(tables["groups"], params.alpha)
    named = marked.select("group", "finding_id")
    found = tuple(_finding(row) for row in marked.drop_nulls("finding_id").iter_rows(named=True))
    joined = {name: table.join(named, "group", "left", maintain_order="left") for name, table in tables.items()}
    scores = (
        Score("groups_judged", float(marked["mass_stated"].count()), "groups"),
        Score("accounts_judged", float(tables["accounts"].height), "accounts"),
        Score("profile_accounts", float(str(marked["n_reference"].min())), "accounts"),
    )
    note_if = {
        "collectors_guess_places": (marked["source"] == "collector").any(),
        "largest_group_is_the_yardstick": marked.select(_is_yardstick().any()).item(),
    }
    always = ("hours_are_habits_not_places", "groups_not_persons", "offsets_repeat_after_24_hours")
    notes = always + tuple(note for note, is_so in note_if.items() if is_so)
    found = tuple(sorted(found, key=lambda finding: (finding.scores[0].value or 0.0, finding.id)))
    return Detection(DETECTOR.name, asdict(params), found, scores, {**joined, "groups": marked}, notes)


def stated_groups(dataset: Dataset, places: pl.DataFrame) -> pl.DataFrame:
    """Return the accounts that one source places in one country, for each source and country.

    Returns:
        ``group, source, country, account_id``.
    """
    active = dataset.actions["account_id"].unique()
    used = places.filter(pl.col("source").is_in(["stated", "platform", "geotag", "collector"]))
    return (
        used.filter(pl.col("account_id").is_in(active.implode()))
        .with_columns(group=pl.col("source") + "-" + pl.col("country"))
        .select("group", "source", "country", "account_id")
        .sort("group", "account_id")
    )


def group_clocks(
    dataset: Dataset, groups: pl.DataFrame, places: pl.DataFrame, params: Params, progress: Progress
) -> dict[str, pl.DataFrame]:
    """Compare the clock of each group with the offsets of its country.

    Args:
        dataset: its actions and accounts.
        groups: ``group, source, country, account_id``.
        places: ``account_places.account_places``, for the reference day of accounts outside the group.

    Returns:
        - ``groups``: ``group, source, country, n_accounts, n_slots, n_reference, offset_h, low_h, high_h,
          stated_offsets, mass_stated``: the offset that most of the posterior lies within an hour of, the ends of the
          smallest arc of half hours that holds 95 %, and the posterior within an hour of the country's offsets.
        - ``posterior``: ``group, offset_h, probability``, 48 rows each, offsets from -12 to 11.5; 0 where no
          clock in the world stood at it.
        - ``hours``: ``group, half_hour, n, expected``: acts by UTC half hour, and by the reference day at the stated
          offsets.
        - ``accounts``: ``group, account_id, n_slots, offset_h, mass_stated``; for description, never accused.
    """
    ids, counts = slot_counts(dataset)
    at = {account: row for row, account in enumerate(ids)}
    size = counts.sum(axis=1)
    moments = _moments(dataset)
    kept = np.isin(np.arange(SLOTS), [slot_of(offset) for offset in offsets_kept(moments[:: len(moments) // 12 + 1])])
    shifts = _known_shifts(dataset, places, ids, moments)
    made: dict[str, list[pl.DataFrame]] = {"groups": [], "posterior": [], "hours": [], "accounts": []}
    listed = groups.group_by("group", "source", "country", maintain_order=True).agg("account_id")
    for done, (group, source, country, members) in enumerate(listed.sort("group").iter_rows(), start=1):
        rows = np.array([at[m] for m in members if m in at and size[at[m]] >= params.min_acts], np.int64)
        stated = offsets_of(country, None, moments)
        if len(rows) >= params.min_accounts and stated:
            outside = np.setdiff1d(np.flatnonzero((shifts >= 0) & (size >= params.min_acts)), rows)
            reference = fit_profile(counts[outside], shifts[outside])
            tables = _judge(counts[rows], [ids[row] for row in rows], stated, reference, kept)
            tables["groups"] = tables["groups"].select(
                pl.lit(source).alias("source"), pl.lit(country).alias("country"), pl.all()
            )
            for name, table in tables.items():
                made[name].append(table.select(pl.lit(group).alias("group"), pl.all()))
        progress("reading clocks", done, listed.height)
    return {name: pl.concat(parts) if parts else _nothing(name) for name, parts in made.items()}


def _nothing(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={"group": pl.String, **({"n_reference": pl.Int64} if name == "groups" else {})})


def _moments(dataset: Dataset) -> Sequence[datetime]:
    """Return noon of every day on which something was done, at most 400 of them, evenly chosen."""
    days = distinct_acts(dataset)["acted_at"].dt.truncate("1d").unique().sort().dt.offset_by("12h")
    return days.gather_every(max(1, len(days) // 400)).to_list()


def _known_shifts(dataset: Dataset, places: pl.DataFrame, ids: list[str], moments: Sequence[datetime]) -> Counts:
    """Return each account's shift by its own clock setting, else by its place where that has one offset; else -1.

    A place that the collecting software guessed sets nobody's day: it may be wrong of the very group that is judged.
    """
    places = places.filter(pl.col("source") != "collector")
    by_place: dict[tuple[str, str | None], int] = {}
    for country, region in places.select("country", "region").unique().sort("country", "region").iter_rows():
        shares = offsets_of(country, region, moments)
        top = max(shares, key=lambda offset: (shares[offset], offset), default=0)
        by_place[country, region] = slot_of(top) if shares.get(top, 0.0) >= _FEWEST_OFFSET_SHARE else -1
    found = dict.fromkeys(ids, -1)
    for account, country, region in (
        places.sort("source", descending=True).select("account_id", "country", "region").iter_rows()
    ):
        if account in found and by_place[country, region] >= 0:
            found[account] = by_place[country, region]
    set_clock = dataset.accounts.filter(pl.col("utc_offset_s").is_not_null()).sort("account_id", "captured_at")
    for account, offset in set_clock.select("account_id", "utc_offset_s").iter_rows():
        if account in found:
            found[account] = slot_of(offset)
    return np.array([found[account] for account in ids], np.int64)


def _judge(
    counts: Counts, ids: list[str], stated: dict[int, float], reference: Profile, kept: Counts
) -> dict[str, pl.DataFrame]:
    likelihoods = offset_likelihoods(counts, reference)
    shared = group_posterior(likelihoods, kept)
    near = _near(stated)
    order = np.roll(np.arange(SLOTS), SLOTS // 2)
    offsets_h = _hours(order)
    low, high = _smallest_arc(shared)
    single = posterior(likelihoods, kept)
    summary = {
        "n_accounts": [len(counts)],
        "n_slots": [int(counts.sum())],
        "n_reference": [reference.n_accounts],
        "offset_h": [float(_hours(best_shifts(shared, kept)))],
        "low_h": [low],
        "high_h": [high],
        "stated_offsets": [", ".join(f"{offset / 3600:+g}" for offset in stated)],
        "mass_stated": [min(1.0, float(shared[near].sum()))],
    }
    expected = np.zeros(SLOTS)
    for offset, share in stated.items():
        expected += share * np.roll(reference.shares, -slot_of(offset))
    return {
        "groups": pl.DataFrame(summary),
        "posterior": pl.DataFrame({"offset_h": offsets_h, "probability": shared[order]}),
        "hours": pl.DataFrame(
            {"half_hour": np.arange(SLOTS), "n": counts.sum(axis=0), "expected": expected * counts.sum()}
        ),
        "accounts": pl.DataFrame(
            {
                "account_id": ids,
                "n_slots": counts.sum(axis=1),
                "offset_h": _hours(best_shifts(single, kept)),
                "mass_stated": np.minimum(single[:, near].sum(axis=1), 1.0),
            }
        ),
    }


def _near(stated: dict[int, float]) -> Counts:
    """Return the shifts within an hour of any offset of the place."""
    return np.unique([(slot_of(o) + move) % SLOTS for o in stated for move in range(-_TOLERANCE, _TOLERANCE + 1)])


def _hours(slots: Counts) -> Floats:
    """Return shifts as hours ahead of UTC, from -12 to 11.5."""
    return np.asarray(((slots + SLOTS // 2) % SLOTS - SLOTS // 2) / 2, np.float64)


def _smallest_arc(shared: Floats) -> tuple[float, float]:
    """Return the first and last offset of the shortest run of shifts around the day that holds 95 %, hours."""
    running = np.concatenate(([0.0], np.cumsum(np.tile(shared, 2))))
    for width in range(1, SLOTS + 1):
        held = running[width : width + SLOTS] - running[:SLOTS]
        if held.max() >= 0.95:
            first = float(_hours(np.array([held.argmax()]))[0])
            return first, first + (width - 1) / 2
    return -12.0, 11.5


def _marked(groups: pl.DataFrame, alpha: float) -> pl.DataFrame:
    """Name the groups whose place is denied: alpha is shared among all groups judged.

    Where a group has more accounts than the reference day was fitted to, a contradiction may be the reference's fault:
    a farm outside the group would turn everybody at home into liars. Such a group is not judged and has no clock.
    """
    denied = pl.col("mass_stated") < alpha / groups.height
    judged = pl.when(~(denied & _is_yardstick())).then(pl.col(*_CLOCK)).name.keep()
    return groups.with_columns(judged, finding_id=numbered("clocks", denied & ~_is_yardstick()))


_CLOCK = ("offset_h", "low_h", "high_h", "mass_stated")


def _is_yardstick() -> pl.Expr:
    """Return whether a group has more accounts than its reference day, where that is not the published one."""
    return (pl.col("n_reference") > 0) & (pl.col("n_reference") < pl.col("n_accounts"))


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(
        id=row["finding_id"],
        question="where",
        subject=row["group"],
        statement=f"clock_contradicts_{row['source']}",
        scores=(
            Score("mass_stated", row["mass_stated"], "1", row["n_accounts"], null="reference_day"),
            Score("clock_offset", row["offset_h"], "hours", row["n_slots"], (row["low_h"], row["high_h"])),
        ),
        strength="moderate" if row["n_accounts"] >= 30 and row["source"] != "collector" else "low",
        alternatives=_ALTERNATIVES,
        excluded=("few_acts", "single_habits", "summer_time"),
        evidence=("groups", "posterior", "hours", "accounts"),
    )


DETECTOR = Detector(
    name="clocks",
    title="Clocks against stated places",
    question="where",
    needs=("accounts", "actions"),
    params=Params,
    run=clocks,
    vocabulary=CLOCKS,
    cites=("Golder & Macy 2011, doi:10.1126/science.1202775", "Minka 2000, Estimating a Dirichlet distribution"),
    text=(
        "Counts the half hours in which the accounts of a country act, fits the rhythm of an ordinary day at every "
        "offset from UTC, and says how probable the offsets of the stated place are. Groups are judged, not persons, "
        "and the answer is when people act, which is where they are only if they keep ordinary days."
    ),
)
