"""The commands on a finished run: verify, compare, score, report, export, archive.

Called by ``cases.cli`` by their names. Never load data anew, but to verify or to score.
"""
