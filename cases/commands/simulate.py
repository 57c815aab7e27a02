"""``forensics simulate``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.background import wait_for
from cases.dials import read_dials, written
from cases.terminal import say
from forensics.model import Dataset

__all__ = ["command"]

PRACTICES = (
    *("like_farm", "repost_farm", "slow_drip", "batch_farm", "comment_farm", "follow_farm", "rating_farm"),
    "content_farm",
)
"""As ``forensics.simulate.PRACTICES``, which is slow to import; a test holds them together."""


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
@click.option("--pages", is_flag=True, help="Make a campaign of pages instead: counts of posts, and advertisements.")
@click.option(
    "--background",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Plant into this data file instead of a simulated election. Repeat for more files.",
)
@click.option("--practice", type=click.Choice(PRACTICES), default="like_farm", help="What is planted into the files.")
@click.option("--accounts", default=20, show_default=True, type=click.IntRange(2, 10_000), help="How many workers.")
@click.option("--targets", default=20, show_default=True, type=click.IntRange(1, 10_000), help="Upon how many things.")
@click.option(
    "--window",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1, 2_592_000.0),
    help="Within how many seconds they all act upon a thing.",
)
def command(  # noqa: PLR0913  each is an option
    out: Path | None,
    *,
    seed: int,
    dials: Path | None,
    print_dials: bool,
    pages: bool,
    background: tuple[Path, ...],
    practice: str,
    accounts: int,
    targets: int,
    window: float,
) -> None:
    """Make a case of a simulated election, with the truth apart.

    The folder is a case that `forensics run` takes. What was planted stands in files that no detector reads; the
    report's annex sets it beside what was found.

    With --background, the election is real: made-up accounts are put among those of your files, to see whether work of
    such a size would have been found in them. Never publish what comes out: it looks like the real thing.

    \b
    Examples
      forensics simulate --out practice --seed 7
      forensics simulate --pages --out pages-data
      forensics simulate --background posts.csv --accounts 15 --targets 30 --out planted

    \b
    An election of your own: print the dials, turn them, simulate
      forensics simulate --print-dials > town.toml
      forensics simulate --dials town.toml --out town
    """
    from cases import simulated  # noqa: PLC0415  numba and igraph are slow to import
    from forensics.simulate import Plant, full_demo  # noqa: PLC0415
    from forensics.simulate.pages import page_campaign, small_campaign  # noqa: PLC0415

    if sum(map(bool, (pages, background, dials))) > 1:
        raise click.UsageError("--pages, --background and --dials each say what to make: give one of them.")
    election = read_dials(dials) if dials else full_demo()
    if print_dials:
        say(written(election).rstrip())
        return
    if out is None:
        raise click.UsageError("Say where to write the case: --out FOLDER.")
    if background:
        plant = Plant(practice, n_accounts=accounts, n_targets=targets, window_s=window)
        names = ", ".join(path.name for path in background)
        truth = wait_for(lambda: simulated.make_planted(_loaded(background), plant, names, seed, out)).truth
        told = f"the data of {names}"
    elif pages:
        campaign = simulated.make_pages(page_campaign(), seed, out)
        truth, told = campaign.truth, f"{campaign.posts.height:,} posts, {campaign.ads.height:,} advertisements"
    else:
        world = simulated.make(election, seed, out, None if dials else small_campaign())
        truth, told = world.truth, f"{world.dataset.actions.height:,} acts"
    planted = truth["account_id"].n_unique()
    say(f"{out}: {told}; {planted} accounts have a part in what was planted; case.toml names the files that tell.")
    say(f"Analyse it with: forensics run {out}")


def _loaded(files: tuple[Path, ...]) -> Dataset:
    from forensics.loaders import load, merge  # noqa: PLC0415
    from forensics.loaders.parts import ReadOptions  # noqa: PLC0415

    return merge([load(path, None, ReadOptions(f"s{number}")) for number, path in enumerate(files, start=1)])
