"""An item of JSON as data, for files in which lines are of several shapes, or one item gives more than one act.

An ``ItemFormat`` is to a ``Collector`` what a ``TableFormat`` is to a table: which field of an item fills which column.
A field is a path (``json_format``), several of which the first that has a value counts, or a small function of the
item; where a column takes several values, a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.base import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.json_format import keys_read, steps_of, text_of, values_at
from forensics.loaders.reading.documents import REPAIRED, decoded, read_json
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.shaping.collecting import Collector
from forensics.loaders.shaping.records import AccountFacts, Post, PostCounts
from forensics.loaders.shaping.unmapped import Known
from forensics.loaders.times.id_times import compare
from forensics.loaders.times.single_times import epoch_us, precision_of
from forensics.messages import Text, message
from forensics.places.place_resolution import resolve
from forensics.text.urls import found_urls

__all__ = [
    "Item",
    "ItemFormat",
    "Made",
    "Part",
    "all_of",
    "country_code",
    "country_named",
    "first_of",
    "hashtags_in",
    "item_loader",
    "lines_of",
    "named",
    "time_at",
    "word_where",
    "written",
]

Item = dict[str, Any]
Single = str | Callable[[Item], object]
Part = Single | tuple[Single, ...]

_LISTS = ("urls", "hashtags", "media", "accounts", "pages", "places")
_HASHTAG = re.compile(r"#(\w+)")
_OF_ACTIONS, _OF_ACCOUNTS, _OF_POSTS = (dict(table.schema) for table in (schema.ACTIONS, schema.ACCOUNTS, schema.POSTS))
_decoder = msgspec.json.Decoder()
_raw = msgspec.json.Decoder(msgspec.Raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFormat:
    """One shape of items.

    Attributes:
        platform: the service.
        account: the id of who acted.
        time: when.
        clock: reads such a time, as microseconds since 1970.
        moment: gives of an item, its time and its account of the file the time that counts and its precision.
        hidden: gives the time in a post's id, against which the stated one is held.
        post: field of ``records.Post``, but the action and its object, to where it stands.
        acts: what an item can do and to what; the first whose object has a value. Else it is a post.
        facts: field of ``records.AccountFacts`` to where it stands.
        counts: field of ``records.PostCounts`` to where it stands; those of a repost are the original's, and not read.
        counts_reposts: whether a repost has counts of its own.
        within: the key under which some items have the item itself.
        context: where an item that this one repeats stands, which is kept as context.
        rejected: what is no post, and why.
        also: paths that functions read.
        marks: keys that the first object of a file has.
        one_of: keys of which it has one at least.
        without: keys that a similar format has and this one has not.
        times: where the times come from, a sentence for the notes.
        begin: given a file's name and the options, what looks at each item before it is read and refuses a file.
    """

    platform: str
    account: Part
    time: Part
    clock: Callable[[Any], int | None] = epoch_us
    moment: Callable[[Item, int | None, int | None, Collector], tuple[int | None, str]] | None = None
    hidden: Callable[[str | None], int | None] | None = None
    post: Mapping[str, Part | list[Part]] = field(default_factory=dict)
    acts: tuple[tuple[str, Part], ...] = ()
    facts: Mapping[str, Part] = field(default_factory=dict)
    counts: Mapping[str, Part] = field(default_factory=dict)
    counts_reposts: bool = False
    within: str | None = None
    context: str | None = None
    rejected: tuple[tuple[Callable[[Item], bool], Text], ...] = ()
    also: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    times: str | None = None
    begin: Callable[[str, ReadOptions], Callable[[Item], None]] | None = None
    _known: Known = field(init=False)

    def __post_init__(self) -> None:
        """Gather every path that is read."""
        parts = [self.account, self.time, *(part for _, part in self.acts), self.context or (), *self.also]
        paths = _paths([*parts, *self.post.values(), *self.facts.values(), *self.counts.values()])
        object.__setattr__(self, "_known", keys_read(paths))

    def add(
        self,
        raw: bytes,
        collected: int | None,
        into: Collector,
        check: Callable[[Item], None] | None = None,
    ) -> None:
        """Add an item's post, the facts of its account, its counts, and what it repeats.

        Args:
            raw: the item.
            collected: when it was seen, microseconds since 1970.
            into: what is filled; without an account or a time the item is rejected.
            check: looks at the item first.

        Raises:
            Exception: one of ``JSON_ERRORS``.
            InputFileError: ``check`` refuses the file.
        """
        item, is_repaired = decoded(raw, _decoder)
        into.count(REPAIRED, int(is_repaired))
        item = self._inner(item if isinstance(item, dict) else {})
        if check is not None:
            check(item)
        into.unmapped.look_value(item, self._known)
        reason = next((why for holds, why in self.rejected if holds(item)), None)
        if reason is not None:
            into.reject(reason)
            return
        stated = first_of(item, self.time)
        post = self._post(item, stated, collected, into)
        if not into.post(post, stated) or post.account_id is None:
            return
        at = collected or post.acted_at
        facts = {name: first_of(item, part) for name, part in self.facts.items()}
        made = _typed(facts, _OF_ACCOUNTS)
        into.facts(AccountFacts(account_id=post.account_id, platform=self.platform, captured_at=at, **made))
        if post.action != "repost" or self.counts_reposts:
            self._count(item, post, collected, made.get("followers"), into)
        original = first_of(item, self.context, dict) if self.context else None
        if original is not None:
            original = self._inner(original)
            around = self._post(original, first_of(original, self.time), None, into)
            around.is_context = True
            into.post(around)

    def _inner(self, item: Item) -> Item:
        inner = item.get(self.within) if self.within else None
        return inner if isinstance(inner, dict) else item

    def _post(self, item: Item, stated: object, collected: int | None, into: Collector) -> Post:
        at = self.clock(stated) if stated is not None else None
        at, precision = (at, precision_of(at)) if self.moment is None else self.moment(item, at, collected, into)
        plain = {
            name: first_of(item, part)
            for name, part in self.post.items()
            if name not in _LISTS and not isinstance(part, list)
        }
        done = ((action, text_of(first_of(item, part))) for action, part in self.acts)
        action, target = next(((action, of) for action, of in done if of is not None), ("post", None))
        post = Post(
            account_id=text_of(first_of(item, self.account)),
            acted_at=at,
            time_precision=precision,
            action=action,
            object_id=target,
            **_typed(plain, _OF_ACTIONS),
        )
        for name in _LISTS:
            if name in self.post:
                setattr(post, name, all_of(item, self.post[name]))
        post.urls = list(dict.fromkeys([*post.urls, *found_urls(post.text)]))
        if self.hidden is not None:
            compare(at, self.hidden(post.post_id), into)
        return post

    def _count(self, item: Item, post: Post, collected: int | None, followers: int | None, into: Collector) -> None:
        made = _typed({name: first_of(item, part) for name, part in self.counts.items()}, _OF_POSTS)
        if post.post_id is None or post.account_id is None or all(number is None for number in made.values()):
            return
        into.counts(
            PostCounts(
                post_id=post.post_id,
                account_id=post.account_id,
                platform=self.platform,
                published_at=post.acted_at,
                time_precision=post.time_precision,
                captured_at=collected,
                followers=followers,
                text=post.text,
                language=post.language,
                permalink=post.permalink,
                **made,
            )
        )


def first_of(item: Item, part: Part, kind: type | tuple[type, ...] = (str, int, float)) -> Any:  # noqa: ANN401
    """Return the first value of a part; objects and lists are none unless asked for."""
    for single in part if isinstance(part, tuple) else (part,):
        for value in _values(item, single):
            if isinstance(value, kind) and value != "":
                return value
    return None


def all_of(item: Item, part: Part | list[Part]) -> list[str]:
    """Return all the values of a part, or of the first of its alternatives that has any; of a list those of each."""
    if isinstance(part, list):
        return [value for one in part for value in all_of(item, one)]
    for single in part if isinstance(part, tuple) else (part,):
        found = [text for value in _values(item, single) if isinstance(value, str | int) and (text := text_of(value))]
        if found:
            return found
    return []


def _values(item: Item, single: Single) -> Iterable[object]:
    if isinstance(single, str):
        steps = _steps(single)
        if "[]" in steps:
            return values_at(item, steps)
        value: object = item
        for step in steps:
            if not isinstance(value, dict):
                return ()
            value = value.get(step)
        return (value,)
    found = single(item)
    return found if isinstance(found, list) else (found,)


_steps = cache(steps_of)


def _typed(values: Mapping[str, Any], types: Mapping[str, pl.DataType]) -> dict[str, Any]:
    """Return values as the columns of a table have them; what does not fit is None."""
    return {name: _as(types[name], value) for name, value in values.items()}


def _as(dtype: pl.DataType, value: Any) -> Any:  # noqa: ANN401  what a column holds
    if dtype == schema.TIME or value is None:
        return value
    if dtype == pl.Int64:
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        return int(value) if digits or (isinstance(value, int) and not isinstance(value, bool)) else None
    if dtype == pl.Boolean:
        return value if isinstance(value, bool) else None
    if dtype == pl.Float64:
        return float(value) if isinstance(value, int | float) else None
    return text_of(value)


def _paths(part: Any) -> Iterator[str]:  # noqa: ANN401  a part, or several
    if isinstance(part, str):
        yield part
    for single in part if isinstance(part, tuple | list) else (part.reads if isinstance(part, Made) else ()):
        yield from _paths(single)


@dataclass(frozen=True, slots=True)
class Made:
    """A function of an item, and the parts that it reads."""

    make: Callable[[Item], object]
    reads: tuple[Part, ...]

    def __call__(self, item: Item) -> object:
        """Return what is made of an item."""
        return self.make(item)


def written(template: str, *parts: Part) -> Made:
    """Return what writes the values of parts into a template; nothing where one is missing."""

    def make(item: Item) -> str | None:
        values = [first_of(item, part) for part in parts]
        return None if None in values else template.format(*values)

    return Made(make, parts)


def time_at(part: Part, clock: Callable[[Any], int | None]) -> Made:
    """Return what reads a time beside the act's own."""
    return Made(lambda item: clock(first_of(item, part)), (part,))


