"""A few mutated run folders, put to every command: nothing but what was named is written, and all ends in words."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from rendering.fake_run import fake_run

HERE = Path(__file__).parent


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_mutated_run_folders_lead_nowhere(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("mutated_runs", HERE / "mutated_runs.py")
    assert spec is not None
    assert spec.loader is not None
    mutated = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mutated)
    trials = mutated.Trials(tmp_path, fake_run(sizes=(5,)), has_documents=False)
    for number in range(20):
        trials.trial(number)
    assert trials.broken == []
    assert trials.ends["done"] > 20
    assert trials.ends["refused"] > 20
    # A watch that sees nothing would find nothing.
    with trials.watch.over(tmp_path / "out"):
        (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
    assert trials.watch.strayed == [f"open {tmp_path / 'elsewhere'}"]
