"""Networks of edges: who did what to whom is read, and what does not say it is refused or rejected in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.errors import InputFileError
from forensics.loaders import load

SAMPLES = Path(__file__).parent / "samples"


def test_the_directed_edges_of_a_gexf_are_acts_with_their_times() -> None:
    dataset = load(SAMPLES / "network.gexf")
    acts = dataset.actions.filter(dataset.actions["object_kind"] == "account")
    assert list(zip(acts["account_id"], acts["action"], acts["object_id"], strict=True)) == [
        ("11", "repost", "12"),
        ("13", "reply", "12"),
        ("12", "post", "13"),
    ]
    assert [f"{time:%d %H:%M:%S}" for time in acts["acted_at"]] == ["01 18:00:05", "01 18:01:05", "02 18:01:05"]
    assert dict(zip(dataset.accounts["account_id"], dataset.accounts["handle"], strict=True))["11"] == "ann_sample"
    assert dataset.sources[0].rejected["row"].to_list() == [4]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_gdf_without_times_gives_acts_without_times(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "network.comments.gdf"
    path.write_bytes(ending.join((SAMPLES / path.name).read_text(encoding="utf-8").splitlines()).encode())
    dataset = load(path)
    assert dataset.actions["acted_at"].null_count() == dataset.actions.height > 0
    assert set(dataset.accounts["handle"]) == {"ann_sample", "Ben, the second", "cleo_sample"}


def test_times_in_seconds_since_1970_are_read_and_mere_steps_are_not(tmp_path: Path) -> None:
    text = (SAMPLES / "network.graph.graphml").read_text(encoding="utf-8")
    assert load(SAMPLES / "network.graph.graphml").actions["acted_at"].null_count() == 0
    path = tmp_path / "steps.graphml"
    path.write_text(text.replace("1777658405", "1").replace("1777658465", "2"), encoding="utf-8")
    dataset = load(path)
    assert dataset.actions["acted_at"].null_count() == dataset.actions.height > 0
    assert any("are no dates" in str(note) for note in dataset.sources[0].notes)


def test_a_network_without_directions_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    text = (SAMPLES / "network.gexf").read_text(encoding="utf-8")
    path.write_text(text.replace('defaultedgetype="directed"', 'defaultedgetype="undirected"'), encoding="utf-8")
    with pytest.raises(InputFileError, match=r"not who did what to whom.*Save it with directed edges"):
        load(path)


def test_a_network_with_entities_of_its_own_or_torn_is_told(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    text = (SAMPLES / "network.gexf").read_text(encoding="utf-8")
    path.write_text(text.replace("<gexf", '<!DOCTYPE x [<!ENTITY a "b">]>\n<gexf', 1), encoding="utf-8")
    with pytest.raises(InputFileError):
        load(path, "network")
    path.write_text(text[: text.index('<edge id="2"')], encoding="utf-8")
    (source,) = load(path).sources
    assert (source.rows_read, source.rows_kept) == (3, 2)
