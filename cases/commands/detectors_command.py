"""``forensics detectors``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cases.terminal.command_language import tr
from cases.terminal.terminal_output import say, say_json, say_table

if TYPE_CHECKING:
    from forensics import params
    from forensics.detectors.detector import AnyDetector


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(*, as_json: bool) -> None:
    """List the detectors and every parameter they take.

    Those whose names end in _of_groups are asked of the groups that were found; what a detector reads of others is
    listed too. A case file sets a parameter of a detector in a section of its name.

    \b
    Example of a case file's lines
      [detect.coordination]
      windows_s = [10, 60]

    Exit status: 0 done.

    See also: forensics new, whose case file shows them all in comments; CONTRIBUTING, for adding one.
    """
    from cases.case_file.starter_case import toml_value
    from forensics import params
    from forensics.detectors import DETECTORS

    if as_json:
        say_json([_described(detector) for detector in DETECTORS])
        return
    for detector in DETECTORS:
        say(tr("{name}: {what}", name=detector.name, what=tr(detector.title)))
        say_table(
            [
                (tr("asks"), tr(detector.text)),
                (tr("needs"), ", ".join(detector.needs)),
                *([(tr("reads"), ", ".join(detector.after))] if detector.after else ()),
                (tr("rests on"), "; ".join(detector.cites)),
            ]
        )
        say_table(
            [
                (f"  {item.name} = {toml_value(item.default)}", _meaning(item))
                for item in params.declared(detector.params)
            ]
        )
        say()


def _described(detector: AnyDetector) -> dict[str, object]:
    from forensics import params

    return {
        "name": detector.name,
        "title": detector.title,
        "question": detector.question,
        "text": detector.text,
        "needs": list(detector.needs),
        "after": list(detector.after),
        "cites": list(detector.cites),
        "params": [
            {
                "name": item.name,
                "default": item.default,
                "unit": item.unit,
                "text": item.text,
                "low": item.low,
                "high": item.high,
            }
            for item in params.declared(detector.params)
        ],
    }


def _meaning(item: params.Declared) -> str:
    """Return what a parameter does, its unit and its range."""
    sentences = [tr(item.text)]
    if item.unit not in {"", "1"}:
        sentences.append(tr("Unit: {unit}.", unit=tr(item.unit)))
    if item.low is not None and item.high is not None:
        sentences.append(tr("From {low:,.10g} to {high:,.10g}.", low=item.low, high=item.high))
    elif item.low is not None:
        sentences.append(tr("At least {low:,.10g}.", low=item.low))
    return " ".join(sentences)
