"""What stands behind the chapters agrees with them: sizes, headings, limits, sources; and drawings can be read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest
from rendering.fake_run import coordination, fake_run

import reports
from forensics.detectors.coordination.measurement import ATTENDANCE, CHOICE, REPETITION
from forensics.detectors.engagement.labour import prices
from forensics.findings import Detection, Score
from forensics.vocabulary import TableSpec
from reports.figures.geo_charts import Share, funnel
from reports.figures.svg import SERIES
from reports.figures.svg_canvas import POINTS, text_width
from reports.figures.timeline_drawing import NAME_SIZE, WIDTH, Dot, timeline
from reports.figures.work_charts import ceilings
from reports.html_document import html
from reports.report_model import Block, Figure, Heading, Text
from reports.run_queries import groups
from reports.sections.back_matter.limits import limits_here
from reports.sections.back_matter.technical_annex import ANNEX
from reports.sections.evidence_annex import EVIDENCE
from reports.sections.findings.detection_tables import frame_table
from reports.sections.findings.finding_sentence import object_name
from reports.sections.group.group_figures import group_timeline
from reports.sections.group.group_tables import accounts_table
from reports.wording import words

ENGLISH = words("en")


def test_the_table_of_a_groups_accounts_counts_as_many_as_the_group_has() -> None:
    run = fake_run(is_failed=False)
    first = run.detections[0]
    accounts = first.tables["accounts"].with_row_index("place")
    at_edge = pl.when(pl.col("place") % 5 == 0).then(pl.lit("edge")).otherwise(pl.lit("core"))
    accounts = accounts.with_columns(membership=at_edge).drop("place")
    core = dict(accounts.filter(membership="core").group_by("finding_id").agg(pl.len()).iter_rows())
    findings = tuple(
        dataclasses.replace(each, scores=(Score("accounts", core[each.id], "accounts"),)) for each in first.findings
    )
    changed = dataclasses.replace(first, findings=findings, tables={**first.tables, "accounts": accounts})
    for group in groups(dataclasses.replace(run, detections=(changed, *run.detections[1:]))):
        (table,) = accounts_table(group, "Group", ENGLISH)
        size = core[group.finding.id]
        assert f" of {size}." in table.caption
        assert len(table.rows) == min(12, size)


def week() -> Detection:
    hours = pl.DataFrame(
        {
            "group": "all",
            "weekday": [i // 24 for i in range(168)],
            "hour": [i % 24 for i in range(168)],
            "n_acts": 5,
            "share": 1 / 168,
        }
    )
    busiest = pl.DataFrame({"group": ["all"], "n_acts": [840], "shift_share": [0.4]})
    return Detection("tempo", {}, (), (), {"hours": hours, "busiest": busiest})


def test_a_drawing_of_a_detector_that_found_nothing_stands_below_its_name() -> None:
    blocks: tuple[Block, ...] = EVIDENCE.build(
        dataclasses.replace(fake_run(), detections=(coordination(), week())), ENGLISH
    )
    places = [place for place, block in enumerate(blocks) if isinstance(block, Figure) and "tempo" in block.anchor]
    assert len(places) == 1
    above = blocks[places[0] - 1]
    assert isinstance(above, Heading)
    assert above.text == "Working rhythm"


def test_that_nothing_was_found_is_no_limit_of_a_run_that_found_something() -> None:
    quiet = ENGLISH("note.quiet_result")
    found, none = coordination(), coordination(())
    silent = Detection("tempo", {}, notes=("quiet_result",))
    assert quiet in repr(limits_here(dataclasses.replace(fake_run(), detections=(none, silent)), ENGLISH))
    assert quiet not in repr(limits_here(dataclasses.replace(fake_run(), detections=(found, silent)), ENGLISH))
    assert (
        limits_here(dataclasses.replace(fake_run(), detections=(dataclasses.replace(found, notes=()), silent)), ENGLISH)
        == ()
    )


def test_a_source_is_never_cut() -> None:
    (table,) = frame_table(TableSpec("prices"), prices(), ("prices", "Prices."), ENGLISH)
    texts = {cell.text for row in table.rows for cell in row}
    assert set(prices()["source"]) <= texts


def test_a_target_that_is_a_number_says_of_what() -> None:
    assert object_name("10911", "media", 40, ENGLISH) == "Image or video 10911"
    assert object_name("10911", "media", 40, words("fr")) == "Image ou vidéo 10911"
    assert object_name("p10911", "media", 40, ENGLISH) == "p10911"
    assert object_name("", "media", 40, ENGLISH) == ""


def test_no_two_kinds_of_act_on_a_timeline_have_one_colour() -> None:
    run = fake_run(is_failed=False)
    first = run.detections[0]
    kinds = ["like:post", "like:post", "like:post", "url", "url", "follow:account", "rate:place", "repost:post"]
    moments = first.tables["moments"].with_columns(
        layer=pl.Series([kinds[n % 8] for n in range(first.tables["moments"].height)])
    )
    changed = dataclasses.replace(first, tables={**first.tables, "moments": moments})
    group = groups(dataclasses.replace(run, detections=(changed, *run.detections[1:])))[0]
    (figure,) = group_timeline(group, "Group 1", ENGLISH)
    texts = [element.text or "" for element in ET.fromstring(figure.svg).iter() if element.tag.endswith("text")]  # noqa: S314  our own drawing
    named = [text for text in texts if text.startswith(("like", "same link", "follow", "rating", "repost", "2 other"))]
    assert len(named) == len(SERIES)
    assert {"like: same post", "same link", "2 other kinds"} <= set(named)


EM = 0.56
"""How wide DejaVu Sans, the widest sans serif that a page falls back on, sets a letter of such texts, in its sizes."""
MARK = 15.0
"""The mark before an entry of a legend, with its room, points."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_entry_of_a_legend_runs_into_the_next_in_a_wider_typeface(language: str) -> None:
    wording = words(language)
    posts = [wording(f"drawing.{key}") for key in ("reach_below", "reach_viral", "reach_beyond")]
    regions = [wording("atlas.funnel_chance"), wording("atlas.funnel_found")]
    few = np.array([10.0, 30.0])
    shares = [Share("a", 20.0, 1.0, is_found=False), Share("b", 40.0, 2.0, is_found=True)]
    for names, picture in (
        (posts, ceilings([(name, few, few) for name in posts], ("x", "y"), str, "reach")),
        (regions, funnel(shares, 1.0, ("x", "y"), (regions[0], regions[1]), str, "funnel")),
    ):
        texts = [each for each in ET.fromstring(picture).iter() if each.text in names]  # noqa: S314  our own drawing
        assert [each.text for each in texts] == names
        begins = [float(each.attrib["x"]) for each in texts]
        ends = [begin + EM * 8.5 * len(name) for begin, name in zip(begins, names, strict=True)]
        assert all(end < begin - MARK for end, begin in zip(ends, begins[1:], strict=False))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_measured_of_a_group_is_written_in_words(language: str) -> None:
    wording = words(language)
    for measure in (ATTENDANCE, REPETITION, CHOICE, "closeness"):
        assert wording.value(measure) != measure


