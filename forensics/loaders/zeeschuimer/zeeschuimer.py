"""What the browser extension Zeeschuimer saw on a screen, one item a line, or the same after a round through 4CAT.

Each line wraps the platform's own object under ``data``, or (from 4CAT) is that object with ``__import_meta``. The
items are what one person's feed showed, in that order: no sample of anything, and never to be used for how common an
object is. An item seen twice is kept once, with the counts of the latest sighting. Read are all the platforms that
version 1.14.2 has a module for, and LinkedIn and Facebook, for which other versions have one.

Source: https://github.com/digitalmethodsinitiative/zeeschuimer, version 1.14.2.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.reading.documents import decoded, read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.times.single_times import epoch_us
from forensics.loaders.zeeschuimer.douyin_xiaohongshu import add_douyin, add_note, add_note_comment
from forensics.loaders.zeeschuimer.imgur_9gag_pinterest import add_9gag, add_imgur, add_pin
from forensics.loaders.zeeschuimer.instagram_threads import add_instagram, add_threads
from forensics.loaders.zeeschuimer.truth_gab import add_gab, add_truth
from forensics.loaders.zeeschuimer.zeeschuimer_facebook import add_facebook
from forensics.loaders.zeeschuimer.zeeschuimer_linkedin import add_linkedin
from forensics.loaders.zeeschuimer.zeeschuimer_tiktok import add_comment, add_video
from forensics.loaders.zeeschuimer.zeeschuimer_x import add_tweet
from forensics.messages import message

__all__ = ["LOADER"]

_TIMES = (
    "Times are the platforms' own as their pages received them; those of tweets are in the ids, to the millisecond."
)
_LINKEDIN = (
    "LinkedIn shows only how long ago a post was made; its times are those in the posts' numbers, to the second, where "
    "the two agree."
)


class Wrapper(msgspec.Struct):
    source_platform: str | None = None
    timestamp_collected: int | None = None
    last_updated: int | None = None
    data: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    meta: Wrapper | None = msgspec.field(default=None, name="__import_meta")


Add = Callable[[bytes, int | None, Collector], None]

_raw = msgspec.json.Decoder(msgspec.Raw)
_wrapper = msgspec.json.Decoder(Wrapper, strict=False)

_PLATFORMS: dict[str, Add] = {
    "twitter.com": add_tweet,
    "x.com": add_tweet,
    "tiktok.com": add_video,
    "tiktok-comments": add_comment,
    "tiktok-comments.com": add_comment,
    "instagram.com": add_instagram,
    "threads.net": add_threads,
    "threads.com": add_threads,
    "truthsocial.com": add_truth,
    "gab.com": add_gab,
    "imgur.com": add_imgur,
    "9gag.com": add_9gag,
    "pinterest.com": add_pin,
    "douyin.com": add_douyin,
    "xiaohongshu.com": add_note,
    "xiaohongshu-comments": add_note_comment,
    "linkedin.com": add_linkedin,
    "facebook.com": add_facebook,
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

    def take(raw: msgspec.Raw, into: Collector) -> None:
        if not into.row:
            into.notes.append(
                "The items are what one person's screen showed, in that order: no sample, and no measure of how common "
                "anything is."
            )
        _take(bytes(raw), into)

    return read_json(path, options, LOADER.name, _raw, take, times=_TIMES)


def _take(line: bytes, into: Collector) -> None:
    into.next_row()
    try:
        wrapper, _ = decoded(line, _wrapper)
        meta = wrapper.meta or wrapper
        item = line if wrapper.data is msgspec.UNSET else bytes(wrapper.data)
        add = _PLATFORMS.get(meta.source_platform or "")
        if add is None:
            into.reject(
                message(
                    "an item of {source_platform}, which is not read here; export it as CSV through 4CAT",
                    source_platform=meta.source_platform,
                )
            )
            return
        into.count("Items of {platform}", platform=meta.source_platform)
        if add is add_linkedin and _LINKEDIN not in into.notes:
            into.notes.append(_LINKEDIN)
        seen = meta.last_updated if meta.last_updated is not None else meta.timestamp_collected
        add(item, epoch_us(seen, 1000), into)
    except JSON_ERRORS as error:
        into.reject(message("not as this platform has it: {error}", error=error), line[:400].decode("utf-8", "replace"))


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
