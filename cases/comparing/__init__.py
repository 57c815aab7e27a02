"""Runs held against each other, and a run held against what is known of its accounts.

Called by the commands ``compare`` and ``score``. Never runs a detector and never changes a run folder.
"""
