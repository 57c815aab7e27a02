"""``forensics verify``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.background import wait_for
from cases.custody import seal
from cases.progress import shown
from cases.terminal import say
from forensics.errors import CheckFailedError

__all__ = ["command"]


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--data",
    "places",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file that was read, or a folder that holds them, to be hashed again too. Repeat for more.",
)
@click.option("--seal", "expected", help="The seal that was noted when the run was made.")
@click.option("--rerun", is_flag=True, help="Compute everything again and compare; needs --data.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(run: Path, places: tuple[Path, ...], expected: str | None, *, rerun: bool, is_quiet: bool) -> None:
    """Hash every output of a run, and its inputs, and hold them against the manifest.

    Exit status 3 when anything was changed, is missing or was added.

    \b
    Examples
      forensics verify my-case-run
      forensics verify my-case-run --data ~/Downloads --rerun
    """
    from cases import verification  # noqa: PLC0415  numba and igraph are slow to import

    if rerun and not places:
        raise click.UsageError("--rerun computes from the data: say where they lie with --data.")
    with shown(is_quiet=is_quiet) as progress:
        progress("Hashing the run folder", 0, 0)
        found = list(verification.outputs(run, expected))
        if places:
            progress("Hashing the data", 0, 0)
            found += verification.inputs(run, places)
        if rerun:
            found += wait_for(lambda: verification.recomputed(run, places, progress))
    if found:
        raise CheckFailedError("\n".join([f"{run} is not as it was made:", *(f"  {problem}" for problem in found)]))
    say(f"{run} is as it was made: {verification.counted(run)}.")
    say("The data were hashed again too." if places else "The data were not hashed; say where they lie with --data.")
    if rerun:
        say("Computed again, everything came out the same.")
    say(f"Seal: {seal(run)}")
