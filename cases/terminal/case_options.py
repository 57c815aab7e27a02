"""What several commands ask for alike: a case, and where its files lie."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import warn


class RunFolder(click.Path):
    """The folder of a finished run; one that a killed command had moved aside gets its name again."""

    def __init__(self) -> None:
        super().__init__(exists=True, file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the folder's path."""
        from cases.atomic_files.staging import bring_back  # noqa: PLC0415  slow to import

        if not Path(value).exists() and bring_back(Path(value)):
            sentence = "A command that was killed had moved {run} aside. It has its name again."
            warn(tr(sentence, run=value))
        return super().convert(value, param, ctx)


class Number(click.FloatRange):
    """A number in a range; ``nan`` is in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the number."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(tr("'{value}' is no number.", value=value), param, ctx)
        return number


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
