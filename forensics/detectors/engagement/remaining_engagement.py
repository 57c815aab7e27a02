"""Remaining engagement: each camp's engagement with and without what groups did and what lies beyond reach.

Nothing is tested here. Two kinds of engagement are kept apart, because nothing says how they overlap: acts, each of a
known account, and the interactions that platforms count below posts. The acts of accounts that groups name are taken
from the acts, the reactions beyond the reach ceiling from the interactions. What nobody found is in what is left, which
is therefore a bound and never the real support.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.coordination.evidence.membership_errors import measured_errors, member_draws
from forensics.detectors.detector import GROUP_FINDERS, Answers, Detector, linked_groups
from forensics.detectors.engagement.bought_posts import BOUGHT_CASES, bought_draws
from forensics.detectors.engagement.engagement_vocabulary import REMAINING
from forensics.errors import TooLittleDataError
from forensics.events import with_events
from forensics.findings import Detection, Score, Strength
from forensics.params import param
from forensics.progress import Progress
from forensics.schema import IS_OBSERVED

Floats = npt.NDArray[np.float64]
_WHO = "coordination"
_CEILING = "reach"
_TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    interval_draws: int = param(1_000, "draws", "How often errors are drawn to make an interval.", 200, 100_000)


@dataclass(frozen=True, slots=True, eq=False)
class _Engagement:
    """One kind of engagement, in cells of a day and a camp.

    Attributes:
        kind: ``acts`` or ``interactions``.
        cells: ``day, camp``, one row for each cell, in order.
        total: shape (cells,).
        taken: shape (cells,), what groups did or what lies beyond reach.
        draws: shape (draws, cells), the same as its errors leave it open.
        n_cases: the draws take so many cases in turn, of which nothing says which holds; an interval covers each.
    """

    kind: str
    cells: pl.DataFrame
    total: Floats
    taken: Floats
    draws: Floats
    n_cases: int = 1

    def ends(self, draws: Floats) -> tuple[Floats, Floats]:
        """Return the ends of the interval of 95 %, the outermost over the cases, of draws in this one's order."""
        cases = [np.quantile(draws[case :: self.n_cases], _TAILS, axis=0) for case in range(self.n_cases)]
        return np.min([low for low, _ in cases], axis=0), np.max([high for _, high in cases], axis=0)


def remaining(dataset: Dataset, params: Params, seed: int, progress: Progress, answers: Answers) -> Detection:
    """Count the engagement of each camp with and without what was found.

    Args:
        dataset: its actions.
        answers: of the detectors of who acted together and of the reach ceiling.

    Returns:
        No finding. ``remaining_camps``: for each kind of engagement (``acts``, ``interactions``) a row for everything
        (``scope`` all), each camp and what names no camp (``scope`` none), with what was counted (``total``), what
        groups did (``by_groups``), what lies beyond reach (``beyond``), what is left, the share taken, each with the
        ends of its 95 % interval, and the camp's rank with and without. ``remaining_days``: the same by day and camp.

    Raises:
        TooLittleDataError: nothing was examined from which something could be taken.
    """
    outcomes = {name: answer.outcome for name, answer in answers.items() if isinstance(answer.outcome, Detection)}
    rng = np.random.default_rng([seed, 5])
    kinds = []
    if _WHO in outcomes and dataset.actions.height:
        progress("taking what groups did from the acts", 0, 2)
        strengths = {finding.id: finding.strength for finding in outcomes[_WHO].findings}
        kinds.append(_acts(dataset.actions, linked_groups(answers), strengths, params.interval_draws, rng))
    if _CEILING in outcomes:
        progress("taking what lies beyond reach from the interactions", 1, 2)
        found = outcomes[_CEILING]
        false_share = float(str(found.params["alpha"]))
        kinds.append(_interactions(found.tables["reach_posts"], false_share, params.interval_draws, rng))
    kinds = [kind for kind in kinds if kind.total.sum()]
    if not kinds:
        raise TooLittleDataError(
            "Neither could accounts be examined for who acted together nor pages for their reach, so nothing can be "
            "taken from the engagement."
        )
    camps = pl.concat([_camps(kind) for kind in kinds])
    everything = camps.filter(pl.col("scope") == "all")
    scores = [
        score
        for row in everything.iter_rows(named=True)
        for score in (
            Score(f"{row['measure']}_examined", row["total"], row["measure"]),
            Score(f"{row['measure']}_taken", row["share"], "1", interval=(row["share_low"], row["share_high"])),
        )
    ]
    days = pl.concat([_days(kind) for kind in kinds])
    tables = {"remaining_camps": camps, "remaining_days": days}
    return Detection(DETECTOR.name, asdict(params), scores=tuple(scores), tables=tables, notes=("left_is_a_bound",))


