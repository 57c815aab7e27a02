"""What page one leads with, and what it says of how sure that is."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from rendering.fake_run import fake_run, synchrony

from cases.summary import say_summary
from forensics.detectors.coordination.minimum_detectable import DETECTOR as DETECTABLE
from forensics.findings import Detection, Finding, Run, Score
from reports.model import Answers, KeyNumbers, Text
from reports.reading import groups
from reports.sections.clusters import CLUSTERS
from reports.sections.summary import SUMMARY
from reports.wording import words


def with_scores(finding: Finding, **values: float) -> Finding:
    scores = tuple(
        dataclasses.replace(score, value=values[score.name]) if score.name in values else score
        for score in finding.scores
    )
    return dataclasses.replace(finding, scores=scores, strength="moderate")


def uneven() -> Run:
    """Return a run whose first group is three accounts and whose second is forty-one with ten times what is usual."""
    run = fake_run(is_failed=False)
    detection = synchrony((3, 41), is_hostile=False)
    small, large = detection.findings
    findings = (
        with_scores(small, hits=12.0, hits_expected=0.5, misfit=1.0),
        with_scores(large, hits=9_000.0, hits_expected=900.0, misfit=1.6),
    )
    return dataclasses.replace(run, detections=(dataclasses.replace(detection, findings=findings),))


def first_page(run: Run) -> list[tuple[str, str]]:
    (answers,) = (block for block in SUMMARY.build(run, words("en")) if isinstance(block, Answers))
    return list(answers.answers[0].said)


def test_page_one_leads_with_the_strongest_group_not_with_the_first() -> None:
    run = uneven()
    assert [group.finding.id for group in groups(run)] == ["synchrony-2", "synchrony-1"]
    text, note = first_page(run)[0]
    assert text.startswith("Group\N{NO-BREAK SPACE}1:")
    assert "9,000" in text
    assert "1.6 times" in note


def test_a_group_of_less_confidence_comes_after_one_of_more_however_large() -> None:
    run = uneven()
    (detection,) = run.detections
    small, large = detection.findings
    findings = (small, dataclasses.replace(large, strength="low"))
    run = dataclasses.replace(run, detections=(dataclasses.replace(detection, findings=findings),))
    assert [group.finding.id for group in groups(run)] == ["synchrony-1", "synchrony-2"]


def test_a_group_page_says_its_core_and_warns_where_the_comparison_misfits() -> None:
    blocks = CLUSTERS.build(uneven(), words("en"))
    texts = [block.text for block in blocks if isinstance(block, Text)]
    assert any("look and go no further" in text for text in texts)
    assert any("same link within 10 s: 1.2 (" in text for text in texts)
    names = {number.label for block in blocks if isinstance(block, KeyNumbers) for number in block.numbers}
    assert {"Accounts of the core", "Misfit: everybody else, observed over expected"} <= names


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ([5, None], "5 accounts on 8 targets and none of the sizes tried on 12 targets"),
        ([], "not measured"),
    ],
)
def test_what_would_have_been_found_never_reads_as_nothing_found(
    sizes: list[int | None], text: str, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    table = pl.DataFrame(
        {"n_objects": [8, 12][: len(sizes)], "n_accounts": sizes},
        schema={"n_objects": pl.Int64, "n_accounts": pl.Int64},
    )
    scores = (Score("detectable_8", 5.0, "accounts"),)
    detection = Detection(DETECTABLE.name, {}, scores=scores, tables={"detectable": table})
    run = dataclasses.replace(fake_run(is_quiet=True, is_failed=False), detections=(detection,))
    say_summary(run, tmp_path)  # type: ignore[arg-type]  # a path
    assert f"{DETECTABLE.title}: {text}\n" in capsys.readouterr().out
