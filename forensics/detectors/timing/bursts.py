"""Bursts: objects that got an unusual share of all their acts within moments.

Each object's largest share in any window is set against objects of like popularity in the same data: what is bought by
the piece comes within moments (Song, Lee & Kim 2015, CrowdTarget, ACM CCS, p. 793). Its rank among them is the
conformal p-value. Such ranks are evenly spread whatever the data hold, so no correction for many objects could keep
one. The correction therefore works on p-values whose tail continues that of the matched objects: above their third
quartile the log-odds of the share fall off exponentially, at a rate taken from the median excess, which some unusual
objects among them move little, and never below what counting alone gives an object with the share of that quartile.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.layers import IndexedActs, index_acts, layer_names, one_object_per_event, set_aside
from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.timing.timing_vocabulary import BURSTS
from forensics.errors import PrecisionError, TooLittleDataError
from forensics.findings import Detection, Finding, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.schema import TIME
from forensics.statistics.multiple_testing import binomial_tail, with_q_values
from forensics.statistics.p_value_combination import combine_p_values

Floats = npt.NDArray[np.float64]

ALTERNATIVES = ("breaking_news", "live_event", "notifications", "open_call")
NULL = "things_of_like_popularity"
LEAST_PEERS = 30
"""With fewer objects of like popularity there is nothing to set an object against."""
BODY = 0.75
"""The quantile at which the tail begins."""
_TOGETHER = 1_000_000
"""Objects, each with its like, that are looked at together."""


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    burst_windows_s: tuple[float, ...] = param(
        (60.0, 600.0, 3600.0), "s", "Windows in which an object's acts may pile up.", 0.001, 86_400.0
    )
    layers: tuple[str, ...] = param(("all",), "layers", "Which kinds of acts to analyse, such as url or repost:post.")
    burst_acts: int = param(20, "accounts", "An object that fewer accounts acted on is not judged.", 5, 1_000_000)
    matched: int = param(200, "objects", "Objects of like popularity that each is set against.", LEAST_PEERS, 100_000)
    alpha: float = param(0.05, "1", "Expected share of false objects among those reported.", 1e-9, 0.5)


def largest_shares(acts: IndexedActs, window: int, least: int) -> pl.DataFrame:
    """Return the largest share of each object's accounts in any window.

    Args:
        acts: a layer; each account counts by its first act on an object.
        window: ticks, both ends included.
        least: accounts an object needs.

    Returns:
        ``object`` (position), ``n`` (accounts), ``n_most`` (most in a window), ``tick`` (the window's first act).
    """
    first = np.unique(acts.objects.astype(np.int64) << 32 | acts.accounts, return_index=True)[1]
    first.sort()
    objects, ticks = acts.objects[first].astype(np.int64), acts.ticks[first]
    # An object's acts lie further from the next object's than any window.
    span = int(np.ptp(ticks)) + window + 1 if len(ticks) else 1
    line = objects * span + ticks - ticks.min(initial=0)
    inside = np.searchsorted(line, line + window, side="right") - np.arange(len(line))
    return (
        pl.DataFrame({"object": objects, "inside": inside, "tick": ticks})
        .sort("object", "inside", "tick", descending=[False, True, False])
        .group_by("object", maintain_order=True)
        .agg(n=pl.len(), n_most=pl.col("inside").first(), tick=pl.col("tick").first())
        .filter(pl.col("n") >= least)
        .with_columns(pl.col("n", "n_most").cast(pl.Int64))
    )


def p_values_among_like(n: npt.NDArray[np.int64], n_most: npt.NDArray[np.int64], matched: int) -> tuple[Floats, Floats]:
    """Set each object's share against those of like popularity.

    Args:
        n: shape (objects,): accounts.
        n_most: shape (objects,): most of them in a window.
        matched: objects to set each against: its neighbours in order of popularity.

    Returns:
        Shape (objects,) each: the p-value with a continued tail, and the conformal one, ``(1 + #) / (1 + matched)``.
    """
    order = np.lexsort((n_most, n))
    odds = np.log((n_most[order] + 0.5) / (n[order] - n_most[order] + 0.5))
    matched = min(matched, len(n) - 1)
    tail, rank, by_counting = np.ones(len(n)), np.ones(len(n)), np.zeros(len(n))
    together = max(1, _TOGETHER // matched)
    for begin in range(0, len(n), together):
        places = np.arange(begin, min(begin + together, len(n)))
        start = np.clip(places - matched // 2, 0, len(n) - matched - 1)
        # Its neighbours, itself left out.
        at = start[:, None] + np.arange(matched)
        like = np.sort(odds[at + (at >= places[:, None])], axis=1)
        own, mine = odds[places], order[places]
        rank[mine] = tail[mine] = (1.0 + (like >= own[:, None]).sum(axis=1)) / (1.0 + matched)
        body = np.quantile(like, BODY, axis=1)
        n_above = (like > body[:, None]).sum(axis=1)
        middle = np.stack([matched - n_above + (n_above - 1) // 2, matched - n_above + n_above // 2], axis=1)
        beyond = np.take_along_axis(like, np.minimum(middle, matched - 1), axis=1) - body[:, None]
        excess = np.where(n_above > 0, beyond.mean(axis=1), 0.0) / np.log(2.0)
        far = (excess > 0.0) & (own > body)
        tail[mine[far]] = (1.0 - BODY) * np.exp(-(own[far] - body[far]) / excess[far])
        by_counting[mine[far]] = 1.0 / (1.0 + np.exp(-body[far]))
    return np.maximum(tail, binomial_tail(n_most, n, by_counting)), rank


def bursts(dataset: Dataset, params: Params, seed: int, progress: Progress) -> Detection:
    """Find the objects whose acts pile up in time more than those of objects as popular.

    Args:
        dataset: its actions.

    Returns:
        One finding for each layer with such objects; table ``bursts``, one row for each object judged, with the text
        of those found that are texts.

    Raises:
        PrecisionError: every layer's times are coarser than every window.
        TooLittleDataError: no layer has enough objects to set against each other.
    """
    del seed
    actions = set_aside(dataset.actions, dataset.accounts.filter("is_automated")["account_id"].unique())
    there = layer_names(actions)
    wanted = there if params.layers == ("all",) else tuple(sorted(set(params.layers) & set(there)))
    parts: list[pl.DataFrame] = []
    refusals: list[PrecisionError] = []
    for number, name in enumerate(wanted, start=1):
        try:
            parts.append(_judged(one_object_per_event(index_acts(actions, name), params.burst_acts), params))
        except PrecisionError as error:
            refusals.append(error)
        progress("comparing objects of like popularity", number, len(wanted))
    if refusals and not parts:
        raise refusals[0]
    rows = pl.concat([pl.DataFrame(schema=_ROWS), *parts])
    if rows.is_empty():
        raise TooLittleDataError(
            "No kind of act has {n_objects} objects that {burst_acts} accounts or more acted on. Lower burst_acts, or "
            "add data.",
            n_objects=LEAST_PEERS + 1,
            burst_acts=params.burst_acts,
        )
    rows = with_q_values(rows).sort("q_value", "p_value", "layer", "object_id")
    found = rows.filter(pl.col("q_value") <= params.alpha)["layer"].unique().sort().to_list()
    names = {layer: f"bursts-{number}" for number, layer in enumerate(found, start=1)}
    is_found = pl.col("q_value") <= params.alpha
    table = rows.with_columns(
        finding_id=pl.when(is_found).then(pl.col("layer").replace_strict(names, default=None, return_dtype=pl.String))
    )
    return Detection(
        detector=DETECTOR.name,
        params=asdict(params),
        findings=tuple(
            _finding(name, layer, table.filter(pl.col("finding_id") == name), rows.filter(pl.col("layer") == layer))
            for layer, name in names.items()
        ),
        scores=(Score("things_judged", float(rows.height), "objects"), Score("alpha", params.alpha, "1")),
        tables={"bursts": _with_texts(table, actions)},
        notes=("burst_may_be_news",) if names else ("burst_may_be_news", "quiet_result"),
    )


def _with_texts(table: pl.DataFrame, actions: pl.DataFrame) -> pl.DataFrame:
    """Return the objects with ``text``: of a text that was found, which is known by its fingerprint, what it says."""
    found = table.filter(pl.col("finding_id").is_not_null() & (pl.col("layer") == "text"))["object_id"]
    own = actions.filter((pl.col("object_kind") == "text") & pl.col("object_id").is_in(found.implode()))
    texts = own.group_by("object_id").agg(pl.col("text").cast(pl.String).min())
    return table.join(texts, "object_id", "left", maintain_order="left")


_ROWS = {
    **dict.fromkeys(("layer", "object_id"), pl.String()),
    "n_accounts": pl.Int64(),
    "burst_share": pl.Float64(),
    "burst_window_s": pl.Float64(),
    "burst_at": TIME,
    **dict.fromkeys(("conformal_p", "p_value"), pl.Float64()),
}


def _judged(acts: IndexedActs, params: Params) -> pl.DataFrame:
    """Return a layer's objects with the window in which each is least like the others, and one p-value over windows."""
    fitting = [window_s for window_s in sorted(set(params.burst_windows_s)) if window_s >= acts.tick_s]
    if not fitting:
        acts.window_ticks(max(params.burst_windows_s))
    parts = []
    for window_s in fitting:
        shares = largest_shares(acts, acts.window_ticks(window_s), params.burst_acts)
        if shares.height <= LEAST_PEERS:
            return pl.DataFrame(schema=_ROWS)
        tail, rank = p_values_among_like(shares["n"].to_numpy(), shares["n_most"].to_numpy(), params.matched)
        parts.append(
            shares.with_columns(p=pl.Series(tail), conformal_p=pl.Series(rank), burst_window_s=pl.lit(window_s))
        )
    rows = pl.concat(parts)
    combined = combine_p_values(rows.select("object", p_value="p"), "object")
    best = rows.sort("object", "p", "burst_window_s").unique("object", keep="first", maintain_order=True)
    micros = (best["tick"].to_numpy() * round(acts.tick_s * 1e6)).astype("datetime64[us]")
    return best.join(combined, "object", maintain_order="left").select(
        layer=pl.lit(acts.layer),
        object_id=acts.object_ids.gather(best["object"]),
        n_accounts="n",
        burst_share=pl.col("n_most") / pl.col("n"),
        burst_window_s="burst_window_s",
        burst_at=pl.Series(micros).dt.replace_time_zone("UTC"),
        conformal_p="conformal_p",
        p_value="p_value",
    )


def _finding(name: str, layer: str, own: pl.DataFrame, judged: pl.DataFrame) -> Finding:
    share, usual = (float(frame["burst_share"].to_numpy().mean()) for frame in (own, judged))
    p_value, q_value = (float(own[column].to_numpy().max()) for column in ("p_value", "q_value"))
    return Finding(
        id=name,
        question="what",
        subject=layer,
        statement="target_bursts",
        scores=(
            Score("things_bursting", float(own.height), "objects", n=judged.height, null=NULL),
            Score("things_judged", float(judged.height), "objects"),
            Score("mean_burst_share", share, "1", null=NULL),
            Score("usual_burst_share", usual, "1"),
            Score("largest_q", q_value, "1", p_value=p_value, q_value=q_value, null=NULL),
        ),
        # News and broadcasts make the same shape.
        strength="low",
        alternatives=ALTERNATIVES,
        excluded=("popularity",),
        evidence=("bursts",),
    )


DETECTOR = Detector(
    name="bursts",
    title="Objects acted on within moments",
    question="what",
    needs=("actions",),
    params=Params,
    run=bursts,
    vocabulary=BURSTS,
    cites=(
        "Song, Lee & Kim 2015, CrowdTarget, ACM CCS, p. 793",
        "Vovk, Gammerman & Shafer 2005, doi:10.1007/b106715",
        "Liu & Xie 2020, doi:10.1080/01621459.2018.1554485",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
    ),
    text=(
        "Takes each object's largest share of acts within a minute, ten minutes or an hour, and compares it with "
        "objects of like popularity in the same data. News and live events make the same shape, so this says where to "
        "look."
    ),
)
