"""Synchrony: accounts that act on the same things closer together in time than chance explains, again and again.

For each layer and window, every pair of accounts with enough shared objects inside the window is weighed against the
interval-jitter null (``jitter``). A pair's p-values are fused into one, corrected for every pair that could have been
tested (``multilayer``), and the edges that remain are grouped into clusters.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from forensics.coaction.cluster_tests import (
    ClusterRule,
    one_row_per_pair,
    strongest_layer,
    surviving_clusters,
    within_clusters,
)
from forensics.coaction.counting import counted_pairs
from forensics.coaction.derived_layers import text_notes, with_near_duplicates
from forensics.coaction.jitter_null import jitter
from forensics.coaction.layers import (
    appearances,
    index_acts,
    layer_names,
    numbered_events,
    one_object_per_event,
    set_aside,
    without_early,
)
from forensics.coaction.multilayer import Population, population
from forensics.coaction.pair_tests import PreparedLayer, Weighed, edges_by_window, prepare_layer, weigh_layers
from forensics.dataset import Dataset
from forensics.detectors.base import Detector
from forensics.detectors.coordination.confidence import windows_of
from forensics.detectors.coordination.coordination_vocabulary import SYNCHRONY
from forensics.detectors.coordination.evidence import edge_acts, moments
from forensics.detectors.coordination.second_pass import with_adherents
from forensics.detectors.coordination.surrogates import largest_by_chance, re_dealt
from forensics.detectors.coordination.synchrony_findings import describe_members, findings, notes
from forensics.errors import ParameterError, PrecisionError, TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress

__all__ = ["DETECTOR", "Params", "prepare_layers", "synchrony"]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    windows_s: tuple[float, ...] = param(
        (10.0, 60.0, 600.0, 3600.0),
        "s",
        "Two acts on one object co-act when they lie within this time; above 1800 s only follows, ratings and joining.",
        0.001,
        43_200.0,
    )
    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    min_objects: int = param(
        4, "objects", "A pair is weighed when it shares so many distinct objects or more.", 2, 1000
    )
    occasion_s: float = param(
        600.0, "s", "Hits closer in time than this count once, because one sitting is one coincidence.", 0.0, 86_400.0
    )
    early_s: float = param(
        120.0, "s", "Acts so soon after a post's publication are left out: there everyone is early.", 0.0, 86_400.0
    )
    alpha: float = param(0.05, "1", "Expected share of false edges among those reported.", 1e-9, 0.5)
    min_accounts: int = param(3, "accounts", "A smaller group is not called a cluster.", 3, 1000)
    resolution: float = param(0.05, "1", "Groups joined by fewer bridges than this density are kept apart.", 0.0, 1.0)
    family_alpha: float = param(0.05, "1", "Chance that any cluster at all is reported of data without one.", 1e-9, 0.5)
    surrogates: int = param(199, "data sets", "How often the times are re-dealt to measure that chance.", 0, 99_999)
    crowd: int = param(
        300, "acts", "An object's hour with so many acts is judged against its own crowd.", 10, 1_000_000
    )
    text_similarity: float = param(
        0.8, "cosine", "Texts so alike count as one object of the layer text; 1 for the same words only.", 0.5, 1.0
    )


def synchrony(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the accounts that acted together more closely in time than chance explains.

    Args:
        dataset: its actions.
        params: see ``Params``.
        seed: of the re-deals, the search for groups and the network's layout; the pairs' statistics are exact.
        progress: told of each step.

    Returns:
        One finding per cluster that re-dealing the times does not give, and the tables ``accounts``, ``edges``,
        ``acts``, ``moments``, ``windows`` and ``layers``.

    Raises:
        ParameterError: a layer that the data do not have.
        PrecisionError: every layer's times are coarser than every window.
        TooLittleDataError: no layer has two accounts with enough objects.
    """
    automated = dataset.accounts.filter("is_automated")["account_id"].unique()
    actions = with_near_duplicates(dataset.actions, params.text_similarity, params.layers, progress)
    actions = set_aside(actions, automated)
    layers, everyone = prepare_layers(actions, params, progress)
    weighed = weigh_layers(layers, everyone, params.min_objects, params.alpha)
    rule = ClusterRule(params.min_accounts, params.resolution, seed)
    by_chance = largest_by_chance(
        weighed.edges,
        lambda number: (
            weigh_layers(
                re_dealt(layers, seed, number),
                everyone,
                params.min_objects,
                params.alpha,
                threads=1,
            ).edges
        ),
        rule,
        params.surrogates,
        progress,
    )
    variants = edges_by_window(weighed, layers, everyone, params.alpha)
    members, clusters = surviving_clusters(weighed.edges, rule, by_chance, params.family_alpha, DETECTOR.name, variants)
    significant, members = with_adherents(weighed, layers, everyone, members, params.alpha)
    progress("collecting the acts behind the edges", 0, 0)
    by_layer = within_clusters(significant, members)
    acts = edge_acts(actions, by_layer)
    dots = moments(actions, acts, pl.concat([appearances(layer.acts) for layer in layers]))
    facts = _layer_facts(layers, everyone, weighed, members, params.crowd)
    best = strongest_layer(by_layer).join(facts.select("layer", "window_s", "misfit"), ["layer", "window_s"], "left")
    edges = one_row_per_pair(by_layer).join(
        best.select("left", "right", "misfit"), ["left", "right"], "left", maintain_order="left"
    )
    tables = {
        "accounts": describe_members(dataset, members, edges, dots, seed),
        "edges": edges,
        "acts": acts,
        "moments": dots,
        "windows": windows_of(best, facts),
        "layers": facts,
        "clusters": clusters,
        "surrogates": pl.DataFrame({"surrogate": np.arange(1, len(by_chance) + 1), "largest_evidence": by_chance}),
    }
    ratio = _ratio(tables["layers"], weighed)
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=findings(tables, ratio),
        scores=(
            *_scores(tables, everyone, members, params, ratio),
            Score("automated", float(len(automated)), "accounts"),
        ),
        tables=tables,
        notes=(*notes(tables), *text_notes(dataset.actions, params.text_similarity, params.layers)),
    )


