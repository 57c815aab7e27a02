"""What the analyst says about a case, as the report prints it. Nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """One request for a reply to somebody whom the report concerns.

    Attributes:
        on: the day, ``YYYY-MM-DD``.
        answer: what was answered; empty while there is none.
        camp: for which camp whoever was asked speaks; empty for none.
    """

    asked: str
    on: str
    question: str
    answer: str = ""
    camp: str = ""


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
class Case:
    """What the analyst says about the case, as the report prints it.

    Attributes:
        name: folder-safe name.
        claim: the public claim that is examined.
        period: the election period in words.
        credit: who collected the data and under which licence.
        language: of the report, a BCP 47 code.
        is_simulated: whether the data were made by ``forensics simulate``.
        authors: who signs the report.
        contact: where questions go.
        funding: who paid for the work.
        data_from: who gave or collected the data for this case.
        legal_ground: on which ground they are processed, such as the law on journalism and data protection.
        kept_until: the day on which they are deleted, ``YYYY-MM-DD``; empty where the case does not say.
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
    data_from: str = ""
    legal_ground: str = ""
    kept_until: str = ""
    right_of_reply: tuple[Reply, ...] = ()
    corrections: tuple[Correction, ...] = ()
    conclusion: str = ""
    named: tuple[tuple[str, str], ...] = ()
