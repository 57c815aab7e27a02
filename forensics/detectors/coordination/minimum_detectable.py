"""The smallest manipulation that would have been found in these very data: spike-ins of growing size.

Work of known size and practice is planted into the data, the search is run again as this run sets it, and the size is
halved or doubled until the smallest is known that is found. A quiet result means no more than that nothing larger than
this was there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import polars as pl

from forensics.coaction.derived_layers import with_near_duplicates
from forensics.coaction.layers import set_aside
from forensics.dataset import Dataset
from forensics.detectors.base import Answers, Detector
from forensics.detectors.coordination import coordination
from forensics.detectors.coordination.coordination_vocabulary import MINIMUM_DETECTABLE
from forensics.detectors.geography.region_statistics import share_interval
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress, quiet

# Both packages import each other; the module is whole by the time it is used.
from forensics.simulate import background
from forensics.simulate.election import Plant

__all__ = ["DETECTOR", "PRACTICES", "Params", "minimum_detectable", "planted_recall"]

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


def planted_recall(
    dataset: Dataset,
    practice: str,
    plant: Plant,
    settings: coordination.Params,
    seed: int,
    progress: Progress = quiet,
) -> float:
    """Plant work into data and return the share of its accounts that the named groups hold.

    Only groups of which most accounts are planted count, so that what the data hold already is no help.

    Args:
        dataset: the user's data.
        practice: a key of ``PRACTICES``.
        plant: what to plant.
        settings: of ``coordination``.
        seed: of the plant and of the search for groups.
        progress: reports how far the search is.

    Raises:
        TooLittleDataError: the data have too few objects for the plant's targets, or nothing can be searched.
    """
    planted = background.plant_into(dataset, (plant,), seed)
    workers = planted.truth["account_id"]
    actions = planted.dataset.actions
    if practice == "own":
        actions = _with_own_objects(actions, workers, plant)
    elif practice == "rotating":
        actions = _by_turns(actions, workers, plant)
    actions = with_near_duplicates(actions, settings.text_similarity, settings.layers)
    automated = dataset.accounts.filter("is_automated")["account_id"].unique()
    found = coordination.searched(set_aside(actions, automated), planted.dataset, settings, seed, progress)
    known = set(workers)
    hits: set[str] = set()
    for group in found.groups:
        hit = known & set(group.core)
        if group.is_named and 2 * len(hit) > len(group.core):
            hits |= hit
    return len(hits) / len(known)


def _targets(actions: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.Series:
    """Return the objects that many of the planted accounts acted on, ascending."""
    return (
        actions.filter(pl.col("account_id").is_in(workers.implode()))
        .group_by("object_id")
        .agg(n=pl.col("account_id").n_unique())
        .filter(pl.col("n") >= max(2.0, plant.attendance * len(workers) / 2))["object_id"]
        .sort()
    )


def _with_own_objects(actions: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.DataFrame:
    """Give the targets ids, for the planted accounts, that nobody else acts on."""
    is_own = pl.col("account_id").is_in(workers.implode()) & pl.col("object_id").is_in(
        _targets(actions, workers, plant).implode()
    )
    return actions.with_columns(object_id=pl.when(is_own).then("planted-" + pl.col("object_id")).otherwise("object_id"))


def _by_turns(actions: pl.DataFrame, workers: pl.Series, plant: Plant) -> pl.DataFrame:
    """Leave each target to one team of the planted accounts."""
    targets = _targets(actions, workers, plant)
    team = {name: number % N_TEAMS for number, name in enumerate(workers.sort().to_list())}
    turn = {name: number % N_TEAMS for number, name in enumerate(targets.to_list())}
    own = pl.col("account_id").replace_strict(team, default=None, return_dtype=pl.Int64)
    served = pl.col("object_id").replace_strict(turn, default=None, return_dtype=pl.Int64)
    return actions.filter((own == served).fill_null(value=True))


def minimum_detectable(
    dataset: Dataset, params: Params, seed: int, progress: Progress, settings: coordination.Params
) -> pl.DataFrame:
    """Return the smallest number of accounts that would have been found, for each practice.

    Args:
        dataset: the user's data.
        params: what to plant.
        seed: of the plants.
        progress: reports the runs.
        settings: of ``coordination``.

    Returns:
        ``practice, n_objects, n_accounts, recall, n_found, n_plants, found_low, found_high, n_runs``: the smallest of
        ``SIZES`` of which the wanted share of the plants was found; the mean share of their accounts; how many of the
        plants were found, and the 95 % Clopper-Pearson interval of that share (Clopper & Pearson 1934,
        doi:10.1093/biomet/26.4.404). Null where not even the largest was found or the data have too few objects.
    """
    # A plant copies acts and profiles by their place, so the places must not hang on the order of the rows.
    dataset = replace(
        dataset,
        actions=dataset.actions.sort("source_id", "source_row", "account_id", "action", "object_kind", "object_id"),
        accounts=dataset.accounts.sort("account_id", "source_id", "source_row"),
    )
    wanted = [practice for practice in PRACTICES if practice in params.spike_practices]
    most = len(SIZES).bit_length() * len(wanted) * params.spike_plants
    done = 0

    def within(_: str, share: int, whole: int) -> None:
        progress("planting work of known size", 100 * done + 100 * share // whole, 100 * most)

    def tried(practice: str, size: int) -> list[float]:
        nonlocal done
        plant = replace(PRACTICES[practice], n_accounts=size, n_targets=params.spike_objects)
        recalls = []
        for number in range(params.spike_plants):
            try:
                recalls.append(planted_recall(dataset, practice, plant, settings, seed + number, within))
            except TooLittleDataError:
                recalls.append(0.0)
            done += 1
            within("", 0, 1)
        return recalls

    rows = [_smallest(practice, tried, params) for practice in wanted]
    return pl.DataFrame(rows, schema=_ROWS, orient="row")


def _smallest(practice: str, tried: Callable[[str, int], list[float]], params: Params) -> tuple[object, ...]:
    """Return the row of one practice, its smallest size found by halving."""
    low, high, runs = 0, len(SIZES), 0
    found: dict[int, list[float]] = {}
    while low < high:
        middle = (low + high) // 2
        found[middle] = tried(practice, SIZES[middle])
        runs += params.spike_plants
        share = sum(recall >= params.spike_recall for recall in found[middle]) / params.spike_plants
        low, high = (low, middle) if share >= params.spike_recall else (middle + 1, high)
    if high == len(SIZES):
        return (practice, params.spike_objects, None, None, None, params.spike_plants, None, None, runs)
    recalls = found[high]
    n_found, n_plants = sum(recall >= params.spike_recall for recall in recalls), len(recalls)
    mean = sum(recalls) / n_plants
    return (
        practice,
        params.spike_objects,
        SIZES[high],
        mean,
        n_found,
        n_plants,
        *share_interval(n_found, n_plants),
        runs,
    )


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
        dataset: the user's data.
        params: see ``Params``.
        seed: of the plants.
        progress: reports the runs.
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
        Score(
            f"detectable_{row['practice']}",
            row["n_accounts"],
            "accounts",
            n=row["n_plants"],
        )
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
        "and runs the search for accounts that acted together again, with the settings of this run. It says from how "
        "many accounts on such work would have been found, and in how many of the tries."
    ),
    after=("coordination",),
)
