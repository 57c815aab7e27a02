"""What came out of a run, in a screen: for people and as JSON. The report says the rest."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from cases.custody import seal
from cases.documents import HTML, PDF
from cases.terminal import say
from forensics.core import DETECTORS, GROUP_DETECTORS
from forensics.model import Detection, Run, Strength

__all__ = ["say_summary", "say_truth", "summary"]

_STRENGTHS: tuple[Strength, ...] = ("high", "moderate", "low")


def summary(run: Run, folder: Path) -> dict[str, object]:
    """Return what came out of a run, for programs."""
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
        "failures": {
            failure.detector: {"message": failure.message, "is_refusal": failure.is_refusal} for failure in run.failures
        },
    }


def say_summary(run: Run, folder: Path) -> None:
    """Write what came out of a run to stdout."""
    read = sum(source.rows_read for source in run.sources)
    rejected = sum(source.rejected.height for source in run.sources)
    say(run.case.title)
    say(f"  {read:,} rows read, {rejected:,} of them rejected")
    for detection in run.detections:
        say(f"  {_title(detection.detector)}: {_findings(detection)}")
    for verdict, message, titles in _failures(run):
        say(f"  {', '.join(titles)}: {verdict}. {message}")
    if run.detections and not any(detection.findings for detection in run.detections):
        say("Nothing found is not proof that nothing is there: the report says what could have been seen.")
    for name in (HTML, PDF):
        if (folder / name).is_file():
            say(f"Report: {folder / name}")
    say(f"Seal:   {seal(folder)} (kept elsewhere, it shows any later change; see: forensics verify)")


def say_truth(run: Run) -> None:
    """Write to stdout how much of what was planted stands in a finding."""
    if run.truth is None:
        return
    say("Planted, and how much of it stands in a finding (more in the report's annex):")
    for kind in run.truth.kinds:
        if kind.is_planted:
            say(f"  {kind.kind.replace('_', ' ')}: {kind.n_found} of {kind.n_known}")


def _title(name: str) -> str:
    """Return a detector's title; what is no detector is a file."""
    return next((detector.title for detector in (*DETECTORS, *GROUP_DETECTORS) if detector.name == name), name)


def _failures(run: Run) -> list[tuple[str, str, list[str]]]:
    """Return each verdict and its reason with the titles of all that share it, in the order met."""
    shared: dict[tuple[str, str], list[str]] = {}
    for failure in run.failures:
        verdict = "no answer" if failure.is_refusal else "BROKE"
        shared.setdefault((verdict, failure.message), []).append(_title(failure.detector))
    return [(*reason, titles) for reason, titles in shared.items()]


def _findings(detection: Detection) -> str:
    if not detection.findings:
        return "nothing found"
    counts = Counter(finding.strength for finding in detection.findings)
    words = ", ".join(f"{counts[strength]} {strength}" for strength in _STRENGTHS if counts[strength])
    number = len(detection.findings)
    return f"{number} finding{'s' if number > 1 else ''}, confidence: {words}"
