"""Coordination: accounts that acted together more than other audiences of the same data do.

The groups are found in one part of the acts and confirmed in another, which played no part in finding them; see
``search``. A group further out than the other audiences is named; what they show as well is a pattern to look at.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from forensics.coaction.derived_layers import text_notes, with_near_duplicates
from forensics.coaction.layers import layer_acts, layer_names, set_aside
from forensics.dataset import Dataset
from forensics.detectors.coordination.coordinated_group import Group, Search
from forensics.detectors.coordination.coordination_findings import describe_members, group_finding, measure_rows
from forensics.detectors.coordination.coordination_vocabulary import COORDINATION
from forensics.detectors.coordination.evidence.confidence import clearest
from forensics.detectors.coordination.evidence.evidence_kinds import KINDS, appearances_of, evidence_kinds, moments
from forensics.detectors.coordination.evidence.membership_errors import error_rates
from forensics.detectors.coordination.evidence.ties import group_acts, ties, ties_with_acts
from forensics.detectors.coordination.evidence.validated_range import is_validated
from forensics.detectors.coordination.search import (
    FEWEST_FAMILIES,
    SearchSettings,
    WholeSearch,
    result_of,
    search_whole,
)
from forensics.detectors.detector import Detector
from forensics.errors import ParameterError, TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress, quiet
from forensics.schema import PRECISION_S
from forensics.spool import Stored
from forensics.statistics.multiple_testing import false_discovery_rate

INTERVALS = 0.05
"""Share of acts dated by a poll or a queue from which the report says so."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    windows_s: tuple[float, ...] = param(
        (10.0, 60.0, 600.0, 3600.0, 21_600.0),
        "s",
        "Two acts on one object are close within this time; each is tried.",
        0.001,
        43_200.0,
    )
    splits: int = param(
        2, "splits", "How often the acts are cut into a half to find groups in and a half to confirm them in.", 1, 50
    )
    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    text_similarity: float = param(
        0.8, "cosine", "Texts so alike count as one object of the layer text; 1 for the same words only.", 0.5, 1.0
    )


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A data set searched by an analyst's settings.

    Attributes:
        actions: its acts with near-duplicate texts joined, declared automation set aside.
        n_automated: accounts set aside.
    """

    actions: pl.DataFrame
    n_automated: int
    whole: WholeSearch


MOST_KEPT = 300_000
"""Acts up to which the last search is kept: as many as ``detectable`` plants into by default."""
_last: list[tuple[list[Stored], tuple[Params, int], Searched]] = []
"""The last search and what was asked: the next detector of a run may ask the same."""


def searched(dataset: Dataset, params: Params, seed: int, progress: Progress = quiet) -> Searched:
    """Search a data set for groups by an analyst's settings, or return the last search where that was this very one.

    Args:
        dataset: its actions, accounts and posts.

    Raises:
        ParameterError: a layer that the data do not have.
    """
    tables = [dataset.stored(name) for name in ("actions", "accounts", "posts")]
    for known, asked, found in _last:
        if asked == (params, seed) and all(one is other for one, other in zip(known, tables, strict=True)):
            return found
    automated = dataset.accounts.filter("is_automated")["account_id"].unique()
    actions = with_near_duplicates(dataset.actions, params.text_similarity, params.layers, progress)
    actions = set_aside(actions, automated)
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers)))
    absent = [layer for layer in wanted if layer not in there]
    if absent:
        raise ParameterError(
            "The data have no layer '{layer}'. They have: {layers}.", layer=absent[0], layers=", ".join(there) or "none"
        )
    settings = SearchSettings(windows_s=params.windows_s, splits=params.splits, layers=wanted)
    found = Searched(actions, len(automated), search_whole(actions, dataset.posts, settings, seed, progress))
    _last[:] = [(tables, (params, seed), found)] if found.whole.acts.n_acts <= MOST_KEPT else []
    return found


def coordination(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the accounts that acted together more than other audiences of the same data.

    Args:
        dataset: its actions, accounts and posts.
        seed: of the splits, the search and the network's layout.

    Returns:
        One finding per named group; the tables ``accounts``, ``edges``, ``acts``, ``moments``,
        ``kinds``, ``measures``, ``patterns`` (for the newsroom alone), ``layers`` and ``error_rates``.

    Raises:
        ParameterError: a layer that the data do not have.
        TooLittleDataError: too few other audiences to hold a group against.
    """
    found = searched(dataset, params, seed, progress)
    actions, result = found.actions, result_of(found.whole)
    if result.abstained:
        raise TooLittleDataError(
            "The data hold {found} audiences that hardly overlap, and {needed} are needed to judge whether accounts "
            "acted together. More accounts, more objects or a longer period would give them.",
            found=result.n_audiences,
            needed=FEWEST_FAMILIES,
        )
    named = {f"coordination-{n}": g for n, g in enumerate((g for g in result.groups if g.is_named), start=1)}
    patterns = {f"pattern-{n}": g for n, g in enumerate((g for g in result.groups if not g.is_named), start=1)}
    layers = layer_names(actions) if params.layers == ("all",) else tuple(sorted(set(params.layers)))
    tables = {
        **_group_tables(dataset, actions, layers, named, params, seed, progress),
        "measures": measure_rows(named),
        "patterns": _patterns(dataset, patterns),
        "layers": _layer_facts(actions, layers),
        "error_rates": error_rates(),
    }
    acts = tables.pop("common_acts")
    chances = np.array([group.error_rate for group in (*named.values(), *patterns.values())])
    q_values = false_discovery_rate(chances, len(chances))[: len(named)].tolist()
    findings = tuple(
        group_finding(name, group, q_value, *(_of(frame, name) for frame in (tables["edges"], acts, tables["moments"])))
        for (name, group), q_value in zip(named.items(), q_values, strict=True)
    )
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=findings,
        scores=_scores(result, named, patterns, found.n_automated),
        tables=tables,
        notes=(*_notes(result, tables["layers"]), *text_notes(dataset.actions, params.text_similarity, params.layers)),
    )


