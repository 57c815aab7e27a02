"""What holds for all tests."""

from __future__ import annotations

import os

# As the command does, and before numpy is imported: threads for matrices as small as these only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
