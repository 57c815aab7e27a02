"""Co-membership: accounts that act on the same things more often than chance explains, at any pace.

This finds the slow drip that no time window sees. It fits a fan club or a newsroom's own staff as well, so it is
reported one level below synchrony and worded so.
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
from forensics.coaction.derived_layers import text_notes, with_near_duplicates
from forensics.coaction.layers import appearances, index_acts, layer_names, one_object_per_event, set_aside
from forensics.coaction.multilayer import Population, population
from forensics.dataset import Dataset
from forensics.detectors.base import Detector
from forensics.detectors.coordination.confidence import windows_of
from forensics.detectors.coordination.coordination_vocabulary import MEMBERSHIP
from forensics.detectors.coordination.evidence import moments
from forensics.detectors.coordination.home_community import belonging
from forensics.detectors.coordination.residents import residents, without_bystanders
from forensics.detectors.coordination.shared_objects_findings import findings, shared_moments
from forensics.detectors.coordination.shared_objects_tests import (
    SharedLayer,
    misfit,
    prepare_shared,
    re_deal_accounts,
    weigh_shared,
)
from forensics.detectors.coordination.surrogates import largest_by_chance
from forensics.detectors.coordination.synchrony_findings import describe_members
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress

__all__ = ["DETECTOR", "Params", "membership"]


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    min_objects: int = param(
        4, "objects", "A pair is weighed when it shares so many distinct objects or more.", 2, 1000
    )
    alpha: float = param(0.05, "1", "Expected share of false edges among those reported.", 1e-9, 0.5)
    min_accounts: int = param(3, "accounts", "A smaller group is not called a cluster.", 3, 1000)
    resolution: float = param(0.05, "1", "Groups joined by fewer bridges than this density are kept apart.", 0.0, 1.0)
    family_alpha: float = param(0.05, "1", "Chance that any cluster at all is reported of data without one.", 1e-9, 0.5)
    surrogates: int = param(199, "data sets", "How often the accounts are re-dealt to measure that chance.", 0, 99_999)
    text_similarity: float = param(
        0.8, "cosine", "Texts so alike count as one object of the layer text; 1 for the same words only.", 0.5, 1.0
    )


def membership(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the accounts that share more objects than activity, popularity, interest and date explain.

    Args:
        dataset: its actions.
        params: see ``Params``.
        seed: of the communities, the re-deals and the network's layout.
        progress: told of each step.

    Returns:
        One finding per cluster that re-dealing the accounts does not give, and the tables ``accounts``, ``edges``,
        ``moments``, ``windows``, ``layers``, ``clusters`` and ``surrogates``.

    Raises:
        TooLittleDataError: no layer has two accounts with enough objects.
    """
    actions = with_near_duplicates(dataset.actions, params.text_similarity, params.layers, progress)
    actions = set_aside(actions, dataset.accounts.filter("is_automated")["account_id"].unique())
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers) & set(there)))
    layers = [
        prepare_shared(one_object_per_event(index_acts(actions, layer)), params.min_objects, seed) for layer in wanted
    ]
    everyone = population([layer.acts for layer in layers], params.min_objects)
    if not everyone.n_testable:
        raise TooLittleDataError(
            f"No two accounts acted on {params.min_objects} objects or more in any layer, so no pair can be weighed. "
            "Lower min_objects, or add data."
        )
    significant, n_candidates = weigh_shared(layers, everyone, params.min_objects, params.alpha, seed)
    rows = significant.with_columns(
        window_s=pl.lit(None, pl.Float64), n_occasions=pl.lit(None, pl.Int64), n_trials=pl.lit(None, pl.Int64)
    )
    rule = ClusterRule(params.min_accounts, params.resolution, seed)
    by_chance = largest_by_chance(
        rows,
        lambda number: weigh_shared(
            [
                re_deal_accounts(layer, np.random.default_rng([seed, number, place, 1]))
                for place, layer in enumerate(layers)
            ],
            everyone,
            params.min_objects,
            params.alpha,
            seed,
        )[0],
        rule,
        params.surrogates,
        progress,
    )
    at_home = residents(layers, rows, rule.clusters(rows))
    apart = without_bystanders(rows, at_home)
    members, clusters = surviving_clusters(apart, rule, by_chance, params.family_alpha, DETECTOR.name)
    by_layer = within_clusters(apart, members)
    clusters = clusters.join(
        belonging(layers, by_layer, members, at_home["account_id"]), "finding_id", "left", maintain_order="left"
    )
    facts = _layer_facts(layers, everyone, n_candidates, rows).with_columns(
        misfit=pl.Series(
            [misfit(layer, members["account_id"], params.min_objects, seed) for layer in layers], dtype=pl.Float64
        )
    )
    edges = one_row_per_pair(by_layer)
    shared = shared_moments(actions, by_layer)
    dots = moments(actions, shared, pl.concat([appearances(layer.acts) for layer in layers]))
    tables = {
        "accounts": describe_members(dataset, members, edges, dots, seed),
        "edges": edges,
        "moments": dots,
        "windows": windows_of(strongest_layer(by_layer), facts.with_columns(window_s=pl.lit(None, pl.Float64))),
        "layers": facts,
        "clusters": clusters,
        "surrogates": pl.DataFrame({"surrogate": np.arange(1, len(by_chance) + 1), "largest_evidence": by_chance}),
    }
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=findings(tables, actions),
        scores=(
            Score("pairs_testable", float(everyone.n_testable), "pairs"),
            Score("pairs_candidate", float(sum(n_candidates)), "pairs"),
            Score("edges", float(edges.height), "pairs"),
            Score("edges_by", float((edges["q_value_by"] <= params.alpha).sum()), "pairs"),
            Score("clusters", float(members["finding_id"].n_unique()), "clusters"),
            Score("accounts_clustered", float(members.height), "accounts"),
            Score("alpha", params.alpha, "1"),
            Score("surrogates", float(tables["surrogates"].height), "data sets", null="stratified_configuration"),
        ),
        tables=tables,
        notes=(
            *(("shared_audience",) if members.height else ("shared_audience", "quiet_result")),
            *text_notes(dataset.actions, params.text_similarity, params.layers),
        ),
    )


