"""Registration dates: were more accounts made within a few days than the rest of the data explains?

A scan statistic in time: the window of any start whose accounts most exceed those expected, by Kulldorff's likelihood
ratio, its chance measured by Monte Carlo. Naus 1965, doi:10.1080/01621459.1965.10480813; Kulldorff 1997,
doi:10.1080/03610929708831995.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.detectors.accounts.accounts_vocabulary import GROUP_REGISTRATIONS, REGISTRATIONS
from forensics.detectors.detector import GROUP_FINDERS, Detector, has_groups, of_groups
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import surrogate_p_values, with_q_values

Days = NDArray[np.float64]

NEIGHBOURHOOD_DAYS = 182.0
"""Half-width of the span over which the expected number of registrations is smoothed, days."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    windows_days: tuple[float, ...] = param(
        (1.0, 3.0, 7.0, 14.0), "days", "Lengths of the windows in which registrations may pile up.", 0.01, 366.0
    )
    minimum_accounts: int = param(20, "accounts", "Fewer accounts with a date are not examined.", 5, 1_000_000)
    replicas: int = param(999, "data sets", "How often registrations are drawn by chance.", 19, 99_999)
    alpha: float = param(0.01, "1", "A burst is reported when chance alone gives one as rarely as this.", 1e-9, 0.5)


@dataclass(frozen=True, slots=True)
class Burst:
    """The window that stands out most.

    Attributes:
        from_day: first registration in it, days since 1970.
        to_day: last registration in it, days since 1970.
        observed: accounts registered in it.
        expected: accounts expected in it.
        log_ratio: logarithm of the likelihood ratio.
    """

    from_day: float
    to_day: float
    observed: int
    expected: float
    log_ratio: float


def scan(days: Days, expected_before: Days, windows: tuple[float, ...]) -> Burst:
    """Return the window with the largest likelihood ratio.

    Args:
        days: shape (n,); registrations, days since 1970, in order.
        expected_before: shape (n,); expected registrations up to each of ``days``, of n in all.
        windows: lengths to try, days.

    Source:
        Kulldorff 1997, eq. 5: c ln(c/μ) + (n−c) ln((n−c)/(n−μ)) where c > μ.
    """
    n = days.size
    best = Burst(float(days[0]), float(days[0]), 0, 0.0, 0.0)
    start = np.arange(n)
    for width in windows:
        stop = np.searchsorted(days, days + width, side="right")
        count = (stop - start).astype(np.float64)
        # Half an account is the least a window can expect: a stretch without any reference says nothing.
        mean = np.clip(expected_before[stop - 1] - expected_before, 0.5, n - 0.5)
        rest = n - count
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = count * np.log(count / mean) + np.where(rest > 0, rest * np.log(rest / (n - mean)), 0.0)
        ratio = np.where(count > mean, ratio, 0.0)
        first = int(np.argmax(ratio))
        if ratio[first] > best.log_ratio:
            last = int(stop[first]) - 1
            best = Burst(
                float(days[first]), float(days[last]), int(count[first]), float(mean[first]), float(ratio[first])
            )
    return best


def _smooth(days: Days) -> tuple[Days, Days]:
    """Return the smooth cumulative expectation of registrations as a polyline: days and expected numbers.

    Every registration is spread evenly over a year around it, so that the slow growth of a platform is expected and a
    burst of days is not.
    """
    low = np.maximum(days - NEIGHBOURHOOD_DAYS, days[0])
    high = np.minimum(days + NEIGHBOURHOOD_DAYS, days[-1])
    grid = np.unique(np.concatenate([low, high]))
    rate = np.zeros(grid.size)
    width = np.maximum(high - low, 1e-9)
    np.add.at(rate, np.searchsorted(grid, low), 1 / width)
    np.add.at(rate, np.searchsorted(grid, high), -1 / width)
    steps = np.cumsum(rate)[:-1] * np.diff(grid)
    return grid, np.concatenate([[0.0], np.cumsum(steps)])


def _created(dataset: Dataset) -> pl.DataFrame:
    """Return ``account_id, day`` of the accounts with a registration date, the latest capture of each, by day."""
    return (
        dataset.latest_accounts("created_at")
        .select("account_id", day=pl.col("created_at").dt.epoch("us") / 86_400e6)
        .sort("day", "account_id")
    )