def _group_tables(
    dataset: Dataset,
    actions: pl.DataFrame,
    layers: tuple[str, ...],
    named: dict[str, Group],
    params: Params,
    seed: int,
    progress: Progress,
) -> dict[str, pl.DataFrame]:
    """Return the tables of the named groups, ties of the core alone, and ``common_acts``, of ``ties.group_acts``."""
    members = pl.DataFrame(
        [
            (name, account, membership)
            for name, group in named.items()
            for membership, accounts in (("core", group.core), ("edge", group.edge))
            for account in accounts
        ],
        schema=dict.fromkeys(("finding_id", "account_id", "membership"), pl.String()),
        orient="row",
    )

    if members.is_empty():
        actions = actions.clear()  # nothing is behind no group

    def reach(done: int) -> None:
        progress("collecting the acts behind the groups", done, 4)

    reach(0)
    acts = group_acts(actions, layers, members.filter(pl.col("membership") == "core"))
    reach(1)
    edges = ties(actions, acts, max(params.windows_s))
    reach(2)
    appeared = appearances_of(actions, acts)
    dots = moments(actions, acts, appeared)
    reach(3)
    kinds = [evidence_kinds(name, group, _of(dots, name), appeared) for name, group in named.items()]
    reach(4)
    return {
        "accounts": describe_members(dataset, members, edges, acts, seed),
        "edges": edges,
        "acts": ties_with_acts(actions, acts, edges),
        "moments": dots,
        "kinds": pl.concat([pl.DataFrame(schema=KINDS), *kinds]),
        "common_acts": acts,
    }


def _of(table: pl.DataFrame, name: str) -> pl.DataFrame:
    return table.filter(pl.col("finding_id") == name)


