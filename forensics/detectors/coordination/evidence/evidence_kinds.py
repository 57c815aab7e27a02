"""Kinds of evidence: what a group's acts have in common, in the words of the trade.

They describe a group that was found and confirmed; none of them finds one. A kind is given where it holds of half of
the group's common acts or objects, or more: half is what "mostly" means, and the share stands beside it.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from forensics.coaction.layers import TRACES, layer_acts
from forensics.detectors.coordination.coordinated_group import Group
from forensics.detectors.coordination.evidence.confidence import leads

KINDS = {"finding_id": pl.String(), "kind": pl.String(), "share": pl.Float64(), "window_s": pl.Float64()}
MOSTLY = 0.5
PROMPT_S = 120.0
"""Seconds after a publication within which an act is prompt: the two minutes in which notified followers act too."""
ONE_SESSION_S = 7_200.0
"""The longest session, seconds."""
SLOW_S = 86_400.0
"""Seconds from the first to the last member's act on an object from which the group's work is slow."""
_MEASURED = {
    "attendance": "same_objects",
    "choice": "same_choice",
    "repetition": "same_pairs",
    "closeness": "close_in_time",
}


def appearances_of(actions: pl.DataFrame, acts: pl.DataFrame) -> pl.DataFrame:
    """Return when each object of the groups appeared, and by whom.

    Args:
        actions: ``schema.ACTIONS``.
        acts: of ``ties.group_acts``.

    Returns:
        ``layer, object_id, appeared_at, is_published, first_account``: its publication where the data hold one that is
        not later than the first act, else the first act on it by anybody; whether it is a publication; and whose it is.
    """
    parts = [pl.DataFrame(schema=_APPEARED)]
    published = (
        actions.filter((pl.col("action") == "post") & (pl.col("object_kind") == "post"))
        .sort("acted_at", "account_id")
        .unique("object_id", keep="first", maintain_order=True)
        .select("object_id", published_at="acted_at", publisher="account_id")
    )
    for (layer,), own in acts.group_by("layer", maintain_order=True):
        objects = own["object_id"].unique()
        firsts = (
            layer_acts(actions.filter(pl.col("object_id").is_in(objects.implode())), str(layer))
            .sort("acted_at", "account_id")
            .unique("object_id", keep="first", maintain_order=True)
            .select("object_id", "acted_at", "account_id")
        )
        known = published if str(layer).endswith(":post") else published.clear()
        is_published = (pl.col("published_at") <= pl.col("acted_at")).fill_null(value=False)
        parts.append(
            firsts.join(known, "object_id", "left").select(
                pl.lit(str(layer)).alias("layer"),
                "object_id",
                appeared_at=pl.when(is_published).then("published_at").otherwise("acted_at"),
                is_published=is_published,
                first_account=pl.when(is_published).then("publisher").otherwise("account_id"),
            )
        )
    return pl.concat(parts)


_APPEARED = {
    "layer": pl.String(),
    "object_id": pl.String(),
    "appeared_at": pl.Datetime("us", "UTC"),
    "is_published": pl.Boolean(),
    "first_account": pl.String(),
}


def moments(actions: pl.DataFrame, acts: pl.DataFrame, appeared: pl.DataFrame) -> pl.DataFrame:
    """Return each member's common acts, once each: with usable times the dots of the timeline.

    Args:
        actions: ``schema.ACTIONS``, for the texts.
        acts: of ``ties.group_acts``.
        appeared: of ``appearances_of``.

    Returns:
        ``finding_id, account_id, layer, object_id, acted_at, age_s, text, permalink``, in that order; ``age_s`` in
        seconds. The time is null where it is not known or an estimate.
    """
    texts = actions.select("text", "permalink").with_row_index("row")
    return (
        acts.with_columns(pl.when(pl.col("time_precision").cast(pl.String) != "estimated").then("acted_at"))
        .join(appeared, ["layer", "object_id"], "left")
        .join(texts, "row", "left")
        .with_columns(age_s=(pl.col("acted_at") - pl.col("appeared_at")).dt.total_microseconds() / 1e6)
        .select("finding_id", "account_id", "layer", "object_id", "acted_at", "age_s", "text", "permalink")
        .sort("finding_id", "account_id", "acted_at", "layer", "object_id", "text", "permalink")
    )


def evidence_kinds(name: str, group: Group, dots: pl.DataFrame, appeared: pl.DataFrame) -> pl.DataFrame:
    """Return the kinds of evidence for a group.

    Args:
        name: its ``finding_id``.
        dots: its rows of ``moments``.
        appeared: of ``appearances_of``.

    Returns:
        ``finding_id, kind, share, window_s``. By the measures in which no other audience is as far out:
        ``same_objects``, ``same_choice``, ``same_pairs`` and ``close_in_time``, with its narrowest such window. By the
        acts: ``one_sitting``, the share of them in the fullest two hours; ``prompt``, the share within two minutes of a
        publication; ``own``, the share of the links, texts and pictures that a member brought into the data first;
        ``slow``, the share of the objects that the members spread over a day or more.
    """
    rows: list[tuple[str, str, float | None, float | None]] = []
    for kind, word in _MEASURED.items():
        windows = [measure.window_s for measure in group.measures if measure.kind == kind and leads(measure)]
        if windows:
            rows.append((name, word, None, min((w for w in windows if w is not None), default=None)))
    timed = dots.drop_nulls("acted_at")
    shares = _shares(group, timed, appeared) if timed.height else {}
    rows += [(name, kind, share, None) for kind, share in shares.items() if share is not None and share >= MOSTLY]
    return pl.DataFrame(rows, schema=KINDS, orient="row")


def _shares(group: Group, dots: pl.DataFrame, appeared: pl.DataFrame) -> dict[str, float | None]:
    of = dots.join(appeared, ["layer", "object_id"], "left")
    times = dots["acted_at"].sort().dt.epoch("us").to_numpy() / 1e6
    fullest = int((times.searchsorted(times + ONE_SESSION_S, side="right") - np.arange(len(times))).max())
    objects = of.group_by("layer", "object_id").agg(
        (pl.col("acted_at").max() - pl.col("acted_at").min()).dt.total_seconds().alias("span_s"),
        pl.col("first_account").first(),
    )
    carried = objects.filter(pl.col("layer").is_in(TRACES))
    is_prompt = (pl.col("is_published") & (pl.col("age_s") <= PROMPT_S)).fill_null(value=False)
    is_own = pl.col("first_account").is_in([*group.core, *group.edge])
    return {
        "one_sitting": fullest / len(times),
        "prompt": of.select(is_prompt.mean()).item(),
        "own": carried.select(is_own.mean()).item(),
        "slow": objects.select((pl.col("span_s") >= SLOW_S).mean()).item(),
    }
