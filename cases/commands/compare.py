"""``forensics compare``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cases.language import figure, tr
from cases.terminal import say, say_json

if TYPE_CHECKING:
    from cases.comparison import Cause, Change, Comparison

__all__ = ["command"]


@click.command()
@click.argument("before", metavar="BEFORE", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", metavar="AFTER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(before: Path, after: Path, *, as_json: bool) -> None:
    """Say what changed between two runs, and why.

    BEFORE and AFTER are run folders. Findings are matched by their accounts, not by their numbers.

    \b
    Example
      forensics compare first-run second-run

    Exit status: 0 done, whether they differ or not; 2 one of them is no run folder.

    See also: forensics verify, for whether a run is as it was made.
    """
    from cases import runfolder
    from cases.comparison import compare as compare_runs

    result = compare_runs(runfolder.read(before), runfolder.read(after))
    if as_json:
        say_json(asdict(result))
    else:
        _say(result)


def _say(result: Comparison) -> None:
    say(tr("What went in"))
    for cause in result.causes:
        say(f"  {_of(cause)}")
    if not result.causes:
        say("  " + tr("The same data, settings and versions."))
    say(tr("What came out"))
    for change in result.findings or ():
        say(f"  {_sentence(change)}")
    if not result.findings:
        say("  " + tr("No findings in either."))
    for detector, name, old, new in result.numbers:
        sentence = "{what}: {old} before, {new} after."
        say("  " + tr(sentence, what=f"{detector} {name}", old=_number(old), new=_number(new)))


def _of(cause: Cause) -> str:
    """Return what went in differently, as a sentence."""
    kinds = {
        "data": tr("The data file {name}", name=cause.name),
        "detector": tr("The detector {name}", name=cause.name),
        "parameter": cause.name,
        "seed": tr("The seed"),
        "version": tr("The version of {name}", name=cause.name),
    }
    if cause.after is None:
        return tr("{what} is no longer there.", what=kinds[cause.kind])
    if cause.before is None:
        return tr("{what} is new.", what=kinds[cause.kind])
    said = {"finished": tr("finished")}
    old, new = (word[:12] if cause.kind == "data" else said.get(word, word) for word in (cause.before, cause.after))
    return tr("{what}: {old} before, {new} after.", what=kinds[cause.kind], old=old, new=new)


def _sentence(change: Change) -> str:
    if change.after is None:
        return tr("{name} is gone ({number:,} accounts).", name=change.before, number=change.left)
    if change.before is None:
        return tr("{name} is new ({number:,} accounts).", name=change.after, number=change.joined)
    is_kept = change.before == change.after
    name = change.before if is_kept else tr("{old}, now {new}", old=change.before, new=change.after)
    if change.is_same:
        return tr("{name}: the same.", name=name)
    sentence = "{name}: {stayed:,} accounts stayed, {left:,} left, {joined:,} joined{confidence}."
    return tr(
        sentence,
        name=name,
        stayed=change.stayed,
        left=change.left,
        joined=change.joined,
        confidence=_confidence(change),
    )


def _confidence(change: Change) -> str:
    old, new = (word and tr(word) for word in change.strength)
    return "" if old == new else tr("; confidence {old} then {new}", old=old, new=new)


def _number(value: float | None) -> str:
    return tr("none") if value is None else figure(value, ".10g")
