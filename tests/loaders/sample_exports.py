"""Writes the samples of formats that are declared as data, each in the shape in which its program writes it.

Run ``python -m loaders.sample_exports`` in ``tests`` to write them into ``samples``. The people are made up. Each field
that a format reads has a value in one row or more, and so have some that it does not.
"""

from __future__ import annotations

from pathlib import Path

from loaders import sample_genuine
from loaders.sample_collections import collections, earlier, others, platforms
from loaders.sample_listening import listening
from loaders.sample_scrapers import comments, conversations, minet, snscrape, web_exporter
from loaders.sample_services import apify, archives, bright_data, research

SAMPLES = Path(__file__).parent / "samples"

MADE = (
    *(listening, apify, bright_data, snscrape, minet, web_exporter, comments, conversations),
    *(collections, platforms, others, earlier, archives, research),
    sample_genuine.commands,
    sample_genuine.versions,
    sample_genuine.notes,
    sample_genuine.comments,
    sample_genuine.services,
    sample_genuine.crowdtangle,
)


def samples() -> dict[str, bytes]:
    """Return every sample, by the name of its file."""
    return {name: content for make in MADE for name, content in make().items()}


if __name__ == "__main__":
    for name, content in samples().items():
        (SAMPLES / name).write_bytes(content)
