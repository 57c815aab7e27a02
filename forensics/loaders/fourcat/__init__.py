"""Exports of 4CAT."""
