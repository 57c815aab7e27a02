"""What a person at a terminal is asked: about a case, and about a file that leaves something open."""
