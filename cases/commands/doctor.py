"""``forensics doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from cases import shipped
from cases.background import wait_for
from cases.commands.asked import offered, places
from cases.progress import shown
from cases.terminal import say, say_table, warn
from forensics.errors import CheckFailedError

__all__ = ["command"]


@click.command()
@click.argument("case", required=False, shell_complete=offered)
@places
@click.option(
    "--acts",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=1_000, max=10_000_000),
    help="Without a case: how many acts are simulated and analysed.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(case: str | None, places: tuple[Path, ...], acts: int, *, is_quiet: bool) -> None:
    """Say what this machine can and cannot do, and what an analysis costs on it.

    With a case its files are read, its acts and their pairs are counted, and a trial on simulated acts says how long
    the run will take and how much memory. Without one, give the size of your data. Exit status 3 when an analysis
    cannot work here.

    \b
    Examples
      forensics doctor my-case
      forensics doctor --acts 500000
    """
    from cases.machine import checks  # noqa: PLC0415  numba and igraph are slow to import

    seen = list(checks())
    say_table([(f"{check.name} ({check.verdict})", check.text) for check in seen])
    if case is None:
        _say_trial(acts, is_quiet=is_quiet)
    else:
        _say_cost(case, places, is_quiet=is_quiet)
    problems = [check.name for check in seen if check.verdict == "problem"]
    if problems:
        raise CheckFailedError(f"Not ready: {', '.join(problems)}.")


def _say_trial(acts: int, *, is_quiet: bool) -> None:
    from cases.machine import trial  # noqa: PLC0415

    with shown(is_quiet=is_quiet) as progress:
        measured = wait_for(lambda: trial(acts, progress))
    memory = f", with {measured.peak_bytes / 2**30:.1f} GiB of memory at most" if measured.peak_bytes else ""
    say(f"{measured.n_acts:,} simulated acts took {measured.seconds:,.1f} s in all detectors{memory}.")


def _say_cost(case: str, places: tuple[Path, ...], *, is_quiet: bool) -> None:
    from cases import inputs, runner  # noqa: PLC0415
    from cases.cost import cost  # noqa: PLC0415

    case_file = shipped.find(case)
    found = inputs.locate(case_file, places)
    with shown(is_quiet=is_quiet) as progress:
        costs = wait_for(lambda: cost(runner.load_all(found, progress, warn), progress))
    memory = "" if costs.peak_bytes is None else f" and {costs.peak_bytes / 2**30:.1f} GiB of memory"
    minutes = "less than a minute" if costs.seconds < 60.0 else f"about {costs.seconds / 60.0:,.0f} minutes"
    say(
        f"{costs.n_acts:,} acts of {costs.n_accounts:,} accounts; {costs.n_pairs:,} pairs of acts on one thing lie "
        f"within ten minutes. All detectors will take {minutes}{memory}, worked out from {costs.measured.n_acts:,} "
        f"simulated acts, which took {costs.measured.seconds:,.1f} s."
    )
