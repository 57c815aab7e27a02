"""An item of JSON as data, for files in which lines are of several shapes, or one item gives more than one act.

An ``ItemFormat`` is to a ``Collector`` what a ``TableFormat`` is to a table: which field of an item fills which column.
A field is a path (``json_format``), several of which the first that has a value counts, or a small function of the
item (``item_values``); where a column takes several values, a list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from forensics import schema
from forensics.dataset import Dataset
from forensics.loaders.format_declarations.item_values import (
    Item,
    Part,
    Reader,
    all_reader,
    first_of,
    first_reader,
    moment_in,
    paths_in,
)
from forensics.loaders.format_declarations.json_format import Items, keys_read, text_of
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts, Post, PostCounts
from forensics.loaders.normalising.unmapped_fields import Known
from forensics.loaders.reading.json.json_documents import read_json
from forensics.loaders.reading.json.json_keys import first_keys
from forensics.loaders.reading.json.json_lines import JSON_ERRORS
from forensics.loaders.times.id_times import compare
from forensics.loaders.times.single_times import epoch_us, precision_of
from forensics.messages import Text, message
from forensics.text.urls import found_urls

_LISTS = ("urls", "hashtags", "media", "accounts", "pages", "places")
_OF_ACTIONS, _OF_ACCOUNTS, _OF_POSTS = (dict(table.schema) for table in (schema.ACTIONS, schema.ACCOUNTS, schema.POSTS))
_decoder = msgspec.json.Decoder()


_Column = tuple[str, Reader, Callable[[Any], Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Readers:
    """The fields of a format, ready to be read from many items; ``_Column`` is its name, its reader and its type's."""

    account: Reader
    time: Reader
    acts: list[tuple[str, Reader]]
    post: list[_Column]
    lists: list[tuple[str, Callable[[Item], list[str]]]]
    facts: list[_Column]
    counts: list[_Column]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFormat:
    """One shape of items.

    Attributes:
        account: the id of who acted.
        time: when; None where an item is an account.
        clock: reads such a time, as microseconds since 1970.
        moment: gives of an item, its time and its account of the file the time that counts and its precision.
        hidden: gives the time in a post's id, against which the stated one is held.
        post: field of ``item_records.Post``, but the action and its object, to where it stands.
        has_links: whether the addresses in the words of a post are among its traces.
        acts: what an item can do and to what; the first whose object has a value. Else it is a post.
        facts: field of ``item_records.AccountFacts`` to where it stands.
        counts: field of ``item_records.PostCounts`` to where it stands; a repost's are the original's, and not read.
        counts_reposts: whether a repost has counts of its own.
        counts_context: whether the counts of what an item repeats are read too.
        within: the key under which some items have the item itself.
        context: where an item that this one repeats stands, which is kept as context.
        rejected: what is no post, and why.
        noted: what the notes count, and how many of it an item has.
        also: paths that functions read.
        marks: keys that the first object of a file has.
        one_of: keys of which it has one at least.
        without: keys that a similar format has and this one has not.
        times: where the times come from, a sentence for the notes.
        items: where the items of a document stand.
        captured: gives of a document when it was collected, microseconds since 1970.
        begin: given a file's name and the options, what checks each item before it is read and refuses a file.
    """

    platform: str
    account: Part
    time: Part | None = None
    clock: Callable[[Any], int | None] = epoch_us
    moment: Callable[[Item, int | None, int | None, Collector], tuple[int | None, str]] | None = None
    hidden: Callable[[str | None], int | None] | None = None
    post: Mapping[str, Part | list[Part]] = field(default_factory=dict)
    has_links: bool = True
    acts: tuple[tuple[str, Part], ...] = ()
    facts: Mapping[str, Part] = field(default_factory=dict)
    counts: Mapping[str, Part] = field(default_factory=dict)
    counts_reposts: bool = False
    counts_context: bool = False
    within: str | None = None
    context: str | None = None
    rejected: tuple[tuple[Callable[[Item], bool], Text], ...] = ()
    noted: tuple[tuple[str, Callable[[Item], int]], ...] = ()
    also: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    times: str | None = None
    items: Items = field(default_factory=Items)
    captured: Callable[[Item], int | None] | None = None
    begin: Callable[[str, ReadOptions], Callable[[Item], None]] | None = None
    _known: Known = field(init=False)
    _ready: _Readers = field(init=False)

    def __post_init__(self) -> None:
        """Gather every path that is read, and make each field ready to be read from many items."""
        parts = [self.account, self.time or (), *(part for _, part in self.acts), *self.also]
        paths = paths_in([*parts, *self.post.values(), *self.facts.values(), *self.counts.values()])
        object.__setattr__(self, "_known", keys_read(paths, (self.context,) if self.context else ()))
        single = {name: part for name, part in self.post.items() if name not in _LISTS and not isinstance(part, list)}
        ready = _Readers(
            account=first_reader(self.account),
            time=first_reader(self.time or ()),
            acts=[(action, first_reader(part)) for action, part in self.acts],
            post=_columns(single, _OF_ACTIONS),
            lists=[(name, all_reader(self.post[name])) for name in _LISTS if name in self.post],
            facts=_columns(self.facts, _OF_ACCOUNTS),
            counts=_columns(self.counts, _OF_POSTS),
        )
        object.__setattr__(self, "_ready", ready)

    def add_item(self, item: Item, collected: int | None, into: Collector) -> None:
        """Add an item's post, the facts of its account, its counts, and what it repeats.

        Args:
            collected: when it was seen, microseconds since 1970.
            into: what is filled; without an account or a time the item is rejected.
        """
        item = self._inner(item)
        into.unmapped.look_value(item, self._known)
        reason = next((why for holds, why in self.rejected if holds(item)), None)
        if reason is not None:
            into.reject(reason)
            return
        for what, number in self.noted:
            into.count(what, int(number(item)))
        if self.time is None:
            self._add_facts(item, text_of(self._ready.account(item)), collected, into)
            return
        post = self._post(item, collected, into)
        if not into.post(post, self._ready.time(item)):
            return
        followers = self._add_facts(item, post.account_id, collected or post.acted_at, into)
        if post.action != "repost" or self.counts_reposts:
            self._count(item, post, collected, followers, into)
        original = first_of(item, self.context, dict) if self.context else None
        if original is not None:
            original = self._inner(original)
            around = self._post(original, None, into)
            around.is_context = True
            if into.post(around):
                followers = self._add_facts(original, around.account_id, collected or around.acted_at, into)
                if self.counts_context:
                    self._count(original, around, collected, followers, into)

    def _add_facts(self, item: Item, account: str | None, at: int | None, into: Collector) -> int | None:
        """Add the facts of an account, and return how many follow it."""
        if account is None:
            into.reject("no account")
            return None
        made = _read(self._ready.facts, item)
        into.facts(AccountFacts(account_id=account, platform=self.platform, captured_at=at, **made))
        followers: int | None = made.get("followers")
        return followers

    def _inner(self, item: Item) -> Item:
        inner = item.get(self.within) if self.within else None
        return inner if isinstance(inner, dict) else item

    def _post(self, item: Item, collected: int | None, into: Collector) -> Post:
        stated = self._ready.time(item)
        at = moment_in(stated, self.clock)
        at, precision = (at, precision_of(at)) if self.moment is None else self.moment(item, at, collected, into)
        action, target = "post", None
        for act, read in self._ready.acts:
            target = text_of(read(item))
            if target is not None:
                action = act
                break
        post = Post(
            account_id=text_of(self._ready.account(item)),
            acted_at=at,
            time_precision=precision,
            action=action,
            object_id=target,
            **_read(self._ready.post, item),
        )
        for name, read_all in self._ready.lists:
            if found := read_all(item):
                setattr(post, name, found)
        urls = [*post.urls, *found_urls(post.text)] if self.has_links else post.urls
        post.urls = list(dict.fromkeys(urls)) if len(urls) > 1 else urls
        if self.hidden is not None:
            compare(at, self.hidden(post.post_id), into)
        return post

    def _count(self, item: Item, post: Post, collected: int | None, followers: int | None, into: Collector) -> None:
        made = _read(self._ready.counts, item)
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


