"""A small share of what ``fuzz_loaders.py`` does at length."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_loaders", Path(__file__).with_name("fuzz_loaders.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_samples_are_loaded_or_refused_in_words(fuzzer: ModuleType, tmp_path: Path, seed: int) -> None:
    ends = list(fuzzer.fuzz(150, seed, tmp_path))
    assert len(ends) == 150
    assert set(ends) == {"loaded", "refused"}
