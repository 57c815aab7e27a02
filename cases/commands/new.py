"""``forensics new``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cases import interview
from cases.background import wait_for
from cases.casefile import FILE_NAME, read
from cases.interview import QUESTIONS, Answers
from cases.language import tr
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
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A data file of the case. Repeat for more.",
)
@click.option("--title", default="", help="Which election it is. Default: the folder's name.")
@click.option("--claim", default="", help="What is claimed in public, in a sentence.")
@click.option("--period", default="", help="When it was. Default: the span of the data.")
@click.option("--camp", "camps", multiple=True, help="The side that a file stands for: one for each --data, in order.")
@click.option("--home", multiple=True, help="A country that votes, such as FR. Repeat for more.")
@click.option("--electorate", multiple=True, help="Voters of a region or country: FR-IDF=7800000. Repeat for more.")
@click.option("--abroad", type=click.FloatRange(0.0, 1.0), help="Share of the voters who live abroad, such as 0.03.")
@click.option(
    "--question", "questions", multiple=True, type=click.Choice(QUESTIONS), help="What to ask. Default: all four."
)
@click.option(
    "--ask/--no-ask",
    "asks",
    default=None,
    help="Ask for what no flag says. Default: where a person is at the keyboard.",
)
@click.option("--run/--no-run", "runs", default=None, help="Analyse the case at once. Default: ask, else not.")
@click.option("--quiet", "is_quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def command(  # noqa: PLR0913  each is an option
    context: click.Context,
    folder: Path,
    *,
    files: tuple[Path, ...],
    title: str,
    claim: str,
    period: str,
    camps: tuple[str, ...],
    home: tuple[str, ...],
    electorate: tuple[str, ...],
    abroad: float | None,
    questions: tuple[str, ...],
    asks: bool | None,
    runs: bool | None,
    is_quiet: bool,
) -> None:
    """Make a case of your data, in a short conversation or by flags.

    At a terminal you are asked for what no flag says: the files, the election, the claim, the sides, who votes and
    what you want to know. The files are looked into and stay where they are. What comes out is DIR/case.toml, which
    says what was seen in the files and shows, in comments, everything that can be set; and, if you wish, a report.

    \b
    Examples
      forensics new town-2024
      forensics new town-2024 --data posts.csv --data comments.csv --no-ask
      forensics new town-2024 --data posts.csv --claim "Everybody likes the mayor." --home FR --run
    """
    from cases.starter import Look, span, starter  # noqa: PLC0415  numba and igraph are slow to import

    target = folder / FILE_NAME
    if target.exists():
        raise CaseFileError(tr("There is a case in {folder} already. Give another folder, or edit {target}.",
                               folder=folder, target=target))  # fmt: skip
    asks = sys.stdin.isatty() if asks is None else asks
    files = files or (interview.ask_files() if asks else ())
    if not files:
        raise click.UsageError(tr("Say which files hold the data: --data FILE, once for each."))
    if len(camps) not in (0, len(files)):
        raise click.UsageError(tr("Give --camp once for each --data, in the same order, or not at all."))
    with shown(is_quiet=is_quiet) as progress:
        options = ReadOptions(progress=progress)
        looks = wait_for(lambda: [Look(path, inspect(path, options=options)) for path in files])
    for path, seen in ((look.path, look.seen) for look in looks):
        what, rows, accounts = seen.recognition.title, seen.rows_read, seen.n_accounts
        say(
            tr(
                "{path}: {what}; rows {rows:,}, accounts {accounts:,}",
                path=path,
                what=what,
                rows=rows,
                accounts=accounts,
            )
        )
    answers = Answers(title, claim, period, camps, home, electorate, abroad, questions or QUESTIONS)
    if asks:
        answers = interview.ask_answers(files, answers, span(looks))
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(starter(folder, looks, answers), encoding="utf-8", newline="\n")
    read(target)
    say(tr("{target} is ready. What was guessed of the columns is marked there: check it.", target=target))
    if runs is None:
        runs = asks and click.confirm(tr("Analyse it now?"), default=True, err=True)
    if runs:
        from cases.commands.run import command as run  # noqa: PLC0415

        context.invoke(run, case=str(folder), is_quiet=is_quiet)
    else:
        say(tr("Then: forensics run {folder}", folder=folder))
