"""The smallest manipulation that would have been found in these very data: spike-ins of growing size.

Work of known size is planted into the data, the pipeline of synchrony is run again without its re-deals, and the size
is halved or doubled until the smallest is known of which most accounts are found. A quiet result means no more than
that nothing larger than this was there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import polars as pl

from forensics.coaction.cluster_tests import ClusterRule
from forensics.coaction.layers import set_aside
from forensics.coaction.pair_tests import weigh_layers
from forensics.dataset import Dataset
from forensics.detectors.base import Answers, Detector
from forensics.detectors.coordination import synchrony
from forensics.detectors.coordination.coordination_vocabulary import MINIMUM_DETECTABLE
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress, quiet

# Both packages import each other; the module is whole by the time it is used.
from forensics.simulate import background
from forensics.simulate.election import Plant

__all__ = ["DETECTOR", "Params", "minimum_detectable", "planted_recall"]

SIZES = (3, 5, 8, 12, 20, 35, 60)
"""Numbers of accounts tried; three tries find the smallest by halving."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    spike_in: bool = param(True, "flag", "Whether the smallest manipulation that would be found is measured at all.")
    spike_most_acts: int = param(300_000, "acts", "Data with more acts are not spiked: it would take long.", 0, 10**9)
    spike_objects: tuple[int, ...] = param((8, 12, 20), "objects", "Numbers of targets that are tried.", 2, 1000)
    spike_window_s: float = param(60.0, "s", "The planted accounts act on a target within this time.", 1.0, 86_400.0)
    spike_attendance: float = param(0.6, "1", "The chance that a planted account acts on a target.", 0.01, 1.0)
    spike_recall: float = param(0.8, "1", "The share of the planted accounts that must be found.", 0.01, 1.0)


def planted_recall(dataset: Dataset, plant: Plant, params: synchrony.Params, seed: int) -> float:
    """Plant work into data and return the share of its accounts that synchrony's clusters hold.

    Only clusters of which most accounts are planted count, so that what the data hold already is no help.

    Args:
        dataset: the user's data.
        plant: what to plant.
        params: of synchrony; its re-deals are left out.
        seed: of the plant and of the search for groups.

    Raises:
        TooLittleDataError: the data have too few objects for the plant's targets, or no pair can be weighed.
    """
    planted = background.plant_into(dataset, (plant,), seed)
    automated = dataset.accounts.filter("is_automated")["account_id"].unique()
    layers, everyone = synchrony.prepare_layers(set_aside(planted.dataset.actions, automated), params, quiet)
    edges = weigh_layers(layers, everyone, params.min_objects, params.alpha).edges
    members = ClusterRule(params.min_accounts, params.resolution, seed).clusters(edges)
    is_planted = pl.col("account_id").is_in(planted.truth["account_id"].implode())
    hit = members.with_columns(hit=is_planted).filter(pl.col("hit").mean().over("cluster") > 0.5)["hit"].sum()
    return float(hit) / planted.truth.height


def minimum_detectable(
    dataset: Dataset, params: Params, seed: int, progress: Progress, settings: synchrony.Params
) -> pl.DataFrame:
    """Return the smallest number of accounts that would have been found, for each number of targets.

    Args:
        dataset: the user's data.
        params: what to plant.
        seed: of the plants.
        progress: told of the runs.
        settings: of synchrony.

    Returns:
        ``n_objects, window_s, attendance, n_accounts, recall, n_runs``; ``n_accounts`` and ``recall`` are null where
        not even the largest of ``SIZES`` was found or the data have too few objects.
    """
    # A plant copies acts and profiles by their place, so the places must not hang on the order of the rows.
    dataset = replace(
        dataset,
        actions=dataset.actions.sort("source_id", "source_row", "account_id", "action", "object_kind", "object_id"),
        accounts=dataset.accounts.sort("account_id", "source_id", "source_row"),
    )
    wanted = sorted(set(params.spike_objects))
    most = len(SIZES).bit_length() * len(wanted)
    rows = []
    done = 0
    for n_objects in wanted:
        low, high, runs = 0, len(SIZES), 0
        recalls: dict[int, float] = {}
        while low < high:
            middle = (low + high) // 2
            plant = Plant(
                n_accounts=SIZES[middle],
                n_targets=n_objects,
                window_s=params.spike_window_s,
                attendance=params.spike_attendance,
            )
            try:
                recalls[middle] = planted_recall(dataset, plant, settings, seed)
            except TooLittleDataError:
                recalls[middle] = 0.0
            runs, done = runs + 1, done + 1
            progress("planting work of known size", done, most)
            low, high = (low, middle) if recalls[middle] >= params.spike_recall else (middle + 1, high)
        found = high < len(SIZES)
        rows.append(
            {
                "n_objects": n_objects,
                "window_s": params.spike_window_s,
                "attendance": params.spike_attendance,
                "n_accounts": SIZES[high] if found else None,
                "recall": recalls[high] if found else None,
                "n_runs": runs,
            }
        )
    return pl.DataFrame(rows, schema=_ROWS)


_ROWS = {
    "n_objects": pl.Int64,
    "window_s": pl.Float64,
    "attendance": pl.Float64,
    "n_accounts": pl.Int64,
    "recall": pl.Float64,
    "n_runs": pl.Int64,
}


def detectable(dataset: Dataset, params: Params, seed: int, progress: Progress, answers: Answers) -> Detection:
    """Measure the smallest manipulation that synchrony, as this run sets it, would have found in the data.

    Args:
        dataset: the user's data.
        params: see ``Params``.
        seed: of the plants.
        progress: told of the runs.
        answers: that of ``synchrony``, for its settings; what it found plays no part.

    Returns:
        No finding: it says what could have been seen. Table ``detectable``, empty where it was switched off or the
        data are too large, and a note that says so.
    """
    settings = answers["synchrony"].params
    if not isinstance(settings, synchrony.Params):
        raise TypeError(f"the parameters of synchrony are a {type(settings).__name__}")
    if not params.spike_in or dataset.actions.height > params.spike_most_acts:
        return Detection(
            DETECTOR.name, asdict(params), tables={"detectable": pl.DataFrame(schema=_ROWS)}, notes=("not_spiked",)
        )
    table = minimum_detectable(dataset, params, seed, progress, settings)
    scores = tuple(
        Score(f"detectable_{n_objects}", n_accounts, "accounts")
        for n_objects, n_accounts in table.select("n_objects", pl.col("n_accounts").cast(pl.Float64)).iter_rows()
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
    cites=("Amarasingham, Harrison, Hatsopoulos & Geman 2012, doi:10.1152/jn.00633.2011",),
    text=(
        "Plants accounts that work together into a copy of the data, more or fewer, and runs the search for accounts "
        "that act together in time again, with the settings of this run and without its re-deals. It says from how "
        "many accounts on such work would have been found."
    ),
    after=("synchrony",),
)
