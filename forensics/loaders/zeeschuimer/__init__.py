"""Exports of Zeeschuimer."""
