"""What is written to the terminal: output, its language, click's words, options of several commands, crash files.

Called by every command. Never reads data and never decides what a run does.
"""
