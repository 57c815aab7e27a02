"""From a run to a report: what is hidden is made visible, then every section writes its chapter."""

from __future__ import annotations

import dataclasses
import datetime as dt

from forensics.findings import Run
from reports.attachments import attachments
from reports.detector_declarations import score_as
from reports.public_version import public_run
from reports.report_model import Chapter, Notice, Report
from reports.sections import SECTIONS
from reports.sections.brief import BRIEF
from reports.visible_text import visible_run
from reports.wording import Words, words

LABELS = ("skip", "contents", "page_of", "claim", "top", "scrolls")


def render(run: Run, language: str | None = None, public_key: bytes | None = None, *, is_brief: bool = False) -> Report:
    """Return the report of a run.

    Args:
        run: finished; nothing is computed from its data.
        language: one of ``wording.LANGUAGES``; the case's own when None.
        public_key: of the pseudonyms of the public version; None for the working copy, which names accounts.
        is_brief: whether it is the brief of two pages, without attachments, instead of the whole.

    Raises:
        ParameterError: there are no words in that language, or the key is too short.
    """
    phrases = words(language or run.case.language)
    phrases = phrases if public_key is None else phrases.for_the_public()
    seen = visible_run(run if public_key is None else public_run(run, public_key))
    chapters = [
        Chapter(section.name, phrases(f"section.{section.name}"), section.build(seen, phrases))
        for section in ((BRIEF,) if is_brief else SECTIONS)
    ]
    notices = _notices(seen, phrases, is_public=public_key is not None)
    chapters[0] = dataclasses.replace(chapters[0], blocks=(*notices, *chapters[0].blocks))
    version = seen.versions.get("campaign-forensics", "")
    return Report(
        seen.case.title.strip() or seen.case.name,  # PDF/UA asks for one
        seen.case.claim,
        phrases.language,
        _facts(seen, phrases),
        tuple(chapter for chapter in chapters if chapter.blocks),
        (
            *((name, phrases(f"page.{name}")) for name in LABELS),
            ("kicker", _kicker(seen, phrases, is_public=public_key is not None)),
            ("footer", phrases("page.footer", version=version)),
        ),
        phrases.script(),
        () if is_brief else attachments(seen, phrases),
    )


def _kicker(run: Run, phrases: Words, *, is_public: bool) -> str:
    """Return what stands over the title and at the foot of every printed page."""
    if is_public and not run.case.right_of_reply:
        return phrases("publication.no_reply_title")
    return phrases("page.kicker" if is_public else "page.kicker_working")


def _notices(run: Run, phrases: Words, *, is_public: bool) -> tuple[Notice, ...]:
    """Return what a reader must know of this version before anything else."""
    shown = [Notice("note", phrases("publication.public_title"), (phrases("publication.public"),))] if is_public else []
    if is_public and not run.case.right_of_reply:
        shown.insert(0, Notice("failure", phrases("publication.no_reply_title"), (phrases("publication.no_reply"),)))
    if run.case.corrections:
        last = max(run.case.corrections, key=lambda entry: entry.on)
        day = phrases.date(dt.date.fromisoformat(last.on))
        shown.append(Notice("warning", phrases("publication.corrected_on", date=day), (last.text,)))
    return tuple(shown)


def _facts(run: Run, phrases: Words) -> tuple[tuple[str, str], ...]:
    """Return what stands under the title; what the case leaves empty is left out."""
    first, last = score_as(run.overview, "first"), score_as(run.overview, "last")
    span = ""
    if first and last and first.value is not None and last.value is not None:
        begun, ended = phrases.day_and_time(first.value), phrases.moment_utc(last.value)
        span = phrases("page.span_value", first=begun, last=ended)
    facts = (
        (phrases("page.period"), run.case.period),
        (phrases("page.span"), span),
        (phrases("page.credit"), run.case.credit),
    )
    return tuple((label, text) for label, text in facts if text)
