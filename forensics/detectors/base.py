"""What a detector is: a frozen value that names a question, what it needs, and the function that answers it.

A group detector asks its question of the groups that other detectors found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from forensics.model import Dataset, Detection, Progress, Question
from forensics.vocabulary import Vocabulary

__all__ = ["Detector", "GroupDetector", "GroupRunFunction", "RunFunction"]

RunFunction = Callable[[Dataset, Any, int, Progress], Detection]
"""``run(dataset, params, seed, progress)``: pure, independent of row order, the same for the same seed anywhere."""


@dataclass(frozen=True, slots=True)
class Detector:
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
        vocabulary: what its findings, tables and drawings mean; without a statement it only measures or describes.
    """

    name: str
    title: str
    question: Question
    needs: tuple[str, ...]
    params: type
    run: RunFunction
    cites: tuple[str, ...]
    text: str
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


GroupRunFunction = Callable[[Dataset, pl.DataFrame, Any, int, Progress], Detection]
"""``run(dataset, members, params, seed, progress)``: as ``RunFunction``.

Members are ``finding_id, account_id``, one row for each account of a group.
"""


@dataclass(frozen=True, slots=True)
class GroupDetector:
    """One way of asking one of the questions of groups that were found.

    Attributes:
        name: the word a user types.
        title: the phrase a user reads.
        question: which of the four questions.
        needs: the tables it reads; it is skipped, with that reason, where one is empty.
        params: its parameter class, fields made by ``forensics.params.param``.
        run: the function; its findings have a group's finding id as their subject.
        cites: the papers it rests on.
        text: what it does, in two or three sentences for a user.
        groups_of: the detectors whose groups it is asked of. What would insinuate pay is not asked of groups that
            merely share targets, because a fan club is one.
        vocabulary: see ``Detector``.
    """

    name: str
    title: str
    question: Question
    needs: tuple[str, ...]
    params: type
    run: GroupRunFunction
    cites: tuple[str, ...]
    text: str
    groups_of: tuple[str, ...] = ("synchrony", "membership")
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
