"""``forensics cases``."""

from __future__ import annotations

import click

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, say_json, say_table


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(*, as_json: bool) -> None:
    """List the cases that are shipped.

    A case says which files it needs and how to read and question them; the files themselves are not shipped.

    \b
    Example
      forensics run germany-2021 --data ~/Downloads

    Exit status: 0 done.

    See also: forensics run; the README of each case, whose place the list gives.
    """
    from cases.case_file.case_file import FILE_NAME, read
    from cases.case_file.shipped_cases import SHIPPED

    cases = [(case, read(case.folder / FILE_NAME)) for case in SHIPPED]
    if as_json:
        say_json(
            [
                {
                    "name": case.name,
                    "title": content.case.title,
                    "text": case.text,
                    "folder": str(case.folder),
                    "data": [{"path": file.path, "sha256": file.sha256, "where": file.where} for file in content.data],
                }
                for case, content in cases
            ]
        )
        return
    for case, content in cases:
        say(case.name)
        needs = [(tr("needs"), f"{file.path}. {file.where}") for file in content.data]
        say_table([(tr("shows"), tr(case.text)), *needs, (tr("more"), str(case.folder / "README.md"))])
        say()
