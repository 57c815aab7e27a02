"""What changed between two runs, in the names and the number formats of their reports."""

from __future__ import annotations

from collections.abc import Mapping

from cases.comparing.run_comparison import Change
from cases.terminal.command_language import tr
from forensics.findings import Run, Score
from reports.run_queries import subjects
from reports.sections.findings.finding_sentence import group_names, subject_name
from reports.wording import Words, words

MOST_NUMBERS = 4
"""Numbers of a finding that are shown; ``--json`` has all."""


class ComparisonText:
    """Two runs whose findings are named as their reports name them."""

    def __init__(self, before: Run, after: Run, language: str) -> None:
        """Take the runs and the language of the text."""
        self._words = words(language)
        self._names = [_names(run, self._words) for run in (before, after)]
        scores = [score for run in (before, after) for score in _scores(run)]
        self._units = {score.name: score.unit for score in scores}

    def change(self, change: Change) -> str:
        """Return what became of a finding, as a sentence."""
        ids = (change.before, change.after)
        old, new = (names.get(id_ or "", "") for names, id_ in zip(self._names, ids, strict=True))
        if change.after is None:
            return self._alone(tr("{name} is gone.", name=old), change.left)
        if change.before is None:
            return self._alone(tr("{name} is new.", name=new), change.joined)
        name = old if change.before == change.after else tr("{old}, now {new}", old=old, new=new)
        return tr("{name}: {what}.", name=name, what="; ".join(self._changed(change)))

    def number(self, detector: str, name: str, old: float | None, new: float | None) -> str:
        """Return a number about the whole data that differs, as a sentence."""
        title = self._words.title(self._words.detector(detector))
        what = tr("{title}, {number}", title=title, number=self._words.score_name(name))
        figures = {"old": self._figure(name, old), "new": self._figure(name, new)}
        return tr("{what}: {old} before, {new} after.", what=what, **figures)

    def _alone(self, sentence: str, number: int) -> str:
        return f"{sentence} {tr('Accounts: {number:,}.', number=number)}" if number else sentence

    def _changed(self, change: Change) -> list[str]:
        lines = []
        if change.left or change.joined:
            sentence = "accounts: {stayed:,} in both, {left:,} only before, {joined:,} only after"
            lines.append(tr(sentence, stayed=change.stayed, left=change.left, joined=change.joined))
        elif change.stayed:
            lines.append(tr("the same accounts"))
        if change.strength[0] != change.strength[1]:
            old, new = (self._words(f"confidence.{word}") for word in change.strength)
            lines.append(tr("confidence {old} then {new}", old=old, new=new))
        figures = [(name, self._figure(name, old), self._figure(name, new)) for name, old, new in change.numbers]
        seen = [(name, old, new) for name, old, new in figures if old != new]
        for name, old, new in seen[:MOST_NUMBERS]:
            lines.append(tr("{what} {old} then {new}", what=self._words.score_name(name), old=old, new=new))
        return lines if seen or not figures else [*lines, tr("numbers differ in digits that a report does not print")]

    def _figure(self, name: str, value: float | None) -> str:
        return tr("none") if value is None else self._words.figure(name, self._units.get(name, "1"), value)


def _scores(run: Run) -> list[Score]:
    own = [score for detection in run.detections for score in detection.scores]
    return own + [score for item in run.detections for finding in item.findings for score in finding.scores]


def _names(run: Run, phrases: Words) -> Mapping[str, str]:
    """Return what the report calls each finding, by its id, with the id."""
    groups = group_names(subjects(run), phrases)
    named = {}
    for detection in run.detections:
        for finding in detection.findings:
            title = phrases.title(phrases.detector(detection.detector))
            called = groups.get(finding.id) or f"{title}, {subject_name(finding, detection, groups, phrases)}"
            named[finding.id] = f"{called} ({finding.id})"
    return named
