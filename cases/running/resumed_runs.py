"""What an interrupted run has finished, kept beside its target until a run there is whole.

Each detection lies in a folder named by the hash of everything it depends on: the files' hashes and how they were read,
the parameters, the seed, the answers it reads, and the program itself. So nothing stale is ever used again, and
what comes back is what computing would give, bit for bit. All that is kept carries a mark (HMAC-SHA256) made with this
user's key, which lies elsewhere: what somebody else puts there, such as whoever sent the case, is not believed.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from cases.atomic_files.durable_files import take_away
from cases.atomic_files.plain_files import read_plain
from cases.case_file.case_file import CaseFile
from cases.run_folder import run_json
from forensics.dataset import Dataset
from forensics.detectors.detector import AnyDetector
from forensics.findings import Detection

_ROOT = Path(__file__).parents[2]
_CONTENT = "detection.json"
_MOST_BYTES = 1 << 36
"""Bytes of the largest kept file that is read; none was so large, and a file without end is not read."""
_DAMAGED = (
    *(ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError),
    *(pl.exceptions.PolarsError, pl.exceptions.PanicException),
)


@dataclass(frozen=True, slots=True)
class Resume:
    """The finished parts of a run.

    Attributes:
        folder: where they are kept; made with the first part.
        secret: the key of whoever may have kept something there.
        used: the detectors whose answers were kept and are in what came out; grows.
    """

    folder: Path
    secret: bytes
    used: list[str] = field(default_factory=list)

    def detection(self, key: str, ask: Callable[[], Detection]) -> Detection:
        """Return the detection that an interrupted run kept under a key, or ask for it and keep it."""
        with suppress(OSError, *_DAMAGED):
            detection = self._read(key)
            self.used.append(detection.detector)
            return detection
        detection = ask()
        with suppress(OSError, ValueError):  # a disk that is full ends the run where it matters, not here
            self._keep(key, detection)
        return detection

    def clear(self) -> None:
        """Forget everything: the run is whole."""
        take_away(self.folder)

    def _make(self, place: Path) -> None:
        """Make a folder of what is kept.

        Raises:
            OSError: it cannot be made, or leads elsewhere.
        """
        if self.folder.is_symlink() or place.is_symlink():
            raise NotADirectoryError(place)
        place.mkdir(parents=True, exist_ok=True)

    def _mark(self, *content: bytes) -> bytes:
        """Return what only this user's program could have written about content."""
        mark = hmac.new(self.secret, digestmod=hashlib.sha256)
        for part in content:
            mark.update(len(part).to_bytes(8, "big") + part)
        return mark.digest()

    def _keep(self, key: str, detection: Detection) -> None:
        """Write a detection with every digit, its tables apart; the content comes last and carries their hashes.

        Raises:
            OSError: the disk does not take it.
            ValueError: it would not come back as it is.
        """
        content = json.dumps(run_json.items_of(detection))
        hashes, tables = {}, []
        for name, table in detection.tables.items():
            packed = io.BytesIO()  # not by Polars into the file: a full disk is a panic there, no error
            table.write_parquet(packed)
            tables.append(packed.getvalue())
            hashes[run_json.table_file(detection.detector, name)] = hashlib.sha256(tables[-1]).hexdigest()
        mark = self._mark(key.encode(), json.dumps(hashes).encode(), content.encode()).hex()
        again = _detection_of(content, dict(zip(hashes, tables, strict=True)))
        if json.dumps(run_json.items_of(again)) != content or not all(
            table.equals(again.tables[name]) and table.schema == again.tables[name].schema
            for name, table in detection.tables.items()
        ):
            raise ValueError(f"{detection.detector} does not come back as it was")

        def fill(fresh: Path) -> None:
            for number, table in enumerate(tables):
                (fresh / f"{number}.parquet").write_bytes(table)
            (fresh / _CONTENT).write_text(json.dumps([hashes, mark, content]), encoding="utf-8")

        self._place(key, fill)

    def _read(self, key: str) -> Detection:
        """Read a detection; raise where any of it is not as this user's program wrote it."""
        place = self.folder / key
        hashes, mark, content = json.loads(read_plain(place / _CONTENT, _MOST_BYTES))
        wanted = self._mark(key.encode(), json.dumps(hashes).encode(), content.encode())
        if not hmac.compare_digest(bytes.fromhex(mark), wanted):
            raise ValueError(f"{place} is damaged, or somebody else's")
        tables = {}
        for number, (file, sha256) in enumerate(hashes.items()):
            tables[file] = read_plain(place / f"{number}.parquet", _MOST_BYTES)
            if hashlib.sha256(tables[file]).hexdigest() != sha256:
                raise ValueError(f"{place / file} is damaged")
        return _detection_of(content, tables)

    def _place(self, name: str, fill: Callable[[Path], None]) -> None:
        """Fill a folder that appears under its name when it is whole."""
        fresh = self.folder / f"{name}.partial"
        take_away(fresh)
        self._make(fresh)
        try:
            fill(fresh)
            take_away(self.folder / name)  # damaged, or somebody else's
            fresh.rename(self.folder / name)
        finally:
            take_away(fresh)


def key_of(
    detector: AnyDetector,
    params: object,
    case_file: CaseFile,
    dataset: Dataset,
    answers: Mapping[str, str],
    versions: Mapping[str, str],
) -> str:
    """Return the hash of everything a detection depends on, hexadecimal.

    Args:
        case_file: its data entries and its seed.
        dataset: its sources.
        answers: that it reads: the detector of each, and that detection's own key or why there is none.
    """
    depends = {
        "detector": detector.name,
        "params": repr(params),
        "seed": case_file.seed,
        "data": [repr(entry) for entry in case_file.data],
        "sources": [[source.sha256, source.loader, source.rows_kept] for source in dataset.sources],
        "answers": dict(answers),
        "versions": dict(versions),
        "program": _program(),
    }
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()


@cache
def _program() -> str:
    """Return the hash of the library's own files, which a version number does not tell apart while they are changed."""
    digest = hashlib.sha256()
    for path in sorted((_ROOT / "forensics").rglob("*")):
        if path.is_file() and path.parent.name != "__pycache__":
            digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _detection_of(content: str, tables: Mapping[str, bytes]) -> Detection:
    return run_json.detection_of(json.loads(content), lambda file: pl.read_parquet(tables[file]))
