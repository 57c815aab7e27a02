"""``forensics export``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import rendered
from cases.terminal.terminal_output import say
from forensics.messages import Message

FORMATS = ("csv", "xlsx", "gexf", "graphml", "sqlite", "stix", "ro-crate")
"""As ``reports.exports.EXPORTS``, which is slow to import; a test holds them together."""


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option("--to", "name", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file to write, or for csv and ro-crate the folder; never one that is there already. A name without an "
    "ending gets the format's. Default: RUN with it, in this folder.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(run: Path, name: str, out: Path | None, *, is_quiet: bool) -> None:
    """Write a finished run for a spreadsheet, a network program or a database.

    RUN is a run folder, and stays as it is. An export names accounts, as the run does: it is not for the public.

    \b
    Formats
      csv       a folder with one table a file, for any spreadsheet
      xlsx      an Excel workbook with one table a sheet; ids keep all digits
      gexf      the network of the groups, for Gephi
      graphml   the network of the groups, for Gephi, Cytoscape and networkx
      sqlite    a database of all tables, for Datasette and any SQL
      stix      the findings in STIX 2.1 with DISARM ids, for OpenCTI and MISP
      ro-crate  documents, tables and network, for research repositories

    \b
    Examples
      forensics export my-case-run --to xlsx
      forensics export my-case-run --to csv --out tables-for-the-desk

    Exit status: 0 done; 2 there is no run folder, or --out is there already; 3 the run folder was changed since it
    was made.

    See also: forensics report, for a version without names.
    """
    from cases.run_folder import run_folder
    from cases.running.progress_bars import shown
    from reports.exports import EXPORTS

    kind = EXPORTS.get(name)
    target = out or Path(run.resolve().name + (kind.ending or f"-{kind.name}"))
    if out and out.name not in {"", ".."} and not out.suffix:
        target = out.with_name(out.name + kind.ending)  # without it, no program knows what the file is
    with shown(is_quiet=is_quiet) as progress:
        progress("Writing the export", 0, 0)
        run_folder.export(run, kind, target)
    say(f"{rendered(Message(kind.title))}: {target}")
