"""The library's front door: a few names, quick to import, and values that show themselves in a notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rendering.fake_run import fake_run

import forensics as cf
from forensics.errors import InputFileError, ParameterError

SAMPLES = Path(__file__).parent / "loaders" / "samples"
HEAVY = ("numba", "igraph", "scipy", "polars", "numpy", "matplotlib")

POSTS = "account,time,url\n" + "".join(
    f"{name},2024-03-0{day} 10:0{minute}:00,https://x.example/{day}\n"
    for minute, name in enumerate(("ann", "bea", "<b>dan</b>"))
    for day in range(1, 8)
)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text(POSTS, encoding="utf-8")
    return path


def test_the_front_door_has_these_names_and_no_others() -> None:
    assert cf.__all__ == [
        "Case", "Dataset", "Detection", "Finding", "ForensicsError", "Run", "detect", "detectors", "load", "loaders",
        "merge",
    ]  # fmt: skip
    assert all(getattr(cf, name) is not None for name in cf.__all__)
    assert set(cf.__all__) <= set(dir(cf))
    with pytest.raises(AttributeError, match="no attribute 'detekt'"):
        _ = cf.detekt


def test_importing_the_library_imports_nothing_heavy() -> None:
    code = f"import sys, forensics; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  this program
    assert done.stdout.strip() == "[]"


def test_files_are_read_by_one_call_and_apart_they_are_merged(posts: Path) -> None:
    other = posts.with_name("other.csv")
    other.write_text(POSTS.replace("x.example", "y.example"), encoding="utf-8")
    both = cf.load(posts, str(other), camp="amber")
    apart = cf.merge([cf.load(posts, camp="amber"), cf.load(other, camp="amber")])
    assert both.actions.equals(apart.actions)
    assert [source.source_id for source in apart.sources] == ["s1", "s2"]
    assert both.actions["camp"].unique().to_list() == ["amber"]


def test_what_cannot_be_loaded_is_named(posts: Path) -> None:
    with pytest.raises(InputFileError, match="No file is named"):
        cf.load()
    with pytest.raises(ParameterError, match="Did you mean camp"):
        cf.load(posts, cmap="amber")


def test_a_data_set_shows_its_ledger_and_escapes_it(posts: Path) -> None:
    hostile = posts.with_name("<script>\u202e.csv")
    posts.rename(hostile)
    shown = cf.load(hostile)._repr_html_()
    assert "42 actions" in shown
    assert "&lt;script&gt;⟨U+202E⟩.csv" in shown
    assert "<script" not in shown


def test_a_run_shows_what_was_found_in_words() -> None:
    run = fake_run()
    shown = run._repr_html_()
    assert "Who acted together?" in shown
    assert "35 accounts acted together" in shown
    assert "The data hold no follower counts, so reach cannot be judged." in shown
    assert "<b>division" not in shown
    assert "Qui a agi" in fake_run(language="fr")._repr_html_()
    finding = run.detections[0].findings[0]
    assert finding.id in finding._repr_html_()


def test_a_run_writes_the_documents_of_the_command(tmp_path: Path, posts: Path) -> None:
    run = cf.detect(cf.load(posts), "tempo", case=cf.Case("bars", "Bars & <i>pipes</i>"))
    run.report(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report.html", "report.pdf"]
    assert "Bars &amp; &lt;i&gt;pipes" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    with pytest.raises(InputFileError, match=r"has a report.html already"):
        run.report(tmp_path / "out")
