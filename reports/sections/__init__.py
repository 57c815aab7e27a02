"""The chapters of the report: one file per chapter; this page lists them in reading order."""

from __future__ import annotations

from forensics.registry import Registry
from reports.sections.back_matter.data_sources import SOURCES
from reports.sections.back_matter.failures import FAILURES
from reports.sections.back_matter.glossary import GLOSSARY
from reports.sections.back_matter.limits import LIMITS
from reports.sections.back_matter.method import METHOD
from reports.sections.back_matter.technical_annex import ANNEX
from reports.sections.evidence_annex import EVIDENCE
from reports.sections.findings.abcde import ABCDE
from reports.sections.findings.answer_chapters import HOW, WHAT, WHERE
from reports.sections.findings.patterns import PATTERNS
from reports.sections.group.group_chapter import CLUSTERS
from reports.sections.imprint import PUBLICATION
from reports.sections.section import Section
from reports.sections.summary import SUMMARY

__all__ = ["SECTIONS", "Section"]

SECTIONS: Registry[Section] = Registry(
    "section",
    SUMMARY,
    CLUSTERS,
    WHERE,
    HOW,
    WHAT,
    ABCDE,
    PUBLICATION,
    METHOD,
    LIMITS,
    PATTERNS,
    EVIDENCE,
    ANNEX,
    FAILURES,
    SOURCES,
    GLOSSARY,
)
