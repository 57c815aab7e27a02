"""The drawings of a chapter and the tables they stand with: maps, clocks, camps, rhythm, reach, money.

Called by ``sections.findings`` and ``sections.group``. Never draws what no detector measured.
"""
