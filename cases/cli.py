"""The case command line."""
