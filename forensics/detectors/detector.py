"""What a detector is: a frozen value that names a question, what it needs, and the function that answers it.

A detector may read what others answered in the same run: ``after`` names them, and it gets those very answers, with the
parameters they were asked with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, Generic, TypeVar

import polars as pl

from forensics.dataset import Dataset
from forensics.findings import Detection, Failure, Question, named_accounts
from forensics.progress import Progress
from forensics.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector answered in this run, and how it was set.

    Attributes:
        params: its parameter value.
        outcome: what it found, or why it could not finish.
    """

    params: object
    outcome: Detection | Failure


Answers = Mapping[str, Answer]
"""The answers of a run by the detector's name; one that had nothing to ask is not among them."""

P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)
"""A detector's parameter class. Each detector is one of objects too, since ``answer`` refuses what is not its own."""

RunFunction = Callable[Concatenate[Dataset, P, int, Progress, ...], Detection]
"""``run(dataset, params, seed, progress)``: pure, independent of row order, the same for the same seed anywhere.

Where the detector has an ``after``, a fifth value follows: the ``Answers`` of the detectors that it names.
"""

GroupFunction = Callable[[Dataset, pl.DataFrame, P, int, Progress], Detection]
"""``run(dataset, members, params, seed, progress)``: as ``RunFunction``.

Members are ``finding_id, account_id``, one row for each account of a group.
"""

GROUP_FINDERS = ("coordination",)
"""The detectors whose findings can be groups of linked accounts."""


def _always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Detector(Generic[P_co]):
    """One way of asking one of the four questions.

    Attributes:
        name: the word a user types.
        title: the phrase a user reads.
        question: which of the four questions.
        needs: the tables it reads; it is skipped, with that reason, where one is empty.
        params: its parameter class, fields made by ``forensics.params.param``.
        run: the function; raises a ``ForensicsError`` where the data cannot answer.
        cites: the papers it rests on.
        text: what it does, in two or three sentences for a user.
        after: the detectors whose answers it reads; they run before it, and a run without any of them cannot ask it.
        applies: whether those answers leave anything to ask. Where they do not, it is not asked and nothing is missing.
        vocabulary: what its findings, tables and drawings mean; without a statement it only measures or describes.
        is_untimed: whether it takes acts without times; the others are not shown them.
    """

    name: str
    title: str
    question: Question
    needs: tuple[str, ...]
    params: type[P_co]
    run: RunFunction[P_co]
    cites: tuple[str, ...]
    text: str
    after: tuple[str, ...] = ()
    applies: Callable[[Answers], bool] = _always
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    is_untimed: bool = False

    def answer(self, dataset: Dataset, params: object, seed: int, progress: Progress, answers: Answers) -> Detection:
        """Return what the detector finds in a data set.

        Args:
            params: a value of its parameter class.

        Raises:
            ForensicsError: the data cannot answer.
            TypeError: the parameters are another detector's.
        """
        if not isinstance(params, self.params):
            raise TypeError(f"{self.name} is asked with {params!r}")
        further = (answers,) if self.after else ()
        return self.run(dataset, params, seed, progress, *further)


AnyDetector = Detector[object]
"""A detector whose parameters are its own business, as in the list of all."""


def linked_groups(answers: Answers) -> pl.DataFrame:
    """Return the groups of linked accounts that some answers hold.

    Returns:
        ``finding_id, account_id``: one row for each account that a finding names as part of a set of linked accounts.
    """
    none = pl.DataFrame(schema={"finding_id": pl.String, "account_id": pl.String})
    linked = [
        named_accounts(answer.outcome.tables["accounts"])
        .filter(pl.col("finding_id") == finding.id)
        .select(none.columns)
        for answer in answers.values()
        if isinstance(answer.outcome, Detection)
        for finding in answer.outcome.findings
        if finding.question == "who" and {"accounts", "edges"} <= set(finding.evidence)
    ]
    return pl.concat([none, *linked])


def has_groups(answers: Answers) -> bool:
    """Return whether some answers hold a group of linked accounts."""
    return not linked_groups(answers).is_empty()


def of_groups(function: GroupFunction[P]) -> RunFunction[P]:
    """Return a detector's ``run`` that calls a function with the groups in the answers it reads."""

    @wraps(function)
    def run(dataset: Dataset, params: P, seed: int, progress: Progress, answers: Answers) -> Detection:
        return function(dataset, linked_groups(answers), params, seed, progress)

    return run
