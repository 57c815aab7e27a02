"""The conversation of ``forensics new``: what an analyst is asked who gave no flags, one question after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cases.conversation.inspected_files import Look, meant
from cases.terminal.command_language import language, rendered, tr
from cases.terminal.terminal_output import ask, say
from forensics.errors import ForensicsError

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


def ask_files(look: Callable[[Path], Sequence[Look]]) -> list[Look]:
    """Ask for the data files, one after the other, until an empty line.

    Args:
        look: looks into a file, or into those of a folder; what it raises is printed, and the file is left out.
    """
    say(tr("Which files hold the data? One at a time, or a folder; an empty line ends the list."))
    inspected: list[Look] = []
    while True:
        typed = ask(f"  {tr('File:')}")
        if not typed and inspected:
            return inspected
        if not typed:
            say(tr("Type the path of a file, or drag it into this window."))
        for path in meant(typed) if typed else ():
            known = {each.path for each in inspected}
            if path in known:
                say(tr("{path} is in the list already.", path=path))
                continue
            try:
                inspected += [found for found in look(path) if found.path not in known]
            except ForensicsError as error:
                say(rendered(error.message))


def ask_answers(files: Sequence[Path], given: Answers, period: str) -> Answers:
    """Ask for everything that the flags left open.

    Args:
        given: what the flags give; it is not asked again.
        period: the span of the data, offered as the period.
    """
    say(tr("Everything can be changed later in the case file; Enter takes what stands in brackets."))
    title = given.title or ask(tr("Which election is it?"))
    claim = given.claim or ask(tr("What is claimed in public, in a sentence?"))
    when = given.period or ask(tr("When was it?"), period)
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
    report_language = _checked(tr("Language of the report, en or fr:"), _language, language())[0]
    return Answers(title, claim, when, camps, home, figures, abroad, questions, report_language)


def _checked(question: str, check: Callable[[str], tuple[str, ...]], default: str = "") -> tuple[str, ...]:
    """Ask until the answer passes its check; each time, what is wrong is printed."""
    while True:
        try:
            return check(ask(question, default))
        except ForensicsError as error:
            say(rendered(error.message))


def _camps(files: Sequence[Path]) -> list[str]:
    say(tr("If each file holds one side's posts or advertisements, name the side; else leave it empty."))
    return [ask(f"  {tr('Side that {file} stands for:', file=path.name)}") for path in files]


def _words(typed: str) -> tuple[str, ...]:
    return tuple(typed.replace(",", " ").split())


def _countries(typed: str) -> tuple[str, ...]:
    from forensics.detectors.geography.electorate_regions import home_countries  # noqa: PLC0415  slow to import
    from forensics.places import resolve  # noqa: PLC0415

    try:
        return tuple(home_countries(_words(typed)))
    except ForensicsError:
        places = {name.strip(): resolve(name) for name in typed.split(",")}
    for name, place in places.items():
        if place.kind != "country":
            sentence = "'{name}' is no country. Type codes such as FR, or names, with commas between them."
            raise ForensicsError(tr(sentence, name=name))
    return tuple(sorted({place.country for place in places.values()}))


def _figures(typed: str) -> tuple[str, ...]:
    from forensics.places import given_figures  # noqa: PLC0415  slow to import

    words = _words(typed)
    try:
        given_figures(words, "")
    except ForensicsError as error:
        sentence = "That does not say how many vote where. Type it such as FR-IDF=7800000 FR-HDF=4300000."
        raise ForensicsError(tr(sentence)) from error
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
        number = float(typed.replace(",", ".").removesuffix("%"))
    except ValueError:
        number = -1.0
    share = number / 100 if typed.endswith("%") else number
    if not 0.0 <= share <= 1.0:
        raise ForensicsError(tr("That is no share: type a number from 0 to 1, or per cent such as 3 %."))
    return (f"{share:g}",)