def event_camps(actions: pl.DataFrame) -> pl.DataFrame:
    """Return what each account did for which camp, one row an event.

    An event is for the camp that more than half of its traces that name any name, else for none: a post with links to
    two camps' pages is for neither.

    Args:
        actions: ``schema.ACTIONS`` with no event null.

    Returns:
        ``account_id, source_event, camp, acted_at`` (the first of its traces), in any order.
    """
    event = ["account_id", "source_event"]
    camps = actions.drop_nulls("camp").group_by(*event, "camp").agg(n=pl.len())
    mostly = camps.filter(2 * pl.col("n") > pl.col("n").sum().over(event)).drop("n")
    events = actions.group_by(event).agg(acted_at=pl.col("acted_at").min())
    return events.join(mostly, event, "left").select(*event, "camp", "acted_at")


def _acts(
    actions: pl.DataFrame,
    groups: pl.DataFrame,
    strengths: Mapping[str, Strength],
    n_draws: int,
    rng: np.random.Generator,
) -> _Engagement:
    """Return the acts, and those of the accounts that groups name.

    Args:
        groups: ``finding_id, account_id``.
        strengths: the confidence in each group.
    """
    observed = with_events(actions.filter(IS_OBSERVED))
    counted = (
        event_camps(observed)
        .with_columns(day=pl.col("acted_at").dt.date())
        .group_by("account_id", "day", "camp")
        .agg(n=pl.len().cast(pl.Float64))
    )
    cells, total = _by_day_and_camp(counted)
    own = counted.join(groups, "account_id").join(cells.with_row_index("cell"), ["day", "camp"], nulls_equal=True)
    taken, draws = np.zeros(len(total)), np.zeros((n_draws, len(total)))
    for (name,), rows in own.sort("finding_id", "account_id", "cell").group_by("finding_id", maintain_order=True):
        places = rows["cell"].unique().sort().to_numpy()
        done = np.zeros((rows["account_id"].n_unique(), len(places)))
        done[rows["account_id"].rank("dense").to_numpy() - 1, np.searchsorted(places, rows["cell"])] = rows["n"]
        taken[places] += done.sum(axis=0)
        draws[:, places] += member_draws(done, measured_errors(strengths[str(name)]), n_draws, rng)
    return _Engagement("acts", cells, total, taken, np.minimum(draws, total))


def _interactions(posts: pl.DataFrame, false_share: float, n_draws: int, rng: np.random.Generator) -> _Engagement:
    """Return the interactions of the posts that were judged, and the reactions beyond the ceilings of pages found.

    Args:
        posts: ``reach_posts``.
        false_share: the share of false ones to be expected among the pages found.
    """
    judged = posts.with_columns(day=pl.col("published_at").dt.date()).sort("account_id", "post_id")
    cells, total = _by_day_and_camp(judged.select("day", "camp", n=pl.col("interactions").cast(pl.Float64)))
    found = judged.filter(pl.col("finding_id").is_not_null().any().over("account_id"))
    found = found.join(cells.with_row_index("cell"), ["day", "camp"], nulls_equal=True).sort("account_id", "post_id")
    taken, draws = np.zeros(len(total)), np.zeros((n_draws, len(total)))
    for _, page in found.group_by("account_id", maintain_order=True):
        beyond = page.drop_nulls("finding_id")
        np.add.at(taken, beyond["cell"].to_numpy(), (beyond["reactions"] - beyond["reactions_expected"]).to_numpy())
        is_true = _chances(n_draws, rng) >= false_share
        np.add.at(draws.T, page["cell"].to_numpy(), (is_true[:, None] * bought_draws(page, n_draws, rng)).T)
    return _Engagement("interactions", cells, total, taken, draws, n_cases=BOUGHT_CASES)