def prepare_layers(
    actions: pl.DataFrame, params: Params, progress: Progress
) -> tuple[tuple[PreparedLayer, ...], Population]:
    """Index every layer that was asked for and lay it out for weighing.

    Args:
        actions: ``schema.ACTIONS``.
        params: see ``Params``.
        progress: told of each layer.

    Returns:
        The layers whose times allow a window, in alphabetical order, and their accounts.

    Raises:
        ParameterError: see ``synchrony``.
        PrecisionError: see ``synchrony``.
        TooLittleDataError: see ``synchrony``.
    """
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers)))
    absent = [layer for layer in wanted if layer not in there]
    if absent:
        raise ParameterError(f"The data have no layer '{absent[0]}'. They have: {', '.join(there) or 'none'}.")
    layers: list[PreparedLayer] = []
    refusals: list[PrecisionError] = []
    whole = numbered_events([one_object_per_event(index_acts(actions, layer)) for layer in wanted])
    for number, each in enumerate(whole, start=1):
        try:
            acts = without_early(each, params.early_s)
            layers.append(prepare_layer(acts, params.windows_s, params.occasion_s, params.crowd))
        except PrecisionError as error:
            refusals.append(error)
        progress("laying out the layers", number, len(wanted))
    if refusals and not layers:
        raise refusals[0]
    everyone = population([layer.acts for layer in layers], params.min_objects)
    if not everyone.n_testable:
        raise TooLittleDataError(
            f"No two accounts acted on {params.min_objects} objects or more in any layer, so no pair can be weighed. "
            "Lower min_objects, or add data."
        )
    return tuple(layers), everyone


