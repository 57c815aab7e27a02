"""Coverage-guided fuzzing of what strangers may send: data files, case files and run folders.

Not part of the suite, and atheris is no dependency: ``pip install atheris``, then

    python tests/fuzz/fuzz_coverage.py data -max_total_time=600

and likewise ``case`` and ``run``. Found inputs are kept in ``bench/fuzz/TARGET``, what breaks a promise in ``crash-*``
and ``timeout-*`` in this folder. The inputs kept in ``corpus`` are tried again by every run of the suite.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

import polars as pl

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "loaders" / "samples"
TARGETS = ("data", "case", "run")


@cache
def loaders_fuzzer() -> ModuleType:
    """Return the module that knows what loading a file must hold."""
    spec = importlib.util.spec_from_file_location("fuzz_loaders", HERE.parent / "loaders" / "fuzz_loaders.py")
    if spec is None or spec.loader is None:
        raise ImportError("fuzz_loaders.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def try_data(data: bytes, folder: Path) -> str:
    """Load a file whose first byte chooses the loader, 0 leaving it to the content; return what came of it."""
    from forensics.loaders import LOADERS  # noqa: PLC0415  after the instrumentation

    names = (None, *LOADERS.names())
    path = folder / "input"
    path.write_bytes(data[1:])
    return str(loaders_fuzzer().watch(path, names[data[0] % len(names)] if data else None))


def try_case(data: bytes, folder: Path) -> str:
    """Read a case file, check its plan and look for its files; none may lead out of what it names."""
    from cases.case_file import case_file as casefile  # noqa: PLC0415
    from cases.case_file import case_inputs  # noqa: PLC0415
    from cases.running import case_runner  # noqa: PLC0415
    from forensics.errors import ForensicsError  # noqa: PLC0415

    path = folder / "case.toml"
    path.write_bytes(data)
    try:
        case_file = casefile.read(path)
        case_runner.plan(case_file)
        case_inputs.locate(case_file)
    except ForensicsError as error:
        if not str(error):
            raise AssertionError("an error without a word") from error
        return "refused"
    return "read"


def try_run(data: bytes, folder: Path) -> str:
    """Read a run folder with this ``run.json``, manifest and log, the tables being whole."""
    from cases.custody import custody_log  # noqa: PLC0415
    from cases.run_folder import stored_run  # noqa: PLC0415
    from forensics import schema  # noqa: PLC0415
    from forensics.errors import ForensicsError  # noqa: PLC0415

    place = folder / "run"
    (place / "tables").mkdir(parents=True, exist_ok=True)
    rejected = schema.empty(schema.REJECTED).select(pl.lit(None, pl.String).alias("source_id"), pl.all())
    rejected.write_parquet(place / "tables" / "rejected.parquet")
    for name in ("run.json", custody_log.MANIFEST, custody_log.LOG):
        (place / name).write_bytes(data)
    try:
        list(custody_log.problems(place))
        stored_run.read(place)
    except ForensicsError as error:
        if not str(error):
            raise AssertionError("an error without a word") from error
        return "refused"
    return "read"


TRY = dict(zip(TARGETS, (try_data, try_case, try_run), strict=True))


def seeds(target: str, folder: Path) -> None:
    """Write inputs to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (HERE / "corpus" / target).glob("*"):
        (folder / path.name).write_bytes(path.read_bytes())
    if target == "data":
        for path in sorted(SAMPLES.iterdir()):
            if path.is_file() and path.stat().st_size < 20_000:
                (folder / path.name).write_bytes(b"\0" + path.read_bytes())
    elif target == "case":
        for path in sorted((HERE.parents[1] / "cases").glob("*/case.toml")):
            (folder / path.parent.name).write_bytes(path.read_bytes())
    else:
        case = {"name": "town", "title": "Town"}
        source = {"source_id": "s1", "name": "a.csv", "sha256": "00", "n_bytes": 1, "loader": "generic"}
        rows = {"rows_read": 1, "rows_kept": 1, "rows_rejected": 0, "notes": ["x"]}
        score = {"name": "hits", "value": 1.0, "unit": "1", "n": 1, "interval": [0, 1], "p_value": 0.1}
        finding = {"id": "a-1", "question": "who", "subject": "a", "statement": "x", "scores": [score]}
        detection = {"detector": "a", "params": {"w": [1.0]}, "scores": [score], "tables": {}, "notes": []}
        content = {
            "format": "campaign-forensics run 1",
            "case": case,
            "overview": [score],
            "sources": [source | rows],
            "detections": [detection | {"findings": [finding | {"strength": "low"}]}],
            "failures": [{"detector": "b", "message": "no", "is_refusal": True}],
            "seed": 1,
            "versions": {"python": "3"},
        }
        manifest = {
            "inputs": [{"source_id": "s1", "name": "a.csv", "n_bytes": 1, "sha256": "0"}],
            "outputs": {"a": "0"},
        }
        (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def main() -> None:
    """Fuzz one target until it is stopped."""
    import atheris  # noqa: PLC0415  no dependency

    target = sys.argv[1]
    found = Path("bench") / "fuzz" / target
    seeds(target, found)
    with atheris.instrument_imports(include=["forensics", "cases", "tomllib"]):
        from cases.running import case_runner  # noqa: F401, PLC0415
        from forensics import loaders  # noqa: F401, PLC0415
    with tempfile.TemporaryDirectory() as scratch:
        atheris.Setup(
            [sys.argv[0], str(found), "-timeout=120", "-rss_limit_mb=4000", "-max_len=30000", *sys.argv[2:]],
            lambda data: TRY[target](data, Path(scratch)),
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
