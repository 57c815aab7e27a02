"""Tables of no known format: which column is which, by names in thirty languages, by values, or as a person says.

Called by the list of loaders and by ``forensics new``. Never takes a column whose values contradict its name.
"""
