"""``forensics compare``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cases import runfolder
from cases.comparison import Change, Comparison
from cases.comparison import compare as compare_runs
from cases.terminal import say, say_json

__all__ = ["command"]


@click.command()
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(before: Path, after: Path, *, as_json: bool) -> None:
    """Say what changed between two runs, and why.

    BEFORE and AFTER are run folders. Findings are matched by their accounts, not by their numbers.

    \b
    Example
      forensics compare first-run second-run
    """
    result = compare_runs(runfolder.read(before), runfolder.read(after))
    if as_json:
        say_json(asdict(result))
    else:
        _say(result)


def _say(result: Comparison) -> None:
    say("What went in")
    for cause in result.causes or ("The same data, settings and versions.",):
        say(f"  {cause}")
    say("What came out")
    for change in result.findings or ():
        say(f"  {_sentence(change)}")
    if not result.findings:
        say("  No findings in either.")
    for detector, name, old, new in result.numbers:
        say(f"  {detector} {name}: {_number(old)} before, {_number(new)} after")


def _sentence(change: Change) -> str:
    if change.after is None:
        return f"{change.before} is gone ({change.left} accounts)."
    if change.before is None:
        return f"{change.after} is new ({change.joined} accounts)."
    name = change.before if change.before == change.after else f"{change.before}, now {change.after}"
    if change.is_same:
        return f"{name}: the same."
    confidence = (
        "" if change.strength[0] == change.strength[1] else f"; confidence {' then '.join(map(str, change.strength))}"
    )
    return f"{name}: {change.stayed} accounts stayed, {change.left} left, {change.joined} joined{confidence}."


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.10g}"
