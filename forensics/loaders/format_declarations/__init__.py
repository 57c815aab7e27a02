"""Export formats as data: what identifies one, which field fills which column; and the one reader of all declarations.

Called by the formats' own files. Never names a platform and never guesses what a column is.
"""
