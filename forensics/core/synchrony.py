"""Synchrony: accounts that act on the same things closer together in time than chance explains, again and again.

For each layer and window, every pair of accounts with enough shared objects inside the window is weighed against the
interval-jitter null (``jitter``), the p-values are corrected for every pair that could have been tested, and the
edges that remain are grouped into clusters.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from forensics.core.clusters import find_clusters, place_members
from forensics.core.coaction import count_coactions, counted_pairs
from forensics.core.evidence import edge_acts, moments
from forensics.core.jitter import Jitter, jitter, weigh
from forensics.core.layers import IndexedActs, index_acts, layer_names
from forensics.core.parts import Detector
from forensics.core.significance import false_discovery_rate
from forensics.core.synchrony_findings import findings, notes
from forensics.errors import ParameterError, PrecisionError, TooLittleDataError
from forensics.model import Dataset, Detection, Progress, Score
from forensics.params import param

__all__ = ["DETECTOR", "Params", "synchrony", "weigh_layers"]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    windows_s: tuple[float, ...] = param(
        (60.0,), "s", "Two acts on one object co-act when they lie within this time of each other.", 0.001, 1800.0
    )
    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    min_objects: int = param(
        4, "objects", "A pair is weighed when it shares so many distinct objects or more.", 2, 1000
    )
    occasion_s: float = param(
        600.0, "s", "Hits closer in time than this count once, because one sitting is one coincidence.", 0.0, 86_400.0
    )
    alpha: float = param(0.05, "1", "Expected share of false edges among those reported.", 1e-9, 0.5)
    min_accounts: int = param(3, "accounts", "A smaller group is not called a cluster.", 3, 1000)
    resolution: float = param(0.05, "1", "Groups joined by fewer bridges than this density are kept apart.", 0.0, 1.0)
    crowd: int = param(
        300, "acts", "An object's hour with so many acts is judged against its own crowd.", 10, 1_000_000
    )


@dataclass(frozen=True, slots=True, eq=False)
class LayerTests:
    """What one layer gave: its weighed pairs and what the report says of it.

    Attributes:
        pairs: ``left, right, layer, window_s, tick_s, n_objects, n_occasions, n_trials, expected, p_value``.
        facts: one row for each window, see the ``layers`` table.
        appeared: ``layer, object_id, appeared_at``.
        n_testable: pairs that could have been tested.
    """

    pairs: pl.DataFrame
    facts: pl.DataFrame
    appeared: pl.DataFrame
    n_testable: int


def synchrony(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the accounts that acted together more closely in time than chance explains.

    Args:
        dataset: its actions.
        params: see ``Params``.
        seed: of the search for groups and of the network's layout; the statistics are exact and need none.
        progress: told of each step.

    Returns:
        One finding per cluster and the tables ``accounts``, ``edges``, ``acts``, ``moments`` and ``layers``.

    Raises:
        ParameterError: a layer that the data do not have.
        PrecisionError: every layer's times are coarser than every window.
        TooLittleDataError: no layer has two accounts with enough objects.
    """
    tests = weigh_layers(dataset.actions, params, progress)
    weighed = _corrected(pl.concat([test.pairs for test in tests]), sum(test.n_testable for test in tests))
    significant = weighed.filter(pl.col("q_value") <= params.alpha)
    members = find_clusters(significant, params.min_accounts, params.resolution, seed).with_columns(
        finding_id="synchrony-" + (pl.col("cluster") + 1).cast(pl.String)
    )
    by_layer = _within_clusters(significant, members)
    progress("collecting the acts behind the edges", 0, 0)
    acts = edge_acts(dataset.actions, by_layer)
    dots = moments(dataset.actions, acts, pl.concat([test.appeared for test in tests]))
    edges = _edges(by_layer)
    tables = {
        "accounts": _accounts(dataset, members, edges, dots, seed),
        "edges": edges,
        "acts": acts,
        "moments": dots,
        "layers": _layer_facts(tests, significant),
    }
    ratio = _ratio(tables["layers"], edges)
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=findings(tables, ratio),
        scores=_scores(tables, weighed, members, params, ratio),
        tables=tables,
        notes=notes(tables),
    )


