"""What ordinary accounts do in a simulated election, the habits that look like manipulation among it.

Called when a world is put together; no act in here is planted.
"""
