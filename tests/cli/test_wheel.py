"""The wheel: what it holds and what it leaves out."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from cases.case_file import shipped_cases

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    ".py",
    ".toml",
    ".json",
    ".css",
    ".html",
    ".js",
    ".typ",
    ".md",
    ".csv",
    ".txt",
    ".zst",
    ".parquet",
    ".typed",
    ".ttf",
    ".otf",
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    words = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    built = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if "hatchling" in built.stderr:
        pytest.skip("hatchling is not installed")
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_the_three_packages_and_nothing_else(held: list[str]) -> None:
    tops = {name.split("/")[0] for name in held}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cases", "forensics", "reports"}
    packages = [name for name in held if ".dist-info/" not in name]
    assert {Path(name).suffix for name in packages} <= KINDS
    assert not [name for name in packages if "__pycache__" in name or "/tests/" in name]


def test_the_wheel_holds_the_licence_the_cases_and_the_words(held: list[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert any(name.endswith("licenses/reports/typefaces/OFL.txt") for name in held)
    assert {"reports/locale/en/report.toml", "reports/locale/fr/command.toml", "reports/shapes/README.md"} <= set(held)
    assert {"forensics/places/data/README.md", "forensics/py.typed", "reports/py.typed", "cases/py.typed"} <= set(held)
    for case in shipped_cases.SHIPPED:
        assert {f"cases/{case.folder.name}/case.toml", f"cases/{case.folder.name}/README.md"} <= set(held)


def test_the_command_has_the_name_of_the_package_too() -> None:
    """So that ``uvx campaign-forensics demo`` finds it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["scripts"]) == {"forensics", project["name"]}
    assert len(set(project["scripts"].values())) == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_version_names_the_release_or_the_commit_and_never_a_release_that_it_is_not(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".git_archival.txt", ".gitattributes"):
        shutil.copy(ROOT / name, whole)
    (copy := shutil.copytree(whole, tmp_path / "copy")).joinpath("new").write_text("new", encoding="utf-8")
    git(whole, "init", "--quiet")
    git(whole, "add", "--all")
    git(whole, "commit", "--quiet", "--message", "one")
    git(whole, "tag", "v0.3.0")
    packed = archive_of(whole, tmp_path / "packed")
    assert (version_in(copy), version_in(whole), version_in(packed)) == ("0.0.0", "0.3.0", "0.3.0")
    git(whole, "commit", "--quiet", "--allow-empty", "--message", "two")
    commit = git(whole, "rev-parse", "HEAD")[:7]
    packed_later = archive_of(whole, tmp_path / "packed-later")
    git(tmp_path, "clone", "--quiet", "--depth", "1", whole.as_uri(), "shallow")
    for place in (whole, packed_later, tmp_path / "shallow"):
        assert f"+g{commit}" in version_in(place)


def git(place: Path, *words: str) -> str:
    """Return what git prints."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
    return subprocess.run(command, cwd=place, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def archive_of(repository: Path, place: Path) -> Path:
    """Return a folder of what a repository hands out as a packed file."""
    git(repository, "archive", "--output", str(place.with_suffix(".zip")), "HEAD")
    shutil.unpack_archive(place.with_suffix(".zip"), place)
    return place


def version_in(place: Path) -> str:
    """Return the version that a build of a folder would have."""
    command = [sys.executable, "-m", "hatchling", "version"]
    return subprocess.run(command, cwd=place, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