def _columns(parts: Mapping[str, Part], types: Mapping[str, pl.DataType]) -> list[_Column]:
    return [(name, first_reader(part), _cast(types[name])) for name, part in parts.items()]


def _read(columns: Iterable[_Column], item: Item) -> dict[str, Any]:
    """Return values as the columns of a table have them; what does not fit is None."""
    return {name: None if (value := read(item)) is None else cast(value) for name, read, cast in columns}


def _cast(dtype: pl.DataType) -> Callable[[Any], Any]:
    """Return what makes of a value one that a column holds."""
    if dtype == schema.TIME:
        return lambda value: value
    if dtype == pl.Int64:
        return _whole
    if dtype == pl.Boolean:
        return lambda value: value if isinstance(value, bool) else None
    if dtype == pl.Float64:
        return lambda value: float(value) if isinstance(value, int | float) else None
    return text_of


def _whole(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _keys_within(head: Head, items: Items) -> Iterator[set[str]]:
    """Yield the keys of the first item in each list of a document that begins a file."""
    for key in items.lists if not {*items.lists, *items.around}.isdisjoint(head.keys) else ():
        _, is_there, rest = head.start.partition(f'"{key}"'.encode())
        if is_there:
            yield set(first_keys(rest))


def item_loader(
    name: str, title: str, text: str, known: ItemFormat, choose: Callable[[Item], ItemFormat | Text] | None = None
) -> Loader:
    """Return the loader of JSON files of items.

    Args:
        name: its name.
        title: the phrase a user reads.
        text: where such files come from.
        known: their shape, and how a file is recognised and where its items stand.
        choose: gives the shape of an item, where there are several, or why it is none.
    """

    def is_marked(keys: set[str]) -> bool:
        fits = keys.issuperset(known.marks) and keys.isdisjoint(known.without)
        return fits and (not known.one_of or not keys.isdisjoint(known.one_of))

    def sniff(head: Head) -> Confidence | None:
        found = any(map(is_marked, (set(head.keys), *_keys_within(head, known.items))))
        return by_fields(0.95, *known.marks, *known.one_of[:1]) if found else None

    def read(path: Path, options: ReadOptions) -> Dataset:
        check = known.begin(path.name, options) if known.begin else None

        def take(document: Any, into: Collector) -> None:  # noqa: ANN401
            collected = known.captured(document) if known.captured and isinstance(document, dict) else None
            for item in known.items.of(document):
                into.next_row()
                if not isinstance(item, dict):
                    into.reject("not as this format has it: no object", text_of(item))
                    continue
                if check is not None:
                    check(item)
                try:
                    shape = choose(item) if choose else known
                    if isinstance(shape, ItemFormat):
                        shape.add_item(item, collected, into)
                    else:
                        into.reject(shape)
                except JSON_ERRORS as error:
                    into.reject(message("not as this format has it: {error}", error=error), str(text_of(item))[:400])

        within = (known.items.lists, known.items.around)
        return read_json(path, options, name, _decoder, take, within=within, times=known.times)

    return Loader(name, title, text, sniff, read)