def _layer_facts(
    layers: list[SharedLayer], everyone: Population, n_candidates: tuple[int, ...], rows: pl.DataFrame
) -> pl.DataFrame:
    n_edges = rows.group_by("layer").agg(n_edges=pl.len())
    return (
        pl.DataFrame(
            {
                "layer": [layer.acts.layer for layer in layers],
                "n_acts": [len(layer.incidence.objects) for layer in layers],
                "n_accounts": [layer.incidence.n_accounts for layer in layers],
                "n_objects": [layer.incidence.n_objects for layer in layers],
                "n_strata": [len(layer.strata.total) for layer in layers],
                "dispersion": [layer.dispersion for layer in layers],
                "n_testable_pairs": everyone.n_in_layer,
                "n_candidates": n_candidates,
            }
        )
        .join(n_edges, "layer", "left", maintain_order="left")
        .with_columns(pl.col("n_edges").fill_null(0))
    )


DETECTOR = Detector(
    name="membership",
    title="Accounts that act on the same things",
    question="who",
    needs=("actions",),
    params=Params,
    run=membership,
    vocabulary=MEMBERSHIP,
    cites=(
        "Saracco, Straka, Di Clemente, Gabrielli, Caldarelli & Squartini 2017, doi:10.1088/1367-2630/aa6b38",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
        "Liu & Xie 2020, doi:10.1080/01621459.2018.1554485",
        "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z",
    ),
    text=(
        "Weighs how many objects a pair of accounts shares, at whatever pace, against a null in which accounts fall on "
        "objects by popularity within their own circle of interest and days. It sees slow, patient coordination that "
        "no time window sees, and it sees fan clubs too: alone it is no proof of coordination."
    ),
)
