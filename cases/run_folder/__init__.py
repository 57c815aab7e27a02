"""What a run leaves behind: the folder, run.json, the documents, the evidence, the key figures, the summary.

Called by ``cases.running`` and by the commands on a finished run. Never computes a finding.
"""
