"""Findings held against what is known beforehand: how much of it was found, and how much else.

The command calls it when every detector has answered; no detector reads it.
"""
