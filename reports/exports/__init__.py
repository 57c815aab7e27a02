"""A run in other programs' formats: one file per format; this page lists them."""

from __future__ import annotations

from forensics.registry import Registry
from reports.exports.export_format import Export
from reports.exports.gexf import GEXF
from reports.exports.graphml import GRAPHML
from reports.exports.rocrate import ROCRATE
from reports.exports.spreadsheet import CSV, XLSX
from reports.exports.sqlite import SQLITE
from reports.exports.stix import STIX

__all__ = ["EXPORTS", "Export"]

EXPORTS: Registry[Export] = Registry("export format", CSV, XLSX, GEXF, GRAPHML, SQLITE, STIX, ROCRATE)
