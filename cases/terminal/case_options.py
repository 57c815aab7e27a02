"""What several commands ask for alike: a case, and where its files lie."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

__all__ = ["maps", "offered", "places", "settings"]


def offered(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return what the shell offers for CASE: the shipped cases, and files."""
    from cases.case_file import shipped_cases  # noqa: PLC0415  slow to import

    names = [CompletionItem(case.name) for case in shipped_cases.SHIPPED if case.name.startswith(typed)]
    return [CompletionItem(typed, type="file"), *names]  # bash forgets what stands before the files


places = click.option(
    "--data",
    "places",
    metavar="PATH",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file of the case, or a folder that holds its files. Repeat for more. Default: the case's own folder.",
)

maps = click.option(
    "--map",
    "maps",
    metavar="KEY=COLUMN",
    multiple=True,
    help="Which column is which in a table, such as account=author or url=Link. Repeat for more.",
)
settings = click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    help="How a file is read, such as header_row=7, member=Sheet2 or time_zone=Europe/Paris. Repeat for more.",
)
