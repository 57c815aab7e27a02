"""A case run on this machine: load, detect, resume, and what it costs in time and memory.

Called by the commands ``run``, ``demo``, ``score``, ``verify``, ``doctor`` and ``coactions``. Never words a finding.
"""
