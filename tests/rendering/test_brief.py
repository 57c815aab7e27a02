"""Whom a group served stands on its page and in the brief, and the brief is two pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io

import polars as pl
import pypdf
import pytest
from rendering.fake_run import fake_run

import reports
from forensics.findings import Detection, Run
from forensics.schema import TIME
from reports.html_document import html
from reports.pdf_document import pdf
from reports.report_model import Heading, Text
from reports.run_queries import groups
from reports.sections.group.whom_group_served import quoted, served_by
from reports.wording import words

AT = dt.datetime(2021, 9, 19, 2, 29, 32, tzinfo=dt.UTC)


def run_with_served() -> Run:
    run = fake_run(is_failed=False)
    ids = ["coordination-1", "coordination-2", "coordination-3"]
    accounts = run.detections[0].tables["accounts"].filter(finding_id="coordination-1")["account_id"]
    camps = pl.DataFrame(
        {
            "finding_id": ["coordination-1", "coordination-1"],
            "camp": ["</script>amber", None],
            "n_acts": [90, 10],
            "share": [0.9, 0.1],
            "n_camp": [900, None],
            "share_of_camp": [0.1, None],
        }
    )
    targets = pl.DataFrame(
        {
            "finding_id": ids,
            "action": "repost",
            "object_kind": "post",
            "object_id": "99",
            "n_accounts": 12,
            "camp": "amber",
            "n_target": 16,
            "share_of_target": 0.75,
            "text": "Only one candidate listens",
            "permalink": ["https://social.example/99", "javascript:x", None],
        }
    )
    whole = pl.DataFrame(
        {
            "finding_id": ids,
            "layer": "repost:post",
            "from_at": AT,
            "to_at": AT + dt.timedelta(seconds=98),
            "n_accounts": [24, 24, 2],
            "n_objects": [20, 1, 1],
            "n_acts": [310, 24, 2],
        }
    ).with_columns(pl.col("from_at", "to_at").cast(TIME))
    acts = pl.DataFrame(
        {"finding_id": "coordination-1", "account_id": accounts[:2], "layer": "repost:post", "object_id": "99"}
    ).with_columns(acted_at=pl.lit(AT).cast(TIME))
    tables = {"served_camps": camps, "served_targets": targets, "episodes": whole, "episode_acts": acts}
    return dataclasses.replace(run, detections=(*run.detections, Detection("served", {}, tables=tables)))


@pytest.fixture(scope="module")
def run() -> Run:
    return run_with_served()


@pytest.mark.parametrize("is_brief", [True, False])
def test_the_moment_to_quote_and_whom_it_served_are_shown(run: Run, *, is_brief: bool) -> None:
    page = html(reports.render(run, "en", is_brief=is_brief))
    quote = "On 19 September 2021, between 02:29:32 and 02:31:10 UTC, 24 of these accounts reposted the"
    assert f"{quote} same 20 posts, 310 acts in all, not every account on every one." in page
    camp = "&lt;/script&gt;amber"
    assert f"90 were for {camp} (90% of these, and 10% of all acts for {camp}) and 10 name no camp" in page
    assert "24 of these accounts reposted the same post." in page
    assert "12 of these accounts reposted the same post; in all, 16 accounts did." in page  # where two met
    assert " 2 of these accounts" not in page
    assert 'href="https://social.example/99"' in page
    assert "javascript:x" not in page


def test_times_rounded_to_minutes_are_quoted_without_seconds(run: Run) -> None:
    page = html(reports.render(run, "en", b"0123456789abcdef"))
    assert "02:29" not in page
    served = served_by(run)
    rounded = served["episodes"].with_columns(
        from_at=pl.col("from_at").dt.truncate("10m"), to_at=pl.col("from_at").dt.offset_by("10m").dt.truncate("10m")
    )
    text = quoted(served | {"episodes": rounded}, "coordination-1", words("en"))
    assert "between 02:20 and 02:30 UTC, 24 of these accounts" in text


def brief(run: Run) -> tuple[list[str], str]:
    """Return the groups that the brief shows, in order, and its texts."""
    (chapter,) = reports.render(run, "en", is_brief=True).chapters
    shown = [
        block.text.replace("\N{NO-BREAK SPACE}", " ")
        for block in chapter.blocks
        if isinstance(block, Heading) and block.anchor.startswith("brief-")
    ]
    return shown, " ".join(block.text for block in chapter.blocks if isinstance(block, Text))


def test_the_brief_shows_the_groups_that_did_most_for_a_camp_and_says_the_rule() -> None:
    run = run_with_served()
    first, served = run.detections[0], run.detections[-1]
    fourth = dataclasses.replace(first.findings[1], id="coordination-4", subject="coordination-4")
    of_each = pl.DataFrame(
        {
            "finding_id": ["coordination-1", "coordination-2", "coordination-3", "coordination-4", "coordination-4"],
            "camp": ["amber", "amber", "teal", "teal", None],
            "n_acts": 10,
            "share": 1.0,
            "n_camp": 100,
            "share_of_camp": [0.1, 0.01, 0.5, 0.1, None],
        }
    )
    first = dataclasses.replace(first, findings=(*first.findings, fourth))

    def with_camps(camps: pl.DataFrame) -> Run:
        own = dataclasses.replace(served, tables={**served.tables, "served_camps": camps})
        return dataclasses.replace(run, detections=(first, *run.detections[1:-1], own))

    number = {group.finding.id: f"Group {group.number}" for group in groups(with_camps(of_each))}
    shown, texts = brief(with_camps(of_each))
    assert shown == [number["coordination-3"], number["coordination-1"], number["coordination-4"]]
    assert "Of the 4 groups, the 3 with the largest part of all acts for a camp" in texts
    assert "all for teal (50% of all acts for teal)" in texts
    shown, texts = brief(with_camps(of_each.with_columns(camp=None, share_of_camp=None).cast(of_each.schema)))
    assert shown == ["Group 1", "Group 2", "Group 3"]
    assert "Of the 4 groups, the 3 surest." in texts


def test_the_brief_is_at_most_two_pages_in_every_language(run: Run) -> None:
    for language in ("en", "fr"):
        pages = pypdf.PdfReader(io.BytesIO(pdf(reports.render(run, language, is_brief=True)))).pages
        assert len(pages) <= 2


def test_the_page_of_a_group_of_low_confidence_is_in_the_annex_with_the_tables_of_all(run: Run) -> None:
    anchors = {
        chapter.anchor: [getattr(block, "anchor", "") for block in chapter.blocks]
        for chapter in reports.render(run, "en").chapters
    }
    assert "group-1" in anchors["clusters"]
    assert "group-3" not in anchors["clusters"]
    assert {"group-3", "coordination-1-edges", "coordination-3-edges"} <= set(anchors["evidence"])
