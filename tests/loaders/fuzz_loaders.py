"""Mutates the samples of every loader and watches that each input is loaded with its ledger, or refused in words.

Run ``python tests/loaders/fuzz_loaders.py 10000`` for ten thousand inputs; a second number is the seed. Each input that
breaks a loader, or on which it spends more than ``LIMIT_S`` of processor time, is kept in the folder ``fuzz-failures``
of the working directory. The inputs are loaded in a process of their own, which the system ends where it spends more.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import multiprocessing as mp
import random
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from forensics import schema
from forensics.errors import ForensicsError
from forensics.loaders import load

LIMIT_S = 30
"""Seconds of a processor after which an input counts as one that hangs; the slowest takes less than one."""

STILL_S = 600
"""Seconds without an end after which a process that waits, and so spends nothing, counts as one that hangs."""

_EVERY = 500
"""Inputs from one line of progress to the next."""

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
NASTY = [
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b"\\", b"\r", b"\n", b"\r\n", b",", b";", b"\t", b"{", b"}", b"[", b"]"),
    *(
        b"null",
        b"true",
        b"-1",
        b"1e999",
        b"NaN",
        b"99999999999999999999",
        b"0.0",
        b'""',
        b"{}",
        b"[]",
        b"\\ud83d",
        b"\\x0B",
    ),
    *(b"9999-99-99", b"1969-01-01", b"=cmd()", "\u202e".encode(), b"0" * 400, b"[" * 200, b'{"a":' * 50, b"\xe9"),
]


ODD: list[object] = [
    *(None, True, 0, -1, 1.5, 10**30, "", "0", " ", "\u202e", "null", "9999-99-99T00:00:00Z", "https://", "x" * 3000),
    *(
        [],
        {},
        [None],
        [[]],
        {"": ""},
        [{"a": [{"b": None}]}],
        {"id": {"id": {"id": 1}}},
        ["a", 1, {"b": 2}],
        {"$oid": "0"},
    ),
]
"""Values that stand where a format has others."""


def replaced(value: object, dice: random.Random) -> object:
    """Return nested values with one of them, anywhere within, replaced, taken away or doubled."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        rest = {name: inner for name, inner in value.items() if name != key}
        return rest if dice.random() < 0.1 else {**rest, key: replaced(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        return [*value[:at], replaced(value[at], dice), *value[at + dice.choice((0, 1, 1, 1)) :]]
    return dice.choice(ODD)


def mutate_values(data: bytes, dice: random.Random) -> bytes:
    """Return JSON or delimited text, whole as such, with some of its values replaced; anything else as it is."""
    try:
        text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")
    except UnicodeDecodeError:
        return data
    n_times = dice.randint(1, 4)
    try:
        values = [json.loads(text)]
    except ValueError:
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=dice.choice(",;\t")))
            for _ in range(n_times):
                row = dice.choice(rows or [[""]])
                if row:
                    row[dice.randrange(len(row))] = json.dumps(dice.choice(ODD))
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            return out.getvalue().encode("utf-8", "replace")
    for _ in range(n_times):
        at = dice.randrange(len(values))
        values[at] = replaced(values[at], dice)
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode("utf-8", "replace")


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Return the bytes with one to four things done to them."""
    for _ in range(dice.randint(1, 4)):
        at, end = sorted(dice.randint(0, len(data)) for _ in range(2))
        end = min(end, at + dice.choice((1, 4, 40, 400)))
        piece = data[at:end]
        kind = dice.randrange(8)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:end] + piece + data[end:]
        elif kind == 2:
            data = data[:at] + dice.choice(NASTY) + data[at:]
        elif kind == 3:
            data = data[:at] + dice.choice(NASTY) + data[end:]
        elif kind == 4:
            data = data[:at] + bytes(dice.randrange(256) for _ in piece) + data[end:]
        elif kind == 5:
            lines = data.splitlines(keepends=True)
            dice.shuffle(lines)
            data = b"".join(lines)
        elif kind == 6:
            data = data[: max(1, at)]
        else:
            data = data.replace(dice.choice(NASTY[3:15]), dice.choice(NASTY))
    if dice.random() < 0.05:
        data = gzip.compress(data, 1, mtime=0)
        return data if dice.random() < 0.5 else data[: dice.randint(1, len(data))]
    return data


def watch(path: Path, loader: str | None) -> str:
    """Load a file and return what came of it; raise where that breaks a promise."""
    try:
        dataset = load(path, loader)
    except ForensicsError as error:
        if not str(error):
            raise AssertionError("an error without a word") from error
        return "refused"
    (source,) = dataset.sources
    if source.rows_read != source.rows_kept + source.rejected.height:
        raise AssertionError("the ledger does not add up")
    for table in schema.TABLES:
        schema.conform(getattr(dataset, table.name), table)
    lost = set(source.rejected["row"].to_list())
    if lost & set(dataset.actions["source_row"].to_list()):
        raise AssertionError("a row is both kept and rejected")
    return "loaded"


def fuzz(n_inputs: int, seed: int, folder: Path, failures: Path | None = None, first: int = 0) -> Iterator[str]:
    """Watch mutated samples, half of them with their format left to be recognised; yield which end each had."""
    for number in range(first, n_inputs):
        dice = random.Random(f"{seed}/{number}")  # noqa: S311  nothing here is a secret
        sample = dice.choice(SAMPLES)
        path = folder / f"{number}{sample.suffix}"
        change = mutate_values if dice.random() < 0.4 else mutate
        path.write_bytes(change(sample.read_bytes(), dice))
        loader = sample.name.partition(".")[0] if dice.random() < 0.5 else None
        try:
            end = watch(path, loader)
        except Exception:
            if failures is None:
                raise
            _keep(path, failures, f"as {loader}\n{traceback.format_exc()}")
            end = "failed"
        path.unlink()
        yield end


def _keep(path: Path, failures: Path, trace: str) -> None:
    failures.mkdir(exist_ok=True)
    (failures / path.name).write_bytes(path.read_bytes())
    (failures / f"{path.name}.txt").write_text(trace)


def allow_seconds(seconds: float) -> None:
    """Let the system end this process when it has spent so much more processor time, of all its threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _work(received: Connection, n_inputs: int, seed: int, folder: Path, failures: Path, first: int) -> None:
    allow_seconds(LIMIT_S)
    for end in fuzz(n_inputs, seed, folder, failures, first):
        received.send(end)
        allow_seconds(LIMIT_S)


