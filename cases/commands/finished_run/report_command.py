"""``forensics report``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option(
    "--lang", "language", metavar="LANGUAGE", help="Language of the documents, such as en or fr. Default: the case's."
)
@click.option(
    "--public",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a version for the public into this new folder instead, with accounts under pseudonyms.",
)
@click.option(
    "--key",
    "key_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --public: the key of the pseudonyms, from whomever you have it. Default: RUN.key, if it was made here.",
)
@click.option(
    "--brief",
    "is_brief",
    is_flag=True,
    help="Write the brief of two pages instead, into the folder for the public or into a new one, RUN-brief.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(
    run: Path, language: str | None, public: Path | None, *, key_file: Path | None, is_brief: bool, is_quiet: bool
) -> None:
    """Write the documents of a finished run again, without computing.

    RUN is a run folder. Nothing is measured again: the documents are made from its run.json and tables.

    The public version's pseudonyms come from a key, kept in RUN.key beside the run folder and made by the first use.
    Keep it secret: with it, whoever knows an account's id can find its pseudonym. One that came with a folder from
    somebody else is not used unless --key names it.

    \b
    Examples
      forensics report my-case-run --lang fr
      forensics report my-case-run --public for-the-website
      forensics report my-case-run --brief

    Exit status: 0 done; 2 there is no run folder, no such language, or the new folder is there already; 3
    the run folder was changed since it was made.

    See also: forensics archive, to link to archived copies; the README, "How to read a report".
    """
    import reports
    from cases.run_folder import run_folder
    from cases.running.progress_bars import shown

    if key_file and not public:
        raise click.UsageError(tr("--key is for the public version: give --public DIR too."))
    folder = public or (run.with_name(f"{run.name}-brief") if is_brief else run)
    with shown(is_quiet=is_quiet) as progress:
        progress("Writing the report", 0, 0)
        if public:
            run_folder.write_public(run, public, language, key_file=key_file, is_brief=is_brief)
        elif is_brief:
            run_folder.write_brief(run, folder, language)
        else:
            run_folder.rewrite_documents(run, language)
    names = (reports.BRIEF_HTML, reports.BRIEF_PDF) if is_brief else (reports.HTML, reports.PDF)
    for name in names:
        say(tr("Report: {path}", path=folder / name))
