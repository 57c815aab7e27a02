"""Tables that are larger than memory should hold: kept in memory while small, in a temporary folder beyond that.

A ``Spool`` is filled frame by frame and finished as a frame or, past ``FROM_BYTES``, as a ``Spooled``: Parquet files
that are read again in slices. The folder (in the system's place for such, which ``TMPDIR`` names) goes with its last
user; of a process that was killed, when the next one needs such a folder.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from filelock import FileLock, Timeout

from forensics.errors import ForensicsError, InputFileError

FROM_BYTES = 256_000_000
"""Size from which a table goes to disk."""

_PART_BYTES = 48_000_000
_PREFIX, _LOCK = "forensics-", "in-use.lock"
_YOUNG_S = 60.0
"""A folder younger than this may belong to a process that has yet to lock it."""


class TemporaryFolder:
    """A temporary folder, removed when nobody has a table in it any more, at the latest when the program ends.

    It is locked while the process lives. The system gives up the lock of a process that is killed, however it is.
    """

    def __init__(self) -> None:
        _remove_abandoned()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = FileLock(self.path / _LOCK)
        lock.acquire(blocking=False)
        weakref.finalize(self, _remove, self.path, lock)


def _remove(path: Path, lock: FileLock) -> None:
    shutil.rmtree(path, ignore_errors=True)
    lock.release(force=True)
    shutil.rmtree(path, ignore_errors=True)  # where a file in use cannot be removed, or the lock left its own behind


def _remove_abandoned() -> None:
    """Remove the folders of processes that were killed: those whose lock can be had."""
    for lock_file in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            if time.time() - lock_file.stat().st_mtime < _YOUNG_S:
                continue
            lock = FileLock(lock_file)
            lock.acquire(blocking=False)
        except (OSError, Timeout):  # another user's, in use, or gone in the meantime
            continue
        _remove(lock_file.parent, lock)


@dataclass(slots=True, eq=False)
class Spooled:
    """A table on disk."""

    schema: pl.Schema
    height: int
    _paths: tuple[Path, ...]
    _folder: TemporaryFolder
    _last: weakref.ref[pl.DataFrame] | None = None

    def slices(self, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
        """Yield the rows in order, some ten thousand at a time."""
        for path in self._paths:
            yield pl.read_parquet(path, columns=columns, glob=False)

    def lazy(self) -> pl.LazyFrame:
        """Return the table for a query; it must not outlive this value."""
        return pl.scan_parquet(list(self._paths), glob=False)

    def collect(self) -> pl.DataFrame:
        """Return the whole table in memory; while somebody holds it, the same one."""
        known = self._last() if self._last is not None else None
        if known is None:
            known = pl.concat(self.slices(), rechunk=False)
            self._last = weakref.ref(known)
        return known


Stored = pl.DataFrame | Spooled
"""A table in memory or on disk."""


@dataclass(slots=True)
class Spool:
    """A table being filled.

    Attributes:
        from_bytes: size from which it goes to disk; None for ``FROM_BYTES``.
    """

    schema: pl.Schema
    from_bytes: int | None = None
    _held: list[pl.DataFrame] = field(default_factory=list)
    _n_bytes: int = 0
    _height: int = 0
    _paths: list[Path] = field(default_factory=list)
    _folder: TemporaryFolder | None = None

    def append(self, frame: pl.DataFrame) -> None:
        """Add rows at the end; the rows of one frame stay together."""
        if frame.is_empty():
            return
        self._held.append(frame)
        self._height += frame.height
        self._n_bytes += _size(frame)
        limit = FROM_BYTES if self.from_bytes is None else self.from_bytes
        if self._n_bytes >= (_PART_BYTES if self._paths else limit):
            self._write()

    def finish(self) -> Stored:
        """Return the table; nothing may be added after that."""
        if self._folder is None:
            held, self._held = self._held, []
            return pl.concat(held, rechunk=False) if held else pl.DataFrame(schema=self.schema)
        self._write()
        return Spooled(self.schema, self._height, tuple(self._paths), self._folder)

    def _write(self) -> None:
        """Write what is held, in parts of which each is small beside memory."""
        held, self._held, self._n_bytes = self._held[::-1], [], 0
        try:
            if self._folder is None:
                self._folder = TemporaryFolder()
            while held:
                part, n_bytes = [held.pop()], 0
                while held and n_bytes < _PART_BYTES:
                    n_bytes += _size(part[-1])
                    part.append(held.pop())
                path = self._folder.path / f"{len(self._paths)}.parquet"
                pl.concat(part).write_parquet(path, compression="zstd", compression_level=1, statistics=False)
                self._paths.append(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise no_room(error) from error


def no_room(error: Exception) -> ForensicsError:
    """Return what to raise where a temporary folder cannot be written to."""
    return InputFileError(
        "Large files are unpacked into {folder} on the way, which failed ({error}). Is the "
        "disk full? The variable TMPDIR names another place.",
        folder=tempfile.gettempdir(),
        error=error,
    )


def _size(frame: pl.DataFrame) -> int:
    """Return about how much memory a frame takes; polars leaves out the 16 bytes by which a column points to text."""
    n_texts = sum(dtype == pl.String for dtype in frame.dtypes)
    return int(frame.estimated_size()) + 16 * n_texts * frame.height


def slices_of(table: Stored, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
    """Yield a table's rows in order; one in memory comes in one piece."""
    if isinstance(table, Spooled):
        yield from table.slices(columns)
    else:
        yield table if columns is None else table.select(columns)
