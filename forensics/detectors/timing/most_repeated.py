"""The most repeated texts: which words most accounts posted as their own, over how long, and where they stood first.

Nothing is tested here. People repeat slogans, headlines and songs; the texts are shown so that a person can read them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import polars as pl

from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.detectors.timing.timing_vocabulary import TEXTS
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Score
from forensics.params import param
from forensics.progress import Progress
from forensics.text.repeated_texts import repeated_texts


@dataclass(frozen=True, slots=True)
class Params:
    """What an analyst can set."""

    texts_kept: int = param(20, "texts", "So many of the most repeated texts are kept.", 1, 1000)
    texts_alike: float = param(0.8, "1", "Texts at least so alike count as one; at 1 the same words only.", 0.5, 1.0)


def most_repeated(
    dataset: Dataset,
    params: Params,
    seed: int,  # noqa: ARG001  nothing is drawn
    progress: Progress,
) -> Detection:
    """List the texts that most accounts posted as their own.

    Args:
        dataset: its actions.

    Returns:
        No finding. ``repeated_texts``: ``text, n_accounts, n_posts, n_wordings, first_at, last_at, account_id,
        permalink``, the most widespread first; the account and the address are of who posted it first. The score says
        how many are kept.

    Raises:
        TooLittleDataError: no act carries a text.
    """
    if dataset.actions["text"].null_count() == dataset.actions.height:
        raise TooLittleDataError("No act carries a text, so none can be repeated.")
    found = repeated_texts(dataset.actions, params.texts_kept, params.texts_alike, progress)
    table = found.rename({"first_account": "account_id", "first_permalink": "permalink"}).with_columns(
        pl.col("n_accounts", "n_posts", "n_wordings").cast(pl.Int64)
    )
    kept = Score("texts_repeated", float(table.height), "texts")
    return Detection(DETECTOR.name, asdict(params), scores=(kept,), tables={"repeated_texts": table})


DETECTOR = Detector(
    name="texts",
    title="Most repeated texts",
    question="what",
    needs=("actions",),
    params=Params,
    run=most_repeated,
    vocabulary=TEXTS,
    cites=(),
    text=(
        "Lists the texts that most accounts posted as their own, near-duplicates together: by how many accounts, over "
        "how long, and where they stood first. It tests nothing and finds nobody."
    ),
    is_untimed=True,
)
