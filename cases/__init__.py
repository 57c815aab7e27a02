"""What a fact-checker types: the command line, the case file, the runner; and the cases that are shipped."""
