"""What the co-membership detector says of each cluster: its numbers, its strength and what else could explain it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from forensics.coaction.layers import layer_acts
from forensics.detectors.coordination.confidence import capped, graded, misfit_score
from forensics.detectors.coordination.coordination_vocabulary import MEMBERSHIP
from forensics.detectors.coordination.home_community import is_at_home
from forensics.detectors.coordination.synchrony_findings import cluster_scores
from forensics.findings import Finding, Score, Strength
from forensics.schema import TIME

__all__ = ["findings", "shared_moments"]

ALTERNATIVES = ("fan_club", "shared_audience", "called_audience", "newsroom_staff", "shared_feed", "declared_team")
EXCLUDED = ("activity", "popularity", "news_timing")
NULL = "stratified_configuration"
_ACCUSING = frozenset(each.key for each in MEMBERSHIP.statements if each.accuses)


def shared_moments(actions: pl.DataFrame, by_layer: pl.DataFrame) -> pl.DataFrame:
    """Return the acts on objects that both accounts of an edge acted on, paired by object.

    Args:
        actions: ``schema.ACTIONS``.
        by_layer: ``finding_id, left, right, layer``; edges outside any cluster are left out.

    Returns:
        ``finding_id, left, right, layer, object_id, left_at, right_at, left_post_id, right_post_id``: each account's
        first act on the object.
    """
    parts = [pl.DataFrame(schema=_PAIRED)]
    for (layer,), edges in by_layer.drop_nulls("finding_id").group_by("layer", maintain_order=True):
        firsts = (
            layer_acts(actions, str(layer))
            .sort("account_id", "object_id", "acted_at", "post_id")
            .unique(["account_id", "object_id"], keep="first", maintain_order=True)
        )
        left, right = (
            firsts.select("object_id", **{side: "account_id", f"{side}_at": "acted_at", f"{side}_post_id": "post_id"})
            for side in ("left", "right")
        )
        parts.append(edges.join(left, "left").join(right, ["right", "object_id"]).select(list(_PAIRED)))
    return pl.concat(parts)


_PAIRED = {
    **dict.fromkeys(("finding_id", "left", "right", "layer", "object_id"), pl.String()),
    "left_at": TIME,
    "right_at": TIME,
    "left_post_id": pl.String(),
    "right_post_id": pl.String(),
}


def findings(tables: Mapping[str, pl.DataFrame], actions: pl.DataFrame) -> tuple[Finding, ...]:
    """Return one finding per cluster, in the clusters' order, audiences last.

    Args:
        tables: ``accounts``, ``edges``, ``moments``, ``windows`` and ``clusters`` of the detection.
        actions: ``schema.ACTIONS``, for who published what they share.
    """
    publishers = actions.filter((pl.col("action") == "post") & (pl.col("object_kind") == "post")).select(
        "object_id", publisher="account_id"
    )
    found = [
        _finding(
            str(name),
            {
                key: tables[key].filter(pl.col("finding_id") == name)
                for key in ("accounts", "edges", "moments", "windows", "clusters")
            },
            publishers,
        )
        for name in tables["clusters"]["finding_id"]
    ]
    return tuple(sorted(found, key=lambda finding: finding.statement not in _ACCUSING))


def _finding(name: str, own: dict[str, pl.DataFrame], publishers: pl.DataFrame) -> Finding:
    accounts, edges, dots = own["accounts"], own["edges"], own["moments"]
    shared, expected = float(edges["n_objects"].sum()), float(edges["expected"].sum())
    micros = dots["acted_at"].to_physical().to_numpy()
    objects = dots.select("layer", "object_id").unique()
    published = objects.join(publishers.unique("object_id"), "object_id")["publisher"].value_counts()
    concentration = float(published["count"].to_numpy().max()) / objects.height if published.height else None
    home = own["clusters"].select("n_other", "home_share", "home_share_usual", "resident_share").row(0)
    n_other, home_share, usual, _ = home
    q_value = float(edges["q_value"].to_numpy().max())
    p_value = float(edges["p_value"].to_numpy().min())
    misfit = misfit_score(own["windows"], NULL)
    scores = (
        Score("shared", shared, "1", null=NULL),
        Score("shared_expected", expected, "1", null=NULL),
        Score("shared_ratio", shared / expected if expected > 0 else None, "1", null=NULL),
        misfit,
        Score("accounts", float(accounts.height), "accounts"),
        Score("accounts_core", float((accounts["membership"] == "core").sum()), "accounts"),
        Score("edges", float(edges.height), "pairs"),
        Score("density", edges.height / (accounts.height * (accounts.height - 1) / 2), "1"),
        Score("objects", float(objects.height), "objects"),
        Score("author_concentration", concentration, "1"),
        Score("home_share", home_share, "1", n=n_other),
        Score("home_share_usual", usual, "1"),
        Score("largest_q", q_value, "1", q_value=q_value, null=NULL),
        *cluster_scores(own["clusters"]),
        Score("smallest_p", p_value, "1", p_value=p_value, null=NULL),
        Score("first_at", float(micros.min()) / 1e6, "utc_s"),
        Score("last_at", float(micros.max()) / 1e6, "utc_s"),
    )
    statement = _statement(concentration, at_home=is_at_home(*home))
    # Alone, shared targets never carry more than moderate confidence: an audience may look the same.
    is_sure = graded(accounts, edges) == "high" and statement == "membership_cluster"
    strength: Strength = capped("moderate" if is_sure else "low", misfit.value)
    return Finding(
        id=name,
        question="who",
        subject=name,
        statement=statement,
        scores=scores,
        strength=strength,
        alternatives=ALTERNATIVES,
        excluded=EXCLUDED,
        evidence=("accounts", "edges", "moments", "windows"),
    )


def _statement(concentration: float | None, *, at_home: bool | None) -> str:
    """Return what is said of a group: followers of one page, an audience, or neither as far as can be seen.

    Args:
        concentration: share of the things by one publisher; None where the publishers are not known.
        at_home: see ``is_at_home``; where it is not known, only three quarters by one publisher make followers.
    """
    by_one = concentration or 0.0
    if (at_home and by_one >= 0.5) or (at_home is None and by_one >= 0.75):
        return "membership_one_publisher"
    return "membership_audience" if at_home else "membership_cluster"
