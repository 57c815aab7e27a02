"""What page one leads with, and what it says of how sure that is."""

from __future__ import annotations

import dataclasses
import re

import polars as pl
import pytest
from rendering.fake_run import coordination, fake_run

from cases.run_folder.run_summary import say_summary
from forensics.detectors.coordination.planting.minimum_detectable import DETECTOR as DETECTABLE
from forensics.findings import Detection, Run, Score
from reports.public_version import public_run
from reports.report_model import Answers, KeyNumbers, Table
from reports.run_queries import groups
from reports.sections.evidence_annex import EVIDENCE
from reports.sections.findings.patterns import PATTERNS
from reports.sections.group.group_chapter import CLUSTERS
from reports.sections.summary import SUMMARY
from reports.wording import words


def uneven() -> Run:
    """Return a run whose first group is of low confidence and whose second is of high."""
    run = fake_run(is_failed=False)
    detection = coordination((3, 41), is_hostile=False)
    first, second = detection.findings
    findings = (dataclasses.replace(first, strength="low"), dataclasses.replace(second, strength="high"))
    return dataclasses.replace(run, detections=(dataclasses.replace(detection, findings=findings),))


def first_page(run: Run) -> list[tuple[str, str]]:
    answers = next(block for block in SUMMARY.build(run, words("en")) if isinstance(block, Answers))
    return next(
        list(row.sentences) for row in answers.answers if row.question == "The strongest findings, one of each kind"
    )


def test_page_one_leads_with_the_surest_group_not_with_the_first() -> None:
    run = uneven()
    assert [group.finding.id for group in groups(run)] == ["coordination-2", "coordination-1"]
    ((text, note),) = first_page(run)
    assert text.startswith(
        "High confidence: Group\N{NO-BREAK SPACE}1: found in one half of these data and confirmed in the other"
    )
    assert "31 other audiences" in text
    assert note == ""


def test_groups_of_like_confidence_keep_their_order_whatever_their_size() -> None:
    run = uneven()
    (detection,) = run.detections
    alike = tuple(dataclasses.replace(finding, strength="low") for finding in detection.findings)
    run = dataclasses.replace(run, detections=(dataclasses.replace(detection, findings=alike),))
    assert [group.finding.id for group in groups(run)] == ["coordination-1", "coordination-2"]


def test_a_pattern_is_in_its_chapter_and_never_on_page_one_nor_in_public() -> None:
    (detection,) = uneven().detections
    run = dataclasses.replace(uneven(), detections=(dataclasses.replace(detection, findings=()),))
    ((text, _),) = first_page(run)
    assert text.startswith("No group of accounts was found")
    assert "attern" not in str(SUMMARY.build(run, words("en")))
    assert "seen-0" in str(PATTERNS.build(run, words("en")))
    public = public_run(run, b"0123456789abcdef")
    assert PATTERNS.build(public, words("en")) == ()
    assert "patterns" not in public.detections[0].tables


def test_a_group_page_has_its_measures_beside_other_audiences_and_its_kinds_of_evidence() -> None:
    blocks = (*CLUSTERS.build(uneven(), words("en")), *EVIDENCE.build(uneven(), words("en")))
    answers = [answer for block in blocks if isinstance(block, Answers) for answer in block.answers]
    texts = [text for answer in answers for text, _ in answer.sentences]
    assert any("they act within 60" in text for text in texts)
    assert any("stands out at least half as far" in text for text in texts)
    (measures,) = (block for block in blocks if isinstance(block, Table) and block.anchor == "group-1-measures")
    assert [cell.text for cell in measures.rows[0]][-2:] == ["31", "1"]
    names = {number.label for block in blocks if isinstance(block, KeyNumbers) for number in block.numbers}
    assert "The same of the strongest other audience" in names


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_word_of_a_group_speaks_of_chance_or_of_likelihood(language: str) -> None:
    pages = str(CLUSTERS.build(uneven(), words(language))) + str(SUMMARY.build(uneven(), words(language)))
    assert not re.search(r"(?i)by chance|\bchance\b|hasard|guilt|coupable", pages)


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        (
            [5, None],
            "5 accounts in bursts of a minute, on 12 targets (found in 3 of 3 trials) and none of the sizes tried",
        ),
        ([], "not measured"),
    ],
)
def test_what_would_have_been_found_never_reads_as_nothing_found(
    sizes: list[int | None], text: str, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    table = pl.DataFrame(
        {
            "practice": ["burst", "drip"][: len(sizes)],
            "n_objects": [12] * len(sizes),
            "n_accounts": sizes,
            "n_found": [3 if size else None for size in sizes],
            "n_plants": [3] * len(sizes),
        },
        schema={"practice": pl.String, **dict.fromkeys(("n_objects", "n_accounts", "n_found", "n_plants"), pl.Int64)},
    )
    scores = (Score("detectable_burst", 5.0, "accounts"),)
    detection = Detection(DETECTABLE.name, {}, scores=scores, tables={"detectable": table})
    run = dataclasses.replace(fake_run(is_quiet=True, is_failed=False), detections=(detection,))
    say_summary(run, tmp_path)  # type: ignore[arg-type]  # a path
    assert f"{DETECTABLE.title}: {text}" in capsys.readouterr().out
