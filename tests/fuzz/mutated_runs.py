"""Run folders as an attacker may send them: mutated at random, then sealed again as if a run had made them.

    python tests/fuzz/mutated_runs.py 500 --journal build/mutated.jsonl

puts so many of them to every command that reads a run, without documents where ``--quick`` is added. What breaks is
printed at once, the sum after every ten; with a journal, the same command goes on where it was stopped. Each must end
in words, within a minute, and write nothing but what it was asked to: every opening for writing, renaming, link, folder
and removal of this process is watched, and every process or connection. The suite tries a few of them without documents
(``test_mutated_runs.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import polars as pl
from click.testing import CliRunner

from cases.cli import forensics
from cases.custody import custody_log, verification
from cases.run_folder import run_folder, stored_run
from forensics.errors import ForensicsError
from forensics.findings import Run
from forensics.loaders.reading import parquet_trial
from reports.exports import EXPORTS

MOST_SECONDS = 60.0
HOSTILE_TEXTS = (
    *("../../outside", "/etc/passwd", "C:\\x", "..", "", "a/b", "\x00", "x" * 5_000, "=1+1", "javascript:alert(1)"),
    *('"><script>alert(1)</script>', "\u202e", "\ud800", "{{ 7 * 7 }}", '#read("/etc/passwd")', "file:///etc/passwd"),
)
HOSTILE_VALUES = (None, True, -1, 0, 1 << 70, 1e308, 5e-324, [], {}, [[]], {"a": 1})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
    "shutil.rmtree",
}
_NEVER = {"os.exec", "os.fork", "os.posix_spawn", "os.system", "subprocess.Popen", "socket.connect"}


class Watch:
    """Notes what this process writes outside some folders; there is one, since a hook cannot be taken off."""

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] | None = None
        self.strayed: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, words: tuple[Any, ...]) -> None:
        if self.allowed is None:
            return
        if event == "subprocess.Popen" and parquet_trial.__file__ in words[1]:
            return
        if event in _NEVER:
            self.strayed.append(event)
        elif event == "open":
            path, _, flags = words
            if isinstance(path, (str, bytes, os.PathLike)) and flags & _WRITES and not os.path.isdir(path):  # noqa: PTH112
                self._look(event, path)  # of a folder only a file without a name can be opened so
        elif event in _CHANGES:
            if event in {"os.remove", "os.rmdir"} and words[1] != -1:  # within a tree that shutil.rmtree reported
                return
            if event == "os.mkdir" and os.path.isdir(words[0]):  # noqa: PTH112  it is there already
                return
            for path in words[:2] if event in {"os.rename", "os.link"} else words[:1]:
                self._look(event, path)

    def _look(self, event: str, path: Any) -> None:  # noqa: ANN401  as the event gives it
        if isinstance(path, int):
            return
        place = os.path.realpath(os.path.dirname(os.path.abspath(os.fsdecode(path))))  # noqa: PTH100, PTH120  no new events
        if not any(place == folder or place.startswith(folder + os.sep) for folder in self.allowed or ()):
            self.strayed.append(f"{event} {os.fsdecode(path)}")

    @contextmanager
    def over(self, *folders: Path) -> Iterator[None]:
        """Watch a block, in which these folders may be written to."""
        self.allowed = (*(os.path.realpath(folder) for folder in folders), "/dev")
        try:
            yield
        finally:
            self.allowed = None


def mutate(folder: Path, dice: random.Random) -> str:
    """Change a run folder in one to four ways; return which."""
    ways = dice.choices(list(WAYS), k=dice.randint(1, 4))
    for way in ways:
        WAYS[way](folder, dice)
    return ", ".join(ways)


def _json(folder: Path, dice: random.Random) -> None:
    """Change a value, a key or an item anywhere in run.json."""
    path = folder / "run.json"
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return
    places = list(_places(content))
    if not places:
        return
    parent, key = dice.choice(places)
    act = dice.choice(("text", "value", "drop", "double", "swap"))
    if act == "text":
        parent[key] = dice.choice(HOSTILE_TEXTS)
    elif act == "value":
        parent[key] = dice.choice(HOSTILE_VALUES)
    elif act == "drop":
        del parent[key]
    elif act == "double":
        parent[key] = [parent[key], parent[key]]
    else:
        other, name = dice.choice(places)
        parent[key] = json.loads(json.dumps(other[name])) if _has(other, name) else None
    path.write_bytes(json.dumps(content, allow_nan=False).encode("utf-8", "surrogatepass"))


def _has(parent: Any, key: Any) -> bool:  # noqa: ANN401  JSON
    return key in parent if isinstance(parent, dict) else key < len(parent)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  JSON
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in list(items):
        yield value, key
        yield from _places(entry)


def _table(folder: Path, dice: random.Random) -> None:
    """Change a table: its columns, their types, their values, its rows."""
    paths = [path for path in sorted((folder / "tables").glob("*.parquet")) if path.is_file()]
    if not paths:
        return
    path = dice.choice(paths)
    try:
        table = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return
    if not table.width:
        return
    name = dice.choice(table.columns)
    act = dice.choice(("drop", "null", "text", "number", "list", "rename", "empty", "twice"))
    text = dice.choice([text for text in HOSTILE_TEXTS if "\ud800" not in text])
    changed = {
        "drop": lambda: table.drop(name),
        "null": lambda: table.with_columns(pl.lit(None).alias(name)),
        "text": lambda: table.with_columns(pl.lit(text).alias(name)),
        "number": lambda: table.with_columns(pl.lit(dice.choice((1e308, -1.0, float("nan")))).alias(name)),
        "list": lambda: table.with_columns(pl.lit([1, 2], pl.List(pl.Int64)).alias(name)),
        "rename": lambda: table.rename({name: text or "new"}),
        "empty": table.clear,
        "twice": lambda: pl.concat([table, table]),
    }[act]()
    changed.write_parquet(path)


def _bytes(folder: Path, dice: random.Random) -> None:
    """Tear a file, or change one byte of it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    path = dice.choice(files)
    content = bytearray(path.read_bytes())
    if content and dice.random() < 0.5:
        content[dice.randrange(len(content))] = dice.randrange(256)
    else:
        del content[dice.randrange(len(content) + 1) :]
    path.write_bytes(content)


