"""``forensics score``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cases.terminal.case_options import Number, RunFolder
from cases.terminal.command_language import figure, tr
from cases.terminal.terminal_output import say, say_json

if TYPE_CHECKING:
    import polars as pl

    from cases.comparing import run_scoring
    from forensics.evaluation.accuracy import AccountScore


@click.command()
@click.argument("run", metavar="RUN", type=RunFolder())
@click.option(
    "--truth",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of the accounts known to be part of it: account_id, and label where there are kinds.",
)
@click.option(
    "--data",
    "places",
    metavar="PATH",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Without --truth: where the case's files lie, whose own labels are then the truth.",
)
@click.option(
    "--at-least", metavar="SHARE", type=Number(0.0, 1.0), help="Exit status 3 when F1 over all accounts is below this."
)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def command(run: Path, truth: Path | None, places: tuple[Path, ...], at_least: float | None, *, as_json: bool) -> None:
    """Hold a run against what is known: precision, recall and false discoveries.

    RUN is a run folder. An account that the truth does not name counts as one that should not have been found.

    \b
    Examples
      forensics score demo-run --truth demo-case/truth.csv --at-least 0.9
      forensics score us-2016-ira-run --data ~/Downloads

    Exit status: 0 done; 2 there is no run folder, or nothing is known; 3 F1 is below --at-least.

    See also: forensics simulate, to plant what is known; the README, "How often it is wrong".
    """
    from cases.comparing import run_scoring
    from cases.run_folder import stored_run
    from forensics.errors import CheckFailedError

    finished = stored_run.read(run)
    known = run_scoring.read_truth(truth) if truth else _labels(run, places)
    with stored_run.believing(run):
        result = run_scoring.score(finished, known)
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
        raise CheckFailedError(tr("F1 is {f1:.3f}, below {least:g}.", f1=f1, least=at_least))


def _labels(run: Path, places: tuple[Path, ...]) -> pl.DataFrame:
    """Return the labels in the data of a run."""
    from cases.case_file import case_inputs
    from cases.case_file.case_file import FILE_NAME, read
    from cases.comparing import run_scoring
    from cases.running import case_runner

    if not places:
        raise click.UsageError(tr("Say what is true: --truth FILE, or --data FOLDER where the data carry labels."))
    case_file = read(run / FILE_NAME)
    return run_scoring.labels(case_runner.load_all(case_inputs.locate(case_file, places)))


def _measures(score: AccountScore) -> dict[str, float | None]:
    return asdict(score) | {
        "false_discoveries": score.false_discoveries,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _say(result: run_scoring.RunScore) -> None:
    for finding in result.findings:
        sentence = "{name}: {found:,} accounts, {known:,} known"
        line = tr(sentence, name=finding.finding_id, found=finding.accounts.n_found, known=finding.accounts.n_hit)
        kind = tr(", {number:,} of them '{label}'", number=finding.n_label, label=finding.label)
        say(line + (kind if finding.label else ""))
    for channel in result.channels:
        say(tr("{name}: {what}", name=channel.name, what=_line(channel.accounts)))
    for label in result.labels:
        say(tr("{name}: {found} of {known}", name=label.name, found=label.accounts.n_hit, known=label.accounts.n_true))
    if result.patterns:
        say(tr("In patterns to look at, and accused of nothing: {number:,} accounts.", number=result.patterns))
    accounts = result.accounts
    sentence = "All findings: {found:,} accounts, {known:,} known; {true:,} are known in all."
    say(tr(sentence, found=accounts.n_found, known=accounts.n_hit, true=accounts.n_true))
    line = _line(accounts)
    say(f"{line[:1].upper()}{line[1:]}.")
    if result.groups:
        sentence = (
            "Findings against kinds, {n:,} accounts: homogeneity {homogeneity:.3f}, "
            "adjusted mutual information {ami:.3f}."
        )
        groups = result.groups
        say(tr(sentence, n=groups.n, homogeneity=groups.homogeneity, ami=groups.adjusted_mutual_information))


def _line(score: AccountScore) -> str:
    sentence = "precision {precision}, recall {recall}, F1 {f1}, false discoveries {wrong:,}"
    return tr(
        sentence,
        precision=_share(score.precision),
        recall=_share(score.recall),
        f1=_share(score.f1),
        wrong=score.false_discoveries,
    )


def _share(value: float | None) -> str:
    return tr("none") if value is None else figure(value, ".3f")
