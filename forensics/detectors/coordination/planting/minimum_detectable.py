"""The smallest manipulation that would have been found in these very data: spike-ins of growing size.

Work of known size and practice is planted into the data and sought beside the search that this run made, as this run
sets it; the size is halved or doubled until the smallest is known that is found. A quiet result means no more than that
nothing larger than this was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordination_vocabulary import MINIMUM_DETECTABLE
from forensics.detectors.coordination.planting.planted_search import planted_groups
from forensics.detectors.coordination.search import WholeSearch
from forensics.detectors.detector import Answers, Detector
from forensics.detectors.geography.region_statistics import share_interval
from forensics.errors import ParameterError, TooLittleDataError
from forensics.events import with_events
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress

# Both packages import each other; the module is whole by the time it is used.
from forensics.simulate import planted_background
from forensics.simulate.election import Plant

SIZES = (3, 5, 8, 12, 20, 35, 60)
"""Numbers of accounts tried; three tries find the smallest by halving."""
PRACTICES: dict[str, Plant] = {
    "burst": Plant(window_s=60.0, attendance=0.6),
    "prompt": Plant(window_s=110.0, age_low_s=1.0, age_high_s=10.0, attendance=0.6),
    "day_long": Plant(window_s=43_200.0, attendance=0.6),
    "drip": Plant(window_s=6 * 86_400.0, attendance=0.6),
    "own": Plant(window_s=3_600.0, attendance=0.6),
    "rotating": Plant(window_s=60.0, attendance=1.0),
}
"""The practices of the trade that are planted: a burst within a minute; within two minutes of the publication; spread
over half a day; dripping over most of a week; within an hour on objects that only the planted accounts act on; and a
burst of one of two teams, which take the objects by turns."""
N_TEAMS = 2
"""Teams of the practice ``rotating``: each serves half of the objects."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    spike_in: bool = param(True, "flag", "Whether the smallest manipulation that would be found is measured at all.")
    spike_most_acts: int = param(300_000, "acts", "Data with more acts are not spiked: it would take long.", 0, 10**9)
    spike_plants: int = param(1, "plants", "How many different plants of one size and practice are tried.", 1, 1000)
    spike_objects: int = param(12, "objects", "Targets of each plant.", 2, 1000)
    spike_practices: tuple[str, ...] = param(("burst",), "practices", "What is planted: " + ", ".join(PRACTICES) + ".")
    spike_recall: float = param(0.8, "1", "The share of a plant's accounts, and of plants, to be found.", 0.01, 1.0)

    def __post_init__(self) -> None:
        """Refuse a practice that is not one of ``PRACTICES``."""
        unknown = sorted(set(self.spike_practices) - set(PRACTICES))
        if unknown:
            raise ParameterError(
                "There is no practice '{practice}' to plant. There are: {practices}.",
                practice=unknown[0],
                practices=", ".join(PRACTICES),
            )


def planted_recalls(
    whole: WholeSearch, actions: pl.DataFrame, practice: str, plant: Plant, seeds: Iterable[int]
) -> list[float]:
    """Plant work into data, once for each seed, and return the share of its accounts that the named groups hold.

    Only groups of which most accounts are planted count, so that what the data hold already is no help.

    Args:
        actions: those of the data that have a time, near-duplicate texts joined.
        practice: a key of ``PRACTICES``.

    Raises:
        TooLittleDataError: the data have too few objects for the plant's targets.
    """
    ground = planted_background.Ground(actions, plant)
    recalls = []
    for seed in seeds:
        rows, ids = ground.work(0, seed)
        workers = pl.Series(ids)
        if practice == "own":
            rows = _with_own_objects(rows, workers, plant)
        elif practice == "rotating":
            rows = _by_turns(rows, workers, plant)
        known = set(ids)
        hits: set[str] = set()
        for group in planted_groups(whole, with_events(planted_background.as_rows([rows]))):
            hit = known & set(group.core)
            if group.is_named and 2 * len(hit) > len(group.core):
                hits |= hit
        recalls.append(len(hits) / len(known))
    return recalls


