"""Reads Parquet files to their end and returns 0 where that went well: run as a program, in a process of its own.

A damaged file makes polars panic, or ask for more memory than there is, which ends the process at once. The paths come
by stdin, each with a NUL behind it. The number of each file goes to stdout before it is read; then, why one cannot be.
"""

from __future__ import annotations

import os
import sys

import polars as pl

_ROWS = 250_000


def main(paths: list[str], most_cells: float) -> int:
    """Read files; what is wrong goes to stdout, and the status is 1.

    Args:
        paths: of the files.
        most_cells: a file that claims more is passed over, since its reader refuses it without reading on.
    """
    for number, path in enumerate(paths):
        print(number, flush=True)  # noqa: T201  a program of its own
        try:
            whole = pl.scan_parquet(path, glob=False)
            n_rows = int(whole.select(pl.len()).collect().item())
            if n_rows * len(whole.collect_schema()) <= most_cells:
                for _ in whole.collect_batches(chunk_size=_ROWS):
                    pass
        except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001  whatever it is, the file is at fault
            print(str(error).partition("\n")[0] or type(error).__name__)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main([os.fsdecode(path) for path in sys.stdin.buffer.read().split(b"\0")[:-1]], float(sys.argv[1])))
