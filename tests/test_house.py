"""The plan of the house: which room may import which, how many files a room holds, and what they are called."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("forensics", "reports", "cases")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]

MOST_MODULES = 15
VAGUE = {"told", "said", "spoken", "thing", "things", "looks", "circle", "sitting", "sittings"}
"""Words that are no nouns of the field."""


def contracts() -> dict[str, list[str]]:
    """Return the layers of each contract, highest first."""
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract["layers"] for contract in linted["contracts"]}


def picture() -> str:
    """Return the layers as CONTRIBUTING shows them; what stands in brackets in the contract may be missing."""
    drawn = {
        name: [re.sub(r"\s*[|:]\s*", "   ", layer) for layer in layers if not layer.startswith("(")]
        for name, layers in contracts().items()
    }
    house, library = drawn["house"], drawn["library"]
    width = max(map(len, [*house, *library]))
    lines = [f"│ {name:{width + 4}} │" for name in house[:-1]]
    lines += [f"│ {house[-1]:{width + 4}} │", *(f"│   {layer:{width + 2}} │" for layer in library)]
    rule = "─" * (width + 6)
    return "\n".join(f"    {line}" for line in (f"┌{rule}┐", *lines, f"└{rule}┘"))


def test_imports_follow_the_contracts() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_the_picture_of_the_layers_is_the_contract() -> None:
    assert picture() in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), f"\n{picture()}"


def test_a_folder_holds_few_modules() -> None:
    held = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES if path.stem != "__init__")
    assert {folder: number for folder, number in held.items() if number > MOST_MODULES} == {}


def test_a_module_name_stands_once_in_the_house() -> None:
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert {name for name, number in names.items() if number > 1} == set()


def test_a_module_lists_its_names_once() -> None:
    """An underscore says that a name is its module's own; a package's ``__all__`` says what it hands on."""
    lists = [
        path.relative_to(ROOT).as_posix() for path in MODULES if "\n__all__ = " in path.read_text(encoding="utf-8")
    ]
    assert [path for path in lists if not path.endswith("__init__.py")] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_name_is_vague(package: str) -> None:
    names = [name for path in (ROOT / package).rglob("*.py") for name in identifiers(path)]
    assert {name for name in names if VAGUE & set(name.split("_"))} == set()


def test_no_sentence_tells_in_private_english() -> None:
    """A rule names its words, so this file is left out, and so is the French of the catalogue."""
    found = [
        f"{path.relative_to(ROOT)}: {', '.join(words)}"
        for folder in (*PACKAGES, "docs", "tests")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".md", ".toml", ".typ", ".js", ".css"} and path != Path(__file__).resolve()
        if (words := PRIVATE.findall(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_docstrings_and_comments_are_in_the_english_of_today() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {', '.join(words)}"
        for path in (*MODULES, *sorted((ROOT / "docs").rglob("*.md")))
        if (words := OLD.findall(path.read_text(encoding="utf-8")))
    ]
    assert found == []


OLD = re.compile(
    r"(?i)\b(?:lest|heeded|overlooked|that which|those which|whereof|thereof|wherein|of an? \w+ its)\b(?![-\w]*=)"
)
"""Words and turns that a newcomer reads twice: old ones, and genitives put first ("of a fingerprint its text")."""


PRIVATE = re.compile(r"\b(?:told|said|spoken)\b", re.IGNORECASE)
"""Words that the prose does without: a note says, a test shows, a reader sees."""


def test_a_reference_in_a_docstring_leads_somewhere() -> None:
    """``module.name`` is a name of that module or class; formats are left out: they cite fields of files."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    held: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        package = path.relative_to(ROOT).with_suffix("").parts
        parts = package[:-1] if package[-1] == "__init__" else package
        held[parts[-1]].update(top_names(tree))
        for outer, inner in pairwise(parts):
            held[outer].add(inner)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                held[node.name].update(top_names(node))
            elif isinstance(node, ast.ImportFrom) and package[-1] == "__init__":
                held[parts[-1]].update(each.name for each in node.names)
    lost = [
        f"{path.relative_to(ROOT)}: {reference}"
        for path, tree in trees.items()
        if not any(path.is_relative_to(ROOT / "forensics" / "loaders" / room) for room in FORMATS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for reference in REFERENCE.findall(node.value)
        if not leads_somewhere(reference.split("."), held)
    ]
    assert lost == []


def leads_somewhere(parts: list[str], held: dict[str, set[str]]) -> bool:
    if parts[0] in ELSEWHERE or parts[-1] in FILES:
        return True
    return all(name in held.get(owner, ()) for owner, name in pairwise(parts))


REFERENCE = re.compile(r"``([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)``")
ELSEWHERE = {"Path", "msgspec", "public", "scipy", "str"}
FILES = {"csv", "html", "json", "parquet", "pdf", "png", "svg", "toml"}
FORMATS = (
    *("advertising", "fourcat", "listening", "networks", "platforms", "reading", "scrapers", "twitter", "zeeschuimer"),
    *("format_declarations", "generic_tables"),
)


def test_no_name_is_for_the_tests_alone() -> None:
    used, defined = set(ENTRY_POINTS), {}
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined |= {name: path.relative_to(ROOT).as_posix() for name in top_names(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                used.add(node.id)
            elif isinstance(node, ast.Attribute):
                used.add(node.attr)
            elif isinstance(node, ast.ImportFrom):
                used |= {imported.name for imported in node.names}
    assert {name: file for name, file in defined.items() if name not in used} == {}


ENTRY_POINTS = {"main", "command", "DETECTOR", "LOADER", "Params"}
"""Names that the installed script and the lists of parts ask for; those between underscores belong to Python."""


def top_names(tree: ast.Module | ast.ClassDef) -> list[str]:
    """Return the functions, classes and constants that a module defines, or the methods and attributes of a class."""
    names = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in names if not name.startswith("__")]


def identifiers(path: Path) -> list[str]:
    """Return what a module names: functions, classes, arguments and variables."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.arg):
            names.append(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
    return [name.lower() for name in names]
