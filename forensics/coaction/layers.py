"""Layers: the acts of one kind on one kind of object, with ids and times as dense whole numbers.

Each layer is analysed on its own, because liking a post and using a hashtag are different acts to do together.
A trace that a post carries (url, domain, hashtag, text, media) makes one layer whatever the act was; an act upon
somebody or something (repost, like, reply, follow, rate, ...) makes a layer of that act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.errors import PrecisionError
from forensics.events import event_keys, own_traces, with_events
from forensics.messages import Message
from forensics.schema import IS_OBSERVED, PRECISION_S

TRACES = ("url", "domain", "hashtag", "text", "media")
"""Object kinds that a post carries; the others are acted upon."""
LASTING = ("follow", "rate", "join")
"""Acts whose objects are as much worth an act tomorrow as today."""


@dataclass(frozen=True, slots=True, eq=False)
class IndexedActs:
    """The acts of a layer in (object, time, account, post) order.

    Attributes:
        account_ids: the accounts, ascending; ``accounts`` holds positions in it.
        object_ids: the objects, ascending; ``objects`` holds positions in it.
        accounts: shape (acts,) uint32.
        objects: shape (acts,) uint32, ascending.
        events: shape (acts,) uint64; the acts of one event share it, in every layer of the same actions.
        ticks: shape (acts,) int64, time in steps of the layer's precision, ascending within an object.
        appeared: shape (objects,) int64, the tick at which each object appeared.
        is_published: shape (objects,) bool, whether that is a publication that the data hold; else it is the first act.
        rows: shape (acts,) uint32, the act's row in the actions frame that was indexed.
        precision: the coarsest time precision in the layer.
    """

    layer: str
    account_ids: pl.Series
    object_ids: pl.Series
    accounts: npt.NDArray[np.uint32]
    objects: npt.NDArray[np.uint32]
    events: npt.NDArray[np.uint64]
    ticks: npt.NDArray[np.int64]
    appeared: npt.NDArray[np.int64]
    is_published: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.uint32]
    precision: str

    @property
    def tick_s(self) -> float:
        """Return the length of a tick, seconds."""
        return PRECISION_S[self.precision]

    @property
    def is_lasting(self) -> bool:
        """Return whether the layer's acts are done once and for long, on objects that are not the news of an hour."""
        return self.layer.split(":", 1)[0] in LASTING

    @property
    def n_acts(self) -> int:
        """Return the number of acts."""
        return int(self.accounts.shape[0])

    def window_ticks(self, window_s: float) -> int:
        """Return a window in ticks.

        Raises:
            PrecisionError: the window is finer than the times were kept.
        """
        if window_s < self.tick_s:
            raise PrecisionError(
                "A window of {window_s} s cannot be asked of the layer '{layer}': its times were kept to the {step}. "
                "Set a window of at least {least_s} s.",
                window_s=window_s,
                layer=self.layer,
                step=Message(_PRECISION_WORDS[self.precision]),
                least_s=self.tick_s,
            )
        return int(window_s // self.tick_s)


_PRECISION_WORDS = {"ms": "millisecond", "s": "second", "min": "minute", "day": "day", "estimated": "estimate only"}

LAYER = (
    pl.when(pl.col("object_kind").cast(pl.String).is_in(TRACES))
    .then(pl.col("object_kind").cast(pl.String))
    .otherwise(pl.col("action").cast(pl.String) + ":" + pl.col("object_kind").cast(pl.String))
)

OBSERVED = pl.col("object_id").is_not_null() & pl.col("object_kind").is_not_null() & IS_OBSERVED


def layer_names(actions: pl.DataFrame) -> tuple[str, ...]:
    """Return the layers that a set of actions holds, in alphabetical order.

    A post as its own object is no layer: nobody else can write the same post.
    """
    observed = own_traces(with_events(actions).lazy()).filter(OBSERVED)
    pairs = observed.select(layer=LAYER).unique().collect()
    return tuple(sorted(name for name in pairs["layer"] if name != "post:post"))


def layer_acts(actions: pl.DataFrame, layer: str, *, timed: bool = True) -> pl.DataFrame:
    """Return the observed, distinct acts of a layer, without what reposts inherit.

    Args:
        actions: ``schema.ACTIONS``.
        layer: one of ``layer_names``.
        timed: whether acts whose times are estimates are left out.

    Returns:
        Columns ``row`` (in ``actions``), ``account_id``, ``object_id``, ``acted_at``, ``time_precision``, ``post_id``,
        ``event`` (see ``events.event_keys``).
    """
    kind = layer.rsplit(":", 1)[-1]
    wanted = OBSERVED & (pl.col("object_kind") == kind)
    if ":" in layer:
        wanted &= pl.col("action") == layer.split(":", 1)[0]
    return (
        own_traces(with_events(actions).lazy().with_row_index("row"))
        .filter(wanted & ((pl.col("time_precision").cast(pl.String) != "estimated") if timed else True))
        .select("row", "account_id", "object_id", "acted_at", "time_precision", "post_id", event=event_keys())
        .unique(["account_id", "object_id", "acted_at", "post_id"], keep="any")
        .collect()
    )


def index_acts(actions: pl.DataFrame, layer: str) -> IndexedActs:
    """Index a layer: dense ids, times in ticks of its coarsest precision, acts in (object, time) order.

    Args:
        actions: ``schema.ACTIONS``, rows in any order.
        layer: one of ``layer_names``.

    Returns:
        The layer's acts; the same whatever the order of the rows, but for ``rows``.
    """
    acts = layer_acts(actions, layer)
    precision = max(acts["time_precision"].cast(pl.String).unique(), key=PRECISION_S.__getitem__, default="s")
    tick_us = round(PRECISION_S[precision] * 1e6)
    account_ids = acts["account_id"].unique().sort()
    object_ids = acts["object_id"].unique().sort()
    indexed = acts.select(
        "row",
        "event",
        account=_codes(acts["account_id"], account_ids),
        object=_codes(acts["object_id"], object_ids),
        tick=pl.col("acted_at").to_physical() // tick_us,
        post=pl.col("post_id").rank("dense"),
    ).sort("object", "tick", "account", "post", nulls_last=True)
    ticks = indexed["tick"].to_numpy()
    objects = indexed["object"].to_numpy()
    appeared, is_published = _appearances(actions, layer, object_ids, objects, ticks, tick_us)
    return IndexedActs(
        layer=layer,
        account_ids=account_ids,
        object_ids=object_ids,
        accounts=indexed["account"].to_numpy(),
        objects=objects,
        events=indexed["event"].to_numpy(),
        ticks=ticks,
        appeared=appeared,
        is_published=is_published,
        rows=indexed["row"].to_numpy(),
        precision=precision,
    )


def set_aside(actions: pl.DataFrame, accounts: pl.Series) -> pl.DataFrame:
    """Mark some accounts' acts as context: they date what they published, and take no part otherwise.

    Args:
        actions: ``schema.ACTIONS``.
        accounts: account ids.
    """
    if accounts.is_empty():
        return actions
    return actions.with_columns(
        is_context=pl.col("is_context").fill_null(value=False) | pl.col("account_id").is_in(accounts.implode())
    )


def only(acts: IndexedActs, kept: npt.NDArray[np.intp]) -> IndexedActs:
    """Return some of a layer's acts.

    Args:
        acts: a layer.
        kept: their positions, ascending.
    """
    return replace(
        acts,
        accounts=acts.accounts[kept],
        objects=acts.objects[kept],
        events=acts.events[kept],
        ticks=acts.ticks[kept],
        rows=acts.rows[kept],
    )


def one_object_per_event(acts: IndexedActs, least: int = 2) -> IndexedActs:
    """Let every event be an act upon one object, the one that best shows who acts together.

    A post with six hashtags is one decision. Counted as six, two people who each took part once in a campaign share six
    objects, and no null that deals acts one by one expects that. So each event stands for its rarest object among those
    that enough accounts acted on; whoever carries the same traces has the same one. Where none is common enough it
    stands for its commonest.

    Args:
        acts: a layer.
        least: accounts that an object needs to be worth standing for.

    Returns:
        The acts upon those objects; accounts, objects and what is known of them stay numbered as they were.
    """
    distinct = np.unique(acts.objects.astype(np.int64) << 32 | acts.accounts) >> 32
    n_accounts = np.bincount(distinct, minlength=len(acts.object_ids))
    rank = np.where(n_accounts >= least, n_accounts, 2 * len(acts.account_ids) + least - n_accounts)
    order = np.lexsort((acts.objects, rank[acts.objects], acts.events))
    _, firsts, event = np.unique(acts.events[order], return_index=True, return_inverse=True)
    stands_for = acts.objects[order][firsts][event]
    return only(acts, np.sort(order[acts.objects[order] == stands_for]))


def _codes(values: pl.Series, ascending: pl.Series) -> pl.Series:
    """Return each value's position in the ascending list of distinct values."""
    return values.cast(pl.Enum(ascending)).to_physical().cast(pl.UInt32)


def _appearances(
    actions: pl.DataFrame,
    layer: str,
    object_ids: pl.Series,
    objects: npt.NDArray[Any],
    ticks: npt.NDArray[Any],
    tick_us: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return when each object appeared: its publication where known and first, else its first act; and which it is."""
    firsts = np.searchsorted(objects, np.arange(len(object_ids), dtype=np.uint32))
    first_ticks: npt.NDArray[np.int64] = ticks[firsts] if len(ticks) else ticks
    if not layer.endswith(":post"):
        return first_ticks, np.zeros(len(object_ids), bool)
    published = (
        actions.lazy()
        .filter((pl.col("action") == "post") & (pl.col("object_kind") == "post"))
        .group_by("object_id")
        .agg(tick=pl.col("acted_at").min().to_physical() // tick_us)
        .collect()
    )
    known = pl.DataFrame({"object_id": object_ids}).join(published, "object_id", "left", maintain_order="left")
    publications: npt.NDArray[np.int64] = known["tick"].fill_null(np.iinfo(np.int64).max).to_numpy()
    return np.minimum(first_ticks, publications), publications <= first_ticks
