"""``forensics archive``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option(
    "--result",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the archiver wrote: CSV with a heading, or JSON Lines, with url, archive_url and archived_at.",
)
def command(run: Path, result: Path | None) -> None:
    """Read an archiver's copies of the addresses in a run's evidence.

    RUN is a run folder. RUN/evidence/addresses.txt lists the addresses of the posts and links that findings rest on,
    one a line: give it to an archiver, soon, since posts are deleted. With --result its copies are noted in
    RUN/evidence/archived.csv and beside each address in the evidence. Without, the place of the list is printed.

    \b
    Examples
      forensics archive my-case-run
      forensics archive my-case-run --result archived.csv

    Exit status: 0 done; 2 the archiver's file cannot be read; 3 the run folder was changed since it was made.

    See also: forensics report, which then links to the copies.
    """
    from cases.custody import archived_copies
    from cases.run_folder import run_folder, stored_run

    if result is None:
        n_listed = len(archived_copies.addresses(stored_run.read(run)))
        place = run / "evidence" / archived_copies.ADDRESSES
        listed = tr("{number:,} addresses: {path}", number=n_listed, path=place)
        say(listed if n_listed else tr("No address is known."))
        return
    n_copied, n_listed = run_folder.add_copies(run, result)
    sentence = "{copied:,} of {listed:,} addresses have an archived copy: {path}"
    if not n_copied:
        sentence = "None of the {listed:,} addresses has a copy in that file."
    say(tr(sentence, copied=n_copied, listed=n_listed, path=run / "evidence" / archived_copies.COPIES))
