"""A layer made from another: near-duplicate texts as one object.

The acts stay the same; only the object of an act upon a text changes, from the fingerprint of the exact words to the
group that they belong to. A layer of its own beside the exact one would weigh the same copies twice.
"""

from __future__ import annotations

import polars as pl

from forensics.progress import Progress, quiet
from forensics.text.fingerprint import fingerprints
from forensics.text.near_duplicates import near_duplicate_groups

MAX_TEXTS = 300_000
"""With more distinct texts, the comparison would take many minutes; only equal texts are then the same object."""
NEAR = "near:"
"""What the id of an object made of several near-duplicate texts begins with."""


def with_near_duplicates(
    actions: pl.DataFrame, similarity: float, layers: tuple[str, ...] = ("text",), progress: Progress = quiet
) -> pl.DataFrame:
    """Let near-duplicate texts be one object.

    Args:
        actions: ``schema.ACTIONS``, rows in any order.
        similarity: least cosine of two near-duplicates, see ``near_duplicate_groups``; at 1 nothing changes.
        layers: those that will be analysed; without ``text`` or ``all`` among them nothing changes.

    Returns:
        ``actions``, rows in the same order. Acts upon a text that has near-duplicates have the group's id as their
        ``object_id``; a text without any keeps its own, and so does one whose words the data do not hold.
    """
    texts = _texts(actions, similarity, layers)
    if not 1 < texts.height <= MAX_TEXTS:
        return actions
    groups = near_duplicate_groups(texts["text"], similarity, progress)
    joined = (
        texts.select("object_id", group=pl.lit(NEAR) + groups)
        .drop_nulls("group")
        .filter(pl.len().over("group") > 1)
        .with_columns(object_kind=pl.lit("text", actions.schema["object_kind"]))
    )
    return (
        actions.join(joined, ["object_id", "object_kind"], "left", maintain_order="left")
        .with_columns(object_id=pl.coalesce("group", "object_id"))
        .select(actions.columns)
    )


def text_notes(actions: pl.DataFrame, similarity: float, layers: tuple[str, ...] = ("text",)) -> tuple[str, ...]:
    """Return the key of the note that a report prints where there were too many texts for ``with_near_duplicates``."""
    return ("texts_compared_exactly",) if _texts(actions, similarity, layers).height > MAX_TEXTS else ()


def _texts(actions: pl.DataFrame, similarity: float, layers: tuple[str, ...]) -> pl.DataFrame:
    """Return the distinct texts to compare: ``object_id`` and the ``text`` whose fingerprint that is."""
    is_wanted = similarity < 1.0 and bool({"text", "all"} & set(layers))
    known = (
        actions.lazy()
        .filter(is_wanted & (pl.col("object_kind") == "text") & pl.col("object_id").is_not_null())
        .filter(pl.col("text").is_not_null())
        .group_by("object_id")
        .agg(text=pl.col("text").min())
        .sort("object_id")
        .collect()
    )
    return known.filter(fingerprints(known["text"]) == known["object_id"])
