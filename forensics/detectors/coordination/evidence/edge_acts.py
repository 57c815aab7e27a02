"""Evidence: the acts behind every edge, with both times, the gap and where to see them."""

from __future__ import annotations

import polars as pl

from forensics.coaction.layers import layer_acts
from forensics.schema import TIME


def edge_acts(actions: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Return every pair of acts within the window behind every edge.

    Args:
        actions: ``schema.ACTIONS``.
        edges: one row per (edge, layer): ``finding_id``, ``left``, ``right``, ``layer``, ``window_s``, ``tick_s``.

    Returns:
        ``finding_id, left, right, layer, object_id, left_at, right_at, gap_s, left_post_id, right_post_id,
        left_permalink, right_permalink``, ordered by all of the first six.
    """
    parts = [
        _layer_acts(actions, layer, rows)
        for (layer,), rows in edges.sort("layer").group_by("layer", maintain_order=True)
    ]
    return pl.concat(parts or [pl.DataFrame(schema=_ACTS)]).sort([*_COLUMNS[:6], "left_post_id", "right_post_id"])


_ACTS = {
    "finding_id": pl.String(),
    "left": pl.String(),
    "right": pl.String(),
    "layer": pl.String(),
    "object_id": pl.String(),
    "left_at": TIME,
    "right_at": TIME,
    "gap_s": pl.Float64(),
    "left_post_id": pl.String(),
    "right_post_id": pl.String(),
    "left_permalink": pl.String(),
    "right_permalink": pl.String(),
}
_COLUMNS = list(_ACTS)


def _layer_acts(actions: pl.DataFrame, layer: object, edges: pl.DataFrame) -> pl.DataFrame:
    acts = layer_acts(actions, str(layer))
    permalinks = actions.select("permalink").with_row_index("row")
    involved = pl.concat([edges["left"], edges["right"]]).unique()
    acts = acts.filter(pl.col("account_id").is_in(involved.implode())).join(permalinks, "row", "left")
    side = acts.select("account_id", "object_id", "acted_at", "post_id", "permalink")
    left = side.select(
        "object_id", left="account_id", left_at="acted_at", left_post_id="post_id", left_permalink="permalink"
    )
    right = side.select(
        "object_id", right="account_id", right_at="acted_at", right_post_id="post_id", right_permalink="permalink"
    )
    # Times are compared on the ticks of the layer's precision, as they were counted.
    tick_us = (pl.col("tick_s") * 1e6).cast(pl.Int64)
    gap = pl.col("left_at").to_physical() // tick_us - pl.col("right_at").to_physical() // tick_us
    return (
        edges.lazy()
        .select("finding_id", "left", "right", "window_s", "tick_s", layer=pl.lit(layer))
        .join(left.lazy(), "left")
        .join(right.lazy(), ["right", "object_id"])
        .filter(gap.abs() * pl.col("tick_s") <= pl.col("window_s"))
        .with_columns(gap_s=(pl.col("left_at") - pl.col("right_at")).dt.total_microseconds().abs() / 1e6)
        .select(_COLUMNS)
        .collect()
    )