def _place(folder: Path, dice: random.Random) -> None:
    """Put a link, a pipe or a folder where a file or folder stands, or something more beside it."""
    places = [path for path in sorted(folder.rglob("*")) if not path.is_symlink()]
    path = dice.choice(places)
    act = dice.choice(("link", "folder link", "pipe", "folder", "more"))
    if act == "more":
        path = path.with_name(dice.choice(("more.txt", ".hidden", "report.html", "archived.csv")))
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if act in {"link", "folder link"}:
        path.symlink_to(folder.parent / ("secret.txt" if act == "link" else "secret"))
    elif act == "pipe":
        os.mkfifo(path)
    elif act == "folder":
        path.mkdir()
    else:
        path.write_text("more", encoding="utf-8")


WAYS: dict[str, Callable[[Path, random.Random], None]] = {
    "json": _json, "more json": _json, "table": _table, "more of a table": _table, "bytes": _bytes, "place": _place,
}  # fmt: skip


def reseal(folder: Path, run: Run) -> None:
    """Write manifest and log as if a run had made the folder, which whoever sends one can do."""
    for name in (custody_log.MANIFEST, custody_log.LOG):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    names = [folder / name for name in custody_log._held(folder)]
    if all(path.is_file() for path in names):  # nobody can hash a pipe or a link to a folder
        custody_log.write_manifest(folder, run)
        custody_log.log(folder, "run")


def commands(place: Path, *, has_documents: bool) -> dict[str, Callable[[], object]]:
    """Return what reads the run in ``place / "run"``, each under its name; all write below ``place / "out"``."""
    run, whole, out = place / "run", place / "whole", place / "out"
    works: dict[str, Callable[[], object]] = {
        "verify": lambda: verification.outputs(run),
        "compare": lambda: command("compare", whole, run),
        "score": lambda: command("score", run, "--truth", place / "truth.csv"),
        "archive": lambda: run_folder.add_copies(run, place / "copies.csv"),
    }
    for kind in EXPORTS:
        if has_documents or kind.name != "ro-crate":
            works[kind.name] = lambda kind=kind: run_folder.export(run, kind, out / kind.name)  # type: ignore[misc]
    if has_documents:
        works["report"] = lambda: run_folder.rewrite_documents(run)
        works["public"] = lambda: run_folder.write_public(run, out / "public")
        works["brief"] = lambda: run_folder.write_brief(run, out / "brief")
    return works


def command(*words: object) -> None:
    """Run a command as it is typed, and raise what it says where it refuses."""
    result = CliRunner().invoke(forensics, list(map(str, words)))
    if result.exit_code not in {0, 2, 3}:
        raise AssertionError(result.output)
    if result.exit_code:
        raise ForensicsError(result.output)


