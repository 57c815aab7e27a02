"""The public version: whole or not at all, apart from the run, over nobody's page, and without the names of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rendering.fake_run import fake_run

import reports
from cases.cli import forensics
from cases.custody import custody_log
from cases.run_folder import run_documents, run_folder
from forensics.findings import Failure
from forensics.messages import Message
from reports.html_document import html


@pytest.fixture
def folder(run: object, tmp_path: Path, few_words: None) -> Path:  # noqa: ARG001  fixtures
    """A finished run folder."""
    path = tmp_path / "town-run"
    path.mkdir()
    run_folder.fill(path, fake_run(), "[case]\n")
    run_folder.sign(path, path, "run")
    return path


def call(folder: Path, target: Path) -> Result:
    return CliRunner().invoke(forensics, ["report", str(folder), "--public", str(target)])


def test_it_appears_with_all_its_documents(folder: Path, tmp_path: Path) -> None:
    assert call(folder, tmp_path / "site" / "page").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "site" / "page").iterdir()) == [
        run_documents.HTML,
        run_documents.PDF,
    ]
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["page"]


def test_an_empty_folder_may_be_filled(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    assert call(folder, tmp_path / "page").exit_code == 0


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), None])
def test_a_document_that_breaks_leaves_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    def half(_run: object, target: Path, *_: object, **__: object) -> tuple[Failure, ...]:
        (target / run_documents.HTML).write_text("half", encoding="utf-8")
        if error:
            raise error
        return (Failure(run_documents.PDF, Message("broke"), is_refusal=False),)

    monkeypatch.setattr(run_documents, "write", half)
    assert call(folder, tmp_path / "site" / "page").exit_code == 2
    assert list((tmp_path / "site").iterdir()) == []


def test_another_page_is_never_written_over(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / run_documents.HTML).write_text("mine", encoding="utf-8")
    result = call(folder, page)
    assert result.exit_code == 2
    assert "--public" in result.stderr
    assert [path.read_text(encoding="utf-8") for path in page.iterdir()] == ["mine"]


def test_no_run_takes_it_in(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "beside").symlink_to(folder)
    for target in (folder, folder / "public", folder / "evidence" / "a" / "b", tmp_path / "beside" / "public"):
        assert call(folder, target).exit_code == 2
    assert custody_log.problems(folder) == ()


def test_it_goes_through_no_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for other in ("elsewhere", "nowhere"):
        (tmp_path / f"to {other}").symlink_to(tmp_path / other)
        result = call(folder, tmp_path / f"to {other}")
        assert result.exit_code == 2
        assert "is a link" in result.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


def test_a_key_that_came_with_the_folder_is_used_only_where_it_is_named(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "town-run.key"
    for sent in ("ab" * 32 + "\n", "ab" * 32 + "\n" + "cd" * 32 + "\n"):
        key.write_text(sent, encoding="ascii")
        result = call(folder, tmp_path / "page")
        assert result.exit_code == 2
        assert "was not made by you on this machine" in result.stderr
        assert not (tmp_path / "page").exists()
    outcome = CliRunner().invoke(
        forensics, ["report", str(folder), "--public", str(tmp_path / "page"), "--key", str(key)]
    )
    assert outcome.exit_code == 0
    key.unlink()
    assert call(folder, tmp_path / "own").exit_code == 0
    assert call(folder, tmp_path / "again").exit_code == 0
    assert len(key.read_text(encoding="ascii").split()) == 2


def test_no_name_of_a_data_file_is_left() -> None:
    run = fake_run()
    source = html(reports.render(run, public_key=b"a key of sixteen bytes or more"))
    assert not [item.name for item in run.sources if item.name in source]
    assert all(item.name in html(reports.render(run)) for item in run.sources)
