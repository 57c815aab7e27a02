"""``forensics verify``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option(
    "--data",
    "places",
    metavar="PATH",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file that was read, or a folder that holds them, to be hashed again too. Repeat for more.",
)
@click.option("--seal", "expected", metavar="SEAL", help="The seal that was noted when the run was made.")
@click.option(
    "--tsa-root",
    "root",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The root certificate, in PEM, of the service that stamped the run. Default: those that the system trusts.",
)
@click.option("--rerun", is_flag=True, help="Compute everything again and compare; needs --data.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(
    run: Path, places: tuple[Path, ...], expected: str | None, *, root: Path | None, rerun: bool, is_quiet: bool
) -> None:
    """Hash every output of a run, and its inputs, and hold them against the manifest.

    RUN is a run folder. Its seal stands for all of it: kept elsewhere, it shows any later change.

    \b
    Examples
      forensics verify my-case-run
      forensics verify my-case-run --data ~/Downloads --rerun

    Exit status: 0 all is as it was made; 2 there is no run folder; 3 something was changed, is missing or was added.

    See also: forensics compare, for what differs between two runs; forensics seal, for a time stamp.
    """
    from cases.custody import time_stamps, verification
    from cases.custody.custody_log import seal, seals, stamp_files
    from cases.running.interruptible_work import wait_for
    from cases.running.progress_bars import shown
    from forensics.errors import CheckFailedError

    if rerun and not places:
        raise click.UsageError(tr("--rerun computes from the data: say where they lie with --data."))
    with shown(is_quiet=is_quiet) as progress:
        progress("Hashing the run folder", 0, 0)
        found = list(verification.outputs(run, expected))
        stamps = list(time_stamps.stamps(run, root)) if time_stamps.can_check() else []
        found += [tr("The time stamp: {problem}.", problem=each.problem) for each in stamps if each.problem]
        if places:
            progress("Hashing the data", 0, 0)
            found += verification.inputs(run, places)
        if rerun:
            found += wait_for(lambda: verification.recomputed(run, places, progress))
    if found:
        raise CheckFailedError(
            "\n".join([tr("{run} is not as it was made:", run=run), *(f"  {problem}" for problem in found)])
        )
    say(tr("{run} is as it was made: {number} files.", run=run, number=verification.n_files(run)))
    hashed = tr("The data were hashed again too.")
    say(hashed if places else tr("The data were not hashed; say where they lie with --data."))
    if rerun:
        say(tr("Computed again, everything came out the same."))
    number = len(seals(run)) if stamps else 0
    for each in stamps:
        sentence = "Time stamp: {service} saw entry {entry} of {number} of the log on {at} UTC."
        at = f"{each.at:%Y-%m-%d %H:%M:%S}"
        say(tr(sentence, service=each.service, entry=each.entry, number=number, at=at))
    if len(stamps) < len(stamp_files(run)):
        say(tr("It has time stamps, which were not checked: pip install 'campaign-forensics[seal]'"))
    say(tr("Seal: {seal}", seal=seal(run)))