def _targets(rows: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.Series:
    """Return the objects that many of the planted accounts acted on, ascending."""
    return (
        rows.group_by("object_id")
        .agg(n=pl.col("account_id").n_unique())
        .filter(pl.col("n") >= max(2.0, plant.attendance * len(workers) / 2))["object_id"]
        .drop_nulls()
        .sort()
    )


def _with_own_objects(rows: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.DataFrame:
    """Give the targets ids that nobody else acts on."""
    is_own = pl.col("object_id").is_in(_targets(rows, workers, plant).implode())
    return rows.with_columns(object_id=pl.when(is_own).then("planted-" + pl.col("object_id")).otherwise("object_id"))


def _by_turns(rows: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.DataFrame:
    """Leave each target to one team of the planted accounts."""
    targets = _targets(rows, workers, plant)
    team = {name: number % N_TEAMS for number, name in enumerate(workers.sort().to_list())}
    turn = {name: number % N_TEAMS for number, name in enumerate(targets.to_list())}
    own = pl.col("account_id").replace_strict(team, default=None, return_dtype=pl.Int64)
    served = pl.col("object_id").replace_strict(turn, default=None, return_dtype=pl.Int64)
    return rows.filter((own == served).fill_null(value=True))


def minimum_detectable(
    dataset: Dataset, params: Params, seed: int, progress: Progress, settings: coordination.Params
) -> pl.DataFrame:
    """Return the smallest number of accounts that would have been found, for each practice.

    Args:
        progress: reports the search, where it was not made before, and the sizes tried.
        settings: of ``coordination``.

    Returns:
        ``practice, n_objects, n_accounts, recall, n_found, n_plants, found_low, found_high, n_runs``: the smallest of
        ``SIZES`` of which the wanted share of the plants was found; the mean share of their accounts; how many of the
        plants were found, and the 95 % Clopper-Pearson interval of that share (Clopper & Pearson 1934,
        doi:10.1093/biomet/26.4.404); how many plants of any size were tried. Null where not even the largest was found
        or the data have too few objects.
    """
    found = coordination.searched(dataset, settings, seed, progress)
    # A plant copies acts by their place, so the places must not hang on the order of the rows.
    actions = found.actions.sort("source_id", "source_row", "account_id", "action", "object_kind", "object_id")
    wanted = [practice for practice in PRACTICES if practice in params.spike_practices]
    most = len(SIZES).bit_length() * len(wanted)
    rows = []
    for number, practice in enumerate(wanted):
        trial = _Trial(found.whole, actions, practice, params, seed)
        low, high = 0, len(SIZES)
        progress(_PLANTING, most * number // len(wanted), most)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if trial.is_found(SIZES[middle]) else (middle + 1, high)
            progress(_PLANTING, most * number // len(wanted) + min(len(trial.recalls), most), most)
        rows.append(trial.row(SIZES[high] if high < len(SIZES) else None))
    progress(_PLANTING, most, most)
    return pl.DataFrame(rows, schema=_ROWS, orient="row")


_PLANTING = "planting work of known size"


class _Trial:
    """Plants of one practice, tried until it is known whether the wanted share of each size is found.

    Attributes:
        recalls: the share of each plant's accounts that was found, by size.
    """

    def __init__(self, whole: WholeSearch, actions: pl.DataFrame, practice: str, params: Params, seed: int) -> None:
        self._whole, self._actions, self._practice, self._params, self._seed = whole, actions, practice, params, seed
        n_plants = params.spike_plants
        self._needed = next(n for n in range(n_plants + 1) if n / n_plants >= params.spike_recall)
        self.recalls: dict[int, list[float]] = {}

    def is_found(self, size: int) -> bool:
        """Return whether the wanted share of all plants of a size is found; no more are tried than needed to know."""
        recalls = self.recalls.setdefault(size, [])
        while (n_found := self._n_found(size)) < self._needed <= n_found + self._params.spike_plants - len(recalls):
            missing = self._needed - n_found
            may_fail = self._params.spike_plants - len(recalls) - missing
            self._try(size, min(missing, may_fail + 1))
        return n_found >= self._needed

    def row(self, size: int | None) -> tuple[object, ...]:
        """Return the row of the smallest size found, of which all plants are tried; None for none."""
        n_objects, n_plants = self._params.spike_objects, self._params.spike_plants
        if size is not None:
            self._try(size, n_plants - len(self.recalls[size]))
        n_runs = sum(map(len, self.recalls.values()))
        if size is None:
            return (self._practice, n_objects, None, None, None, n_plants, None, None, n_runs)
        n_found, recall = self._n_found(size), sum(self.recalls[size]) / n_plants
        return (self._practice, n_objects, size, recall, n_found, n_plants, *share_interval(n_found, n_plants), n_runs)

    def _n_found(self, size: int) -> int:
        return sum(recall >= self._params.spike_recall for recall in self.recalls[size])

    def _try(self, size: int, n: int) -> None:
        """Try so many further plants; what the data have too few objects for is not found."""
        plant = replace(PRACTICES[self._practice], n_accounts=size, n_targets=self._params.spike_objects)
        first = self._seed + len(self.recalls[size])
        try:
            further = planted_recalls(self._whole, self._actions, self._practice, plant, range(first, first + n))
        except TooLittleDataError:
            further = [0.0] * n
        self.recalls[size] += further


_ROWS = {
    "practice": pl.String(),
    **dict.fromkeys(("n_objects", "n_accounts"), pl.Int64()),
    "recall": pl.Float64(),
    **dict.fromkeys(("n_found", "n_plants"), pl.Int64()),
    **dict.fromkeys(("found_low", "found_high"), pl.Float64()),
    "n_runs": pl.Int64(),
}


def detectable(dataset: Dataset, params: Params, seed: int, progress: Progress, answers: Answers) -> Detection:
    """Measure the smallest manipulation that the search, as this run sets it, would have found in the data.

    Args:
        answers: that of ``coordination``, for its settings; what it found plays no part.

    Returns:
        No finding: it says what could have been seen. Table ``detectable``, empty where it was switched off or the
        data are too large, and a note that says so.
    """
    settings = answers["coordination"].params
    if not isinstance(settings, coordination.Params):
        raise TypeError(f"the parameters of coordination are a {type(settings).__name__}")
    if not params.spike_in or dataset.actions.height > params.spike_most_acts:
        return Detection(
            DETECTOR.name, asdict(params), tables={"detectable": pl.DataFrame(schema=_ROWS)}, notes=("not_spiked",)
        )
    table = minimum_detectable(dataset, params, seed, progress, settings)
    scores = tuple(
        Score(f"detectable_{row['practice']}", row["n_accounts"], "accounts", n=row["n_plants"])
        for row in table.with_columns(pl.col("n_accounts").cast(pl.Float64)).iter_rows(named=True)
    )
    unseen = () if table["n_accounts"].null_count() == 0 else ("spikes_unseen",)
    return Detection(
        DETECTOR.name, asdict(params), scores=scores, tables={"detectable": table}, notes=("spiked", *unseen)
    )


DETECTOR = Detector(
    name="detectable",
    title="The smallest manipulation that would be found",
    question="who",
    needs=("actions",),
    params=Params,
    run=detectable,
    vocabulary=MINIMUM_DETECTABLE,
    cites=("Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404",),
    text=(
        "Plants accounts that work together into a copy of the data, more or fewer, by several practices of the trade, "
        "and seeks them with the settings of this run, beside the search that it made. It says from how many accounts "
        "on such work would have been found, and in how many of the tries."
    ),
    after=("coordination",),
)
