"""The chapters of the report: one file per chapter; this page lists them in reading order."""

from __future__ import annotations

from forensics.registry import Registry
from reports.sections.evidence_annex import EVIDENCE
from reports.sections.findings.abcde import ABCDE
from reports.sections.findings.answer_chapters import HOW, WHAT, WHERE
from reports.sections.findings.patterns import PATTERNS
from reports.sections.group.group_chapter import CLUSTERS
from reports.sections.methods.annex import ANNEX
from reports.sections.methods.failures import FAILURES
from reports.sections.methods.glossary import GLOSSARY
from reports.sections.methods.limits import LIMITS
from reports.sections.methods.method import METHOD
from reports.sections.methods.sources import SOURCES
from reports.sections.publication import PUBLICATION
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
