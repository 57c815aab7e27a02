"""``forensics simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cases.terminal.case_options import Number
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, typed

if TYPE_CHECKING:
    from forensics.dataset import Dataset

PRACTICES = (
    *("like_farm", "repost_farm", "slow_drip", "batch_farm", "comment_farm", "follow_farm", "rating_farm"),
    "content_farm",
)
"""As ``forensics.simulate.PRACTICES``, which is slow to import; a test holds them together."""


@click.command()
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="The case folder to write."
)
@click.option(
    "--seed",
    metavar="N",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="The same seed makes the same election.",
)
@click.option(
    "--dials",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that says what to simulate and what to plant; the demo's election without it.",
)
@click.option("--print-dials", is_flag=True, help="Print the demo's dials, each with its meaning, and end.")
@click.option("--pages", is_flag=True, help="Make a campaign of pages instead: counts of posts, and advertisements.")
@click.option(
    "--background",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Plant into this data file instead of a simulated election. Repeat for more files.",
)
@click.option(
    "--practice",
    metavar="PRACTICE",
    type=click.Choice(PRACTICES),
    default="like_farm",
    show_default=True,
    help=f"What is planted into the files: {', '.join(PRACTICES)}.",
)
@click.option(
    "--accounts", metavar="N", default=20, show_default=True, type=click.IntRange(2, 10_000), help="How many workers."
)
@click.option(
    "--targets",
    metavar="N",
    default=20,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="Upon how many objects.",
)
@click.option(
    "--window",
    metavar="SECONDS",
    default=60.0,
    show_default=True,
    type=Number(0.1, 2_592_000.0),
    help="Within how many seconds they all act upon an object.",
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

    The folder is a case that forensics run takes. What was planted stands in files that no detector reads; the
    report's annex sets it beside what was found.

    With --background, the election is real: made-up accounts are put among those of your files, to see whether work of
    such a size would have been found in them. Never publish what comes out: it looks real.

    \b
    Examples
      forensics simulate --out practice --seed 7
      forensics simulate --pages --out pages-data
      forensics simulate --background posts.csv --accounts 15 --out planted

    \b
    An election of your own: print the dials, turn them, simulate
      forensics simulate --print-dials > town.toml
      forensics simulate --dials town.toml --out town

    Exit status: 0 done; 2 a file or a dial is wrong, or --out holds something else.

    See also: forensics run; forensics score; the README, "How often it is wrong".
    """
    from cases.case_file import simulated_cases
    from cases.case_file.election_dials import read_dials, written
    from cases.running.interruptible_work import wait_for
    from forensics.simulate import Plant, full_demo
    from forensics.simulate.pages import page_campaign, small_campaign

    if sum(map(bool, (pages, background, dials))) > 1:
        raise click.UsageError(tr("--pages, --background and --dials each say what to make: give one of them."))
    election = read_dials(dials) if dials else full_demo()
    if print_dials:
        say(written(election).rstrip())
        return
    if out is None:
        raise click.UsageError(tr("Say where to write the case: --out FOLDER."))
    if background:
        plant = Plant(practice, n_accounts=accounts, n_targets=targets, window_s=window)
        names = ", ".join(path.name for path in background)
        truth = wait_for(lambda: simulated_cases.make_planted(_loaded(background), plant, names, seed, out)).truth
        amount = tr("the data of {names}", names=names)
    elif pages:
        campaign = simulated_cases.make_pages(page_campaign(), seed, out)
        truth = campaign.truth
        amount = tr("{posts:,} posts, {ads:,} advertisements", posts=campaign.posts.height, ads=campaign.ads.height)
    else:
        world = simulated_cases.make(election, seed, out, None if dials else small_campaign())
        truth, amount = world.truth, tr("{number:,} acts", number=world.dataset.actions.height)
    planted = truth["account_id"].n_unique()
    sentence = (
        "{out}: {amount}; {planted:,} accounts have a part in what was planted; case.toml names the files that tell."
    )
    say(tr(sentence, out=out, amount=amount, planted=planted))
    say(tr("Then: forensics run {folder}", folder=typed(out)))


def _loaded(files: tuple[Path, ...]) -> Dataset:
    from forensics.loaders import load, merge
    from forensics.loaders.loader import ReadOptions

    return merge([load(path, None, ReadOptions(f"s{number}")) for number, path in enumerate(files, start=1)])
