"""What an interrupted run has finished, kept beside its target until a run there is whole.

Each detection lies in a folder named by the hash of everything it depends on: the files' hashes and how they were read,
the parameters, the seed, the answers it reads, and the program itself. So nothing stale is ever used again, and
what comes back is what computing would give, bit for bit.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from cases import runjson
from cases.casefile import CaseFile
from cases.inputs import hash_file
from forensics.checkpoint import kept_by
from forensics.dataset import Dataset
from forensics.detectors.base import Detector
from forensics.findings import Detection

__all__ = ["Resume", "key_of"]

_ROOT = Path(__file__).parents[1]
_CONTENT = "detection.json"


@dataclass(frozen=True, slots=True)
class Resume:
    """The finished parts of a run.

    Attributes:
        folder: where they are kept; made with the first part.
    """

    folder: Path

    def detection(self, key: str, ask: Callable[[], Detection]) -> Detection:
        """Return the detection that an interrupted run kept under a key, or ask for it and keep it."""
        place = self.folder / key
        with suppress(OSError, ValueError, KeyError, TypeError, AssertionError, pl.exceptions.PolarsError):
            return _read(place)
        with kept_by(lambda name, work: self._part(f"{key}.parts", name, work)):
            detection = ask()
        with suppress(OSError, ValueError):  # a disk that is full ends the run where it matters, not here
            self._place(key, lambda fresh: _write(detection, fresh))
        shutil.rmtree(self.folder / f"{key}.parts", ignore_errors=True)
        return detection

    def clear(self) -> None:
        """Forget everything: the run is whole."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _part(self, key: str, name: str, work: Callable[[], bytes]) -> bytes:
        """Return the bytes kept of a part, each with its own hash before it, or do the work and keep them."""
        path = self.folder / key / hashlib.sha256(name.encode()).hexdigest()
        with suppress(OSError):
            content = path.read_bytes()
            if content[:32] == hashlib.sha256(content[32:]).digest():
                return content[32:]
        done = work()
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(hashlib.sha256(done).digest() + done)
        return done

    def _place(self, name: str, fill: Callable[[Path], None]) -> None:
        """Fill a folder that appears under its name when it is whole."""
        fresh = self.folder / f"{name}.partial"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        try:
            fill(fresh)
            fresh.rename(self.folder / name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def key_of(
    detector: Detector,
    params: Any,  # noqa: ANN401  each detector has its own
    case_file: CaseFile,
    dataset: Dataset,
    answers: Mapping[str, str],
    versions: Mapping[str, str],
) -> str:
    """Return the hash of everything a detection depends on, hexadecimal.

    Args:
        detector: who is asked.
        params: with what.
        case_file: its data entries and its seed.
        dataset: its sources.
        answers: that it reads: the detector of each, and that detection's own key or why there is none.
        versions: of what computes.
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


def _write(detection: Detection, folder: Path) -> None:
    """Write a detection with every digit, its tables apart; the content comes last and carries their hashes.

    Raises:
        ValueError: it would not come back as it is.
    """
    content = json.dumps(runjson.items_of(detection))
    hashes = {}
    for number, (name, table) in enumerate(detection.tables.items()):
        path = folder / f"{number}.parquet"
        table.write_parquet(path)
        hashes[runjson.table_file(detection.detector, name)] = hash_file(path)
    digest = hashlib.sha256(content.encode()).hexdigest()
    (folder / _CONTENT).write_text(json.dumps([hashes, digest, content]), encoding="utf-8")
    again = _read(folder)
    if json.dumps(runjson.items_of(again)) != content or not all(
        table.equals(again.tables[name]) and table.schema == again.tables[name].schema
        for name, table in detection.tables.items()
    ):
        raise ValueError(f"{detection.detector} does not come back as it was")


def _read(folder: Path) -> Detection:
    """Read a detection; raise where any of it is not as it was written."""
    hashes, digest, content = json.loads((folder / _CONTENT).read_bytes())
    if hashlib.sha256(content.encode()).hexdigest() != digest:
        raise ValueError(f"{folder} is damaged")
    tables = {}
    for number, (file, sha256) in enumerate(hashes.items()):
        path = folder / f"{number}.parquet"
        if hash_file(path) != sha256:
            raise ValueError(f"{path} is damaged")
        tables[file] = pl.read_parquet(path)
    return runjson.detection_of(json.loads(content), tables.__getitem__)
