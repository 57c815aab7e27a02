"""The ledger of one file: each row that was read is kept, or is here with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from forensics import schema
from forensics.loaders.files import DataFile
from forensics.loaders.parts import ReadOptions
from forensics.model import Source

__all__ = ["EXCERPT", "Rejects", "source"]

EXCERPT = 200
"""Characters kept of the value at fault."""


@dataclass(slots=True)
class Rejects:
    """The rows that are not kept; of several reasons for one row the first counts."""

    _reasons: dict[int, tuple[str, str | None]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many rows are rejected."""
        return len(self._reasons)

    def __contains__(self, row: int) -> bool:
        """Return whether a row is rejected."""
        return row in self._reasons

    def rows(self) -> frozenset[int]:
        """Return the rows rejected."""
        return frozenset(self._reasons)

    def add(self, row: int, reason: str, excerpt: str | None = None) -> None:
        """Reject one row."""
        self._reasons.setdefault(row, (reason, None if excerpt is None else excerpt[:EXCERPT]))

    def add_all(self, rows: Iterable[int], reason: str, excerpts: Iterable[str | None]) -> None:
        """Reject rows for one reason, each with its own value."""
        for row, excerpt in zip(rows, excerpts, strict=True):
            self.add(row, reason, excerpt)

    def frame(self) -> pl.DataFrame:
        """Return ``schema.REJECTED``, in the order of the file."""
        rows = sorted(self._reasons)
        return pl.DataFrame(
            {
                "row": rows,
                "reason": [self._reasons[row][0] for row in rows],
                "excerpt": [self._reasons[row][1] for row in rows],
            },
            schema=schema.REJECTED.schema,
        )


def source(
    file: DataFile, loader: str, options: ReadOptions, n_rows: int, rejects: Rejects, notes: Iterable[str]
) -> Source:
    """Close a file's ledger.

    Args:
        file: what was read.
        loader: the name of the loader.
        options: of the reading.
        n_rows: rows of data in the file.
        rejects: those that were not kept.
        notes: sentences; repeated ones are said once.
    """
    return Source(
        source_id=options.source_id,
        name=file.name,
        sha256=file.sha256,
        n_bytes=file.n_bytes,
        loader=loader,
        rows_read=n_rows,
        rows_kept=n_rows - len(rejects),
        rejected=rejects.frame(),
        notes=tuple(dict.fromkeys(notes)),
    )
