"""What is written to the terminal: plain sentences, tables and JSON, in which text from data can do no harm."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from cases.language import tr

__all__ = ["printable", "say", "say_json", "say_table", "warn"]


def printable(text: str) -> str:
    """Return text whose control and direction characters, which could rewrite the screen, are replaced."""
    return "".join(
        character if character.isprintable() or character == "\n" else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def say(text: str = "") -> None:
    """Write a line to stdout."""
    click.echo(printable(text))


def say_json(value: object) -> None:
    """Write a value to stdout as JSON, in a form that is the same each time."""
    click.echo(json.dumps(value, indent=1, sort_keys=True))


def say_table(rows: Sequence[tuple[str, str]]) -> None:
    """Write pairs of a word and its explanation to stdout, wrapped to the terminal."""
    formatter = click.HelpFormatter(max_width=100)
    formatter.write_dl([(printable(word), printable(text)) for word, text in rows])
    click.echo(formatter.getvalue(), nl=False)


def warn(message: str) -> None:
    """Write to stderr what the user should know although the command goes on."""
    click.secho(f"{tr('Warning:')} {printable(message)}", err=True, fg="yellow")
