"""What was found, question by question: the strongest finding of each kind, with its confidence."""

from __future__ import annotations

from forensics.findings import Detection, Finding, Question, Run
from reports.detector_declarations import finds_groups, is_group, only_measures, question_of
from reports.report_model import Answer
from reports.run_queries import RANK, subjects
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.sections.group.whom_group_served import Served, served_by, served_most
from reports.wording import Words

ORDER: tuple[Question, ...] = ("who", "where", "how", "what")
MOST_SENTENCES: dict[Question, int] = {"who": 3, "where": 2, "how": 2, "what": 2}
"""Sentences to a question, so that all four stand on the first page; the chapters tell the others."""

_CHAPTERS = {"who": "clusters", "where": "where", "how": "how", "what": "what"}


def found(run: Run, words: Words) -> tuple[Answer, ...]:
    """Return the four questions with the strongest findings of each; what was not found or examined is named too."""
    return tuple(_answer(question, run, words) for question in ORDER)


def _answer(question: Question, run: Run, words: Words) -> Answer:
    kinds = kinds_of(run, question)
    shown = kinds[: MOST_SENTENCES[question]]
    names = group_names(subjects(run), words)
    sentences = [_sentence_of_kind(kind, served_by(run), names, words) for kind in shown]
    rest = sum(len(findings) for _, findings in kinds[len(shown) :])
    if question == "who" or not sentences:
        sentences += [(text, "") for text in quiet(question, run, words)]
    chapter = _CHAPTERS[question]
    more = words.plural("summary.more", rest) if rest else ""
    return Answer(words(f"summary.question_{question}"), tuple(sentences), f"#{chapter}" if kinds else "", more)


def kinds_of(run: Run, question: Question | None = None) -> list[tuple[Detection, list[Finding]]]:
    """Return the findings by what they state, the kind with the strongest finding first; of a question, or of all.

    All groups of a detector are one kind, by whichever of its measures each was found.
    """
    numbers = subjects(run)
    kinds: dict[tuple[str, str], tuple[Detection, list[Finding]]] = {}
    for detection in run.detections:
        for finding in detection.findings:
            if question in (None, finding.question):
                key = (detection.detector, "" if is_group(finding, detection) else finding.statement)
                kinds.setdefault(key, (detection, []))[1].append(finding)

    def place(finding: Finding) -> tuple[int, int]:
        return RANK[finding.strength], numbers.get(finding.id, len(numbers) + 1)

    for _, findings in kinds.values():
        findings.sort(key=place)
    return sorted(kinds.values(), key=lambda kind: place(kind[1][0]))


def _sentence_of_kind(
    kind: tuple[Detection, list[Finding]], served: Served, names: dict[str, str], words: Words
) -> tuple[str, str]:
    detection, findings = kind
    first = findings[0]
    text = sentence(first, subject_name(first, detection, names, words), detection, words)
    note = words("summary.confidence", word=words(f"confidence.{first.strength}"))
    more = words.plural("summary.alike", len(findings) - 1) if len(findings) > 1 else ""
    return text, " ".join(part for part in (note, served_most(served, first.id, words), more) if part)


def quiet(question: Question, run: Run, words: Words) -> list[str]:
    """Return what was examined without a finding, or that nothing was."""
    asked = [d.detector for d in run.detections if question_of(d.detector) == question]
    silent = [name for d in run.detections if (name := d.detector) in asked and not (d.findings or only_measures(name))]
    shown = [words(f"quiet.{name}") for name in silent if words.has(f"quiet.{name}")]
    if question == "who" and any(finds_groups(name) for name in asked):
        return shown
    if silent and question != "who":
        return [words("quiet.others", detectors=words.series(tuple(map(words.detector, silent))))]
    refused = [failure for failure in run.failures if question_of(failure.detector) == question]
    return [*shown, words("summary.not_answered" if refused else "summary.not_examined")]
