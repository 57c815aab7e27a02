"""``forensics run``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.running.memory_budget import amount
from cases.terminal.case_options import offered, places
from cases.terminal.terminal_output import say_json, warn


@click.command()
@click.argument("case", metavar="CASE", shell_complete=offered)
@places
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The run folder to write; an earlier run there is replaced, if nothing in it was changed. Default: CASE-run "
    "in this folder.",
)
@click.option(
    "--memory",
    metavar="AMOUNT",
    type=amount,
    help="The most memory to use, such as 4GB; the run stops before it takes more.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what came out as JSON.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def command(
    context: click.Context,
    case: str,
    places: tuple[Path, ...],
    out: Path | None,
    memory: int | None,
    *,
    as_json: bool,
    is_quiet: bool,
) -> None:
    """Analyse a case and write its report.

    CASE is the name of a shipped case (see: forensics cases), a folder with a case.toml, or a case file.

    The run folder then holds report.html and report.pdf, the evidence as CSV files, and run.json with everything
    the report says.

    \b
    Examples
      forensics run my-case
      forensics run my-case/case.toml --out results/first
      forensics run germany-2021 --data ~/Downloads

    Exit status: 0 done; 1 done, but a detector broke, and the report says which; 2 the case or its data cannot be
    read.

    See also: forensics new, to make a case; forensics doctor, for what a run costs; forensics verify; the README,
    "How to read a report".
    """
    from cases.case_file import shipped_cases
    from cases.run_folder.run_summary import say_expected, say_summary, summary
    from cases.running import case_runner
    from cases.running.case_runner import analyse
    from cases.running.progress_bars import shown

    case_file = shipped_cases.find(case)
    # As it was typed: what a case file calls itself inside is not what a user looks for.
    name = Path(case).resolve().name if Path(case).is_dir() else case_file.case.name
    target = out or Path(f"{name}-run")
    with shown(is_quiet=is_quiet) as progress:
        finished = analyse(case_file, places, target, progress, warn, memory)
    if as_json:
        say_json(summary(finished, target, case_file.expected))
    else:
        say_summary(finished, target)
        say_expected(finished, case_file.expected)
    context.exit(case_runner.exit_status(finished))
