"""The frozen values that pass through the house: data in, findings out.

``Source`` and ``Dataset`` leave a loader, ``Score``, ``Finding``, ``Detection`` and ``Failure`` leave a detector, and
``Run`` holds all of a run for the report. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, overload

import polars as pl

from forensics import schema
from forensics.spool import Spooled, Stored, slices_of

__all__ = [
    "Case",
    "Correction",
    "Dataset",
    "Detection",
    "Failure",
    "Finding",
    "FindingTruth",
    "Progress",
    "Question",
    "Reply",
    "Run",
    "Score",
    "Source",
    "Strength",
    "Truth",
    "TruthKind",
    "quiet",
]

Question = Literal["who", "where", "how", "what"]
"""Which of the four questions: who acted together, where they were, how they were worked, what it bought."""

Strength = Literal["low", "moderate", "high"]
"""The confidence in a finding, by criteria the report prints; never a likelihood."""

Progress = Callable[[str, int, int], None]
"""Told of long work: the stage in plain words, how much is done, how much there is (0 where unknown)."""


def quiet(stage: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file that was read, and its ledger: every row kept or rejected.

    Attributes:
        source_id: ``s1``, ``s2``, ... in the order of the case file; the tables' ``source_id``.
        name: the file's own name, without the folders of the machine it lay on.
        sha256: of the bytes on disk, hexadecimal.
        n_bytes: size on disk, bytes.
        loader: the name of the loader that read it.
        rows_read: rows of data in the file, the header not counted.
        rows_kept: rows that became at least one row of a table.
        rejected: ``schema.REJECTED``; one row for each that did not.
        notes: what was guessed, repaired or could not be used, each a sentence.
        unmapped: the fields that no table has room for, and in how many of the rows looked at each has a value.
        n_looked: rows looked at for that: all of a table's, of JSON the first thousands and a sample.
    """

    source_id: str
    name: str
    sha256: str
    n_bytes: int
    loader: str
    rows_read: int
    rows_kept: int
    rejected: pl.DataFrame
    notes: tuple[str, ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)
    n_looked: int = 0

    def __post_init__(self) -> None:
        """Hold the ledger's law."""
        if self.rows_read != self.rows_kept + self.rejected.height:
            raise AssertionError(
                f"the ledger of {self.name} does not add up: {self.rows_read} rows read, {self.rows_kept} kept, "
                f"{self.rejected.height} rejected"
            )


class _Table:
    """A field of ``Dataset`` that takes a table from memory or disk and gives it as a frame."""

    def __init__(self, table: schema.Table) -> None:
        self._table = table

    @overload
    def __get__(self, holder: None, owner: object) -> None: ...
    @overload
    def __get__(self, holder: Dataset, owner: object) -> pl.DataFrame: ...
    def __get__(self, holder: Dataset | None, owner: object) -> pl.DataFrame | None:
        if holder is None:
            return None
        stored = holder.stored(self._table.name)
        return stored.collect() if isinstance(stored, Spooled) else stored

    def __set__(self, holder: Dataset, value: Stored | None) -> None:
        holder.__dict__[self._table.name] = schema.empty(self._table) if value is None else value


@dataclass(frozen=True, eq=False)
class Dataset:
    """The four tables and the sources they were read from.

    A large table lies on disk (``forensics.spool``). As an attribute each is a frame, read whole when it is asked for;
    ``slices`` and ``lazy`` give a large one in pieces or for a query.

    Attributes:
        actions: ``schema.ACTIONS``.
        accounts: ``schema.ACCOUNTS``.
        posts: ``schema.POSTS``.
        money: ``schema.MONEY``.
        sources: one for each file, in the order read.
    """

    actions: _Table = _Table(schema.ACTIONS)
    accounts: _Table = _Table(schema.ACCOUNTS)
    posts: _Table = _Table(schema.POSTS)
    money: _Table = _Table(schema.MONEY)
    sources: tuple[Source, ...] = ()

    def stored(self, name: str) -> Stored:
        """Return a table as it is kept."""
        stored: Stored = self.__dict__[name]
        return stored

    def height(self, name: str) -> int:
        """Return a table's number of rows."""
        return self.stored(name).height

    def slices(self, name: str) -> Iterator[pl.DataFrame]:
        """Yield a table's rows in order, a large one's in pieces."""
        return slices_of(self.stored(name))

    def lazy(self, name: str) -> pl.LazyFrame:
        """Return a table for a query; the data set must outlive it."""
        return self.stored(name).lazy()

    def with_sources(self, sources: tuple[Source, ...]) -> Dataset:
        """Return the same tables with other sources."""
        return Dataset(**{table.name: self.stored(table.name) for table in schema.TABLES}, sources=sources)


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
    """One thing found, worded by the report and signed by nobody but the analyst.

    Attributes:
        id: stable within the run, such as ``synchrony-1``; the evidence tables' ``finding_id``.
        question: which of the four questions it answers.
        subject: what it is about: a cluster's, account's, region's or camp's id.
        statement: the key of its sentence in ``reports.wording``; the sentence is filled with the scores.
        scores: its numbers, the one that carries it first.
        strength: the confidence.
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


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """What one detector gives back.

    Attributes:
        detector: its name.
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
        detector: its name.
        message: why, in a sentence for the user.
        is_refusal: True where the data cannot answer the question (nothing is wrong); False where the program broke.
    """

    detector: str
    message: str
    is_refusal: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """One request for a reply to somebody whom the report concerns.

    Attributes:
        asked: who was asked.
        on: the day, ``YYYY-MM-DD``.
        question: what was asked.
        answer: what was answered; empty while there is none.
    """

    asked: str
    on: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One change after publication.

    Attributes:
        on: the day, ``YYYY-MM-DD``.
        text: what was changed, and why.
    """

    on: str
    text: str


@dataclass(frozen=True, slots=True)
class TruthKind:
    """One kind of thing that is known beforehand, and how much of it was found.

    Attributes:
        kind: a practice that was planted, a habit of ordinary accounts, or a label.
        is_planted: False for a habit, which nothing should be made of.
        n_known: how many accounts are of the kind; things, where no account is.
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
    """What is known of one finding's accounts and things.

    Attributes:
        finding_id: of which finding.
        n_names: how many accounts and things it is about.
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


@dataclass(frozen=True, slots=True)
class Case:
    """What the analyst says about the case, as the report prints it.

    Attributes:
        name: folder-safe name.
        title: the report's title.
        claim: the public claim that is examined.
        period: the election period in words.
        credit: who collected the data and under which licence.
        language: of the report, a BCP 47 code.
        is_simulated: whether the data were made by ``forensics simulate``.
        authors: who signs the report.
        contact: where questions go.
        funding: who paid for the work.
        right_of_reply: what those concerned were asked, when, and what they answered.
        corrections: what was changed after publication, and when.
        conclusion: what the analyst concludes, in his own words and on his own responsibility.
        named: accounts that the public report may name, each with the reason.
    """

    name: str
    title: str
    claim: str = ""
    period: str = ""
    credit: str = ""
    language: str = "en"
    is_simulated: bool = False
    authors: str = ""
    contact: str = ""
    funding: str = ""
    right_of_reply: tuple[Reply, ...] = ()
    corrections: tuple[Correction, ...] = ()
    conclusion: str = ""
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All of a finished run: what the report says is here and nowhere else.

    Attributes:
        case: the analyst's words.
        overview: what the data hold, see ``forensics.overview``.
        sources: the files and their ledgers.
        detections: in the order of the detectors.
        failures: detectors that did not finish.
        seed: of every random choice.
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
