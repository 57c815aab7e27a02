"""``forensics formats``."""

from __future__ import annotations

import click

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, say_json, say_table


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(*, as_json: bool) -> None:
    """List the export formats that can be read.

    A file's format is recognised by its content. A case file can name it too, with: loader = "NAME"

    \b
    Example
      forensics inspect posts.csv

    Exit status: 0 done.

    See also: forensics inspect, which says which of them a file is; CONTRIBUTING, for adding one.
    """
    from forensics.loaders import LOADERS

    if as_json:
        say_json([{"name": loader.name, "title": loader.title, "text": loader.text} for loader in LOADERS])
        return
    say_table([(loader.name, f"{loader.title}. {loader.text}") for loader in LOADERS])
    say(tr("Compressed files (.gz, .zst, .xz, .bz2, .zip) are read as they are."))
