"""Exports of other platforms' own interfaces and archives."""
