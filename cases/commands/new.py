"""``forensics new``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.background import wait_for
from cases.casefile import FILE_NAME, read
from cases.progress import shown
from cases.terminal import say
from forensics.errors import CaseFileError
from forensics.loaders.inspection import inspect
from forensics.loaders.parts import ReadOptions

__all__ = ["command"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--data",
    "files",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A data file of the case. Repeat for more.",
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(folder: Path, files: tuple[Path, ...], *, is_quiet: bool) -> None:
    """Write a starter case file for your data.

    The files are looked into and stay where they are. The case file says what was seen in them and shows, in comments,
    everything that can be set.

    \b
    Example
      forensics new town-2024 --data posts.csv --data comments.csv
      forensics run town-2024
    """
    from cases.starter import Look, starter  # noqa: PLC0415  numba and igraph are slow to import

    target = folder / FILE_NAME
    if target.exists():
        raise CaseFileError(f"There is a case in {folder} already. Give another folder, or edit {target}.")
    with shown(is_quiet=is_quiet) as progress:
        options = ReadOptions(progress=progress)
        looks = wait_for(lambda: [Look(path, inspect(path, options=options)) for path in files])
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(starter(folder, looks), encoding="utf-8", newline="\n")
    read(target)
    say(f"{target} is ready. Open it and fill in the claim; what was guessed of the columns is marked there.")
    say(f"Then: forensics run {folder}")
