"""What every engine is asked and gives back, and the condition by which both read the same acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from forensics.coaction.layers import TRACES
from forensics.errors import InputFileError, ParameterError, PrecisionError
from forensics.progress import Progress
from forensics.schema import PRECISION_S

COLUMNS = ("account_id", "object_id", "acted_at")
"""What the files must have; times without a zone are UTC. ``post_id`` and the other columns of ``schema.ACTIONS`` are
used where they are there."""

PAIRS = pl.Schema({"left": pl.String, "right": pl.String, "n_objects": pl.UInt32, "n_pairs": pl.UInt32})
"""The answer: pairs of accounts, ``left < right``, in that order, their distinct shared objects and pairs of acts."""

_TEXT = (
    (pl.String, pl.Categorical, pl.Enum),
    "The column '{column}' of {name} holds no text but {dtype}. Save it as text.",
)
_KINDS: dict[str, tuple[type[pl.DataType] | tuple[type[pl.DataType], ...], str]] = {
    **dict.fromkeys(("account_id", "object_id", "post_id", "action", "object_kind", "time_precision"), _TEXT),
    "acted_at": (pl.Datetime, "The column '{column}' of {name} holds no times but {dtype}."),
    "is_context": (pl.Boolean, "The column '{column}' of {name} holds no truth values but {dtype}."),
}
"""What each column may be, and the sentence where it is not."""

_LAYER = re.compile(r"[a-z]+(:[a-z]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """Which pairs of accounts acted on so many objects within the window.

    Attributes:
        window_s: seconds, inclusive, symmetric.
        at_least: distinct objects a pair must share within the window.
        layer: of files with the columns of ``schema.ACTIONS``, which acts count; None where all do.
        precision: of the times: ``ms``, ``s``, ``min`` or ``day``. Windows are whole steps of it.
    """

    window_s: float
    at_least: int
    layer: str | None = None
    precision: str = "s"

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if self.window_s < PRECISION_S[self.precision]:
            raise PrecisionError(
                "A window of {window_s} s is finer than the times ({precision}).",
                window_s=self.window_s,
                precision=self.precision,
            )
        if self.at_least < 1:
            raise ParameterError("A pair must share one object at least.")
        if self.layer is not None and not _LAYER.fullmatch(self.layer):
            raise ParameterError(
                "{layer} is no layer. Layers are called such as url or repost:post.", layer=repr(self.layer)
            )

    @property
    def tick_us(self) -> int:
        """Return the length of a tick, microseconds."""
        return round(PRECISION_S[self.precision] * 1e6)

    @property
    def window(self) -> int:
        """Return the window in ticks."""
        return int(self.window_s // PRECISION_S[self.precision])


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to count.

    Attributes:
        name: the word a user types.
        count: takes the Parquet files of the acts, the question, the memory it may use (bytes), an empty folder for
            what does not fit, and whom to tell of progress; gives ``PAIRS``. Raises ``ForensicsError`` where the files
            cannot be read, the memory is too small or the engine is not there.
        lacking: says what this machine lacks for it, a sentence; None where it can be used.
    """

    name: str
    title: str
    count: Callable[[Sequence[Path], Question, int, Path, Progress], pl.DataFrame]
    lacking: Callable[[], str | None]


def columns_of(paths: Sequence[Path]) -> frozenset[str]:
    """Return the columns that the files of acts have.

    Raises:
        InputFileError: a file cannot be read, lacks a column, has one of another kind or others than the first.
    """
    schemas = []
    for path in paths:
        try:
            schemas.append(pl.scan_parquet(path, glob=False).collect_schema())
        except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            raise InputFileError("{name} is not a readable Parquet file.", name=path.name) from error
        absent = [name for name in COLUMNS if name not in schemas[-1]]
        if absent:
            raise InputFileError(
                "{name} has no column '{absent}'; the counting needs {columns}.",
                name=path.name,
                absent=absent[0],
                columns=", ".join(COLUMNS),
            )
        for column, (kinds, sentence) in _KINDS.items():
            dtype = schemas[-1].get(column, pl.Null())
            if not isinstance(dtype, kinds) and (column in COLUMNS or dtype != pl.Null):
                raise InputFileError(sentence, column=column, name=path.name, dtype=dtype)
        if schemas[-1] != schemas[0]:
            raise InputFileError(
                "{name} has other columns than {name_2}; give files of one kind.", name=path.name, name_2=paths[0].name
            )
    return frozenset(schemas[0]) if schemas else frozenset()


def condition(columns: frozenset[str], layer: str | None) -> str:
    """Return which rows are acts of the layer, in the SQL that polars and Spark both speak.

    As ``layers.layer_acts``, but that what reposts inherit is counted too: this counts what it is given.

    Args:
        columns: that the files have.
        layer: None for all rows.

    Raises:
        ParameterError: a layer is asked for, but the files do not say what the acts are.
    """
    wanted = [f"{name} IS NOT NULL" for name in COLUMNS]
    if "is_context" in columns:
        wanted.append("COALESCE(is_context, FALSE) = FALSE")
    if "time_precision" in columns:
        wanted.append("CAST(time_precision AS STRING) <> 'estimated'")
    if layer is None:
        return " AND ".join(wanted)
    if not {"action", "object_kind"} <= columns:
        raise ParameterError(
            "The files have no columns 'action' and 'object_kind' that would tell the layer {layer}.", layer=layer
        )
    action, _, kind = layer.rpartition(":")
    if not action and kind not in TRACES:
        raise ParameterError("There is no layer '{layer}'. Layers are called such as url or repost:post.", layer=layer)
    wanted.append(f"CAST(object_kind AS STRING) = '{kind}'")
    if action:
        wanted.append(f"CAST(action AS STRING) = '{action}'")
    return " AND ".join(wanted)
