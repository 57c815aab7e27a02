"""Times as exports write them, brought to UTC with the precision that the source kept.

Called by the loaders and by ``loaders.normalising``. Never guesses a time zone and never fills in a missing time.
"""
