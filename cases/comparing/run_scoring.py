"""A finished run held against what is known of its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from cases.terminal.command_language import tr
from forensics.dataset import Dataset
from forensics.errors import InputFileError, TooLittleDataError
from forensics.evaluation.accuracy import AccountScore, GroupScore, score_accounts, score_groups
from forensics.evaluation.truth_comparison import read_list
from forensics.findings import Run, named_accounts
from reports.detector_declarations import table_as

_LABELS = ("label", "farm_id", "group")
_LISTED = "listed"


@dataclass(frozen=True, slots=True)
class FindingScore:
    """How well one finding's accounts fit the truth.

    Attributes:
        accounts: its accounts against all that are known.
        label: the label that most of its known accounts have; None where none is known.
        n_label: how many of its accounts have that label.
    """

    finding_id: str
    accounts: AccountScore
    label: str | None
    n_label: int


@dataclass(frozen=True, slots=True)
class PartScore:
    """How well a channel did, or how much of a kind was found.

    Attributes:
        name: the detector, or the label of the accounts.
        accounts: of a channel, what it found against all that are known; of a label, what of it was found by any.
    """

    name: str
    accounts: AccountScore


@dataclass(frozen=True, slots=True)
class RunScore:
    """How well a run's findings fit the truth.

    Attributes:
        accounts: all accounts in any finding of who acted together against all that are known.
        patterns: accounts that stand in patterns for the newsroom's eyes alone and in no finding; they are accused of
            nothing and count neither as found nor as found wrongly.
        groups: how well findings tell labels apart; None where no account has both.
        findings: each finding that names accounts.
        channels: each detector of who acted together that found anybody.
        labels: each label of the truth, such as a farm; its false discoveries are 0 by construction.
    """

    accounts: AccountScore
    patterns: int
    groups: GroupScore | None
    findings: tuple[FindingScore, ...]
    channels: tuple[PartScore, ...]
    labels: tuple[PartScore, ...]


def found_accounts(run: Run) -> pl.DataFrame:
    """Return ``finding_id, account_id`` of every finding that names accounts, in the order of the findings."""
    parts = [pl.DataFrame(schema={"finding_id": pl.String, "account_id": pl.String})]
    for detection in run.detections:
        accounts = detection.tables.get("accounts")
        if accounts is not None and {"finding_id", "account_id"} <= set(accounts.columns):
            order = pl.DataFrame(
                {"finding_id": [finding.id for finding in detection.findings]}, schema={"finding_id": pl.String}
            )
            parts.append(
                order.join(named_accounts(accounts), "finding_id", maintain_order="left_right").select(
                    "finding_id", "account_id"
                )
            )
    return pl.concat(parts)


def read_truth(path: Path) -> pl.DataFrame:
    """Read a file of known accounts: CSV with ``account_id`` and, where there are kinds, ``label`` or ``farm_id``.

    Returns:
        ``account_id, label``, one row for each account and kind that it is of, ordered.

    Raises:
        InputFileError: it is no such file.
    """
    frame = read_list(path)
    if "account_id" not in frame.columns:
        sentence = "{path} has no column 'account_id'; it has: {columns}."
        raise InputFileError(tr(sentence, path=path, columns=", ".join(frame.columns)))
    kind = next((name for name in _LABELS if name in frame.columns), None)
    label = pl.col(kind).fill_null(_LISTED) if kind else pl.lit(_LISTED)
    return _tidy(frame.select("account_id", label.alias("label")))


def labels(dataset: Dataset) -> pl.DataFrame:
    """Return the labels that the data themselves carry, in the form of ``read_truth``.

    Raises:
        TooLittleDataError: they carry none.
    """
    known = _tidy(dataset.accounts.select("account_id", "label").drop_nulls())
    if known.is_empty():
        raise TooLittleDataError(tr("The data carry no labels. Give a file of known accounts with --truth FILE."))
    return known


def score(run: Run, truth: pl.DataFrame) -> RunScore:
    """Hold a run's findings of who acted together against the truth.

    Args:
        truth: ``account_id, label``; an account that is not in it counts as one that should not be found.
    """
    who = {
        finding.id: detection.detector
        for detection in run.detections
        for finding in detection.findings
        if finding.question == "who"
    }
    found = found_accounts(run).filter(pl.col("finding_id").is_in(list(who)))
    by_finding = found.partition_by("finding_id", maintain_order=True)
    channels = {detector: [name for name in who if who[name] == detector] for detector in who.values()}
    return RunScore(
        accounts=score_accounts(found["account_id"], truth["account_id"]),
        patterns=len(_in_patterns(run) - set(found["account_id"])),
        groups=score_groups(found.rename({"finding_id": "group"}), truth),
        findings=tuple(_score_finding(members, truth) for members in by_finding),
        channels=tuple(
            PartScore(name, score_accounts(own["account_id"], truth["account_id"]))
            for name, ids in channels.items()
            if (own := found.filter(pl.col("finding_id").is_in(ids))).height
        ),
        labels=tuple(
            PartScore(name, AccountScore(n_hit, n_true, n_hit))
            for name, n_true, n_hit in _by_label(truth, found["account_id"]).iter_rows()
        ),
    )


def _in_patterns(run: Run) -> set[str]:
    """Return the accounts that stand in patterns for the newsroom's eyes alone."""
    tables = (table_as(detection, "newsroom") for detection in run.detections)
    return {account for table in tables if table is not None for account in table["account_id"]}


def _by_label(truth: pl.DataFrame, found: pl.Series) -> pl.DataFrame:
    """Return of each label how many accounts it has, and how many of them were found."""
    is_found = pl.col("account_id").is_in(found.unique().implode())
    accounts = pl.col("account_id")
    counted = truth.group_by("label").agg(n_true=accounts.n_unique(), n_hit=accounts.filter(is_found).n_unique())
    return counted.sort("label")


def _tidy(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop_nulls("account_id").unique().sort("account_id", "label")


def _score_finding(members: pl.DataFrame, truth: pl.DataFrame) -> FindingScore:
    counted = members.join(truth, "account_id").group_by("label").len().sort(["len", "label"], descending=[True, False])
    return FindingScore(
        finding_id=members["finding_id"][0],
        accounts=score_accounts(members["account_id"], truth["account_id"]),
        label=counted["label"][0] if counted.height else None,
        n_label=counted["len"][0] if counted.height else 0,
    )
