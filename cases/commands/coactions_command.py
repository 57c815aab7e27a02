"""``forensics coactions``."""

from __future__ import annotations

from pathlib import Path

import click

from cases.running.memory_budget import amount
from cases.terminal.case_options import Number
from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say


@click.command()
@click.argument("places", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write."
)
@click.option(
    "--window",
    metavar="SECONDS",
    default=60.0,
    show_default=True,
    type=Number(min=0.0),
    help="Seconds within which two acts are together.",
)
@click.option(
    "--at-least",
    metavar="N",
    default=4,
    show_default=True,
    type=click.IntRange(min=1),
    help="Objects a pair must share.",
)
@click.option("--layer", metavar="LAYER", help="Which acts count, such as repost:post. Default: every row is one.")
@click.option(
    "--precision", default="s", show_default=True, type=click.Choice(["ms", "s", "min", "day"]), help="Of the times."
)
@click.option(
    "--engine", "name", metavar="NAME", default="local", show_default=True, help="local, or spark for a cluster."
)
@click.option(
    "--memory", metavar="AMOUNT", default="4GB", show_default=True, type=amount, help="The most memory to use."
)
@click.option(
    "--alpha", metavar="SHARE", default=0.05, show_default=True, type=Number(0.0, 0.5), help="Share of false pairs."
)
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
def command(  # noqa: PLR0913, PLR0917  one for each option
    places: tuple[Path, ...],
    out: Path,
    window: float,
    at_least: int,
    layer: str | None,
    precision: str,
    name: str,
    memory: int,
    alpha: float,
    *,
    is_quiet: bool,
) -> None:
    """Count who acted on the same objects within a time, in data larger than memory.

    The pairs that remain are weighed against chance and grouped.

    FILE is a Parquet file, or a folder of them, with the columns account_id, object_id and acted_at; post_id, action,
    object_kind, time_precision and is_context are used where they are there.

    The folder then holds pairs.parquet (each pair with its p-value and q-value), groups.csv (the accounts that
    significant pairs join) and coactions.json (what was asked of which files).

    \b
    Examples
      forensics coactions acts/ --out pairs --memory 4GB
      forensics coactions acts/ --out pairs --engine spark --layer like:post

    Exit status: 0 done; 2 the files cannot be read, or more memory is needed.

    See also: forensics run, for data that fit into memory; the README, "A short walk with your own data".
    """
    from cases.running.engine_counting import Order, count
    from cases.running.progress_bars import shown
    from forensics.coaction.engines.engine import Question

    question = Question(window, at_least, layer, precision)
    with shown(is_quiet=is_quiet) as progress:
        found = count(Order(places, question, name, memory, alpha), out, progress)
    n_significant = found.pairs.filter(found.pairs["q_value"] <= alpha).height
    sentence = "{pairs:,} pairs share {least} objects or more within {window:g} s."
    say(tr(sentence, pairs=found.pairs.height, least=at_least, window=window))
    sentence = (
        "{significant:,} of them are closer in time than chance explains (q at most {alpha:g}, {tests:,} pairs "
        "corrected for)."
    )
    say(tr(sentence, significant=n_significant, alpha=alpha, tests=found.n_testable))
    n_groups = found.groups["group"].n_unique()
    say(tr("They join {accounts:,} accounts in {groups:,} groups.", accounts=found.groups.height, groups=n_groups))
    if found.n_crowded:
        say(tr("{number:,} objects drew crowds; they were counted, but not weighed.", number=found.n_crowded))
    say(tr("Results: {path}", path=out))
