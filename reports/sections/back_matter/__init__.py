"""The back of the report: methods, annex, failures, limits, sources, glossary, sensitivity.

Called by the list of sections. Never shows a finding.
"""
