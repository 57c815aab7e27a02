"""Co-membership: accounts that act on the same things more often than chance explains, at any pace.

This finds the slow drip that no time window sees. It fits a fan club or a newsroom's own staff as well, so it is
reported one level below synchrony and worded so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np
import polars as pl

from forensics.core.coaction import CoActions, count_coactions
from forensics.core.derived_layers import text_notes, with_near_duplicates
from forensics.core.evidence import moments
from forensics.core.grouping import ClusterRule, one_row_per_pair, surviving_clusters, within_clusters
from forensics.core.layers import IndexedActs, appearances, index_acts, layer_names, set_aside
from forensics.core.membership_findings import findings, shared_moments
from forensics.core.multilayer import Population, population, significant_pairs
from forensics.core.parts import Detector
from forensics.core.significance import gamma_poisson_tail, poisson_tail
from forensics.core.strata import Incidence, Strata, first_acts, stratify
from forensics.core.surrogates import largest_by_chance
from forensics.core.synchrony_findings import describe_members
from forensics.errors import TooLittleDataError
from forensics.model import Dataset, Detection, Progress, Score
from forensics.params import param

__all__ = ["DETECTOR", "Params", "membership"]

_SAMPLE = 800
"""Accounts among which the dispersion is measured ..."""
_LEAST = 30
"""... with fewer there is nothing to measure."""
_TAIL = 0.002
"""Share of the sampled pairs, the most surprising ones, that the dispersion leaves out."""


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


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """A layer with its null's margins."""

    acts: IndexedActs
    incidence: Incidence
    strata: Strata
    dispersion: float