def _patterns(dataset: Dataset, patterns: dict[str, Group]) -> pl.DataFrame:
    """Return the accounts of each pattern: ``pattern, account_id, handle, ratio, largest``.

    The ratio is the pattern's clearest, the largest that of the next strongest other audience.
    """
    rows = [
        (name, account, clearest(group).ratio, clearest(group).largest)
        for name, group in patterns.items()
        for account in group.core
    ]
    columns = {"pattern": pl.String, "account_id": pl.String, "ratio": pl.Float64, "largest": pl.Float64}
    frame = pl.DataFrame(rows, schema=columns, orient="row").join(
        dataset.latest_accounts().select("account_id", "handle"), "account_id", "left", maintain_order="left"
    )
    return frame.select("pattern", "account_id", "handle", "ratio", "largest")


def _layer_facts(actions: pl.DataFrame, layers: tuple[str, ...]) -> pl.DataFrame:
    """Return what each layer holds: ``layer, n_acts, n_accounts, n_objects, precision``; null precision: no times."""
    rows = []
    for layer in layers:
        acts = layer_acts(actions, layer, timed=False)
        stated = acts["time_precision"].cast(pl.String).drop_nulls().unique()
        precision = max(stated, key=PRECISION_S.__getitem__, default=None)
        n_accounts, n_objects = acts["account_id"].n_unique(), acts["object_id"].n_unique()
        rows.append((layer, acts.height, n_accounts, n_objects, precision))
    columns = {
        "layer": pl.String,
        **dict.fromkeys(("n_acts", "n_accounts", "n_objects"), pl.Int64),
        "precision": pl.String,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


def _scores(result: Search, named: dict[str, Group], patterns: dict[str, Group], n_automated: int) -> tuple[Score, ...]:
    return (
        Score("acts_searched", float(result.n_acts), "acts"),
        Score("accounts_searched", float(result.n_accounts), "accounts"),
        Score("audiences_tested", float(result.n_audiences), "audiences"),
        Score("clusters", float(len(named)), "clusters"),
        Score("accounts_clustered", float(len({a for g in named.values() for a in g.core})), "accounts"),
        Score("patterns", float(len(patterns)), "patterns"),
        Score("interval_share", result.interval_share, "1"),
        Score("automated", float(n_automated), "accounts"),
    )


def _notes(result: Search, layers: pl.DataFrame) -> tuple[str, ...]:
    """Return the keys of the limits that the report prints beside the detection."""
    notes = [f"split_by_{result.split}", "alike_groups_hide"]
    if not result.groups:
        notes.append("quiet_result")
    if result.interval_share >= INTERVALS:
        notes.append("polled_times")
    if not all(is_validated(clearest(group)) for group in result.groups):
        notes.append("beyond_validated")
    if layers["precision"].null_count():
        notes.append("untimed_acts")
    if not layers["precision"].is_in(["ms", "s"]).all():
        notes.append("coarse_times")
    return tuple(notes)


DETECTOR = Detector(
    name="coordination",
    title="Accounts that acted together",
    question="who",
    needs=("actions",),
    params=Params,
    run=coordination,
    is_untimed=True,
    vocabulary=COORDINATION,
    cites=(
        "Paule & Mandel 1982, doi:10.6028/jres.087.022",
        "Amarasingham, Harrison, Hatsopoulos & Geman 2012, doi:10.1152/jn.00633.2011",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
        "Liu & Xie 2020, doi:10.1080/01621459.2018.1554485",
        "Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z",
    ),
    text=(
        "Cuts the acts into halves and looks for groups in one of them: accounts on the same objects, again and again, "
        "or close in time. Each group is then measured in the other half, which played no part in finding it, beside "
        "many other audiences of the same data. Groups that go beyond all these are reported, with the accounts that "
        "the other half confirms; what other audiences show as well is at most a pattern to look at."
    ),
)
