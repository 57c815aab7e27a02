"""``forensics seal``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option("--tsa", "address", metavar="URL", required=True, help="The time stamping service to ask (RFC 3161).")
@click.option(
    "--tsa-root",
    "root",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Its root certificate, in PEM. Default: those that the system trusts.",
)
def command(run: Path, address: str, root: Path | None) -> None:
    """Have a time stamping service sign that a run was there, as it is, at this moment.

    RUN is a run folder. The service learns its seal alone, 64 letters of which nothing can be read. What it signs is
    kept in RUN/seals and checked by forensics verify, without the service. It needs an extra: pip install
    'campaign-forensics[seal]'

    \b
    Example
      forensics seal my-case-run --tsa https://tsa.example/tsr --tsa-root tsa.pem

    Exit status: 0 done; 2 there is no run folder, or no answer; 3 the run folder was changed since it was made, or the
    answer is no time stamp of it.

    See also: forensics verify.
    """
    from cases.custody import time_stamps

    found = time_stamps.stamp(run, address, root)
    at = f"{found.at:%Y-%m-%d %H:%M:%S}"
    say(tr("Stamped on {at} UTC by {service}: {folder}", at=at, service=found.service, folder=run / "seals"))
