"""The chapters of the report: one file per chapter; this page lists them in reading order."""

from __future__ import annotations

from forensics.registry import Registry
from reports.sections.annex import ANNEX
from reports.sections.answers import HOW, WHAT, WHERE
from reports.sections.clusters import CLUSTERS
from reports.sections.failures import FAILURES
from reports.sections.glossary import GLOSSARY
from reports.sections.limits import LIMITS
from reports.sections.method import METHOD
from reports.sections.parts import Section
from reports.sections.patterns import PATTERNS
from reports.sections.publication import PUBLICATION
from reports.sections.sources import SOURCES
from reports.sections.summary import SUMMARY

__all__ = ["SECTIONS", "Section"]

SECTIONS: Registry[Section] = Registry(
    "section",
    SUMMARY,
    CLUSTERS,
    PATTERNS,
    WHERE,
    HOW,
    WHAT,
    PUBLICATION,
    METHOD,
    ANNEX,
    FAILURES,
    LIMITS,
    SOURCES,
    GLOSSARY,
)