def test_settings_and_checks_of_a_method_take_one_paragraph() -> None:
    first = fake_run().detections[0]
    texts = [block.text for block in ANNEX.build(fake_run(), ENGLISH) if isinstance(block, Text)]
    (own,) = [text for text in texts if text.startswith("Settings: Two acts") or "Two acts are close" in text]
    assert first.scores
    assert "Of the analysis as a whole:" in own


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_setting_that_is_a_practice_is_written_in_words(language: str) -> None:
    wording = words(language)
    assert wording.setting(("burst",)) == wording("practice.burst") != "burst"


def test_days_and_short_names_are_not_broken_in_a_cell() -> None:
    page = html(reports.render(fake_run(is_failed=False)))
    assert re.search(r'class="text whole moment"[^>]*><bdi>2021-', page)
    assert 'class="name whole"' in page


def test_the_names_of_targets_on_a_timeline_do_not_run_into_each_other() -> None:
    start = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
    dots = [Dot(0, 0, start + dt.timedelta(days=day)) for day in range(29)]
    days = (2, 12, 16, 17, 27)  # of which the names of two, to the right and to the left, would meet in the middle
    marks = [(start + dt.timedelta(days=day), "thing-01ff09c2a4 " + str(day)) for day in days]
    texts = ET.fromstring(timeline(dots, ["a"], ["like"], lambda at, _span: f"{at:%d}", marks)).iter()  # noqa: S314
    named = [each for each in texts if (each.text or "").startswith("t")]
    assert len(named) == len(days)
    widths = [text_width(each.text or "", NAME_SIZE) for each in named]
    begins = [
        float(each.attrib["x"]) - (width if each.attrib.get("text-anchor") == "end" else 0.0)
        for each, width in zip(named, widths, strict=True)
    ]
    ends = [begin + width for begin, width in zip(begins, widths, strict=True)]
    assert all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))
    assert ends[-1] <= WIDTH * POINTS
