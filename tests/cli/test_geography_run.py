"""From export files to the report: engagement bought abroad is found, placed and drawn; a diaspora is not accused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pypdf
import pytest
from click.testing import CliRunner

from cases.cli import forensics
from forensics.dataset import Dataset
from tests.detectors.geography.geography_worlds import audiences  # type: ignore[import-not-found]

CASE = """
[case]
name = "{name}"
title = "Where the applause came from"
claim = "The country cheers."
language = "{language}"

[[data]]
path = "posts-and-likes.csv"
loader = "generic"

[data.map]
account = "account_id"
action = "action"
object = "object_id"
object_kind = "object_kind"
time = "acted_at"
camp = "camp"
place = "stated_place"

[detect.geography]
home = ["DE"]
electorate = ["DE-BE=1", "DE-HH=1", "DE-BY=1", "DE-NW=1", "DE-SN=1", "DE-BW=1", "DE-HE=1"]
diaspora_share = {diaspora}

[run]
seed = 1
detectors = ["geography", "scan", "clocks"]
"""


def written(world: Dataset, folder: Path, **values: object) -> Path:
    """Write a world as a fact-checker would have it: one table of posts and likes with the places accounts state."""
    likes = world.actions.select("account_id", "action", "object_id", "object_kind", "acted_at", "camp")
    first = likes.group_by("object_id").agg(pl.col("acted_at").min(), pl.col("camp").first())
    posts = world.posts.select("account_id", object_id="post_id").join(first, "object_id")
    posts = posts.with_columns(action=pl.lit("post"), object_kind=pl.lit("post")).sort("object_id")
    text = pl.col("action", "object_kind").cast(pl.String)
    rows = pl.concat([frame.select(likes.columns).with_columns(text) for frame in (posts, likes)])
    rows = rows.join(world.accounts.select("account_id", "stated_place"), "account_id", "left", maintain_order="left")
    folder.mkdir()
    rows.with_columns(pl.col("acted_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_csv(folder / "posts-and-likes.csv")
    (folder / "case.toml").write_text(CASE.format(name=folder.name, **values), encoding="utf-8")
    return folder


def run(case: Path, out: Path) -> dict[str, Any]:
    result = CliRunner().invoke(forensics, ["run", str(case), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    made: dict[str, Any] = json.loads((out / "run.json").read_bytes())
    return made


def findings(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{found['statement']} {found['subject']}": found for part in made["detections"] for found in part["findings"]
    }


@pytest.mark.parametrize(("language", "country"), [("en", "Singapore"), ("fr", "Singapour")])
def test_a_third_bought_abroad_is_found_placed_and_drawn(tmp_path: Path, language: str, country: str) -> None:
    places = ("Manila, Philippines", "Cebu, Philippines", "Davao City", "Singapore")
    world = audiences(1, bought=1 / 3, bought_in=places)
    out = tmp_path / "out"
    made = findings(run(written(world, tmp_path / "bought", language=language, diaspora=0.05), out))
    share = made["foreign_share_stated red"]["scores"][0]
    assert share["interval"][0] < 1 / 3 + 0.05 < share["interval"][1] + 0.02  # a third, and a twentieth of the rest
    assert "hotspot_space_stated red/PH" in made
    counted = pl.read_parquet(out / "tables" / "geography.camps.parquet").filter(pl.col("audience") == "red")
    assert dict(counted.select("country", "n_country").iter_rows())["PH"] >= 50
    page = (out / "report.html").read_text(encoding="utf-8")
    printed = " ".join(leaf.extract_text() for leaf in pypdf.PdfReader(out / "report.pdf").pages)
    for document in (page, printed):
        assert country in document
    drawn = [name for name in ("map-geography-0-camp-0", "map-scan-1-hotspots") if f'id="{name}' in page]
    assert drawn == ["map-geography-0-camp-0", "map-scan-1-hotspots"]


def test_a_diaspora_of_the_stated_size_is_not_accused(tmp_path: Path) -> None:
    """Of the camp alone, or of every page: more of its people are abroad than of the pages, as many as were stated."""
    for number, abroad in enumerate((0.05, 0.15)):
        world = audiences(2 + number, abroad=abroad, camp_abroad=0.15)
        case = written(world, tmp_path / f"diaspora-{number}", language="en", diaspora=0.15)
        out = tmp_path / f"out-{number}"
        assert findings(run(case, out)) == {}
        assert pl.read_parquet(out / "tables" / "geography.audiences.parquet")["share"][0] == pytest.approx(
            0.15, abs=0.05
        )