def weigh_layers(actions: pl.DataFrame, params: Params, progress: Progress) -> tuple[LayerTests, ...]:
    """Weigh the pairs of every layer that was asked for.

    Args:
        actions: ``schema.ACTIONS``.
        params: see ``Params``.
        progress: told of each layer.

    Returns:
        One result per layer that has two accounts or more with enough objects.

    Raises:
        ParameterError: see ``synchrony``.
        PrecisionError: see ``synchrony``.
        TooLittleDataError: see ``synchrony``.
    """
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else params.layers
    absent = [layer for layer in wanted if layer not in there]
    if absent:
        raise ParameterError(f"The data have no layer '{absent[0]}'. They have: {', '.join(there) or 'none'}.")
    tests: list[LayerTests] = []
    refusals: list[PrecisionError] = []
    for layer in wanted:
        progress(f"synchrony: layer {layer}", len(tests), len(wanted))
        acts = index_acts(actions, layer)
        try:
            tests.append(_test_layer(acts, params, progress))
        except PrecisionError as error:
            refusals.append(error)
    if refusals and not any(test.facts.height for test in tests):
        raise refusals[0]
    if not any(test.n_testable for test in tests):
        raise TooLittleDataError(
            f"No two accounts acted on {params.min_objects} objects or more in any layer, so no pair can be weighed. "
            "Lower min_objects, or add data."
        )
    return tuple(tests)