def registrations(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the window in which registrations of the data's accounts pile up against their own slow trend.

    Returns:
        Tables ``registrations`` (accounts in the burst) and ``registration_days`` (accounts by day).

    Raises:
        TooLittleDataError: fewer accounts with a date than asked for.
    """
    created = _created(dataset)
    if created.is_empty():
        raise TooLittleDataError("No account has a registration date.")
    if created.height < params.minimum_accounts:
        raise TooLittleDataError(
            "Registration dates of {minimum_accounts} accounts are needed; the data have {n_accounts}.",
            n_accounts=created.height,
            minimum_accounts=params.minimum_accounts,
        )
    days = created["day"].to_numpy()
    n = days.size
    grid, cumulative = _smooth(days)
    observed = scan(days, np.interp(days, grid, cumulative), params.windows_days)
    rng = np.random.default_rng(seed)
    by_chance = np.empty(params.replicas)
    # Dates kept to the day pile up on midnights; chance must be as coarse.
    coarse = bool(np.all(days == np.floor(days)))
    for replica in range(params.replicas):
        drawn = np.sort(np.interp(rng.uniform(0, n, size=n), cumulative, grid))
        drawn = np.floor(drawn) if coarse else drawn
        # Each replica is smoothed again: the trend is estimated from the data in both.
        by_chance[replica] = scan(drawn, np.interp(drawn, *_smooth(drawn)), params.windows_days).log_ratio
        if replica % 100 == 0:
            progress("drawing registrations by chance", replica, params.replicas)
    p_value = float(surrogate_p_values(np.array([observed.log_ratio]), by_chance)[0])
    name = "registrations-1" if p_value <= params.alpha else None
    inside = created.filter(pl.col("day").is_between(observed.from_day, observed.to_day))
    found = (
        ()
        if name is None
        else (_finding(name, "dataset", "registration_burst", observed, n, (p_value, None), "smooth_trend"),)
    )
    return Detection(
        detector="registrations",
        params=asdict(params),
        findings=found,
        scores=(Score("accounts_dated", float(n), "accounts"), Score("burst_p", p_value, p_value=p_value)),
        tables={
            "registrations": inside.select(pl.lit(name, pl.String).alias("finding_id"), "account_id", "day"),
            "registration_days": created.group_by(day=pl.col("day").floor().cast(pl.Int64))
            .agg(n_accounts=pl.len())
            .sort("day"),
        },
        notes=() if found else ("quiet_result",),
    )


def registrations_of_groups(
    dataset: Dataset, members: pl.DataFrame, params: Params, seed: int, progress: Progress
) -> Detection:
    """Find groups whose accounts were registered closer together than as many accounts of the same data.

    Args:
        dataset: its accounts.
        members: ``finding_id, account_id``; one row per account of a group.
        params: as for ``registrations``; here groups of three dated accounts or more are examined.

    Returns:
        Table ``registration_groups``: one row per group with its window, observed and expected accounts, p and q.
    """
    created = _created(dataset)
    days = created["day"].to_numpy()
    groups = members.join(created, "account_id").sort("finding_id", "day", "account_id")
    rows: list[dict[str, object]] = []
    bursts: list[Burst] = []
    rank = np.searchsorted(days, days, side="right") / max(1, days.size)
    n_groups = groups["finding_id"].n_unique()
    for number, ((name,), own) in enumerate(groups.group_by("finding_id", maintain_order=True)):
        size = own.height
        if size < 3 or days.size < params.minimum_accounts:
            continue
        rng = np.random.default_rng([seed, size])
        progress("comparing registrations of groups", number, n_groups)
        at = own["day"].to_numpy()
        burst = scan(at, np.interp(at, days, rank) * size, params.windows_days)
        by_chance = np.empty(params.replicas)
        for replica in range(params.replicas):
            drawn = np.sort(rng.choice(days.size, size=size, replace=False))
            by_chance[replica] = scan(days[drawn], rank[drawn] * size, params.windows_days).log_ratio
        p_value = float(surrogate_p_values(np.array([burst.log_ratio]), by_chance)[0])
        bursts.append(burst)
        rows.append({"finding_id": f"registrations-{name}", "group": str(name), "n_accounts": size, "p_value": p_value})
    if not rows:
        raise TooLittleDataError("No group has three accounts with a registration date, so bursts cannot be sought.")
    tested = with_q_values(pl.DataFrame(rows))
    table = pl.concat([tested, pl.DataFrame([asdict(burst) for burst in bursts])], how="horizontal")
    found = [
        _finding(
            row["finding_id"], row["group"], "registration_burst_group", burst, row["n_accounts"],
            (row["p_value"], row["q_value"]), "drawn_accounts",
        )
        for row, burst in zip(tested.iter_rows(named=True), bursts, strict=True)
        if row["q_value"] <= params.alpha
    ]  # fmt: skip
    return Detection(OF_GROUPS.name, asdict(params), tuple(found), (), {"registration_groups": table})


def _finding(
    name: str, subject: str, statement: str, burst: Burst, n: int, chance: tuple[float, float | None], null: str
) -> Finding:
    return Finding(
        id=name,
        question="how",
        subject=subject,
        statement=statement,
        scores=(
            Score("accounts_in_burst", float(burst.observed), "accounts", n, None, chance[0], chance[1], null),
            Score("accounts_in_burst_expected", burst.expected, "accounts", null=null),
            Score("burst_days", burst.to_day - burst.from_day, "days"),
            Score("burst_from", burst.from_day * 86_400, "utc_s"),
            Score("burst_to", burst.to_day * 86_400, "utc_s"),
        ),
        strength="moderate" if burst.observed >= 5 else "low",
        alternatives=("platform_event", "sign_up_drive", "news_event"),
        excluded=("platform_growth",),
        evidence=("registrations",) if subject == "dataset" else ("registration_groups",),
    )


DETECTOR = Detector(
    name="registrations",
    title="Registration bursts",
    question="how",
    needs=("accounts",),
    params=Params,
    run=registrations,
    vocabulary=REGISTRATIONS,
    cites=("Naus 1965, doi:10.1080/01621459.1965.10480813", "Kulldorff 1997, doi:10.1080/03610929708831995"),
    text=(
        "Looks for days in which far more of the accounts were registered than their slow trend explains. Every length "
        "and start of the window is tried, and chance is given the same freedom."
    ),
)

OF_GROUPS = Detector(
    name="registrations_of_groups",
    title="Registration bursts in the groups",
    question="how",
    needs=("accounts",),
    params=Params,
    run=of_groups(registrations_of_groups),
    vocabulary=GROUP_REGISTRATIONS,
    cites=DETECTOR.cites,
    text=(
        "Looks in each group for days in which more of its accounts were registered than of as many accounts drawn "
        "from the whole data."
    ),
    after=GROUP_FINDERS,
    applies=has_groups,
)
