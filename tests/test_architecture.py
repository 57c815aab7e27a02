"""Each heavy library has one door, and a file stays readable; ``test_house`` holds the layers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("forensics", "reports", "cases")
DOORS = {
    "igraph": "forensics/coaction/graph.py",
    "numba": "forensics/coaction/kernels/",
    "typst": "reports/pdf_document.py",
    "pyspark": "forensics/coaction/engines/spark_engine.py",
}
GENERIC = {
    *("utils", "helpers", "common", "misc", "base", "build", "columns", "features", "files", "meaning", "measures"),
    *("model", "parts", "records", "tables", "values", "world"),
}
"""Names of modules from which a newcomer cannot tell what is in them."""
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """Return what a module imports, wherever in it."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def packages(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the top-level packages that an import names."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.split(".")[0] for name in names}


def test_each_heavy_library_has_one_door_and_imports_are_absolute() -> None:
    found = []
    for path in MODULES:
        where = path.relative_to(ROOT).as_posix()
        for node in imports(path):
            if isinstance(node, ast.ImportFrom) and node.level:
                found.append(f"{where} imports relatively")
            found += [f"{where}: {name}" for name in packages(node) & set(DOORS) if not where.startswith(DOORS[name])]
    assert found == []


def test_no_module_is_a_drawer_and_a_file_stays_readable() -> None:
    assert [path for path in MODULES if path.stem in GENERIC] == []
    assert [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_importing_the_command_is_light() -> None:
    """The command's own module imports no heavy library at its top, so that ``--help`` is quick."""
    tree = ast.parse((ROOT / "cases" / "cli.py").read_text(encoding="utf-8"))
    top = set().union(*(packages(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)))
    assert not top & {"numba", "igraph", "polars", "matplotlib", "typst", "scipy", "numpy"}


def test_a_run_begins_to_read_before_it_loads_what_only_later_stages_need() -> None:
    names = ("scipy.stats", "scipy.optimize", "scipy.spatial", "igraph", "matplotlib", "openpyxl")
    program = f"import sys, cases.running.case_runner; print([name for name in {names} if name in sys.modules])"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_benchmarks_and_worlds_import_modules_that_there_are() -> None:
    """No type checker sees them, and no test runs them."""
    missing = []
    for path in (*(ROOT / "tests" / "benchmarks").rglob("*.py"), *(ROOT / "tests" / "worlds").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PACKAGES:
                place = ROOT / node.module.replace(".", "/")
                if not place.with_suffix(".py").is_file() and not (place / "__init__.py").is_file():
                    missing.append(f"{path.name}: {node.module}")
    assert missing == []
