"""Videos of TikTok as 4CAT keeps them in NDJSON when it was given their addresses: the items in the pages' own data.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/tiktok_urls/search_tiktok_urls.py, version 1.56.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.zeeschuimer.zeeschuimer_tiktok import add_video
from forensics.messages import message

__all__ = ["LOADER"]

_TIMES = "Times are TikTok's own (createTime), to the second."

_raw = msgspec.json.Decoder(msgspec.Raw)


def sniff(head: Head) -> Confidence | None:
    """Accept TikTok's items outside Zeeschuimer's lines."""
    keys = set(head.keys)
    if {"id", "desc", "createTime", "author", "stats"} <= keys and b'"__import_meta"' not in head.start:
        return by_fields(0.95, "desc", "createTime", "stats")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read videos.

    Raises:
        InputFileError: the file cannot be read.
    """

    def take(raw: msgspec.Raw, into: Collector) -> None:
        into.next_row()
        try:
            add_video(bytes(raw), None, into)
        except JSON_ERRORS as error:
            into.reject(
                message("not as this format has it: {error}", error=error), bytes(raw)[:400].decode("utf-8", "replace")
            )

    return read_json(path, options, LOADER.name, _raw, take, times=_TIMES)


LOADER = Loader(
    name="4cat-tiktok",
    title="4CAT, TikTok NDJSON",
    text="Videos of TikTok that 4CAT fetched by their addresses, one a line.",
    sniff=sniff,
    read=read,
)
