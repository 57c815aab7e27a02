"""Values that the tests of the command share, made anew for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from cli.stand_ins import Use, detector, found, write_few_words

from cases.run_folder import run_documents, run_summary
from cases.running import case_runner
from forensics import run as library
from forensics import schema
from forensics.case import Case
from forensics.dataset import Source
from forensics.detectors.detector import Detector
from forensics.findings import Detection, Failure, Finding, Run, Score
from forensics.messages import Message
from forensics.registry import Registry

HOSTILE = '=HYPERLINK("x")<script>alert(1)</script>\u202e\x1b[31m,;\n"'


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command speaks English to a test, whatever the machine's locale, until the test chooses another."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def run() -> Run:
    """A small run that has one of everything, with hostile text and awkward numbers."""
    rejected = schema.conform(
        pl.DataFrame({"row": [3], "reason": ["the time is not a time"], "excerpt": [HOSTILE]}), schema.REJECTED
    )
    sources = (
        Source("s1", "posts.csv", "ab" * 32, 120, "generic", 4, 3, rejected, (Message("Two rows were the same."),)),
        Source("s2", "more.csv", "cd" * 32, 80, "generic", 2, 2, schema.empty(schema.REJECTED)),
    )
    acts = pl.DataFrame(
        {
            "finding_id": ["coordination-1", "coordination-1", None],
            "left": ["=a", "=a", "c"],
            "right": ["b", "b", "d"],
            "text": [HOSTILE, None, "plain"],
            "left_at": [datetime(2024, 5, 1, tzinfo=UTC)] * 3,
            "gap_s": [1 / 3, 2.0, None],
        },
        schema_overrides={"left_at": schema.TIME},
    )
    finding = Finding(
        "coordination-1",
        "who",
        "coordination-1",
        "cluster",
        (
            Score("acted_ratio", 12.0, "1", 14, (1 / 3, 2 / 3), 1e-300, 0.05, "other_audiences"),
            Score("next_ratio", None),
        ),
        "high",
        ("shared_feed",),
        ("activity",),
        ("moments",),
    )
    detection = Detection(
        "coordination",
        {"windows_s": (10, 60), "alpha": 0.05, "layers": ("url",)},
        (finding,),
        (Score("density", 0.1 + 0.2),),
        {"moments": acts},
        ("alike_groups_hide",),
    )
    return Run(
        case=Case("town-2024", "The town's election", language="de"),
        overview=(Score("actions", 5.0, "acts"), Score("payments", float("nan"))),
        sources=sources,
        detections=(detection,),
        failures=(Failure("rhythm", Message("Too few acts."), is_refusal=True),),
        seed=7,
        versions={"polars": "1.0"},
    )


CASE = """
[case]
name = "town-2024"
title = "The town's election"

[[data]]
path = "posts.csv"
where = "ask the town hall"
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder with a small table of acts: four accounts that share six links within seconds."""
    folder = tmp_path / "town"
    folder.mkdir()
    rows = [
        f"{account},{link * 4 + number},https://example.org/{link},{1_714_000_000 + link * 100_000 + number * 7}"
        for link in range(6)
        for number, account in enumerate(("ann", "=bob", "007", "dan"))
    ]
    text = "\n".join(["account_id,post_id,url,timestamp", *rows, "eve,99,https://example.org/9,yesterday"])
    (folder / "posts.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    return folder


@pytest.fixture
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the documents, which have tests of their own: what they say is the run's title and language."""
    monkeypatch.setattr(run_documents, "write", write_few_words)


@pytest.fixture(autouse=True, scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key of kept work lies in a folder of the tests, not of who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Give a function that puts other detectors in the place of the real ones."""

    def put(*detectors: Detector) -> None:
        for module in (case_runner, library, run_summary):
            monkeypatch.setattr(module, "DETECTORS", Registry("detector", *detectors))

    put(detector("finder", found))
    return put


pytestmark = pytest.mark.usefixtures("few_words", "use")
