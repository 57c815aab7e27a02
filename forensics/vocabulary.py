"""What a string means, declared once: the measures, statements, tables and drawings of the detectors.

A detector declares all that a reader of its answer needs. A report finds there what a number is, which question
a finding answers, what a table holds and which drawing shows it; it guesses nothing from how a name is spelt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal[
    "number", "rough", "share", "small", "duration", "hours", "days", "span", "moment", "hour", "offset", "people",
    "day", "year",
]  # fmt: skip
"""How a number is written.

``rough`` has two significant digits; ``share`` writes 0 to 1 as per cent; ``small`` writes a p-value or q-value;
``duration`` takes seconds; ``span`` takes days from a first to a last; ``moment`` takes seconds since 1970; ``hour`` is
an hour of the day in UTC; ``offset`` is a clock's distance from UTC in hours; ``day`` takes days since 1970.
"""

MeasureRole = Literal[
    "", "observed", "expected", "ratio", "next", "size", "edge", "pairs", "first", "last", "steadiness",
    "directions", "confirmed", "alike", "compactness", "tested", "grouped", "precision",
]  # fmt: skip
"""What a number is to its finding or detection, where a report needs to know: the same for every detector."""

Kind = Literal["account", "object", "handle", "address", "text", "key", "word"]
"""What a column of text holds.

``account``, ``handle`` and ``text`` name people; ``object`` and ``address`` lead to them; ``key`` is for the evidence
files alone; a ``word`` is one of the analysis or of geography.
"""

TableRole = Literal[
    "", "members", "ties", "meetings", "moments", "layers", "named", "sizes", "drawn", "served_camps",
    "served_targets", "episodes", "episode_acts", "measures", "kinds", "newsroom", "remaining_camps",
    "repeated_texts", "error_rates",
]  # fmt: skip
"""What a table is to its detection.

``members`` are a group's accounts, ``ties`` its pairs, ``meetings`` pairs of acts, ``moments`` single acts;
``layers`` say what was analysed; ``named`` the accounts that findings name; ``sizes`` from
which size on a group would have been found; ``drawn`` tables say nothing beside their drawing; ``served_camps``,
``served_targets``, ``episodes`` and ``episode_acts`` say of groups that others found whom they served, and when;
``remaining_camps`` hold the engagement with and without what was found; ``measures`` hold a
group beside other audiences, ``kinds`` say what its acts have in common; a ``newsroom`` table is
for the newsroom alone and in no public version; ``repeated_texts`` are the texts that most accounts posted;
``error_rates`` say how many groups of each confidence were wrong where the truth is known.
"""

Subject = Literal["itself", "account", "batch", "quick", "layer", "placed", "camp_place"]
"""How the subject of a finding is worded: as it stands, an account, a numbered batch or quick group, a kind of act,
accounts of one place by one source (``stated-GB``), or a camp in a place (``amber/FR-HDF``)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number in a score or a column.

    Attributes:
        name: of the score or column.
        unit: as in ``Score.unit``.
        format: how it is written.
        role: what it is to its finding.
        phrase: the key of the phrase that gives it with its noun, such as "12 accounts"; empty for none.
    """

    name: str
    unit: str = "1"
    format: Format = "number"
    role: MeasureRole = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A kind of finding.

    Attributes:
        key: of its sentence. ``Finding.statement`` is this key, followed by ``_`` and a source where ``by_source``.
        question: which of the four questions it answers: ``who``, ``where``, ``how`` or ``what``.
        links: whether it is a group of accounts linked by pairs.
        subject: how its subject is worded.
        by_source: whether the key is followed by the source of a place.
        fields: its measures that are set large and first, in order; all of them where empty.
        techniques: ids of the DISARM techniques that it resembles.
        text_techniques: those that it resembles besides where the objects are texts.
    """

    key: str
    question: Literal["who", "where", "how", "what"]
    links: bool = False
    subject: Subject = "itself"
    by_source: bool = False
    fields: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    text_techniques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table beside the findings.

    Attributes:
        name: its key in ``Detection.tables``.
        columns: the columns that a reader sees, in order; the first few where empty.
        role: what it is to its detection.
        shares: columns that are shares here and something else in other tables.
        first: a column of truth values; the rows where it is true come first.
    """

    name: str
    columns: tuple[str, ...] = ()
    role: TableRole = ""
    shares: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of a detection.

    Attributes:
        name: the drawing's own, as ``reports`` knows it.
        tables: the tables it is drawn from, in the order it takes them.
        parameters: the detector's parameters that it needs.
    """

    name: str
    tables: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a reader of one detector's answer needs.

    Attributes:
        statements: the kinds of finding it can make; none for a detector that only measures what could be seen.
        tables: the tables beside its findings.
        charts: the drawings that show them, in order.
        first_notes: notes of limits so great that the first page of a report says them.
    """

    statements: tuple[Statement, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    charts: tuple[Chart, ...] = ()
    first_notes: tuple[str, ...] = ()

    def statement(self, key: str) -> Statement | None:
        """Return the statement of a finding's key, with or without a source; None where it is not declared."""
        stem = key.rpartition("_")[0]
        exact = next((each for each in self.statements if each.key == key and not each.by_source), None)
        return exact or next((each for each in self.statements if each.by_source and each.key == stem), None)

    def table(self, name: str) -> TableSpec:
        """Return what a table is; one without a declaration has neither columns nor a role."""
        return next((each for each in self.tables if each.name == name), TableSpec(name))

    def named(self, role: TableRole) -> str | None:
        """Return the name of the table of a role; None where there is none."""
        return next((each.name for each in self.tables if each.role == role), None)
