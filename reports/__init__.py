"""Findings in, documents out: HTML and PDF from one model. Computes nothing about the data."""
