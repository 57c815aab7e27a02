"""Files on the disk: written whole and durably, staged beside their target, read without following links.

Called by whatever in ``cases`` reads or writes a file. Never knows what is in it.
"""
