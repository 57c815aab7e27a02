"""``forensics archive``."""

from __future__ import annotations

from pathlib import Path

import click

from cases import archives, runfolder
from cases.terminal import say

__all__ = ["command"]


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--result",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the archiver wrote: CSV with a heading, or JSON Lines, with url, archive_url and archived_at.",
)
def command(run: Path, result: Path | None) -> None:
    """Read an archiver's copies of the addresses in a run's evidence.

    RUN/evidence/addresses.txt lists the addresses of the posts and links that findings rest on, one a line: give it to
    an archiver, soon, since posts are deleted. With --result its copies are noted in RUN/evidence/archived.csv and
    beside each address in the evidence; `forensics report RUN` then links to them. Without, it is said where the list
    is.

    \b
    Examples
      forensics archive my-case-run
      forensics archive my-case-run --result archived.csv
    """
    if result is None:
        n_listed = len(archives.addresses(runfolder.read(run)))
        say(f"{n_listed:,} addresses: {run / 'evidence' / archives.ADDRESSES}" if n_listed else "No address is known.")
        return
    n_copied, n_listed = runfolder.add_copies(run, result)
    say(f"{n_copied:,} of {n_listed:,} addresses have an archived copy: {run / 'evidence' / archives.COPIES}")