def fuzz_apart(n_inputs: int, seed: int, folder: Path, failures: Path) -> Counter[str]:
    """Do the same in a process of its own, begun anew behind an input that hangs or ends it."""
    ends: Counter[str] = Counter()
    spawn = mp.get_context("spawn")
    while (done := ends.total()) < n_inputs:
        received, tell = spawn.Pipe(duplex=False)
        worker = spawn.Process(target=_work, args=(tell, n_inputs, seed, folder, failures, done))
        worker.start()
        tell.close()
        try:
            while ends.total() < n_inputs and received.poll(STILL_S):
                ends[received.recv()] += 1
                if ends.total() % _EVERY == 0:
                    print(f"{ends.total():,} of {n_inputs:,}: {_listed(ends)}", file=sys.stderr, flush=True)  # noqa: T201
            end = "hung"
        except EOFError:
            worker.join()
            end = "hung" if worker.exitcode == -signal.SIGXCPU else "crashed"
        if ends.total() < n_inputs:
            for path in folder.glob(f"{ends.total()}.*"):
                _keep(path, failures, end)
            ends[end] += 1
        worker.kill()
        worker.join()
    return ends


def _listed(ends: Counter[str]) -> str:
    return ", ".join(f"{end} {number:,}" for end, number in sorted(ends.items()))


def main() -> int:
    """Run from the command line; return 1 where an input broke a loader."""
    n_inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        ends = fuzz_apart(n_inputs, seed, Path(folder), Path("fuzz-failures"))
    print(_listed(ends))  # noqa: T201  a command's own output
    return int(not set(ends) <= {"loaded", "refused"})


if __name__ == "__main__":
    raise SystemExit(main())