def _layer_facts(
    layers: tuple[PreparedLayer, ...], everyone: Population, weighed: Weighed, members: pl.DataFrame, crowd: int
) -> pl.DataFrame:
    """Return what was looked at in each layer and window, and how well the comparison fits everybody else there.

    ``misfit`` is observed over expected among the accounts in no group; null where nothing is expected of them.
    """
    n_edges = weighed.edges.group_by("layer", "window_s").agg(n_edges=pl.len())
    facts = [
        {
            "layer": layer.acts.layer,
            "n_acts": layer.acts.n_acts,
            "n_accounts": len(layer.acts.account_ids),
            "n_objects": len(layer.acts.object_ids),
            "precision": layer.acts.precision,
            "window_s": window_s,
            "n_testable_pairs": n_testable,
            "n_counted_pairs": counted_pairs(layer.acts, null.window),
            "n_crowded_acts": null.n_crowded,
            "observed": null.observed,
            "expected": null.expected,
        }
        for layer, n_testable in zip(layers, everyone.n_in_layer, strict=True)
        for window_s, null in zip(layer.windows_s, layer.nulls, strict=True)
    ]
    return (
        pl.DataFrame(facts)
        .with_columns(
            n_candidates=pl.Series(weighed.n_candidates),
            misfit=pl.Series(_misfits(layers, members, crowd), dtype=pl.Float64),
        )
        .join(n_edges, ["layer", "window_s"], "left", maintain_order="left")
        .with_columns(pl.col("n_edges").fill_null(0))
    )


def _misfits(layers: tuple[PreparedLayer, ...], members: pl.DataFrame, crowd: int) -> list[float | None]:
    """Return observed over expected among the accounts in no group, in the order of the layers and their windows."""
    misfits: list[float | None] = []
    for layer in layers:
        acts = layer.acts.without(members["account_id"])
        for null in layer.nulls:
            others = jitter(acts, null.clocks, null.window, crowd)
            misfits.append(others.observed / others.expected if others.expected > 0 else None)
    return misfits


def _ratio(layers: pl.DataFrame, weighed: Weighed) -> float | None:
    """Return hits observed over hits expected among all accounts, the edges left out: about 1 where the null fits."""
    observed = float(layers["observed"].sum()) - weighed.hits
    expected = float(layers["expected"].sum()) - weighed.expected
    return observed / expected if expected > 0 else None


def _scores(
    tables: dict[str, pl.DataFrame], everyone: Population, members: pl.DataFrame, params: Params, ratio: float | None
) -> tuple[Score, ...]:
    layers, edges = tables["layers"], tables["edges"]
    return (
        Score("pairs_testable", float(everyone.n_testable), "pairs"),
        Score("pairs_counted", float(layers["n_counted_pairs"].sum()), "pairs of acts"),
        Score("pairs_candidate", float(layers["n_candidates"].sum()), "pairs"),
        Score("edges", float(edges.height), "pairs"),
        Score("edges_by", float((edges["q_value_by"] <= params.alpha).sum()), "pairs"),
        Score("clusters", float(members["finding_id"].n_unique()), "clusters"),
        Score("accounts_clustered", float(members.height), "accounts"),
        Score("calibration_ratio", ratio, "1", null="interval_jitter"),
        Score("alpha", params.alpha, "1"),
        Score("surrogates", float(tables["surrogates"].height), "data sets", null="interval_jitter"),
    )


DETECTOR = Detector(
    name="synchrony",
    title="Accounts that act together in time",
    question="who",
    needs=("actions",),
    params=Params,
    run=synchrony,
    vocabulary=SYNCHRONY,
    cites=(
        "Amarasingham, Harrison, Hatsopoulos & Geman 2012, doi:10.1152/jn.00633.2011",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
        "Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998",
        "Benjamini & Bogomolov 2014, doi:10.1111/rssb.12028",
        "Liu & Xie 2020, doi:10.1080/01621459.2018.1554485",
        "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z",
    ),
    text=(
        "Weighs every pair of accounts that shares enough objects within the time window against a null in which each "
        "act may have happened anywhere in its own stretch of the object's life. What is active, popular, interesting "
        "or in the news is thereby explained already; only closeness in time, again and again, is left. The times are "
        "then re-dealt many times over, and only groups that re-dealing does not give are reported; who else is tied "
        "to their members is then looked at among those ties alone."
    ),
)
