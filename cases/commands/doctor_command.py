"""``forensics doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import offered, places
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, say_table, warn


@click.command()
@click.argument("case", metavar="[CASE]", required=False, shell_complete=offered)
@places
@click.option(
    "--acts",
    metavar="N",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=1_000, max=10_000_000),
    help="Without a case: how many acts are simulated and analysed.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(case: str | None, places: tuple[Path, ...], acts: int, *, is_quiet: bool) -> None:
    """Say what this machine can and cannot do, and what an analysis costs on it.

    With a case its files are read, its acts and their pairs are counted, and a trial on a part of them says how long
    the run will take and how much memory. Without one, give the size of your data.

    \b
    Examples
      forensics doctor my-case
      forensics doctor --acts 500000

    Exit status: 0 done; 2 the case or its data cannot be read; 3 an analysis cannot work here.

    See also: forensics run, whose --memory sets a limit; forensics coactions, for acts beyond any memory.
    """
    from cases.running.machine_measurement import checks
    from forensics.errors import CheckFailedError

    seen = list(checks())
    say_table([(f"{check.name} ({tr(check.verdict)})", check.text) for check in seen])
    if case is None:
        _say_trial(acts, is_quiet=is_quiet)
    else:
        _say_cost(case, places, is_quiet=is_quiet)
    problems = [check.name for check in seen if check.verdict == "problem"]
    if problems:
        raise CheckFailedError(tr("Not ready: {names}.", names=", ".join(problems)))


def _say_trial(acts: int, *, is_quiet: bool) -> None:
    from cases.running.interruptible_work import wait_for
    from cases.running.machine_measurement import trial
    from cases.running.progress_bars import shown

    with shown(is_quiet=is_quiet) as progress:
        measured = wait_for(lambda: trial(acts, progress))
    say(
        tr(
            "{acts:,} simulated acts took {seconds:,.1f} s in all detectors.",
            acts=measured.n_acts,
            seconds=measured.seconds,
        )
    )
    if measured.peak_bytes:
        say(tr("The most memory that they held: {memory:.1f} GiB.", memory=measured.peak_bytes / 2**30))


def _say_cost(case: str, places: tuple[Path, ...], *, is_quiet: bool) -> None:
    from cases.case_file import case_inputs, shipped_cases
    from cases.running import case_runner
    from cases.running.interruptible_work import wait_for
    from cases.running.progress_bars import shown
    from cases.running.run_cost import cost

    case_file = shipped_cases.find(case)
    found = case_inputs.locate(case_file, places)
    steps = case_runner.plan(case_file).steps
    with shown(is_quiet=is_quiet) as progress:
        costs = wait_for(lambda: cost(case_runner.load_all(found, progress, warn), steps, progress))
    sentence = "{acts:,} acts of {accounts:,} accounts; {pairs:,} pairs of acts on one object lie within ten minutes."
    say(tr(sentence, acts=costs.n_acts, accounts=costs.n_accounts, pairs=costs.n_pairs))
    minutes = costs.seconds / 60.0
    if minutes < 1.0:
        say(tr("All detectors will take less than a minute."))
    else:
        say(tr("All detectors will take about {minutes:,.0f} minutes.", minutes=minutes))
    if costs.peak_bytes is not None:
        say(tr("They will hold about {memory:.1f} GiB of memory.", memory=costs.peak_bytes / 2**30))
    sentence = "This is worked out from {acts:,} of these acts, which took {seconds:,.1f} s."
    say(tr(sentence, acts=costs.n_measured, seconds=costs.measured_seconds))
