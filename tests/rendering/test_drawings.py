"""The drawings of rhythm, growth, reach, proportions and money are sound in every language, also of hostile names."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest
from rendering.fake_run import fake_run

from cases.run_folder import run_documents
from forensics.findings import Detection, Finding, Run, Score
from reports import report_building
from reports.report_model import Figure, Report
from reports.sections.chapter_drawings.detector_drawings import figures_of
from reports.wording import LANGUAGES, words

HOSTILE = '<script>alert("x")</script> $a$ \u202eabc'


def finding(name: str, subject: str = HOSTILE) -> Finding:
    return Finding(name, "what", subject, "reach_beyond", (Score("posts_beyond", 1.0),), "low")


def week(group: str, first: int) -> pl.DataFrame:
    counts = [5 if first <= hour < first + 8 and day < 6 else 0 for day in range(7) for hour in range(24)]
    return pl.DataFrame(
        {
            "group": [group] * 168,
            "weekday": [i // 24 for i in range(168)],
            "hour": [i % 24 for i in range(168)],
            "n_acts": counts,
            "share": [count / sum(counts) for count in counts],
        }
    )


def rhythm(*weeks: pl.DataFrame) -> Detection:
    hours = pl.concat(weeks)
    busiest = hours.group_by("group", maintain_order=True).agg(
        pl.col("n_acts").sum(), shift_share=pl.lit(0.75)
    )  # invented, so that only the table can have it
    return Detection("tempo", {}, (), (), {"hours": hours, "busiest": busiest})


def posts(n: int = 40) -> pl.DataFrame:
    rng = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "finding_id": ["r-1"] * 3 + [None] * (n - 3),
            "account_id": [HOSTILE] * n,
            "reactions": rng.integers(50, 90, n),
            "comments": rng.integers(0, 9, n),
            "shares": rng.integers(0, 9, n),
            "interactions": rng.integers(90, 110, n),
            "ceiling": rng.uniform(80, 120, n),
            "p_reach": [0.001] * 5 + [0.5] * (n - 5),
            "is_beyond": [True] * 3 + [False] * (n - 3),
        }
    )


DETECTIONS = (
    rhythm(week(HOSTILE, 2), week("others", 8)),
    rhythm(week("all", 9)),
    Detection("reach", {"quantile": 0.99}, (), (), {"reach_posts": posts()}),
    Detection("ratios", {}, (finding("r-1"),), (), {"ratio_posts": posts()}),
    Detection(
        "money",
        {},
        (),
        (),
        {
            "spending": pl.DataFrame(
                {
                    "camp": [HOSTILE, "b", "c"],
                    "per_unit": [10.0, None, 3.0],
                    "per_unit_low": [5.0, 0.0, 2.0],
                    "per_unit_high": [20.0, 8.0, None],
                    "currency": ["EUR"] * 3,
                }
            )
        },
    ),
    Detection(
        "growth",
        {},
        (finding("growth-1"),),
        (),
        {
            "growth": pl.DataFrame(
                {"account_id": [HOSTILE] * 12, "day": range(19_000, 19_012), "followers": range(100, 112)}
            ).with_columns(is_jump=pl.col("day") == 19_005)
        },
    ),
)


def drawn(*detections: Detection, language: str = "en") -> list[Figure]:
    return [figure for n, item in enumerate(detections) for figure in figures_of(item, f"a{n}", {}, words(language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_is_sound_and_its_ids_are_its_own(language: str) -> None:
    figures = drawn(*DETECTIONS, language=language)
    assert len(figures) == len(DETECTIONS)
    anchors = [figure.anchor for figure in figures]
    assert len(set(anchors)) == len(anchors)
    for figure in figures:
        root = ET.fromstring(figure.svg)  # noqa: S314  the drawing under test
        assert not [element for element in root.iter() if element.tag.endswith("script") or "style" in element.attrib]
        assert all(element.get("id", figure.anchor).startswith(figure.anchor) for element in root.iter())
        assert figure.alt.strip()
        assert figure.caption.strip()
        assert "{" not in figure.alt + figure.caption


def test_every_drawing_has_the_numbers_that_it_is_drawn_from() -> None:
    for figure in drawn(*DETECTIONS):
        assert figure.numbers is not None
        assert figure.numbers.height


def test_a_drawing_is_the_same_twice() -> None:
    assert drawn(*DETECTIONS) == drawn(*DETECTIONS)


def test_the_two_weeks_of_a_group_share_one_scale_and_say_their_shares() -> None:
    (figure,) = figures_of(DETECTIONS[0], "a", {HOSTILE: "Group 1"}, words("en"))
    assert "Group 1" in figure.caption
    assert "75%" in figure.alt


def test_nothing_found_draws_nothing() -> None:
    assert drawn(Detection("coordination", {}), Detection("money", {}), Detection("reach", {"quantile": 0.99})) == []


def test_more_posts_than_can_be_drawn_are_thinned() -> None:
    many = Detection("reach", {"quantile": 0.99}, (), (), {"reach_posts": posts(20_000)})
    (figure,) = figures_of(many, "a", {}, words("en"))
    assert len(figure.svg) < 400_000


def test_all_documents_of_a_run_take_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str | None] = []
    drawn = report_building.render

    def counted(run: Run, language: str | None, *rest: object, **more: object) -> Report:
        built.append(language)
        return drawn(run, language, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(report_building, "render", counted)
    assert run_documents.write(fake_run(), tmp_path) == ()
    assert built == ["en"]