def lines_of(*parts: Part) -> Made:
    """Return what writes the values of parts below each other, such as a title and a text."""

    def make(item: Item) -> str | None:
        lines = [str(value).strip() for part in parts if (value := first_of(item, part)) is not None]
        return "\n".join(line for line in lines if line) or None

    return Made(make, parts)


def hashtags_in(*parts: Part) -> Made:
    """Return what finds the hashtags in texts."""
    text = lines_of(*parts)
    return Made(lambda item: _HASHTAG.findall(str(text(item) or "")), parts)


def named(path: str, *keys: str) -> Made:
    """Return what names each object at a path, by the first of some keys that it has."""
    steps = _steps(path)

    def make(item: Item) -> list[object]:
        return [first_of(one, keys) for one in values_at(item, steps) if isinstance(one, dict)]

    return Made(make, tuple(f"{path}.{key}" for key in keys))


def country_named(part: Part) -> Made:
    """Return what reads a country's name, in any language; nothing for a region or a town."""

    def make(item: Item) -> str | None:
        found = resolve(first_of(item, part, str) or "")
        return found.country or None if found.kind == "country" else None

    return Made(make, (part,))


def word_where(word: str, part: Made) -> Made:
    """Return what gives a word where a part has a value."""
    return Made(lambda item: word if part(item) else None, part.reads)


