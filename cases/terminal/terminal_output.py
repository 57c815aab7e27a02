"""What is written to the terminal: plain sentences, tables and JSON, in which text from data can do no harm."""

from __future__ import annotations

import codecs
import io
import json
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from cases.terminal.command_language import tr

_WIDEST = 100
_KEPT = "\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""What Python does not call printable but a terminal shows as it is meant."""


_NEAREST = {
    **dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}", "'"),
    **dict.fromkeys("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}", '"'),
    **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"),
    **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " "),
    "\N{HORIZONTAL ELLIPSIS}": "...",
}
"""What stands for punctuation of ours where a stream cannot write it."""


def printable(text: str) -> str:
    """Return text whose control and direction characters, which could rewrite the screen, are replaced."""
    return "".join(
        character if character.isprintable() or character in _KEPT else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def typed(place: object) -> str:
    """Return a file or folder as it is typed in a shell: quoted, and never taken for an option."""
    word = str(place)
    return shlex.quote(f"./{word}" if word.startswith("-") else word)


def write_what_it_can(stream: TextIO) -> None:
    """Have a stream of few characters, such as one in Latin 1, write the nearest for those it lacks."""
    codecs.register_error("nearest", _nearest)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_NEAREST.get(character, "?") for character in lacking), error.end


def say(text: str = "") -> None:
    """Write a line to stdout."""
    click.echo(printable(text))


def say_json(value: object) -> None:
    """Write a value to stdout as JSON, in a form that is the same each time."""
    click.echo(json.dumps(value, indent=1, sort_keys=True))


def say_table(rows: Sequence[tuple[str, str]]) -> None:
    """Write pairs of a word and its explanation to stdout, wrapped to the terminal; nothing where there are none."""
    if not rows:
        return
    formatter = click.HelpFormatter(
        width=min(shutil.get_terminal_size().columns, _WIDEST)
    )  # all: a hash has 64 letters
    formatter.write_dl([(printable(word), printable(text)) for word, text in rows])
    click.echo(formatter.getvalue(), nl=False)


def warn(message: str) -> None:
    """Write to stderr what the user should know although the command goes on."""
    with heard():  # the report says it too
        click.secho(f"{tr('Warning:')} {printable(message)}", err=True, fg="yellow")


@contextmanager
def heard() -> Iterator[None]:
    """Write to stderr in the block; where it is closed, full or unread, it leads nowhere from then on."""
    try:
        yield
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_person() -> bool:
    """Return whether a person is at the keyboard."""
    return sys.stdin.isatty()


def ask(question: str, default: str = "") -> str:
    """Ask a person for a line and return it without the spaces around it.

    Args:
        question: on stderr, so that stdout holds results alone.
        default: what an empty line means; shown in brackets where it says something.
    """
    _let_interrupts_through()
    try:
        typed = click.prompt(question, default=default, show_default=bool(default), prompt_suffix=" ", err=True)
    except click.Abort:
        click.echo(err=True)  # what follows begins its own line
        raise
    return str(typed).strip()


def ask_yes(question: str) -> bool:
    """Ask a person for a yes or a no, and again until it is one; an empty line is a yes."""
    yes, no = ("y", "yes", *tr("y yes").split()), ("n", "no", *tr("n no").split())
    while True:
        typed = ask(f"{question} {tr('[Y/n]')}").lower()
        if not typed or typed in yes:
            return True
        if typed in no:
            return False
        say(tr("Type y for yes or n for no."))


def _let_interrupts_through() -> None:
    """Have Ctrl-C end a wait for the keyboard: where Polars was imported, the system would go on waiting instead."""
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003  a C signature
