"""The case file and what stands around it: its inputs, a starter, the shipped and the simulated cases.

Called by the commands and by ``cases.running``. Never runs a detector and never writes over anybody's file.
"""