def _test_layer(acts: IndexedActs, params: Params, progress: Progress) -> LayerTests:
    """Weigh a layer's pairs at every window; a pair keeps its best window, its p-value corrected for the windows."""
    windows = [window_s for window_s in params.windows_s if window_s >= acts.tick_s]
    if not windows:
        acts.window_ticks(max(params.windows_s))
    per_account = _objects_per_account(acts)
    n_active = int((per_account >= params.min_objects).sum())
    results, facts = [], []
    for window_s in windows:
        window = acts.window_ticks(window_s)
        null = jitter(acts, window, params.crowd)
        pairs = _weigh_window(acts, null, window_s, params, progress)
        results.append(pairs)
        facts.append(
            {
                "layer": acts.layer,
                "n_acts": acts.n_acts,
                "n_accounts": len(acts.account_ids),
                "n_objects": len(acts.object_ids),
                "precision": acts.precision,
                "window_s": window_s,
                "n_testable_pairs": n_active * (n_active - 1) // 2,
                "n_counted_pairs": counted_pairs(acts, window),
                "n_candidates": pairs.height,
                "n_crowded_acts": null.n_crowded,
                "observed": null.observed,
                "expected": null.expected,
            }
        )
    best = (
        pl.concat(results)
        .with_columns(p_value=(pl.col("p_value") * len(params.windows_s)).clip(upper_bound=1.0))
        .sort("left", "right", "p_value", "window_s")
        .unique(["left", "right"], keep="first", maintain_order=True)
    )
    appeared_us = (acts.appeared * round(acts.tick_s * 1e6)).astype("datetime64[us]")
    appeared = pl.DataFrame(
        {"object_id": acts.object_ids, "appeared_at": pl.Series(appeared_us).dt.replace_time_zone("UTC")}
    ).select(pl.lit(acts.layer).alias("layer"), "object_id", "appeared_at")
    return LayerTests(best, pl.DataFrame(facts), appeared, n_active * (n_active - 1) // 2)


def _objects_per_account(acts: IndexedActs) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return how many distinct objects each account acted on."""
    n_objects = max(len(acts.object_ids), 1)
    distinct = np.unique(acts.accounts.astype(np.int64) * n_objects + acts.objects)
    return np.bincount(distinct // n_objects, minlength=len(acts.account_ids))


def _weigh_window(acts: IndexedActs, null: Jitter, window_s: float, params: Params, progress: Progress) -> pl.DataFrame:
    candidates = count_coactions(acts, null.window, at_least=params.min_objects, progress=progress)
    tests = weigh(null, candidates, max(1, int(params.occasion_s // acts.tick_s)))
    return pl.DataFrame(
        {
            "left": acts.account_ids[candidates.left],
            "right": acts.account_ids[candidates.right],
            "n_objects": tests.hits,
            "n_occasions": tests.occasions,
            "n_trials": tests.n_trials,
            "expected": tests.expected,
            "p_value": np.where(tests.occasions >= params.min_objects, tests.p_value, 1.0),
        }
    ).with_columns(layer=pl.lit(acts.layer), window_s=pl.lit(window_s), tick_s=pl.lit(acts.tick_s))


def _corrected(pairs: pl.DataFrame, n_testable: int) -> pl.DataFrame:
    p_values = pairs["p_value"].to_numpy()
    return pairs.with_columns(
        q_value=pl.Series(false_discovery_rate(p_values, n_testable)),
        q_value_by=pl.Series(false_discovery_rate(p_values, n_testable, any_dependence=True)),
    )


def _within_clusters(significant: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Give each significant row its cluster's ``finding_id``, null where its two accounts share none."""
    found = members.select("account_id", "finding_id")
    return (
        significant.join(found.rename({"account_id": "left"}), "left", "left")
        .join(found.rename({"account_id": "right", "finding_id": "other"}), "right", "left")
        .with_columns(finding_id=pl.when(pl.col("finding_id") == pl.col("other")).then("finding_id"))
        .drop("other")
        .sort("left", "right", "layer")
    )


def _edges(by_layer: pl.DataFrame) -> pl.DataFrame:
    """Return one row per pair: its layers, and the numbers of the layer in which it is least likely by chance."""
    return (
        by_layer.sort("left", "right", "p_value", "layer")
        .group_by("left", "right", maintain_order=True)
        .agg(pl.col("layer").sort().str.join(",").alias("layers"), pl.exclude("layer").first())
        .with_columns(ratio=pl.col("n_objects") / pl.col("expected"))
        .select(
            *("finding_id", "left", "right", "layers", "window_s", "n_objects", "n_occasions", "n_trials"),
            *("expected", "ratio", "p_value", "q_value", "q_value_by"),
        )
        .sort("finding_id", "p_value", "left", "right", nulls_last=True)
    )


def _accounts(
    dataset: Dataset, members: pl.DataFrame, edges: pl.DataFrame, dots: pl.DataFrame, seed: int
) -> pl.DataFrame:
    places = [
        place_members(rows["account_id"].sort(), edges.filter(pl.col("finding_id") == finding_id), seed)
        for (finding_id,), rows in members.group_by("finding_id", maintain_order=True)
    ]
    placed = (
        pl.concat(places)
        if places
        else pl.DataFrame(schema={"account_id": pl.String, "x": pl.Float64, "y": pl.Float64})
    )
    inside = edges.drop_nulls("finding_id")
    degrees = pl.concat([inside["left"], inside["right"]]).value_counts(name="n_edges").rename({"left": "account_id"})
    acted = dots.group_by("account_id").agg(n_acts=pl.len(), n_objects=pl.struct("layer", "object_id").n_unique())
    known = dataset.accounts.sort("captured_at", "source_id", "source_row").unique(
        "account_id", keep="last", maintain_order=True
    )
    return (
        members.join(placed, "account_id")
        .join(degrees, "account_id", "left")
        .join(acted, "account_id", "left")
        .join(known.select("account_id", "handle", "created_at", "stated_place"), "account_id", "left")
        .sort("cluster", "account_id")
        .select(
            *("finding_id", "account_id", "handle", "n_edges", "n_acts", "n_objects", "x", "y"),
            *("created_at", "stated_place"),
        )
    )


def _layer_facts(tests: tuple[LayerTests, ...], significant: pl.DataFrame) -> pl.DataFrame:
    n_edges = significant.group_by("layer", "window_s").agg(n_edges=pl.len())
    return (
        pl.concat([test.facts for test in tests])
        .join(n_edges, ["layer", "window_s"], "left")
        .with_columns(pl.col("n_edges").fill_null(0))
        .sort("layer", "window_s")
    )


def _ratio(layers: pl.DataFrame, edges: pl.DataFrame) -> float | None:
    """Return hits observed over hits expected among all accounts, the edges left out: about 1 where the null fits."""
    expected = float(layers["expected"].sum()) - float(edges["expected"].sum())
    return (float(layers["observed"].sum()) - float(edges["n_objects"].sum())) / expected if expected > 0 else None


def _scores(
    tables: dict[str, pl.DataFrame], weighed: pl.DataFrame, members: pl.DataFrame, params: Params, ratio: float | None
) -> tuple[Score, ...]:
    layers, edges = tables["layers"], tables["edges"]
    testable = layers.unique("layer")["n_testable_pairs"].sum()
    return (
        Score("pairs_testable", float(testable), "pairs"),
        Score("pairs_counted", float(layers["n_counted_pairs"].sum()), "pairs of acts"),
        Score("pairs_candidate", float(weighed.height), "pairs"),
        Score("edges", float(edges.height), "pairs"),
        Score("edges_by", float((edges["q_value_by"] <= params.alpha).sum()), "pairs"),
        Score("clusters", float(members["finding_id"].n_unique()), "clusters"),
        Score("accounts_clustered", float(members.height), "accounts"),
        Score("calibration_ratio", ratio, "1", null="interval_jitter"),
        Score("alpha", params.alpha, "1"),
    )


DETECTOR = Detector(
    name="synchrony",
    title="Accounts that act together in time",
    question="who",
    needs=("actions",),
    params=Params,
    run=synchrony,
    cites=(
        "Amarasingham, Harrison, Hatsopoulos & Geman 2012, doi:10.1152/jn.00633.2011",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
        "Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998",
        "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z",
    ),
    text=(
        "Weighs every pair of accounts that shares enough objects within the time window against a null in which each "
        "act may have happened anywhere in its own stretch of the object's life. What is active, popular, interesting "
        "or in the news is thereby explained already; only closeness in time, again and again, is left."
    ),
)
