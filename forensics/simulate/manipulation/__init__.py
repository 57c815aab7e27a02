"""What is planted in a simulated election: the practices, their workers, and who acts upon what, when.

Called when a world is put together and for plants into real data; every act in here is in the truth.
"""
