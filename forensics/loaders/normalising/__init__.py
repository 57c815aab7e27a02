"""Rows to the four tables of the schema: acts, accounts, posts and money; duplicates, merged files, rejected rows."""
