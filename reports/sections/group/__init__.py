"""The chapter of the groups: all in one table, then a page for each with its tables, figures and whom it served.

Called by the list of sections. Never decides who is in a group.
"""
