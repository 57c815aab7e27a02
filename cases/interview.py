"""The conversation of ``forensics new``: what an analyst is asked who gave no flags, one question after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cases.language import language, tr
from cases.terminal import say
from forensics.errors import ForensicsError

__all__ = ["QUESTIONS", "Answers", "ask_answers", "ask_files"]

QUESTIONS = ("who", "where", "how", "what")
"""The four questions of an analysis, as the detectors name them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the analyst says of a case.

    Attributes:
        title: what the election is called; empty for the folder's name.
        claim: the public claim that is examined.
        period: in words; empty for the span of the data.
        camps: the side that each file stands for, in the files' order; empty texts for none.
        home: codes of the countries that vote.
        electorate: figures such as ``FR-IDF=7800000``.
        diaspora_share: share of the electorate abroad, 0 to 1; None where it is not known.
        questions: which of ``QUESTIONS`` are asked.
        language: of the report.
    """

    title: str = ""
    claim: str = ""
    period: str = ""
    camps: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    electorate: tuple[str, ...] = ()
    diaspora_share: float | None = None
    questions: tuple[str, ...] = QUESTIONS
    language: str = "en"


def ask_files() -> tuple[Path, ...]:
    """Ask for the data files, one after the other, until an empty line."""
    say(tr("Which files hold the data? One at a time; an empty line ends the list."))
    files: list[Path] = []
    while True:
        typed = _ask(f"  {tr('File:')}")
        path = Path(typed).expanduser()
        if not typed and files:
            return tuple(files)
        if not typed or not path.is_file():
            say(tr("There is no file {path}. Type its path, or drag it into this window.", path=typed or "''"))
        elif path in files:
            say(tr("{path} is in the list already.", path=typed))
        else:
            files.append(path)


def ask_answers(files: Sequence[Path], given: Answers, period: str) -> Answers:
    """Ask for everything that the flags left open.

    Args:
        files: the data files.
        given: what the flags said; it is not asked again.
        period: the span of the data, offered as the period.
    """
    say(tr("Everything can be changed later in the case file; Enter takes what stands in brackets."))
    title = given.title or _ask(tr("Which election is it?"))
    claim = given.claim or _ask(tr("What is claimed in public, in a sentence?"))
    when = given.period or _ask(tr("When was it?"), period)
    camps = given.camps or tuple(_camps(files))
    home, figures, abroad = given.home, given.electorate, given.diaspora_share
    if not home:
        home = _checked(tr("Which countries vote? Codes such as FR or US, empty if places do not matter:"), _countries)
    if home and not figures:
        figures = _checked(tr("Voters by region or country, such as FR-IDF=7800000, empty if not known:"), _figures)
    if home and abroad is None:
        typed = _checked(tr("Share of the voters who live abroad, such as 0.03, empty if not known:"), _a_share)
        abroad = float(typed[0]) if typed else None
    questions = given.questions
    if questions == QUESTIONS:
        say(tr("Questions: who acted together, where they were, how they were worked, what it bought."))
        questions = _checked(tr("Which of them?"), _questions, " ".join(QUESTIONS))
    spoken = _checked(tr("Language of the report, en or fr:"), _language, language())[0]
    return Answers(title, claim, when, camps, home, figures, abroad, questions, spoken)


def _ask(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), prompt_suffix=" ", err=True)).strip()


def _checked(question: str, check: Callable[[str], tuple[str, ...]], default: str = "") -> tuple[str, ...]:
    """Ask until the answer passes its check; what is wrong is said each time."""
    while True:
        try:
            return check(_ask(question, default))
        except ForensicsError as error:
            say(str(error))


def _camps(files: Sequence[Path]) -> list[str]:
    say(tr("If each file holds one side's posts or advertisements, name the side; else leave it empty."))
    return [_ask(f"  {tr('Side that {file} stands for:', file=path.name)}") for path in files]


def _words(typed: str) -> tuple[str, ...]:
    return tuple(typed.replace(",", " ").split())


def _countries(typed: str) -> tuple[str, ...]:
    from forensics.core.geography import home_countries  # noqa: PLC0415  slow to import

    return tuple(home_countries(_words(typed)))


def _figures(typed: str) -> tuple[str, ...]:
    from forensics.places import given_figures  # noqa: PLC0415  slow to import

    words = _words(typed)
    if words:
        given_figures(words, tr("the voters"))
    return words


def _questions(typed: str) -> tuple[str, ...]:
    words = tuple(word.lower() for word in _words(typed))
    if not words or not set(words) <= set(QUESTIONS):
        raise ForensicsError(tr("Type one or more of: {words}.", words=" ".join(QUESTIONS)))
    return tuple(word for word in QUESTIONS if word in words)


def _language(typed: str) -> tuple[str, ...]:
    from reports.wording import LANGUAGES  # noqa: PLC0415  slow to import

    if typed not in LANGUAGES:
        raise ForensicsError(tr("Type one or more of: {words}.", words=" ".join(LANGUAGES)))
    return (typed,)


def _a_share(typed: str) -> tuple[str, ...]:
    if not typed:
        return ()
    try:
        fits = 0.0 <= float(typed.replace(",", ".")) <= 1.0
    except ValueError:
        fits = False
    if not fits:
        raise ForensicsError(tr("That is no share: type a number from 0 to 1."))
    return (typed.replace(",", "."),)
