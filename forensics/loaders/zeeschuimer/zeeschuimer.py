"""What the browser extension Zeeschuimer saw on a screen, one item a line, or the same after a round through 4CAT.

Each line wraps the platform's own object under ``data``, or (from 4CAT) is that object with ``__import_meta``. The
items are what one person's feed showed, in that order: no sample of anything, and never to be used for how common an
object is. An item seen twice is kept once, with the counts of the latest sighting. Read are all the platforms that
version 1.14.2 has a module for, and LinkedIn and Facebook, for which other versions have one.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, version 1.14.2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.format_declarations.item_values import Item, first_of
from forensics.loaders.format_declarations.json_format import text_of
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.reading.json.json_documents import read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.times.single_times import epoch_ms_us
from forensics.loaders.zeeschuimer import instagram_threads, truth_gab, zeeschuimer_facebook, zeeschuimer_linkedin
from forensics.loaders.zeeschuimer.douyin_xiaohongshu import DOUYIN, NOTE, NOTE_COMMENT
from forensics.loaders.zeeschuimer.imgur_9gag_pinterest import GAG, IMAGE, PIN
from forensics.loaders.zeeschuimer.zeeschuimer_tiktok import COMMENT, VIDEO
from forensics.loaders.zeeschuimer.zeeschuimer_x import TWEET
from forensics.messages import message

_TIMES = (
    "Times are the platforms' own as their pages received them; those of tweets are in the ids, to the millisecond."
)
_LINKEDIN = (
    "LinkedIn shows only how long ago a post was made; its times are those in the posts' numbers, to the second, where "
    "the two agree."
)


_decoder = msgspec.json.Decoder()

_PLATFORMS = {
    "twitter.com": TWEET,
    "x.com": TWEET,
    "tiktok.com": VIDEO,
    "tiktok-comments": COMMENT,
    "tiktok-comments.com": COMMENT,
    "instagram.com": instagram_threads.INSTAGRAM,
    "threads.net": instagram_threads.THREADS,
    "threads.com": instagram_threads.THREADS,
    "truthsocial.com": truth_gab.TRUTH,
    "gab.com": truth_gab.GAB,
    "imgur.com": IMAGE,
    "9gag.com": GAG,
    "pinterest.com": PIN,
    "douyin.com": DOUYIN,
    "xiaohongshu.com": NOTE,
    "xiaohongshu-comments": NOTE_COMMENT,
    "linkedin.com": zeeschuimer_linkedin.POST,
    "facebook.com": zeeschuimer_facebook.POST,
}


def sniff(head: Head) -> Confidence | None:
    """Accept Zeeschuimer's wrapper, or its remains after 4CAT."""
    keys = set(head.keys)
    if {"source_platform", "timestamp_collected", "data"} <= keys:
        return by_fields(0.95, "source_platform", "timestamp_collected", "data")
    if b'"__import_meta"' in head.start and b'"source_platform"' in head.start:
        return by_fields(0.95, "__import_meta", "source_platform")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read what was seen.

    Raises:
        InputFileError: the file cannot be read.
    """

    def take(line: Any, into: Collector) -> None:  # noqa: ANN401  any JSON
        if not into.row:
            into.notes.append(
                "The items are what one person's screen showed, in that order: no sample, and no measure of how common "
                "anything is."
            )
        into.next_row()
        try:
            _add(line if isinstance(line, dict) else {}, into)
        except JSON_ERRORS as error:
            into.reject(message("not as this platform has it: {error}", error=error), str(text_of(line))[:400])

    return read_json(path, options, LOADER.name, _decoder, take, times=_TIMES)


def _add(line: Item, into: Collector) -> None:
    meta = first_of(line, "__import_meta", dict) or line
    platform, item = first_of(meta, "source_platform", str), line.get("data", line)
    known = _PLATFORMS.get(platform)
    if known is None:
        into.reject(
            message(
                "an item of {source_platform}, which is not read here; export it as CSV through 4CAT",
                source_platform=platform,
            )
        )
        return
    into.count("Items of {platform}", platform=platform)
    if known is zeeschuimer_linkedin.POST and _LINKEDIN not in into.notes:
        into.notes.append(_LINKEDIN)
    seen = first_of(meta, ("last_updated", "timestamp_collected"))
    known.add_item(item if isinstance(item, dict) else {}, epoch_ms_us(seen), into)


LOADER = Loader(
    name="zeeschuimer",
    title="Zeeschuimer",
    text=(
        "What the browser extension Zeeschuimer saw on X, TikTok, Instagram, Threads, Truth Social, Gab, Imgur, 9GAG, "
        "Pinterest, Douyin, Xiaohongshu, LinkedIn or Facebook."
    ),
    sniff=sniff,
    read=read,
)
