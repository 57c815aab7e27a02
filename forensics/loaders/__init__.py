"""Every export format that can be read, one file each; this page lists them in sniffing order."""

from __future__ import annotations

from forensics.loaders.parts import Loader
from forensics.registry import Registry

__all__ = ["LOADERS"]

LOADERS: Registry[Loader] = Registry("loader")