def country_code(part: Part) -> Made:
    """Return what reads a country's code of two letters, in either case."""

    def make(item: Item) -> str | None:
        code = (first_of(item, part, str) or "").upper()
        return code if len(code) == 2 and code.isalpha() else None

    return Made(make, (part,))


def item_loader(name: str, title: str, text: str, known: ItemFormat) -> Loader:
    """Return the loader of files whose every line, or element of a list, is an item of one shape."""

    def sniff(head: Head) -> Confidence | None:
        keys = set(head.keys)
        fits = keys.issuperset(known.marks) and keys.isdisjoint(known.without)
        is_one = not known.one_of or not keys.isdisjoint(known.one_of)
        return by_fields(0.95, *known.marks, *known.one_of[:1]) if fits and is_one else None

    def read(path: Path, options: ReadOptions) -> Dataset:
        check = known.begin(path.name, options) if known.begin else None

        def take(raw: msgspec.Raw, into: Collector) -> None:
            into.next_row()
            try:
                known.add(bytes(raw), None, into, check)
            except JSON_ERRORS as error:
                excerpt = bytes(raw)[:400].decode("utf-8", "replace")
                into.reject(message("not as this format has it: {error}", error=error), excerpt)

        return read_json(path, options, name, _raw, take, times=known.times)

    return Loader(name, title, text, sniff, read)