def membership(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the accounts that share more objects than activity, popularity, interest and date explain.

    Args:
        dataset: its actions.
        params: see ``Params``.
        seed: of the communities, the re-deals and the network's layout.
        progress: told of each step.

    Returns:
        One finding per cluster that re-dealing the accounts does not give, and the tables ``accounts``, ``edges``,
        ``moments``, ``layers``, ``clusters`` and ``surrogates``.

    Raises:
        TooLittleDataError: no layer has two accounts with enough objects.
    """
    actions = with_near_duplicates(dataset.actions, params.text_similarity, params.layers, progress)
    actions = set_aside(actions, dataset.accounts.filter("is_automated")["account_id"].unique())
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers) & set(there)))
    layers = [_prepare(index_acts(actions, layer), params.min_objects, seed) for layer in wanted]
    everyone = population([layer.acts for layer in layers], params.min_objects)
    if not everyone.n_testable:
        raise TooLittleDataError(
            f"No two accounts acted on {params.min_objects} objects or more in any layer, so no pair can be weighed. "
            "Lower min_objects, or add data."
        )
    rows, n_candidates = _weigh(layers, everyone, [layer.incidence for layer in layers], params)
    rule = ClusterRule(params.min_accounts, params.resolution, seed)
    by_chance = largest_by_chance(
        lambda number: _weigh(
            layers,
            everyone,
            [_re_deal(layer, np.random.default_rng([seed, number, place, 1])) for place, layer in enumerate(layers)],
            params,
        )[0],
        rule,
        params.surrogates,
        progress,
    )
    members, clusters = surviving_clusters(rows, rule, by_chance, params.family_alpha, DETECTOR.name)
    by_layer = within_clusters(rows, members)
    edges = one_row_per_pair(by_layer)
    shared = shared_moments(actions, by_layer)
    dots = moments(actions, shared, pl.concat([appearances(layer.acts) for layer in layers]))
    tables = {
        "accounts": describe_members(dataset, members, edges, dots, seed),
        "edges": edges,
        "moments": dots,
        "layers": _layer_facts(layers, everyone, n_candidates, rows),
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
            Score("surrogates", float(params.surrogates), "data sets", null="stratified_configuration"),
        ),
        tables=tables,
        notes=(
            *(("shared_audience",) if members.height else ("shared_audience", "quiet_result")),
            *text_notes(dataset.actions, params.text_similarity, params.layers),
        ),
    )


def _prepare(acts: IndexedActs, min_objects: int, seed: int) -> _Layer:
    incidence = first_acts(acts)
    strata = stratify(incidence, acts.tick_s, seed)
    bare = _Layer(acts, incidence, strata, 0.0)
    return replace(bare, dispersion=_dispersion(bare, min_objects, seed))


def _dispersion(layer: _Layer, min_objects: int, seed: int) -> float:
    """Measure how much more than Poisson the shared objects of pairs vary, over a sample of accounts.

    Two ordinary people of one circle share more, or less, than its average: they follow the same pages or they do not.
    The moment estimate of Cameron & Trivedi 1998 (Regression Analysis of Count Data, eq. 3.18), without the pairs in
    the farthest tail, which may be the very groups that are looked for.
    """
    activity = np.bincount(layer.incidence.accounts, minlength=layer.incidence.n_accounts)
    active = np.flatnonzero(activity >= min_objects)
    chosen = np.sort(np.random.default_rng([seed, 2]).permutation(active)[:_SAMPLE])
    if len(chosen) < _LEAST:
        return 0.0
    inside = np.isin(layer.incidence.accounts, chosen)
    sample = replace(
        layer.incidence,
        accounts=layer.incidence.accounts[inside],
        objects=layer.incidence.objects[inside],
        ticks=layer.incidence.ticks[inside],
    )
    found = _shared(layer, sample, 1)
    left, right = (chosen[side].astype(np.uint32) for side in np.triu_indices(len(chosen), 1))
    shared = np.zeros(len(left))
    place = np.searchsorted(left.astype(np.int64) << 32 | right, found.left.astype(np.int64) << 32 | found.right)
    shared[place] = found.groups
    expected = layer.strata.expected(left, right)
    surprise = poisson_tail(shared.astype(np.int64), expected)
    usual = surprise > np.quantile(surprise, _TAIL)
    excess = float((((shared - expected) ** 2 - shared)[usual]).sum())
    scale = float((expected[usual] ** 2).sum())
    return max(0.0, excess / scale) if scale > 0 else 0.0


def _re_deal(layer: _Layer, generator: np.random.Generator) -> Incidence:
    """Let the accounts of each stratum swap their places; every account and object keeps its number of acts."""
    incidence = layer.incidence
    stratum = layer.strata.of_incidence
    places = np.argsort(stratum, kind="stable")
    mixed = np.lexsort((generator.random(len(stratum)), stratum))
    accounts = np.empty_like(incidence.accounts)
    accounts[places] = incidence.accounts[mixed]
    key, kept = np.unique(incidence.objects.astype(np.int64) << 32 | accounts, return_index=True)
    return replace(
        incidence,
        accounts=(key & 0xFFFFFFFF).astype(np.uint32),
        objects=(key >> 32).astype(np.uint32),
        ticks=incidence.ticks[kept],
    )


def _weigh(
    layers: list[_Layer], everyone: Population, incidences: list[Incidence], params: Params
) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """Return the significant pairs' rows, one a layer, named, and the candidates of each layer."""
    frames, counted = [], []
    for number, (layer, incidence) in enumerate(zip(layers, incidences, strict=True)):
        pairs = _shared(layer, incidence, params.min_objects)
        expected = layer.strata.expected(pairs.left, pairs.right)
        counted.append(len(pairs.left))
        frames.append(
            pl.DataFrame(
                {
                    "left": everyone.places[number][pairs.left],
                    "right": everyone.places[number][pairs.right],
                    "n_objects": pairs.groups.astype(np.int64),
                    "expected": expected,
                    "p_value": gamma_poisson_tail(pairs.groups.astype(np.int64), expected, layer.dispersion),
                }
            ).with_columns(layer=pl.lit(number, pl.Int64))
        )
    rows = significant_pairs(pl.concat(frames), everyone, [1] * len(layers), params.alpha)
    names = {number: layer.acts.layer for number, layer in enumerate(layers)}
    none, whole = pl.lit(None, pl.Float64), pl.lit(None, pl.Int64)
    return rows.with_columns(
        left=everyone.account_ids.gather(rows["left"]),
        right=everyone.account_ids.gather(rows["right"]),
        layer=pl.col("layer").replace_strict(names, return_dtype=pl.String),
        window_s=none,
        n_occasions=whole,
        n_trials=whole,
    ), tuple(counted)


def _shared(layer: _Layer, incidence: Incidence, min_objects: int) -> CoActions:
    """Count the shared objects of every pair, the popular ones left out."""
    kept = layer.strata.is_counted[incidence.objects]
    accounts, objects = incidence.accounts[kept], incidence.objects[kept]
    nothing = np.zeros(len(objects), np.int64)
    flat = replace(layer.acts, accounts=accounts, objects=objects, ticks=nothing, posts=objects, rows=objects)
    return count_coactions(flat, 0, at_least=min_objects, threads=1)


def _layer_facts(
    layers: list[_Layer], everyone: Population, n_candidates: tuple[int, ...], rows: pl.DataFrame
) -> pl.DataFrame:
    n_edges = rows.group_by("layer").agg(n_edges=pl.len())
    return (
        pl.DataFrame(
            {
                "layer": [layer.acts.layer for layer in layers],
                "n_acts": [len(layer.incidence.objects) for layer in layers],
                "n_accounts": [layer.incidence.n_accounts for layer in layers],
                "n_objects": [layer.incidence.n_objects for layer in layers],
                "n_strata": [len(layer.strata.community_first) for layer in layers],
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
