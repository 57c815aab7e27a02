"""Exports of Twitter and X."""
