"""Detectors that stand in for the real ones, and the command called as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import polars as pl
from click.testing import CliRunner, Result

from cases.cli import forensics
from forensics.dataset import Dataset
from forensics.detectors.detector import Detector
from forensics.errors import TooLittleDataError
from forensics.findings import Detection, Failure, Finding, Run
from forensics.params import param
from reports import HTML, PDF

Use = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Params:
    """What the stand-in detectors take."""

    least: int = param(2, "accounts", "The least number of accounts.", 1, 10)


def found(dataset: Dataset, *_: object) -> Detection:
    ids = dataset.actions["account_id"].unique().sort()
    accounts = pl.DataFrame({"finding_id": ["finder-1"] * len(ids), "account_id": ids})
    finding = Finding("finder-1", "who", "finder-1", "coordinated_group", (), "low", evidence=("accounts",))
    return Detection("finder", {}, (finding,), (), {"accounts": accounts})


def quiet_result(*_: object) -> Detection:
    return Detection("finder", {})


def refused(*_: object) -> NoReturn:
    raise TooLittleDataError("Three accounts are too few.")


def broke(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError("division by zero")


def unsafe(*_: object) -> Detection:
    return Detection("finder", {}, (Finding("../../x", "who", "x", "coordinated_group", (), "low"),))


def stopped(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def detector(name: str, run: Callable[..., Detection], needs: str = "actions") -> Detector:
    return Detector(name, f"The {name}", "who", (needs,), Params, run, (), "A stand-in.")


def write_few_words(
    run: Run, folder: Path, language: str | None = None, *_: object, **__: object
) -> tuple[Failure, ...]:
    """Stand in for the writing of documents: what they say is the run's title and language."""
    for name in (HTML, PDF):
        (folder / name).write_text(f"{run.case.title} {language or run.case.language}", encoding="utf-8")
    return ()


def call(*words: object) -> Result:
    result = CliRunner().invoke(forensics, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.output
    return result


def run_json(folder: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((folder / "run.json").read_bytes())
    return content
