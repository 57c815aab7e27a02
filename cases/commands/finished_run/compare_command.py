"""``forensics compare``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cases.terminal.case_options import RunFolder
from cases.terminal.command_language import language, tr
from cases.terminal.terminal_output import say, say_json

if TYPE_CHECKING:
    from cases.comparing.comparison_text import ComparisonText
    from cases.comparing.run_comparison import Cause, Comparison


@click.command()
@click.argument("before", metavar="BEFORE", type=RunFolder())
@click.argument("after", metavar="AFTER", type=RunFolder())
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
    from cases.comparing.comparison_text import ComparisonText
    from cases.comparing.run_comparison import compare as compare_runs
    from cases.run_folder import stored_run

    runs = stored_run.read(before), stored_run.read(after)
    with stored_run.believing(before), stored_run.believing(after):
        result = compare_runs(*runs)
        if as_json:
            say_json(asdict(result))
        else:
            _say(result, ComparisonText(*runs, language()))


def _say(result: Comparison, texts: ComparisonText) -> None:
    say(tr("What went in"))
    for cause in result.causes:
        say(f"  {_of(cause)}")
    if not result.causes:
        say("  " + tr("The same data, settings and versions."))
    say(tr("What came out"))
    for change in result.findings:
        if not change.is_same:
            say(f"  {texts.change(change)}")
    same = [change.before or "" for change in result.findings if change.is_same]
    if same:
        say("  " + tr("The same: {names}.", names=", ".join(same)))
    if not result.findings:
        say("  " + tr("No findings in either."))
    if result.numbers:
        say(tr("What was counted on the way"))
    for detector, name, old, new in result.numbers:
        say("  " + texts.number(detector, name, old, new))


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
    states = {"finished": tr("finished")}
    old, new = (word[:12] if cause.kind == "data" else states.get(word, word) for word in (cause.before, cause.after))
    return tr("{what}: {old} before, {new} after.", what=kinds[cause.kind], old=old, new=new)
