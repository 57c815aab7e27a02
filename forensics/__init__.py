"""Campaign Forensics, the library: data in, findings out.

In a notebook::

    import forensics as cf

    data = cf.load("actions.csv", "posts.csv")
    run = cf.detect(data, "coordination", "reach", reach={"organic_reach": 0.2})
    run  # a table of what was found, in words
    run.report("out")  # the documents that the command writes

``loaders`` and ``detectors`` list the formats that can be read and the questions that can be asked. Each name is
imported when it is first used, so that ``import forensics`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forensics import detectors, loaders
    from forensics.case import Case
    from forensics.dataset import Dataset
    from forensics.errors import ForensicsError
    from forensics.findings import Detection, Finding, Run
    from forensics.loaders import merge
    from forensics.loaders.loading import load
    from forensics.run import detect

__all__ = [
    "Case",
    "Dataset",
    "Detection",
    "Finding",
    "ForensicsError",
    "Run",
    "detect",
    "detectors",
    "load",
    "loaders",
    "merge",
]

_ROOMS = {
    "Case": "case",
    "Dataset": "dataset",
    "Detection": "findings",
    "Finding": "findings",
    "ForensicsError": "errors",
    "Run": "findings",
    "detect": "run",
    "load": "loaders.loading",
    "merge": "loaders",
}


def __getattr__(name: str) -> object:
    """Import what a name of ``__all__`` stands for."""
    if name in _ROOMS:
        return getattr(import_module(f"forensics.{_ROOMS[name]}"), name)
    if name in __all__:
        return import_module(f"forensics.{name}")
    raise AttributeError(f"module 'forensics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
