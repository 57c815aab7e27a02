"""Every engine gives the same pairs as the counting in memory, however finely the work is cut."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from forensics import schema
from forensics.coaction.counting import count_coactions
from forensics.coaction.engines import ENGINES
from forensics.coaction.engines.engine import PAIRS, Question
from forensics.coaction.engines.local_engine import Cuts, answer, cuts_for
from forensics.coaction.layers import index_acts
from forensics.errors import ForensicsError, InputFileError, MemoryBudgetError, ParameterError
from forensics.progress import quiet

ROOMY = Cuts(1, 1_000_000, 1_000_000)


def actions(n_acts: int, seed: int) -> pl.DataFrame:
    """Return likes with repeats, equal rows, context rows, other layers and accounts of all sizes."""
    rng = np.random.default_rng(seed)
    account = (60 * rng.uniform(size=n_acts) ** 2).astype(int)
    frame = pl.DataFrame(
        {
            "account_id": [f"ä{a}" if a % 3 else f"B{a}" for a in account],
            "object_id": [f"o{o}" for o in rng.integers(0, n_acts // 12, n_acts)],
            "second": rng.integers(-500, 500, n_acts),
            "post_id": [None if p < 50 else f"p{p}" for p in rng.integers(0, 100, n_acts)],
            "action": ["like" if x else "reply" for x in rng.random(n_acts) < 0.9],
            "is_context": rng.random(n_acts) < 0.05,
        }
    )
    frame = pl.concat([frame, frame.head(n_acts // 10)])
    return schema.conform(
        frame.select(
            pl.exclude("second"),
            acted_at=pl.from_epoch("second").cast(schema.TIME),
            object_kind=pl.lit("post"),
            time_precision=pl.lit("s"),
            source_id=pl.lit("s1"),
            source_row=pl.int_range(1, pl.len() + 1),
        ),
        schema.ACTIONS,
    )


def in_memory(frame: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Return what the counting in memory gives of the same question."""
    acts = index_acts(frame, "like:post")
    found = count_coactions(acts, question.window, at_least=question.at_least)
    return pl.DataFrame(
        {
            "left": acts.account_ids.gather(found.left),
            "right": acts.account_ids.gather(found.right),
            "n_objects": found.objects,
            "n_pairs": found.pairs,
        }
    ).select(pl.col(name).cast(dtype) for name, dtype in PAIRS.items())


def written(frame: pl.DataFrame, folder: Path) -> list[Path]:
    """Write actions into two files."""
    files = [folder / "a.parquet", folder / "b.parquet"]
    frame.head(frame.height // 3).write_parquet(files[0])
    frame.tail(-(frame.height // 3)).write_parquet(files[1])
    return files


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("window", "at_least"), [(1, 1), (20, 2), (400, 3)])
@pytest.mark.parametrize("cuts", [ROOMY, Cuts(5, 1_000_000, 1_000_000), Cuts(3, 150, 1_000_000), Cuts(2, 1, 1_000_000)])
def test_cuts_change_nothing(tmp_path: Path, seed: int, window: int, at_least: int, cuts: Cuts) -> None:
    frame = actions(1_500, seed)
    question = Question(window, at_least, "like:post")
    (tmp_path / "scratch").mkdir()
    found, n_groups = answer(written(frame, tmp_path), question, cuts, tmp_path / "scratch", quiet)
    assert found.equals(in_memory(frame, question))
    assert found.height
    assert n_groups == 1 if cuts.n_acts > 1_000 else n_groups > 1 or cuts.n_acts > 1


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_engines_agree_row_for_row(tmp_path: Path, engine, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--master local[2] --conf spark.sql.shuffle.partitions=2 pyspark-shell")
    lacks = engine.lacking()
    if lacks:
        pytest.skip(lacks)
    frame = actions(3_000, 7)
    question = Question(30, 2, "like:post")
    (tmp_path / "scratch").mkdir()
    found = engine.count(written(frame, tmp_path), question, 1 << 30, tmp_path / "scratch", quiet)
    assert found.height > 100
    assert found.equals(in_memory(frame, question))


def test_bare_columns_are_enough(tmp_path: Path) -> None:
    frame = actions(500, 1).filter(action="like", is_context=False).select("account_id", "object_id", "acted_at")
    (tmp_path / "scratch").mkdir()
    found, _ = answer(written(frame, tmp_path), Question(50, 1), ROOMY, tmp_path / "scratch", quiet)
    assert found.height


def test_nobody_near_anybody_is_an_empty_answer(tmp_path: Path) -> None:
    frame = actions(500, 1).filter(pl.col("account_id") == "B0")
    (tmp_path / "scratch").mkdir()
    found, _ = answer(written(frame, tmp_path), Question(50, 1), Cuts(4, 10, 10), tmp_path / "scratch", quiet)
    assert found.schema == PAIRS
    assert found.is_empty()


def test_an_answer_beyond_the_budget_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    with pytest.raises(MemoryBudgetError, match="share more"):
        answer(written(actions(1_500, 1), tmp_path), Question(400, 1), Cuts(1, 200, 5), tmp_path / "scratch", quiet)


def test_a_smaller_budget_cuts_more_finely() -> None:
    large, small = cuts_for(10**8, 4 * 10**9), cuts_for(10**8, 2 * 10**9)
    assert small.n_parts > large.n_parts
    assert small.n_acts < large.n_acts
    with pytest.raises(MemoryBudgetError):
        cuts_for(10, 10**8)


@pytest.mark.parametrize("layer", ["like:post'; DROP", "Like", "a:b:c", ""])
def test_a_layer_is_a_word_and_never_a_query(layer: str) -> None:
    with pytest.raises(ParameterError, match="no layer"):
        Question(60, 2, layer)


def test_files_that_cannot_be_counted_are_refused_in_words(tmp_path: Path) -> None:
    torn, bare = tmp_path / "torn.parquet", tmp_path / "bare.parquet"
    torn.write_bytes(b"PAR1 no more")
    pl.DataFrame({"account_id": ["a"], "object_id": ["o"]}).write_parquet(bare)
    for path, words in ((torn, "not a readable"), (bare, "no column 'acted_at'")):
        with pytest.raises(InputFileError, match=words):
            answer([path], Question(60, 2), ROOMY, tmp_path, quiet)


def test_spark_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spark = ENGINES.get("spark")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert spark.lacking()
    with pytest.raises(ForensicsError, match="Spark"):
        spark.count([], Question(60, 2), 1 << 30, tmp_path, quiet)
