"""What several commands ask for alike: a case, and where its files lie."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

__all__ = ["offered", "places"]


def offered(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return what the shell offers for CASE: the shipped cases, and files."""
    from cases import shipped

    names = [CompletionItem(case.name) for case in shipped.SHIPPED if case.name.startswith(typed)]
    return [CompletionItem(typed, type="file"), *names]  # bash forgets what stands before the files


places = click.option(
    "--data",
    "places",
    metavar="PATH",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file of the case, or a folder that holds its files. Repeat for more. Default: the case's own folder.",
)