def _chances(n_draws: int, rng: np.random.Generator) -> Floats:
    """Return numbers spread evenly between 0 and 1 in random order, the same in each case of the draws."""
    n_each = -(-n_draws // BOUGHT_CASES)
    return np.repeat((rng.permutation(n_each) + 0.5) / n_each, BOUGHT_CASES)[:n_draws]


def _by_day_and_camp(counted: pl.DataFrame) -> tuple[pl.DataFrame, Floats]:
    whole = counted.group_by("day", "camp").agg(pl.col("n").sum()).sort("day", "camp", nulls_last=True)
    return whole.select("day", "camp"), whole["n"].to_numpy().astype(np.float64)


def _taken_and_left(kind: _Engagement, total: Floats, taken: Floats, draws: Floats) -> dict[str, Floats]:
    """Return columns of what was taken and what is left, with the ends of their intervals.

    Args:
        kind: whose they are.
        total: shape (rows,).
        taken: shape (rows,).
        draws: shape (draws, rows).
    """
    low, high = kind.ends(draws)
    low, high = np.minimum(low, taken), np.maximum(high, taken)
    nothing = np.zeros_like(taken)
    ends = {"": taken, "_low": low, "_high": high}
    is_acts = kind.kind == "acts"
    return {
        "total": total,
        **{f"by_groups{end}": value if is_acts else nothing for end, value in ends.items()},
        **{f"beyond{end}": nothing if is_acts else value for end, value in ends.items()},
        "left": total - taken,
        "left_low": total - high,
        "left_high": total - low,
    }


def _camps(kind: _Engagement) -> pl.DataFrame:
    """Return the rows of one kind for everything, each camp and none."""
    camps = kind.cells["camp"].unique().sort(nulls_last=True).to_list()
    member = np.array([[camp == own for camp in camps] for own in kind.cells["camp"]], np.float64)
    of_all = np.ones((len(member), 1))
    parts = np.hstack([of_all, member])
    columns = _taken_and_left(kind, kind.total @ parts, kind.taken @ parts, kind.draws @ parts)
    share = {
        name: columns["total"] - columns[left]
        for name, left in (("share", "left"), ("share_low", "left_high"), ("share_high", "left_low"))
    }
    scope = ["all", *("none" if camp is None else "camp" for camp in camps)]
    table = pl.DataFrame(
        {
            "measure": [kind.kind] * len(scope),
            "scope": scope,
            "camp": pl.Series([None, *camps], dtype=pl.String),
            **columns,
            **{name: value / np.maximum(columns["total"], 1e-9) for name, value in share.items()},
        }
    )
    named = np.array([number for number, each in enumerate(scope) if each == "camp"], np.int64)
    return table.with_columns(_ranks(kind, parts[:, named], named, len(scope)))


def _ranks(kind: _Engagement, member: Floats, places: npt.NDArray[np.int64], n_rows: int) -> list[pl.Series]:
    """Return the ranks of the camps, 1 for the most: with what was found, without it, and the ends of the latter."""
    total, left = kind.total @ member, (kind.total - kind.taken) @ member
    drawn = _rank((kind.total - kind.draws) @ member) if len(places) else np.zeros((1, 0))
    without = _rank(left[None])[0]
    best, worst = np.quantile(drawn, _TAILS, axis=0, method="nearest")
    ranks = {
        "rank": _rank(total[None])[0],
        "rank_without": without,
        "rank_without_low": np.minimum(best, without),
        "rank_without_high": np.maximum(worst, without),
    }
    columns = []
    for name, values in ranks.items():
        column = np.full(n_rows, -1, np.int64)
        column[places] = values
        columns.append(pl.Series(name, [int(value) if value > 0 else None for value in column], dtype=pl.Int64))
    return columns


def _rank(values: Floats) -> Floats:
    """Return the ranks in each row, 1 for the largest; equal ones share the better."""
    return np.asarray(1.0 + (values[:, None, :] > values[:, :, None]).sum(axis=2))


def _days(kind: _Engagement) -> pl.DataFrame:
    columns = _taken_and_left(kind, kind.total, kind.taken, kind.draws)
    return (
        kind.cells.with_columns(pl.lit(kind.kind).alias("measure"))
        .select("measure", "day", "camp")
        .with_columns(pl.Series(name, values) for name, values in columns.items())
    )


DETECTOR = Detector(
    name="remaining",
    title="What is left without it",
    question="what",
    needs=(),
    params=Params,
    run=remaining,
    vocabulary=REMAINING,
    cites=(),
    text=(
        "Counts the engagement of each camp with and without the acts of the accounts that groups name and the "
        "reactions beyond the reach ceiling. The interval says how far wrong members and a wrong ceiling can move it. "
        "What nobody found is in what is left: it is a bound, not the real support."
    ),
    after=(*GROUP_FINDERS, _CEILING),
)
