"""Engines: the co-action question put to one machine or to a cluster, on data larger than memory, with the same answer.

What an engine gives is what survives the counting: the pairs at or above the threshold. They are few, so whatever is
asked of them next runs on one machine.
"""

from __future__ import annotations

from forensics.coaction.engines import local_engine, spark_engine
from forensics.coaction.engines.engine import Engine
from forensics.registry import Registry

__all__ = ["ENGINES"]

ENGINES: Registry[Engine] = Registry("engine", local_engine.ENGINE, spark_engine.ENGINE)
