"""Reads a Parquet file to its end and returns 0 where that went well: run as a program, in a process of its own.

A damaged file makes polars panic, or ask for more memory than there is, which ends the process at once.
"""

from __future__ import annotations

import sys

import polars as pl

_ROWS = 250_000


def main(path: str) -> int:
    """Read a file; what is wrong goes to stdout, and the status is 1."""
    try:
        whole = pl.scan_parquet(path, glob=False)
        for start in range(0, int(whole.select(pl.len()).collect().item()), _ROWS):
            whole.slice(start, _ROWS).collect()
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001  whatever it is, the file is at fault
        print(str(error).partition("\n")[0] or type(error).__name__)  # noqa: T201  a program of its own
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
