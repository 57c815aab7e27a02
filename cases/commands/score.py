"""``forensics score``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
import polars as pl

from cases import inputs, runfolder, runner, scored
from cases.casefile import FILE_NAME, read
from cases.terminal import say, say_json
from forensics.errors import CheckFailedError
from forensics.scoring import AccountScore

__all__ = ["command"]


@click.command()
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--truth",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of the accounts known to be part of it: account_id, and label where there are kinds.",
)
@click.option(
    "--data",
    "places",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Without --truth: where the case's files lie, whose own labels are then the truth.",
)
@click.option(
    "--at-least", type=click.FloatRange(0.0, 1.0), help="Exit status 3 when F1 over all accounts is below this."
)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(run: Path, truth: Path | None, places: tuple[Path, ...], at_least: float | None, *, as_json: bool) -> None:
    """Hold a run against what is known: precision, recall and false discoveries.

    An account that the truth does not name counts as one that should not have been found.

    \b
    Examples
      forensics score demo-run --truth demo-case/truth.csv --at-least 0.9
      forensics score us-2016-ira-run --data ~/Downloads
    """
    finished = runfolder.read(run)
    known = scored.read_truth(truth) if truth else _labels(run, places)
    result = scored.score(finished, known)
    if as_json:
        parts = {
            kind: [{"name": part.name} | _measures(part.accounts) for part in getattr(result, kind)]
            for kind in ("channels", "labels")
        }
        say_json(asdict(result) | {"accounts": _measures(result.accounts)} | parts)
    else:
        _say(result)
    f1 = result.accounts.f1
    if at_least is not None and f1 is not None and f1 < at_least:  # none: nothing was there, and nothing was found
        raise CheckFailedError(f"F1 is {f1:.3f}, below {at_least:g}.")


def _labels(run: Path, places: tuple[Path, ...]) -> pl.DataFrame:
    """Return the labels in the data of a run."""
    if not places:
        raise click.UsageError("Say what is true: --truth FILE, or --data FOLDER where the data carry labels.")
    case_file = read(run / FILE_NAME)
    return scored.labels(runner.load_all(inputs.locate(case_file, places)))


def _measures(score: AccountScore) -> dict[str, float | None]:
    return asdict(score) | {
        "false_discoveries": score.false_discoveries,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _say(result: scored.RunScore) -> None:
    for finding in result.findings:
        kind = f", {finding.n_label} of them '{finding.label}'" if finding.label else ""
        say(f"{finding.finding_id}: {finding.accounts.n_found} accounts, {finding.accounts.n_hit} known{kind}")
    for channel in result.channels:
        say(f"{channel.name}: {_line(channel.accounts)}")
    for label in result.labels:
        say(f"{label.name}: {label.accounts.n_hit} of {label.accounts.n_true} found")
    if result.audiences:
        say(f"Called an audience and accused of nothing: {result.audiences} accounts.")
    accounts = result.accounts
    say(f"All findings: {accounts.n_found} accounts, {accounts.n_hit} known; {accounts.n_true} are known in all.")
    line = _line(accounts)
    say(f"{line[:1].upper()}{line[1:]}.")
    if result.groups:
        say(
            f"Findings against kinds, {result.groups.n} accounts: homogeneity {result.groups.homogeneity:.3f}, "
            f"adjusted mutual information {result.groups.adjusted_mutual_information:.3f}."
        )


def _line(score: AccountScore) -> str:
    return (
        f"precision {_share(score.precision)}, recall {_share(score.recall)}, F1 {_share(score.f1)}, "
        f"false discoveries {score.false_discoveries}"
    )


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
