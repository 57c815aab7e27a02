"""``forensics simulate``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.dials import read_dials, written
from cases.simulated import make
from cases.terminal import say
from forensics.simulate import TRUTH_FILE, small_demo

__all__ = ["command"]


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The case folder to write.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed makes the same election."
)
@click.option(
    "--dials",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that says what to simulate and what to plant; the demo's election without it.",
)
@click.option("--print-dials", is_flag=True, help="Print the demo's dials, each with its meaning, and end.")
def command(out: Path | None, seed: int, dials: Path | None, *, print_dials: bool) -> None:
    """Make a case of a simulated election, with the truth apart.

    The folder is a case that `forensics run` takes. Who was planted stands in a file that no analysis reads.

    \b
    Example
      forensics simulate --out practice --seed 7
      forensics run practice
      forensics score simulated-7-run --truth practice/truth.csv
    \b
    An election of your own: print the dials, turn them, simulate
      forensics simulate --print-dials > town.toml
      forensics simulate --dials town.toml --out town
    """
    election = read_dials(dials) if dials else small_demo()
    if print_dials:
        say(written(election).rstrip())
        return
    if out is None:
        raise click.UsageError("Say where to write the case: --out FOLDER.")
    world = make(election, seed, out)
    say(
        f"{out}: {world.dataset.actions.height:,} acts, {world.truth.height} planted accounts (see {out / TRUTH_FILE})."
    )
    say(f"Analyse it with: forensics run {out}")
