"""The compiled inner loops: the only code that numba sees.

``counting`` counts co-actions row by row, ``trials`` weighs one pair of accounts against the interval-jitter null.
Both release the interpreter's lock, so threads run them side by side; both are cached on disk after the first
compilation, which takes some seconds.
"""
