"""Click's own words, and the help of the commands, in the user's language.

Click says what is its own ("Usage", "Missing argument") through a function ``_`` in each of its modules. They are
pointed to the command's catalogue, in which a sentence of Click's is a key like any other; one that the catalogue lacks
stays English.
"""

from __future__ import annotations

import copy
import inspect
import re
from types import ModuleType
from typing import TypeVar

import click
from click import core, decorators, exceptions, formatting, parser, types

from cases.terminal.command_language import catalogue, language, tr

C = TypeVar("C", bound=click.Command)

_MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, types)
_UNWRAPPED = "\b\n"
_METAVAR = re.compile(r"[A-Z]{2,}")


def teach_click() -> None:
    """Have Click's own words go through the catalogue from now on."""
    for module in _MODULES:
        vars(module).update(_=_word, ngettext=_plural)


def translated(command: C) -> C:
    """Return a command whose help and options speak the user's language."""
    vars(command).update(_help_option=None)  # Click keeps it, in the language of its first use
    if language() == "en":
        return command
    twin = copy.copy(command)
    twin.help = "\n\n".join(_paragraph(part) for part in paragraphs(command))
    twin.params = [_parameter(parameter) for parameter in command.params]
    return twin


def paragraphs(command: click.Command) -> list[str]:
    """Return the paragraphs of a command's help, each with its lines joined as Click joins them."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return [part if part.startswith(_UNWRAPPED) else " ".join(part.split()) for part in parts]


def in_words(metavar: str) -> str:
    """Return what stands for a value in a usage line, such as ``[FILE]...``, with its words translated."""
    return _METAVAR.sub(lambda found: _word(found[0]), metavar)


def _word(sentence: str) -> str:
    return catalogue(language()).get(sentence, sentence)


def _plural(one: str, many: str, number: int) -> str:
    return _word(one if number == 1 else many)


def _paragraph(part: str) -> str:
    """Translate a paragraph as a whole, an unwrapped one line by line: most of its lines are commands."""
    return "\n".join(map(_word, part.split("\n"))) if part.startswith(_UNWRAPPED) else _word(part)


def _parameter(parameter: click.Parameter) -> click.Parameter:
    twin = copy.copy(parameter)
    if isinstance(twin, click.Option) and twin.help:
        twin.help = tr(twin.help)
    if twin.metavar:
        twin.metavar = in_words(twin.metavar)
    return twin
