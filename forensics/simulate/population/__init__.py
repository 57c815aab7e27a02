"""Who and what there is in a simulated election: people, the objects they act upon, words, days and nights.

Called by the parts that act; nothing here acts, and nothing here knows what is planted.
"""
