"""``forensics new``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cases.conversation import interview
from cases.conversation.inspected_files import Look, look_into
from cases.conversation.interview import QUESTIONS, Answers
from cases.terminal.case_options import Number, maps, settings
from cases.terminal.command_language import language, rendered, tr
from cases.terminal.terminal_output import ask_yes, is_person, say, typed, warn
from forensics.errors import CaseFileError, ForensicsError, InputFileError
from forensics.messages import Message

if TYPE_CHECKING:
    from forensics.loaders.loader import ReadOptions


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--data",
    "named",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="A data file of the case, or a folder of them. Repeat for more, or name them after DIR.",
)
@click.option("--title", metavar="TEXT", default="", help="Which election it is. Default: the folder's name.")
@click.option("--claim", metavar="TEXT", default="", help="What is claimed in public, in a sentence.")
@click.option("--period", metavar="TEXT", default="", help="When it was. Default: the span of the data.")
@click.option(
    "--camp",
    "camps",
    metavar="NAME",
    multiple=True,
    help="The side that a file stands for: one for each --data, in order.",
)
@click.option("--home", metavar="COUNTRY", multiple=True, help="A country that votes, such as FR. Repeat for more.")
@click.option(
    "--electorate", metavar="PLACE=N", multiple=True, help="Voters of a place, as FR-IDF=7800000. Repeat for more."
)
@click.option(
    "--abroad", metavar="SHARE", type=Number(0.0, 1.0), help="Share of the voters who live abroad, such as 0.03."
)
@click.option(
    "--question", "questions", multiple=True, type=click.Choice(QUESTIONS), help="What to ask. Default: all four."
)
@maps
@settings
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
    named: tuple[Path, ...],
    title: str,
    claim: str,
    period: str,
    camps: tuple[str, ...],
    home: tuple[str, ...],
    electorate: tuple[str, ...],
    abroad: float | None,
    questions: tuple[str, ...],
    maps: tuple[str, ...],
    settings: tuple[str, ...],
    asks: bool | None,
    runs: bool | None,
    is_quiet: bool,
) -> None:
    """Make a case of your data, in a short conversation or by flags.

    At a terminal you are asked for what no flag says: the files, the election, the claim, the sides, who votes and
    what you want to know. The files are looked into and stay where they are. What comes out is DIR/case.toml, which
    says what was seen in the files and shows, in comments, everything that can be set; and, if you wish, a report.

    FILE is a data file, or a folder of them.

    \b
    Examples
      forensics new town-2024
      forensics new town-2024 posts.csv comments.csv --no-ask
      forensics new town-2024 --data posts.csv --home FR --run
      forensics new town-2024 posts.csv --map account=persona --set header_row=3

    Exit status: 0 done; 1 done, but a detector broke; 2 a file cannot be read, or there is a case already.

    See also: forensics inspect, to look at a file first; forensics run; forensics detectors, for what can be set.
    """
    from cases.case_file.case_file import FILE_NAME, read
    from cases.case_file.starter_case import span, starter, unfinished
    from cases.conversation.column_choice import given_options
    from forensics.loaders.generic_tables.column_proposals import UnmappedError

    target = folder / FILE_NAME
    if target.exists():
        raise CaseFileError(tr("There is a case in {folder} already. Give another folder, or edit {target}.",
                               folder=folder, target=target))  # fmt: skip
    asks = is_person() if asks is None else asks
    reading = partial(_inspected, given_options(maps, settings), asks=asks, is_quiet=is_quiet)
    places = (*files, *named)
    if not places and not asks:
        raise click.UsageError(tr("Say which files hold the data: --data FILE, once for each."))
    answers = _checked(
        Answers(title, claim, period, camps, home, electorate, abroad, questions or QUESTIONS, language())
    )
    try:
        inspected = reading(places) if places else interview.ask_files(lambda path: reading((path,)))
    except UnmappedError as error:
        if len(places) == 1 and places[0].is_file():
            _write(target, unfinished(folder, places[0], error))
            raise InputFileError(
                tr("{error} {target} is begun: name the column there.", error=rendered(error.message), target=target)
            ) from error
        raise
    if len(camps) not in (0, len(inspected)):
        raise click.UsageError(tr("Give --camp once for each --data, in the same order, or not at all."))
    if asks:
        answers = interview.ask_answers([look.path for look in inspected], answers, span(inspected))
    _write(target, starter(folder, inspected, answers))
    read(target)
    say(tr("{target} is ready. What was guessed of the columns is marked there: check it.", target=target))
    if runs is None:
        runs = asks and ask_yes(tr("Analyse it now?"))
    if runs:
        from cases.commands.run_command import command as run

        context.invoke(run, case=str(folder), is_quiet=is_quiet)
    else:
        say(tr("Then: forensics run {folder}", folder=typed(folder)))


def _write(target: Path, text: str) -> None:
    """Write a case file, whole or not at all.

    Raises:
        InputFileError: a name in it is no text.
    """
    from cases.atomic_files.staging import appearing

    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        sentence = "The name of a file is not UTF-8, so that no case file can hold it. Give the file another name."
        raise InputFileError(tr(sentence)) from error
    with appearing(target, "DIR") as fresh:
        fresh.write_bytes(content)


def _checked(answers: Answers) -> Answers:
    """Return what the flags say, the codes of countries as the case file wants them.

    Raises:
        ParameterError: a country or a figure of its voters is wrong.
    """
    if not answers.home and not answers.electorate:
        return answers
    from forensics.detectors.geography.electorate_regions import home_countries
    from forensics.places import given_figures

    given_figures(answers.electorate, "--electorate")
    return replace(answers, home=tuple(home_countries(answers.home)))


def _inspected(given: ReadOptions, places: tuple[Path, ...], *, asks: bool, is_quiet: bool) -> list[Look]:
    """Look into files and say what each is; what their reading leaves open is asked, or the likeliest taken."""
    from cases.conversation.column_choice import ask_choice, take_likeliest
    from cases.running.progress_bars import paused, shown

    with shown(is_quiet=is_quiet) as progress:

        def choose(path: Path, error: ForensicsError, options: ReadOptions) -> ReadOptions | None:
            with paused(progress):
                return (ask_choice if asks else take_likeliest)(path, error, options)

        inspected = look_into(places, progress, _left_out, given, choose)
    for path, seen in ((look.path, look.seen) for look in inspected):
        sentence = "{path}: {what}; rows {rows:,}, accounts {accounts:,}"
        say(
            tr(
                sentence,
                path=path,
                what=rendered(Message(seen.recognition.title)),
                rows=seen.rows_read,
                accounts=seen.n_accounts,
            )
        )
    return inspected


def _left_out(path: Path, error: ForensicsError) -> None:
    warn(tr("{path} is left out: {reason}", path=path, reason=error))
