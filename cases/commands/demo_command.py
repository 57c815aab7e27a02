"""``forensics demo``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, warn

_SEED = 6
"""As the shipped case's README says."""


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    default="demo-run",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The run folder to write; the simulated case goes beside it.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def command(context: click.Context, out: Path, *, is_quiet: bool) -> None:
    """See it work: simulate an election with planted manipulation and report on it.

    What was planted is known, so the last lines say how much of it was found and how many were wrongly named. It takes
    about a minute.

    \b
    Example
      forensics demo --out first-look

    Exit status: 0 done; 1 done, but a detector broke.

    See also: forensics new, for data of your own; the README, "Fifteen minutes with the demo".
    """
    from cases.case_file import shipped_cases
    from cases.case_file.case_file import FILE_NAME, read
    from cases.case_file.simulated_cases import make
    from cases.comparing.run_scoring import score
    from cases.run_folder.run_summary import say_expected, say_summary, say_truth
    from cases.running import case_runner
    from cases.running.case_runner import analyse
    from cases.running.interruptible_work import wait_for
    from cases.running.progress_bars import shown
    from forensics.simulate import full_demo
    from forensics.simulate.pages import small_campaign

    folder = out.with_name(out.name.removesuffix("-run") + "-case")
    with shown(is_quiet=is_quiet) as progress:
        progress("Simulating an election", 0, 0)
        # The case as it is shipped takes the place of the simulation's own, which expects nothing.
        case_text = shipped_cases.shipped("demo").text
        world = wait_for(lambda: make(full_demo(), _SEED, folder, small_campaign(), case_text))
        case_file = read(folder / FILE_NAME)
        finished = analyse(case_file, (), out, progress, warn)
    say_summary(finished, out)
    say_truth(finished)
    say_expected(finished, case_file.expected)
    accounts = score(finished, world.truth.select("account_id", label="farm_id")).accounts
    wrong = accounts.false_discoveries
    say(tr("Accounts reported as acting together that were not planted: {wrong}.", wrong=wrong))
    context.exit(case_runner.exit_status(finished))
