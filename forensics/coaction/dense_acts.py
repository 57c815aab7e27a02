"""The acts of all layers as dense arrays: one act a source event, account and object.

A post with six hashtags is one decision, so it gives one act: on that of its objects which fewest accounts, but two at
least, share. An account's second act on an object is no second decision to choose it, so the first counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from forensics.coaction.layers import LAYER, OBSERVED
from forensics.events import own_traces, with_events
from forensics.schema import PRECISION_S

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class DenseActs:
    """Acts in (object, time, account) order.

    Attributes:
        account_ids: the accounts, ascending; ``accounts`` holds positions in it.
        object_ids: the objects, ascending by layer and id; ``objects`` holds positions in it.
        accounts: shape (acts,).
        objects: shape (acts,), ascending.
        times: shape (acts,), seconds since 1970, UTC; 0 where the data hold no time.
        steps: shape (acts,), seconds: the act lies within so much before its time; infinite without a time.
        appeared: shape (objects,), seconds: when the object was published, else its first act.
        layer_of: shape (objects,), position in ``layers``.
        publisher_of: shape (objects,): who published it, -1 where that is not known.
    """

    account_ids: pl.Series
    object_ids: pl.Series
    layers: tuple[str, ...]
    accounts: Ints
    objects: Ints
    times: Floats
    steps: Floats
    appeared: Floats
    layer_of: Ints
    publisher_of: Ints

    @property
    def n_acts(self) -> int:
        """Return the number of acts."""
        return len(self.accounts)


def dense_acts(actions: pl.DataFrame, posts: pl.DataFrame, layers: tuple[str, ...] = ("all",)) -> DenseActs:
    """Lay out the acts of some layers.

    Args:
        actions: ``schema.ACTIONS``, rows in any order.
        posts: ``schema.POSTS``: who published which post when.
        layers: their names; ``("all",)`` for all.

    Returns:
        The acts; the same whatever the order of the rows.
    """
    rows = _rows(actions, layers)
    account_ids = rows["account_id"].unique().sort()
    objects = rows.select("layer", "object_id").unique().sort("layer", "object_id").with_row_index("object")
    names = tuple(objects["layer"].unique().sort().to_list())
    rows = rows.join(objects, ["layer", "object_id"]).select(
        "object", "time", "step", account=pl.col("account_id").cast(pl.Enum(account_ids)).to_physical()
    )
    rows = rows.sort("object", "time", "account")
    times = rows["time"].fill_null(0.0).to_numpy()
    places = rows["object"].to_numpy().astype(np.int64)
    steps = rows["step"].to_numpy()
    published = _published(actions, posts)
    known = objects.join(published, "object_id", "left", maintain_order="left")
    is_post = objects["layer"].str.ends_with(":post").to_numpy()
    publication = np.where(is_post, known["published"].fill_null(np.inf).to_numpy(), np.inf)
    first = np.full(objects.height, np.inf)
    np.minimum.at(first, places, np.where(np.isfinite(steps), times, np.inf))
    appeared = np.minimum(first, publication)
    publishers = known["publisher"].cast(pl.Enum(known["publisher"].drop_nulls().unique().sort())).to_physical()
    return DenseActs(
        account_ids=account_ids,
        object_ids=objects["object_id"],
        layers=names,
        accounts=rows["account"].to_numpy().astype(np.int64),
        objects=places,
        times=times,
        steps=steps,
        appeared=np.where(np.isfinite(appeared), appeared, 0.0),
        layer_of=objects["layer"].cast(pl.Enum(names)).to_physical().to_numpy().astype(np.int64),
        publisher_of=np.where(is_post, publishers.cast(pl.Int64).fill_null(-1).to_numpy(), -1),
    )


def _rows(actions: pl.DataFrame, layers: tuple[str, ...]) -> pl.DataFrame:
    """Return ``account_id, layer, object_id, time, step``: one row an account and object, one object an event."""
    precision = (
        pl.col("time_precision").cast(pl.String).replace_strict(PRECISION_S, default=1.0, return_dtype=pl.Float64)
    )
    within = pl.coalesce((pl.col("acted_at") - pl.col("acted_after")).dt.total_microseconds() / 1e6, precision)
    time = pl.when(within.is_finite()).then(pl.col("acted_at").to_physical() / 1e6)
    observed = (
        own_traces(with_events(actions).lazy())
        .filter(OBSERVED & (LAYER != "post:post"))
        .select(
            "account_id",
            "source_event",
            "object_id",
            layer=LAYER,
            time=time,
            step=pl.when(time.is_null()).then(pl.lit(np.inf)).otherwise(within),
        )
    )
    if layers != ("all",):
        observed = observed.filter(pl.col("layer").is_in(layers))
    order = ["time", "layer", "object_id", "account_id", "source_event"]
    shared = observed.group_by("layer", "object_id").agg(n=pl.col("account_id").n_unique())
    return (
        observed.join(shared, ["layer", "object_id"])
        .with_columns(n=pl.when(pl.col("n") >= 2).then("n").otherwise(2**31))
        .sort("n", *order, nulls_last=True)
        .unique(["account_id", "source_event"], keep="first", maintain_order=True)
        .sort(order, nulls_last=True)
        .unique(["account_id", "layer", "object_id"], keep="first", maintain_order=True)
        .select("account_id", "layer", "object_id", "time", "step")
        .collect()
    )


def _published(actions: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """Return ``object_id, published, publisher`` of every post that the data date or name the author of."""
    own = actions.lazy().filter((pl.col("action") == "post") & (pl.col("object_kind") == "post"))
    stated = posts.lazy().select(
        object_id="post_id", published=pl.col("published_at").to_physical() / 1e6, publisher="account_id"
    )
    made = own.select("object_id", published=pl.col("acted_at").to_physical() / 1e6, publisher="account_id")
    return (
        pl.concat([stated, made])
        .drop_nulls("object_id")
        .group_by("object_id")
        .agg(pl.col("published").min(), pl.col("publisher").min())
        .collect()
    )