class Trials:
    """Tries one mutated run folder after another against every command, and keeps what broke a promise."""

    def __init__(self, place: Path, whole: Run, *, has_documents: bool) -> None:
        self.place, self.whole, self.has_documents = place, whole, has_documents
        self.ends: Counter[str] = Counter()
        self.broken: list[str] = []
        self.slowest = 0.0
        self.watch = Watch()
        (place / "secret").mkdir()
        (place / "secret.txt").write_text("secret", encoding="utf-8")
        (place / "secret" / "a.csv").write_text("secret", encoding="utf-8")
        (place / "truth.csv").write_text("account_id\nann\n", encoding="utf-8")
        (place / "copies.csv").write_text("url,archive_url\n", encoding="utf-8")
        folder = place / "whole"
        folder.mkdir()
        if has_documents:
            run_folder.fill(folder, whole, '[case]\nname = "a"\n')
        else:
            stored_run.write_data(whole, folder)
            for name in ("evidence", "rejected"):
                (folder / name).mkdir()
            custody_log.write_manifest(folder, whole)
        custody_log.log(folder, "run")

    def trial(self, number: int) -> None:
        """Try one, whose every choice follows from its number."""
        companions = [self.place / f".run.{word}" for word in ("partial", "previous")]
        mutant, target, out, scratch = (self.place / name for name in ("mutant", "run", "out", "scratch"))
        shutil.rmtree(mutant, ignore_errors=True)
        shutil.copytree(self.place / "whole", mutant)
        ways = mutate(mutant, random.Random(number))  # noqa: S311  nothing here is a secret
        reseal(mutant, self.whole)
        for name, work in commands(self.place, has_documents=self.has_documents).items():
            for folder in (target, out, scratch):
                shutil.rmtree(folder, ignore_errors=True)
            _copy(mutant, target)
            out.mkdir()
            scratch.mkdir()
            tempfile.tempdir = str(scratch)
            begun = time.monotonic()
            with self.watch.over(out, scratch, target, *companions):
                end = _end(work)
            tempfile.tempdir = None
            self.ends[end if end in {"done", "refused"} else "broken"] += 1
            problems = [] if end in {"done", "refused"} else [end]
            problems += [stray for stray in dict.fromkeys(self.watch.strayed) if not _is_beside(stray, target)]
            self.watch.strayed.clear()
            took = time.monotonic() - begun
            self.slowest = max(self.slowest, took)
            if took > MOST_SECONDS:
                problems.append(f"took {took:.0f} s")
            self.broken += [f"{number} {name} ({ways}): {problem}"[:300] for problem in problems]


def _end(work: Callable[[], object]) -> str:
    """Return how a command ends: done, refused in words, or broken by what."""
    try:
        work()
    except ForensicsError as error:
        return "refused" if str(error) else "an error without a word"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{type(error).__name__}: {error}"
    return "done"


def _copy(folder: Path, target: Path) -> None:
    """Copy a folder with its links and pipes; files keep their times, so that what is the same is proved once."""
    target.mkdir()
    for path in sorted(folder.rglob("*")):
        copied = target / path.relative_to(folder)
        if path.is_symlink():
            copied.symlink_to(path.readlink())
        elif path.is_dir():
            copied.mkdir()
        elif path.is_file():
            shutil.copy2(path, copied)
        else:
            os.mkfifo(copied)


def _is_beside(stray: str, target: Path) -> bool:
    """Return whether what was touched is the run folder itself, its lock, successor or pseudonyms' key."""
    path = Path(stray.split(" ", 1)[-1])
    return path.parent == target.parent and path.name.strip(".").startswith(target.name)


class Journal:
    """The results of trials, one JSON object a line, so that a stopped trial of many goes on."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        self.results = {int(entry["number"]): entry for entry in map(json.loads, lines)}

    def add(self, number: int, trials: Trials) -> None:
        """Keep what came of one trial, and begin the next with nothing."""
        entry = {"number": number, "ends": trials.ends, "broken": trials.broken, "slowest": round(trials.slowest, 1)}
        self.results[number] = entry
        if self.path:
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry) + "\n")
        trials.ends, trials.broken, trials.slowest = Counter(), [], 0.0

    def summary(self) -> str:
        """Return how many were tried, how their commands ended and how long the slowest took."""
        ends = sum((Counter(entry["ends"]) for entry in self.results.values()), Counter[str]())
        slowest = max((entry["slowest"] for entry in self.results.values()), default=0.0)
        return f"{len(self.results)} run folders: {dict(ends)}, the slowest command {slowest} s"


def main() -> None:
    """Try as many as are asked for and print what came of them."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from rendering.fake_run import fake_run  # noqa: PLC0415  lies beside the tests

    parser = argparse.ArgumentParser()
    parser.add_argument("n_trials", type=int, nargs="?", default=50)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("--quick", action="store_true", help="without documents")
    parser.add_argument("--journal", type=Path, help="keeps the results; those that it has are not tried again")
    asked = parser.parse_args()
    journal = Journal(asked.journal)
    with tempfile.TemporaryDirectory() as scratch:
        trials = Trials(Path(scratch).resolve(), fake_run(sizes=(7, 5)), has_documents=not asked.quick)
        for number in range(asked.first, asked.first + asked.n_trials):
            if number not in journal.results:
                trials.trial(number)
                for line in trials.broken:
                    click.echo(line)
                journal.add(number, trials)
            if number % 10 == 9:
                click.echo(journal.summary())
    click.echo(journal.summary())
    broken = [line for entry in journal.results.values() for line in entry["broken"]]
    for line in broken:
        click.echo(line)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
