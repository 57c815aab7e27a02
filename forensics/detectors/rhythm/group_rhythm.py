"""The rhythm of groups of accounts, each against groups of as many accounts, as active, drawn from the rest.

The pooled times of a group show what its accounts one by one are too quiet to show: three hundred accounts with ten
acts each have three thousand acts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.detectors.detector import GROUP_FINDERS, Detector, has_groups, of_groups
from forensics.detectors.rhythm.account_rhythm import Params, Profiles, busiest_table, hours_table, profile
from forensics.detectors.rhythm.act_times import ActTimes, act_times
from forensics.detectors.rhythm.circadian import BINS, busiest_arc, day_bins, quiet_arc, quiet_arc_interval
from forensics.detectors.rhythm.client_mix import clients_of_groups
from forensics.detectors.rhythm.rhythm_features import QUIET_SHARE, SHIFT_HOURS
from forensics.detectors.rhythm.rhythm_vocabulary import GROUP_RHYTHM
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.progress import Progress
from forensics.statistics.multiple_testing import false_discovery_rate, surrogate_p_values, with_q_values

LIKE_ACTIVE = 50
"""How many of the accounts nearest in activity a stand-in is drawn from."""

LIKELY = 2 / 3
"""Mean probability from which a group is of a kind: at least twice as likely as not, were all kinds as common."""

NULL = "activity_matched_groups"
MEASURES = ("shift_share", "quiet_hours", "p_shift", "p_software")

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]


def _stand_ins(members: Rows, others: Rows, sizes: Rows) -> Callable[[np.random.Generator], Rows]:
    """Return a function that draws, for each member, an account outside all groups that acts about as often."""
    ordered = others[np.lexsort((others, sizes[others]))]
    width = min(LIKE_ACTIVE, ordered.size)
    places = np.searchsorted(sizes[ordered], sizes[members])
    firsts = np.clip(places - width // 2, 0, ordered.size - width)
    return lambda rng: ordered[firsts + rng.integers(0, width, size=members.size)]


def _measures(rows: Rows, bins: Numbers, chances: Numbers) -> Numbers:
    """Return the pooled shift share and quiet hours of some accounts, and their mean probabilities."""
    pooled = bins[rows].sum(axis=0)
    own = chances[rows]
    known = own[~np.isnan(own[:, 0])]
    means = known.mean(axis=0) if known.size else np.full(2, np.nan)
    return np.array([busiest_arc(pooled, SHIFT_HOURS)[0], quiet_arc(pooled, QUIET_SHARE)[0], *means])


def _chances(profiles: Profiles, n_accounts: int) -> Numbers:
    """Return the probability of shift and of software of every account, not a number where it cannot be judged.

    All kinds are taken as equally common: how common they are in the data at hand says nothing of a group that was
    chosen for another reason, and the drawn groups are measured alike.
    """
    chances = np.full((n_accounts, 2), np.nan)
    chances[profiles.rows] = profiles.balanced[:, :2]
    return chances


def _one_group(
    name: str, members: Rows, others: Rows, times: ActTimes, arrays: tuple[Numbers, Numbers], params: Params, seed: int
) -> dict[str, Any]:
    """Return one row of the groups table, the p-values not yet corrected."""
    bins, chances = arrays
    sizes = times.sizes()
    observed = _measures(members, bins, chances)
    rng = np.random.default_rng([seed, members.size, int(sizes[members].sum())])
    draw = _stand_ins(members, others, sizes)
    by_chance = np.array([_measures(draw(rng), bins, chances) for _ in range(params.redraws)])
    minutes = np.sort(np.concatenate([times.minutes[row] for row in members]))
    low, high = quiet_arc_interval(minutes, QUIET_SHARE, params.resamples, rng)
    row: dict[str, Any] = {
        "finding_id": f"tempo-{name}",
        "group": name,
        "n_accounts": members.size,
        "n_acts": int(sizes[members].sum()),
        "n_profiled": int(np.sum(~np.isnan(chances[members, 0]))),
        "busiest_from_hour": busiest_arc(bins[members].sum(axis=0), SHIFT_HOURS)[1],
        "quiet_hours_low": low,
        "quiet_hours_high": high,
    }
    for column, measure in enumerate(MEASURES):
        row[measure] = None if np.isnan(observed[column]) else float(observed[column])
        drawn = by_chance[:, column]
        usable = not np.isnan(observed[column]) and not np.isnan(drawn).all()
        row[f"{measure}_of_others"] = float(np.nanmedian(drawn)) if usable else None
        p_value = surrogate_p_values(observed[column : column + 1], drawn[~np.isnan(drawn)])[0] if usable else 1.0
        row[f"{measure}_p"] = float(p_value)
    return row


def _kind(row: dict[str, Any], alpha: float) -> str | None:
    """Return the kind a group departs towards, if it does; where most are too quiet, by their times together."""
    if 2 * row["n_profiled"] < row["n_accounts"]:
        return "shift_pooled" if max(row["shift_share_q"], row["quiet_hours_q"]) <= alpha else None
    for kind in ("software", "shift"):
        if row[f"p_{kind}"] >= LIKELY and row[f"p_{kind}_q"] <= alpha:
            return kind
    return None


def _finding(row: dict[str, Any], kind: str) -> Finding:
    measure = {"software": "p_software", "shift": "p_shift", "shift_pooled": "shift_share"}[kind]
    n, interval = row["n_accounts"], (row["quiet_hours_low"], row["quiet_hours_high"])
    beside = (Score("shift_share", row["shift_share"], "1", p_value=row["shift_share_p"]),)
    return Finding(
        id=row["finding_id"],
        question="how",
        subject=row["group"],
        statement=f"tempo_group_{kind}",
        scores=(
            Score(measure, row[measure], "1", n, None, row[f"{measure}_p"], row[f"{measure}_q"], NULL),
            Score(f"{measure}_of_others", row[f"{measure}_of_others"], "1"),
            Score("quiet_hours", row["quiet_hours"], "hours", interval=interval, p_value=row["quiet_hours_p"]),
            *(beside if measure != "shift_share" else ()),
            Score("busiest_from_hour", row["busiest_from_hour"], "hour of UTC"),
            Score("accounts", float(n), "accounts"),
            Score("accounts_profiled", float(row["n_profiled"]), "accounts"),
            Score("acts", float(row["n_acts"]), "acts"),
        ),
        strength="low" if kind == "shift_pooled" else "moderate",
        alternatives=("declared_automation", "scheduled_posts", "news_feed")
        if kind == "software"
        else ("newsroom_hours", "office_staff", "shared_time_zone"),
        excluded=("activity",),
        evidence=("groups", "hours"),
    )


def _clients(dataset: Dataset, members: pl.DataFrame, params: Params, seed: int) -> pl.DataFrame:
    """Return the client mix of each group with the id of its finding and a q-value over the groups."""
    mixes = clients_of_groups(dataset, members, params.redraws, seed)
    return with_q_values(mixes.with_columns(finding_id=pl.concat_str(pl.lit("clients-"), pl.col("group"))))


def _client_finding(row: dict[str, Any]) -> Finding:
    n = row["n_accounts"]
    return Finding(
        id=row["finding_id"],
        question="how",
        subject=row["group"],
        statement="client_mix_group",
        scores=(
            Score("client_distance", row["distance"], "1", n, None, row["p_value"], row["q_value"], "drawn_accounts"),
            Score("main_client_share", row["main_share"], "1", n),
            Score("main_client_share_of_others", row["main_share_of_others"], "1"),
        ),
        strength="low",
        alternatives=("common_client", "scheduled_posts"),
        evidence=("clients",),
    )


def tempo_of_groups(
    dataset: Dataset, members: pl.DataFrame, params: Params, seed: int, progress: Progress
) -> Detection:
    """Describe the rhythm of groups of accounts, such as the clusters another detector has found.

    Args:
        dataset: its actions.
        members: ``finding_id, account_id``; one row per account of a group, further columns unread.

    Returns:
        Tables ``groups`` (one row per group: pooled and mean measures, the same of drawn groups, p- and q-values),
        ``hours`` (acts by weekday and hour: each group, and ``others`` for the accounts in none) and ``clients`` (the
        applications of each group against those of the accounts in none; empty where they are not known). A finding for
        each group that departs towards shifts or software, and one for each whose applications are others.

    Raises:
        PrecisionError: no time is finer than a day.
        TooLittleDataError: no group has enough acts, or too few accounts are outside all groups.
    """
    times = act_times(dataset)
    place = {account: row for row, account in enumerate(times.account_ids)}
    chosen = members.select("finding_id", "account_id").unique().sort("finding_id", "account_id")
    groups: dict[str, Rows] = {}
    for (name,), own in chosen.group_by("finding_id", maintain_order=True):
        groups[str(name)] = np.array([place[a] for a in own["account_id"] if a in place], dtype=np.int64)
    sizes = times.sizes()
    enough = {name: rows for name, rows in groups.items() if sizes[rows].sum() >= params.minimum_acts}
    inside = np.concatenate([np.empty(0, dtype=np.int64), *groups.values()])
    others = np.setdiff1d(np.arange(sizes.size), inside)
    if not enough or others.size < LIKE_ACTIVE // 2:
        raise TooLittleDataError(
            "The rhythm of groups needs a group with {minimum_acts} acts and {minimum_accounts} accounts in no "
            "group; there are {n_groups} such groups and {n_accounts} such accounts.",
            minimum_acts=params.minimum_acts,
            minimum_accounts=LIKE_ACTIVE // 2,
            n_groups=len(enough),
            n_accounts=others.size,
        )
    try:
        chances = _chances(profile(times, params.minimum_acts, progress), sizes.size)
    except TooLittleDataError:
        chances = np.full((sizes.size, 2), np.nan)
    bins = np.array([day_bins(part) for part in times.minutes]).reshape(sizes.size, BINS)
    table = []
    for done, (name, rows) in enumerate(enough.items()):
        progress("comparing rhythms of groups", done, len(enough))
        table.append(_one_group(name, rows, others, times, (bins, chances), params, seed))
    for measure in MEASURES:
        q_values = false_discovery_rate(np.array([row[f"{measure}_p"] for row in table], dtype=np.float64), len(table))
        for row, q_value in zip(table, q_values, strict=True):
            row[f"{measure}_q"] = float(q_value)
    kinds = [(row, _kind(row, params.alpha)) for row in table]
    clients = _clients(dataset, chosen, params, seed)
    departing = clients.filter(pl.col("q_value") <= params.alpha)
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=(
            *(_finding(row, kind) for row, kind in kinds if kind),
            *(_client_finding(row) for row in departing.iter_rows(named=True)),
        ),
        scores=(
            Score("groups", float(len(groups)), "groups"),
            Score("groups_too_few_acts", float(len(groups) - len(enough)), "groups"),
        ),
        tables={
            "groups": pl.DataFrame(
                [{**row, "kind": kind} for row, kind in kinds], infer_schema_length=None
            ).with_columns(pl.col("kind").cast(pl.String)),
            "hours": hours_table(times, {**enough, "others": others}).with_columns(
                finding_id=pl.concat_str(pl.lit("tempo-"), pl.col("group"))
            ),
            "busiest": busiest_table(times, {**enough, "others": others}),
            "clients": clients,
        },
        notes=("rhythm_is_not_identity",),
    )


DETECTOR = Detector(
    name="tempo_of_groups",
    title="Working rhythm of the groups",
    question="how",
    needs=("actions",),
    params=Params,
    run=of_groups(tempo_of_groups),
    vocabulary=GROUP_RHYTHM,
    cites=(
        "Goh & Barabási 2008, doi:10.1209/0295-5075/81/48002",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
    ),
    text=(
        "Pools the times of each group's accounts, too quiet alone, and sets the group's hours and the rhythm of its "
        "members against groups of like activity drawn from the accounts in no group; and the applications the acts "
        "were sent from against those of as many accounts drawn from them."
    ),
    after=GROUP_FINDERS,
    applies=has_groups,
)
