"""``forensics report``."""

from __future__ import annotations

from pathlib import Path

import click

from cases import documents, runfolder
from cases.progress import shown
from cases.terminal import say

__all__ = ["command"]


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--lang", "language", help="Language of the documents, such as en or fr. Default: the case's.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(run: Path, language: str | None, *, is_quiet: bool) -> None:
    """Write the documents of a finished run again, without computing.

    RUN is a run folder. Nothing is measured again: the documents are made from its run.json and tables.

    \b
    Example
      forensics report my-case-run --lang fr
    """
    with shown(is_quiet=is_quiet) as progress:
        progress("Writing the report", 0, 0)
        runfolder.rewrite_documents(run, language)
    say(f"Report: {run / documents.HTML}\n        {run / documents.PDF}")
