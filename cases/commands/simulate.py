"""``forensics simulate``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.simulated import make
from cases.terminal import say
from forensics.simulate import TRUTH_FILE, small_demo

__all__ = ["command"]


@click.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The case folder to write."
)
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed makes the same election."
)
def command(out: Path, *, seed: int) -> None:
    """Make a case of a simulated election, with the truth apart.

    The folder is a case that `forensics run` takes. Who was planted stands in a file that no analysis reads.

    \b
    Example
      forensics simulate --out practice --seed 7
      forensics run practice
      forensics score simulated-7-run --truth practice/truth.csv
    """
    world = make(small_demo(), seed, out)
    say(
        f"{out}: {world.dataset.actions.height:,} acts, {world.truth.height} planted accounts (see {out / TRUTH_FILE})."
    )
    say(f"Analyse it with: forensics run {out}")
