"""Rows to the tables of the schema: times, accounts, acts, duplicates and the ledger of rejected rows."""
