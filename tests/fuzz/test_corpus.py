"""The inputs that fuzzing found worth keeping are loaded or refused in words, each time."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_coverage", HERE / "fuzz_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("target", ["data", "case", "run"])
def test_kept_inputs_break_nothing(fuzzer: ModuleType, target: str, tmp_path: Path) -> None:
    inputs = sorted((HERE / "corpus" / target).iterdir())
    assert len(inputs) >= 10
    ends = {path.name: fuzzer.TRY[target](path.read_bytes(), tmp_path) for path in inputs}
    assert set(ends.values()) <= {"loaded", "read", "refused"}
