"""Each cluster's countries against the rest of the data: is a country commoner in it than a random draw would give?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import GROUP_FINDERS, Detector, has_groups, of_groups
from forensics.detectors.geography.account_places import account_places
from forensics.detectors.geography.geography_findings import STRENGTHS
from forensics.detectors.geography.geography_vocabulary import GROUP_COUNTRIES
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.statistics.multiple_testing import with_q_values

MOST = 0.5
"""A country is named of a group that has at least this share of its known accounts there."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    minimum_group: int = param(5, "accounts", "Groups with fewer accounts of known place are not named.", 3, 100_000)
    alpha: float = param(0.01, "1", "Expected share of false ones among those reported.", 1e-9, 0.5)


def cluster_countries(members: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Test every cluster's countries, each source of evidence apart.

    Args:
        members: ``finding_id, account_id``, one row per account and cluster.
        places: ``account_places.account_places``.

    Returns:
        One row per cluster, source and country that occurs in the cluster, ordered by cluster, source and p-value:

        - ``finding_id``, ``source``, ``country``.
        - ``n_country``: the cluster's accounts there; ``n_known``: its accounts with a country by this source;
          ``n_cluster``: its accounts.
        - ``share_cluster``: n_country / n_known; ``share_rest``: the country's share of all other accounts; null where
          no other account is known.
        - ``p_value``: hypergeometric, of so many or more; ``q_value``: Benjamini-Hochberg over the table.
    """
    from scipy import stats  # noqa: PLC0415  takes half a second

    sizes = members.group_by("finding_id").agg(n_cluster=pl.len())
    inside = members.select("finding_id", "account_id").join(places, "account_id")
    counted = inside.group_by("finding_id", "source", "country").agg(n_country=pl.len())
    known = inside.group_by("finding_id", "source").agg(n_known=pl.len())
    everyone = places.group_by("source", "country").agg(all_country=pl.len())
    all_known = places.group_by("source").agg(all_known=pl.len())
    joined = (
        counted.join(known, ["finding_id", "source"])
        .join(sizes, "finding_id")
        .join(everyone, ["source", "country"])
        .join(all_known, "source")
        .sort("finding_id", "source", "country")
    )
    p_values = stats.hypergeom.sf(
        joined["n_country"].to_numpy().astype(np.int64) - 1,
        joined["all_known"].to_numpy().astype(np.int64),
        joined["all_country"].to_numpy().astype(np.int64),
        joined["n_known"].to_numpy().astype(np.int64),
    )
    p_values = np.clip(np.asarray(p_values, np.float64), 0.0, 1.0)
    others = pl.col("all_known").cast(pl.Int64) - pl.col("n_known").cast(pl.Int64)
    rest = pl.col("all_country").cast(pl.Int64) - pl.col("n_country").cast(pl.Int64)
    table = joined.select(
        *("finding_id", "source", "country", "n_country", "n_known", "n_cluster"),
        share_cluster=pl.col("n_country") / pl.col("n_known"),
        share_rest=pl.when(others > 0).then(rest / others),
        p_value=pl.Series(p_values, dtype=pl.Float64),
    )
    return with_q_values(table).sort("finding_id", "source", "p_value", "country")


def countries_of_groups(
    dataset: Dataset,
    members: pl.DataFrame,
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn; as any detector
    progress: Progress,
) -> Detection:
    """Find groups most of whose accounts are in a country that is rarer among the others.

    Args:
        dataset: its accounts and actions.
        members: ``finding_id, account_id``; one row per account of a group.

    Returns:
        Table ``group_countries``: as ``cluster_countries``, with the group's id in ``group``. A finding for each group
        and source of evidence that stands out.

    Raises:
        TooLittleDataError: no source gives any account of a group a country.
    """
    progress("resolving places", 0, 2)
    places = account_places(dataset)
    progress("resolving places", 1, 2)
    table = cluster_countries(members.select("finding_id", "account_id").unique(), places)
    progress("resolving places", 2, 2)
    if table.is_empty():
        raise TooLittleDataError("No account of a group has a place that could be resolved to a country.")
    name = pl.concat_str(pl.lit("countries"), "finding_id", "source", separator="-")
    table = table.select(name.alias("finding_id"), pl.col("finding_id").alias("group"), pl.all().exclude("finding_id"))
    named = table.filter(
        (pl.col("q_value") <= params.alpha)
        & (pl.col("share_cluster") >= MOST)
        & (pl.col("n_known") >= params.minimum_group)
    ).unique("finding_id", keep="first", maintain_order=True)
    return Detection(
        DETECTOR.name,
        asdict(params),
        tuple(_finding(row) for row in named.iter_rows(named=True)),
        (Score("groups", float(table["group"].n_unique()), "groups"),),
        {"group_countries": table},
        ("stated_places_can_be_invented", "unresolved_places_left_open"),
    )


def _finding(row: dict[str, Any]) -> Finding:
    chance = (row["p_value"], row["q_value"], "drawn_accounts")
    return Finding(
        id=row["finding_id"],
        question="where",
        subject=row["group"],
        statement=f"group_country_{row['source']}",
        scores=(
            Score("country_share", row["share_cluster"], "1", row["n_known"], None, *chance),
            Score("country_share_of_others", row["share_rest"], "1"),
        ),
        strength=STRENGTHS[row["source"]],
        alternatives=("diaspora", "shared_language", "false_statement_of_place", "local_event", "local_media"),
        excluded=("few_accounts",),
        evidence=("group_countries",),
    )


DETECTOR = Detector(
    name="countries_of_groups",
    title="Where the groups are",
    question="where",
    needs=("accounts",),
    params=Params,
    run=of_groups(countries_of_groups),
    vocabulary=GROUP_COUNTRIES,
    cites=("Fisher 1935, The Design of Experiments",),
    text=(
        "Shows whether most accounts of a group are in one country that is rarer among all other accounts, by each "
        "source of evidence apart: what accounts state, what the platform says, tagged acts, language."
    ),
    after=GROUP_FINDERS,
    applies=has_groups,
)
