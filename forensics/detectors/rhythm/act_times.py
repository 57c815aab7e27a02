"""The times of each account's distinct acts, to the minute: what every question about rhythm begins with."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forensics.dataset import Dataset
from forensics.errors import PrecisionError, TooLittleDataError
from forensics.schema import IS_OBSERVED

TOO_COARSE = ("day", "estimated")


@dataclass(frozen=True, eq=False)
class ActTimes:
    """Times by account.

    Attributes:
        account_ids: in order of their ids.
        minutes: of each account, shape (its acts,), minutes since 1970, in order.
        n_coarse: acts left out because their time is kept to the day or was estimated.
    """

    account_ids: tuple[str, ...]
    minutes: tuple[NDArray[np.int64], ...]
    n_coarse: int

    def sizes(self) -> NDArray[np.int64]:
        """Return the number of acts of each account."""
        return np.array([part.size for part in self.minutes], dtype=np.int64)


def distinct_acts(dataset: Dataset) -> pl.DataFrame:
    """Return the observed acts once each: a post with three links is one act.

    Returns:
        Columns of ``schema.ACTIONS``; one row for each account, post and time, or row of a file where no post is known.
    """
    observed = dataset.actions.filter(IS_OBSERVED)
    what = pl.coalesce(
        pl.concat_str(pl.lit("p"), pl.col("post_id")),
        pl.concat_str(pl.lit("r"), pl.col("source_id"), pl.lit(" "), pl.col("source_row").cast(pl.String)),
    )
    return (
        observed.with_columns(what=what)
        .sort("account_id", "acted_at", "what", "source_id", "source_row")
        .unique(["account_id", "acted_at", "what"], keep="first", maintain_order=True)
        .drop("what")
    )


_known: WeakKeyDictionary[Dataset, ActTimes] = WeakKeyDictionary()
"""The times of the data sets that are in use: accounts and groups are asked about one after the other."""


def act_times(dataset: Dataset) -> ActTimes:
    """Return the times of each account's acts; of one data set they are gathered once.

    Raises:
        PrecisionError: every time is kept to the day or was estimated.
        TooLittleDataError: there are no acts.
    """
    if dataset not in _known:
        _known[dataset] = _gathered(dataset)
    return _known[dataset]


def _gathered(dataset: Dataset) -> ActTimes:
    acts = distinct_acts(dataset)
    if not acts.height:
        raise TooLittleDataError("There are no acts with a time, so rhythm cannot be judged.")
    fine = acts.filter(~pl.col("time_precision").cast(pl.String).is_in(TOO_COARSE).fill_null(value=False))
    if not fine.height:
        raise PrecisionError(
            "All times are kept to the day or were estimated; a daily rhythm needs times to the minute or finer."
        )
    grouped = (
        fine.select("account_id", minute=pl.col("acted_at").dt.epoch("s") // 60)
        .sort("account_id", "minute")
        .group_by("account_id", maintain_order=True)
        .agg("minute")
    )
    return ActTimes(
        account_ids=tuple(grouped["account_id"].to_list()),
        minutes=tuple(part.to_numpy().astype(np.int64) for part in grouped["minute"]),
        n_coarse=acts.height - fine.height,
    )
