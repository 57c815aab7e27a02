"""What leaves a detector, and what a run holds for the report: frozen values. Nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from forensics.case import Case
from forensics.dataset import Source
from forensics.html_table import html_table
from forensics.messages import Message

Question = Literal["who", "where", "how", "what"]
"""Which of the four questions: who acted together, where they were, how they were worked, what it bought."""

Strength = Literal["low", "moderate", "high"]
"""The confidence in a finding, by criteria the report prints; never a likelihood."""


@dataclass(frozen=True, slots=True)
class Score:
    """One number with what is needed to judge it.

    Attributes:
        name: the key under which the report's wording knows it.
        value: the number; None where it could not be computed.
        unit: ``accounts``, ``seconds``, ``1`` for a ratio, and so on.
        n: how many observations it rests on.
        interval: 95 % interval, low and high, in the same unit.
        p_value: chance of a value as extreme under the null.
        q_value: the p-value corrected for everything that was tested beside it.
        null: the key of the null model it was compared with.
    """

    name: str
    value: float | None
    unit: str = "1"
    n: int | None = None
    interval: tuple[float, float] | None = None
    p_value: float | None = None
    q_value: float | None = None
    null: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result, worded by the report and signed by nobody but the analyst.

    Attributes:
        id: stable within the run, such as ``coordination-1``; the evidence tables' ``finding_id``.
        question: which of the four questions it answers.
        subject: what it is about: a cluster's, account's, region's or camp's id.
        statement: the key of its sentence in ``reports.wording``; the sentence is filled with the scores.
        scores: its numbers, the one that carries it first.
        alternatives: keys of the benign explanations that the null does not exclude.
        excluded: keys of the benign explanations that the null already excludes.
        evidence: names of the detection's tables whose rows of this ``finding_id`` support it.
    """

    id: str
    question: Question
    subject: str
    statement: str
    scores: tuple[Score, ...]
    strength: Strength
    alternatives: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Return its numbers for a notebook."""
        rows = ((score.name, score.value, score.unit, score.n, score.p_value, score.q_value) for score in self.scores)
        caption = f"{self.id}: {self.statement} ({self.subject}), confidence {self.strength}"
        return html_table(caption, ("score", "value", "unit", "n", "p", "q"), rows)


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """What one detector gives back.

    Attributes:
        params: the parameters it ran with, by name.
        findings: strongest first; empty is a result too.
        scores: numbers about the whole data set, such as how many pairs were tested.
        tables: frames the findings rest on, by name; each that supports findings has a ``finding_id`` column.
        notes: keys of the limits that the report must print beside it.
    """

    detector: str
    params: Mapping[str, object]
    findings: tuple[Finding, ...] = ()
    scores: tuple[Score, ...] = ()
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A detector that could not finish; the report shows it.

    Attributes:
        is_refusal: True where the data cannot answer the question (nothing is wrong); False where the program broke.
    """

    detector: str
    message: Message
    is_refusal: bool


@dataclass(frozen=True, slots=True)
class TruthKind:
    """One kind of manipulation that is known beforehand, and how much of it was found.

    Attributes:
        kind: a practice that was planted, a habit of ordinary accounts, or a label.
        is_planted: False for a habit, which no finding should name.
        n_known: how many accounts are of the kind; objects, where no account is.
        n_found: how many of them stand in a finding.
        findings: the findings they stand in.
    """

    kind: str
    is_planted: bool
    n_known: int
    n_found: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingTruth:
    """What is known of one finding's accounts and objects.

    Attributes:
        n_names: how many accounts and objects it is about.
        n_planted: how many of them were planted.
        kinds: each kind that is among them with its number, the most frequent first.
    """

    finding_id: str
    n_names: int
    n_planted: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of the data beforehand, beside what was found; compared when all detectors had answered.

    Attributes:
        kinds: planted ones first.
        findings: in the run's order.
    """

    kinds: tuple[TruthKind, ...]
    findings: tuple[FindingTruth, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All of a finished run: what the report says is here and nowhere else.

    Attributes:
        overview: what the data hold, see ``forensics.detectors.overview``.
        sources: the files and their ledgers.
        detections: in the order of the detectors.
        failures: detectors that did not finish.
        versions: of this project and the libraries that computed, by name.
        truth: what is known of the data beforehand, where the case names it.
    """

    case: Case
    overview: tuple[Score, ...]
    sources: tuple[Source, ...]
    detections: tuple[Detection, ...]
    failures: tuple[Failure, ...]
    seed: int
    versions: Mapping[str, str]
    truth: Truth | None = None

    def report(self, folder: str | Path, language: str | None = None) -> None:
        """Write ``report.html`` and ``report.pdf``, the documents that the command writes.

        Args:
            folder: made where it is not there.
            language: of the documents; None for the case's own.

        Raises:
            InputFileError: the folder has such a document already.
            ForensicsError: the documents cannot be written in this language.
        """
        from reports import write_documents  # noqa: PLC0415  the library's one way out, taken when it is asked for

        write_documents(self, Path(folder), language)

    def figures(self, language: str | None = None) -> tuple[object, ...]:
        """Return the drawings of the report, in its order; a notebook shows each.

        Args:
            language: of their words; None for the case's own.

        Raises:
            ForensicsError: there are no words in that language.
        """
        from reports import drawings  # noqa: PLC0415  as above

        return drawings(self, language)

    def _repr_html_(self) -> str:
        """Return what was found for a notebook, in the words of the report."""
        from reports import run_table  # noqa: PLC0415  as above

        return run_table(self)


def numbered(prefix: str, is_named: pl.Expr) -> pl.Expr:
    """Return the ids of a table's rows that are findings, ``prefix-1`` and so on in their order; null for the others.

    Args:
        prefix: what the ids begin with.
        is_named: of each row, never null.
    """
    return pl.when(is_named).then(pl.concat_str(pl.lit(f"{prefix}-"), is_named.cum_sum()))


def named_accounts(accounts: pl.DataFrame) -> pl.DataFrame:
    """Return the accounts that a finding names: of a group with a core and an edge, the core.

    Args:
        accounts: a detection's table ``accounts``.
    """
    return accounts.filter(pl.col("membership") == "core") if "membership" in accounts.columns else accounts
