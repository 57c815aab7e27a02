"""Findings as sentences, numbers and tables, question by question.

Called by the list of sections and by the pages of the groups. Never computes a score.
"""
