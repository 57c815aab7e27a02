"""What came out of a run, in a screen: for people and as JSON. The report says the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from cases.custody.custody_log import seal
from cases.run_folder.key_figures import departures, figures
from cases.terminal.command_language import language, rendered, tr
from cases.terminal.terminal_output import say
from forensics.detectors import DETECTORS
from forensics.findings import Detection, Run, Strength
from reports import HTML, PDF
from reports.detector_declarations import only_measures, table_name
from reports.sections.back_matter.sensitivity import smallest_found
from reports.wording import words

_STRENGTHS: tuple[Strength, ...] = ("high", "moderate", "low")


def summary(run: Run, folder: Path, expected: Mapping[str, int]) -> dict[str, object]:
    """Return what came out of a run, for programs; ``expected`` are the key figures that the case file names."""
    return {
        "case": run.case.name,
        "folder": str(folder),
        "report": str(folder / HTML),
        "seal": seal(folder),
        "rows_read": sum(source.rows_read for source in run.sources),
        "rows_rejected": sum(source.rejected.height for source in run.sources),
        "findings": {
            detection.detector: [
                {"id": finding.id, "statement": finding.statement, "strength": finding.strength}
                for finding in detection.findings
            ]
            for detection in run.detections
        },
        "figures": figures(run),
        "unexpected": {
            each.name: {"expected": each.expected, "found": each.found} for each in departures(run, expected)
        },
        "failures": {
            failure.detector: {"message": str(failure.message), "is_refusal": failure.is_refusal}
            for failure in run.failures
        },
    }


def say_summary(run: Run, folder: Path) -> None:
    """Write what came out of a run to stdout."""
    read = sum(source.rows_read for source in run.sources)
    rejected = sum(source.rejected.height for source in run.sources)
    say(run.case.title)
    say("  " + tr("{read:,} rows read, {rejected:,} of them rejected", read=read, rejected=rejected))
    for detection in run.detections:
        say("  " + tr("{name}: {what}", name=_title(detection.detector), what=_findings(detection)))
    for verdict, message, titles in _failures(run):
        say("  " + tr("{name}: {what}", name=", ".join(titles), what=f"{verdict}. {message}"))
    if run.detections and not any(detection.findings for detection in run.detections):
        say(tr("Nothing found is not proof that nothing is there: the report says what could have been seen."))
    for name in (HTML, PDF):
        if (folder / name).is_file():
            say(tr("Report: {path}", path=folder / name))
    say(tr("Seal:   {seal} (kept elsewhere, it shows any later change; see: forensics verify)", seal=seal(folder)))


def say_expected(run: Run, expected: Mapping[str, int]) -> None:
    """Write to stdout whether the key figures are those that the case file expects, where it expects any."""
    wrong = departures(run, expected)
    if expected and not wrong:
        say(tr("Expected key figures: all {number} hold.", number=len(expected)))
    elif wrong:
        say(tr("Expected key figures: {wrong} of {number} do not hold:", wrong=len(wrong), number=len(expected)))
    for each in wrong:
        sentence = "{name}: expected {expected}, found {found}"
        say("  " + tr(sentence, name=each.name, expected=each.expected, found=each.found))


def say_truth(run: Run) -> None:
    """Write to stdout how much of what was planted stands in a finding."""
    if run.truth is None:
        return
    report_words = words(language())
    say(tr("Planted, and how much of it stands in a finding (more in the report's annex):"))
    for kind in run.truth.kinds:
        if kind.is_planted:
            name = report_words.known("practice", kind.kind)
            say("  " + tr("{name}: {found} of {known}", name=name, found=kind.n_found, known=kind.n_known))


def _title(name: str) -> str:
    """Return a detector's title; what is no detector is a file."""
    return tr(next((detector.title for detector in DETECTORS if detector.name == name), name))


def _failures(run: Run) -> list[tuple[str, str, list[str]]]:
    """Return each verdict and its reason with the titles of all that share it, in the order met."""
    shared: dict[tuple[str, str], list[str]] = {}
    for failure in run.failures:
        verdict = tr("no answer") if failure.is_refusal else tr("BROKE")
        shared.setdefault((verdict, rendered(failure.message)), []).append(_title(failure.detector))
    return [(*reason, titles) for reason, titles in shared.items()]


def _findings(detection: Detection) -> str:
    if only_measures(detection.detector):
        sizes = smallest_found(detection, words(language()))
        return sizes or (tr("not measured") if table_name(detection, "sizes") else tr("described, not judged"))
    if not detection.findings:
        return tr("nothing found")
    counts = Counter(finding.strength for finding in detection.findings)
    named = {"high": tr("high"), "moderate": tr("moderate"), "low": tr("low")}
    grades = ", ".join(f"{counts[strength]} {named[strength]}" for strength in _STRENGTHS if counts[strength])
    if len(detection.findings) == 1:
        return tr("1 finding, confidence: {words}", words=grades)
    return tr("{number} findings, confidence: {words}", number=len(detection.findings), words=grades)
