"""JSON of any form, one value after the other: lines, lists, documents larger than memory, objects as rows.

Called by ``loaders.reading`` and the loaders of JSON formats. Never decides what a value means.
"""
