"""``forensics doctor``."""

from __future__ import annotations

import click

from cases.background import wait_for
from cases.progress import shown
from cases.terminal import say, say_table
from forensics.errors import CheckFailedError

__all__ = ["command"]


@click.command()
@click.option(
    "--acts",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=1_000, max=10_000_000),
    help="Size of the trial: how many acts are simulated and analysed.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(acts: int, *, is_quiet: bool) -> None:
    """Say what this machine can and cannot do, and what an analysis costs on it.

    Give the size of your data to learn the cost before you run them. Exit status 3 when an analysis cannot work here.

    \b
    Example
      forensics doctor --acts 500000
    """
    from cases.machine import checks, trial  # noqa: PLC0415  numba and igraph are slow to import

    seen = list(checks())
    say_table([(f"{check.name} ({check.verdict})", check.text) for check in seen])
    with shown(is_quiet=is_quiet) as progress:
        measured = wait_for(lambda: trial(acts, progress))
    memory = f", with {measured.peak_bytes / 2**30:.1f} GiB of memory at most" if measured.peak_bytes else ""
    say(f"{measured.n_acts:,} simulated acts took {measured.seconds:,.1f} s in all detectors{memory}.")
    problems = [check.name for check in seen if check.verdict == "problem"]
    if problems:
        raise CheckFailedError(f"Not ready: {', '.join(problems)}.")
