"""Every error code, met as a user meets it, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from cases.cli import MEANINGS, forensics
from cases.terminal.command_language import tr
from forensics import run as library

Words = list[object]


def no_simulation(case: Path) -> Words:
    return ["simulate", "--out", case]


def no_text(case: Path) -> Words:
    (case / "posts.csv").write_bytes(b"\x00\x01\xff" * 500)
    return ["run", case]


def no_file(case: Path) -> Words:
    (case / "posts.csv").unlink()
    return ["run", case]


def written(case: Path, more: str) -> Words:
    with (case / "case.toml").open("a", encoding="utf-8") as stream:
        stream.write(more)
    return ["run", case, "--out", case.parent / "out"]


def finer_than_the_times(case: Path) -> Words:
    acts = {"account_id": ["a"], "object_id": ["x"], "acted_at": [datetime(2024, 1, 1, tzinfo=UTC)]}
    pl.DataFrame(acts).write_parquet(case / "acts.parquet")
    return ["coactions", case / "acts.parquet", "--out", case / "pairs", "--window", 10, "--precision", "min"]


def finished(case: Path) -> Path:
    out = case.parent / "out"
    result = CliRunner().invoke(forensics, ["run", str(case), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    return out


def no_labels(case: Path) -> Words:
    return ["score", finished(case), "--data", case]


def changed(case: Path) -> Words:
    out = finished(case)
    (out / "report.html").write_text("better", encoding="utf-8")
    return ["verify", out]


PROVOKED: dict[str, Callable[[Path], Words]] = {
    "CF01": lambda case: ["run", case, "--fast"],
    "CF10": no_simulation,
    "CF20": no_text,
    "CF21": no_file,
    "CF30": lambda case: written(case, "[detectors]\n"),
    "CF31": lambda case: written(case, "[detect.coordination]\nalpha = 3\n"),
    "CF40": finer_than_the_times,
    "CF41": no_labels,
    "CF42": lambda case: ["run", case, "--memory", "1MB"],
    "CF50": changed,
    "CF60": lambda case: ["run", case, "--out", case / "posts.csv" / "out"],
    "CF70": lambda case: ["run", case],
}


def test_every_code_is_provoked() -> None:
    assert PROVOKED.keys() == MEANINGS.keys()


@pytest.mark.usefixtures("few_words")
@pytest.mark.parametrize("locale", ["C.UTF-8", "fr_FR.UTF-8"])
@pytest.mark.parametrize("code", PROVOKED)
def test_an_error_ends_in_its_code_and_is_in_the_users_language(
    code: str, locale: str, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = PROVOKED[code](case)
    monkeypatch.chdir(case)
    if code == "CF70":
        monkeypatch.setattr(library, "overview", lambda *_: 1 / 0)
    monkeypatch.setenv("LC_ALL", locale)
    result = CliRunner().invoke(forensics, [str(word) for word in words])
    assert result.exit_code == {"CF50": 3, "CF70": 70}.get(code, 2)
    lines = result.stderr.splitlines()
    assert lines[-1].endswith(f"[{code}]")
    assert "Traceback" not in result.output
    if locale.startswith("fr") and code not in ("CF01", "CF70"):  # their own words are French
        assert tr(MEANINGS[code]) in lines
