"""Mutates the samples of every loader and watches that each input is loaded with its ledger, or refused in words.

Run ``python tests/loaders/fuzz_loaders.py 10000`` for ten thousand inputs; a second number is the seed. Each input that
breaks a loader is kept in the folder ``fuzz-failures`` beside the working directory.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
import traceback
from pathlib import Path

from forensics import schema
from forensics.errors import ForensicsError
from forensics.loaders import load

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


def fuzz(n_inputs: int, seed: int, folder: Path, failures: Path | None = None) -> dict[str, int]:
    """Watch mutated samples, half of them with their format left to be recognised; return how many had which end."""
    dice = random.Random(seed)  # noqa: S311  nothing here is a secret
    ends: dict[str, int] = {}
    for number in range(n_inputs):
        sample = dice.choice(SAMPLES)
        path = folder / f"{number}{sample.suffix}"
        path.write_bytes(mutate(sample.read_bytes(), dice))
        loader = sample.name.partition(".")[0] if dice.random() < 0.5 else None
        try:
            end = watch(path, loader)
        except Exception:
            if failures is None:
                raise
            failures.mkdir(exist_ok=True)
            (failures / f"{loader}-{path.name}").write_bytes(path.read_bytes())
            (failures / f"{loader}-{path.name}.txt").write_text(traceback.format_exc())
            end = "failed"
        ends[end] = ends.get(end, 0) + 1
        path.unlink()
    return ends


def main() -> int:
    """Run from the command line; return 1 where an input broke a loader."""
    n_inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        ends = fuzz(n_inputs, seed, Path(folder), Path("fuzz-failures"))
    print(", ".join(f"{end} {number:,}" for end, number in sorted(ends.items())))  # noqa: T201  a command's own output
    return int("failed" in ends)


if __name__ == "__main__":
    raise SystemExit(main())
