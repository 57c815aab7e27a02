"""Custody: digests and the log of a run folder, the key of this machine, archived copies, verification.

Called by ``cases.run_folder``, ``cases.atomic_files`` and the commands. Never changes the evidence itself.
"""
