"""JSON of any size in pieces: values one after another, the elements of a list, or a document around a long list.

A document such as ``{"name": ..., "messages": [...]}`` is given several times, each time with some of the elements of
its long list and all fields before it, so that memory holds a few megabytes of a file of any size. Only
the places of brackets, commas and quotes are looked for; what stands between them is left to a decoder.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.data_file import open_bytes
from forensics.loaders.reading.json.json_brackets import Brackets
from forensics.loaders.reading.json.json_lines import EDGE, is_lines, json_lines
from forensics.loaders.reading.text_decoding import utf8_blocks

_BLOCK = 1 << 20


_PIECE = 1 << 22
"""Bytes of elements after which a document is given."""

_BLANK = EDGE + b","


@dataclass(frozen=True, slots=True)
class Piece:
    """A value, or a document with some of the elements of its long list.

    Attributes:
        before: what stands before the elements; of a value without a long list, the value.
        elements: as they stand, none of them proved to be JSON.
        after: what closes the document.
        is_torn: the file ends within it.
    """

    before: bytes
    elements: tuple[bytes, ...] = ()
    after: bytes = b""
    is_torn: bool = False

    def joined(self, elements: Collection[bytes] | None = None) -> bytes:
        """Return the whole, with other elements where they are given."""
        chosen = self.elements if elements is None else elements
        return self.before + b",".join(chosen) + self.after if chosen else self.before + self.after


@dataclass(slots=True)
class _Level:
    """An object or a list that has begun: what is kept of it, and the elements that wait to be handed out."""

    mark: bytes
    is_long: bool
    kept: bytearray = field(default_factory=bytearray)
    elements: list[bytes] = field(default_factory=list)
    n_bytes: int = 0
    waiting_at: int = 0
    whole_to: int = 0

    @property
    def is_list(self) -> bool:
        return self.mark == b"["

    @property
    def closer(self) -> bytes:
        return b"]" if self.is_list else b"}"

    def keep(self, text: bytes) -> None:
        """Keep an object's fields, but no list whose elements are handed out."""
        if not self.is_list:
            self.kept += text

    def take(self, element: bytes) -> None:
        """Gather an element of a long list."""
        element = element.strip()
        if element:
            self.elements.append(element)
            self.n_bytes += len(element)


def json_pieces(blocks: Iterator[bytes], lists: Collection[str], around: Collection[str]) -> Iterator[Piece]:
    """Yield the values of a file, the elements of an outermost list each as a value.

    Args:
        blocks: the file's bytes, UTF-8.
        lists: keys of lists whose elements stand for themselves; they are handed out some at a time.
        around: keys of objects and lists in which those lists are.
    """
    return _Walk(frozenset(lists), frozenset(around)).pieces(blocks)


class _Walk:
    """A walk through a file, which knows in which objects and lists it is."""

    def __init__(self, lists: frozenset[str], around: frozenset[str]) -> None:
        self._lists, self._around = lists, around
        self._levels: list[_Level] = []

    def pieces(self, blocks: Iterator[bytes]) -> Iterator[Piece]:
        """Walk through the blocks."""
        data = b""
        held: list[bytes] = []
        n_held = 0
        for block in blocks:
            held.append(block)
            n_held += len(block)
            if n_held < len(data):
                continue  # a long element is looked through again only when twice as much of it is there
            data = b"".join((data, *held))
            held, n_held = [], 0
            used = yield from self._advance(data)
            data = data[used:]
        data = b"".join((data, *held))
        used = yield from self._advance(data)
        yield from self._rest(data[used:])

    def _advance(self, data: bytes) -> Generator[Piece, None, int]:
        """Go as far as the data are certain; return how many bytes were used up."""
        brackets = Brackets(data, len(self._levels))
        start, is_sure = 0, True
        while is_sure:
            is_long = bool(self._levels) and self._levels[-1].is_long
            start, is_sure = yield from (self._through_list if is_long else self._to_next)(data, brackets, start)
        return start

    def _through_list(self, data: bytes, brackets: Brackets, start: int) -> Generator[Piece, None, tuple[int, bool]]:
        """Gather the elements of a long list, up to its end where that is there."""
        level, depth = self._levels[-1], len(self._levels)
        end = brackets.close(start, depth - 1)
        for place in brackets.commas(start, len(data) if end is None else end, depth):
            level.take(data[start:place])
            start = place + 1
            if level.n_bytes >= _PIECE:
                yield from self._hand_out()
        if end is None:
            return start, False
        level.take(data[start:end])
        yield from self._close()
        return end + 1, True

    def _to_next(self, data: bytes, brackets: Brackets, start: int) -> Generator[Piece, None, tuple[int, bool]]:
        """Go past the next bracket, or past the object or list that it opens where that is taken whole."""
        top = self._levels[-1] if self._levels else None
        place, is_open = brackets.next(start)
        if place is None:
            return start, False
        before, mark = data[start:place], data[place : place + 1]
        if not is_open:
            if top is None:
                yield from self._junk(before + mark)  # a bracket too many
            else:
                top.keep(before)
                yield from self._close()
            return place + 1, True
        if self._enters(before, mark):
            yield from self._open(mark, before)
            return place + 1, True
        end = brackets.close(place, len(self._levels))
        if end is None:
            return start, False
        if top is None:
            yield from self._junk(before)
            yield Piece(data[place : end + 1])
        else:
            top.keep(data[start : end + 1])
        return end + 1, True

    def _enters(self, before: bytes, mark: bytes) -> bool:
        """Return whether an object or list is walked through, and not taken whole."""
        if not self._levels:
            return mark == b"[" or bool(self._lists)
        if self._levels[-1].is_list:
            return mark == b"{"
        key = _key(before)
        return key in self._around or (mark == b"[" and key in self._lists)

    def _junk(self, before: bytes) -> Iterator[Piece]:
        """Yield what stands between the outermost values."""
        junk = before.strip(_BLANK)
        if junk:
            yield Piece(junk)

    def _open(self, mark: bytes, before: bytes) -> Iterator[Piece]:
        is_long = mark == b"[" and (not self._levels or _key(before) in self._lists)
        if not self._levels:
            yield from self._junk(before)
        else:
            self._levels[-1].whole_to = len(self._levels[-1].kept)  # what follows is the key of the level that begins
            self._levels[-1].keep(before)
        self._levels.append(_Level(mark, is_long))

    def _close(self) -> Iterator[Piece]:
        """Leave the innermost level. The elements of a short list wait until all of its object is known."""
        level = self._levels[-1]
        up = self._levels[-2] if len(self._levels) > 1 else None
        if level.is_long:
            if up is None or up.elements:
                yield from self._hand_out()
            self._levels.pop()
            if up is not None:
                up.kept += b"["
                if level.elements:
                    up.elements, up.waiting_at = level.elements, len(up.kept)
                up.kept += b"]"
            return
        if level.elements:
            yield from self._hand_out()
        elif up is None or up.is_list:
            yield Piece(self._shell() + level.mark + bytes(level.kept) + level.closer + self._closers())
        self._levels.pop()
        if up is not None:
            up.keep(level.mark + level.kept + level.closer)

    def _hand_out(self, *, is_torn: bool = False) -> Iterator[Piece]:
        """Yield the elements that were gathered, in the document as far as it is known."""
        for number, level in enumerate(self._levels):
            elements, level.elements, level.n_bytes = tuple(level.elements), [], 0
            if not elements:
                continue
            if level.is_long and number == 0:
                yield from (Piece(element) for element in elements)
                continue
            at = level.waiting_at if not level.is_long else 0
            end = len(level.kept) if number == len(self._levels) - 1 else max(at, level.whole_to)
            before = self._shell(number) + level.mark + bytes(level.kept[:at])
            after = bytes(level.kept[at:end]) + level.closer + self._closers(number)
            yield Piece(before, elements, after, is_torn)

    def _shell(self, n_levels: int = -1) -> bytes:
        """Return what is kept of the outer levels."""
        return b"".join(level.mark + bytes(level.kept) for level in self._levels[:n_levels])

    def _closers(self, n_levels: int = -1) -> bytes:
        return b"".join(level.closer for level in reversed(self._levels[:n_levels]))

    def _rest(self, data: bytes) -> Iterator[Piece]:
        """Yield what is left at the end of a file, which is torn where a level is open."""
        rest = data.strip(_BLANK)
        if not self._levels:
            yield from self._junk(rest)
            return
        level = self._levels[-1]
        if level.is_long and len(self._levels) == 1:
            yield from self._hand_out()
            yield Piece(rest, is_torn=True)
            return
        if level.is_long and rest:
            level.elements.append(rest)
        if any(level.elements for level in self._levels):
            yield from self._hand_out(is_torn=True)
        else:
            yield Piece(self._shell() + level.mark + bytes(level.kept) + data, is_torn=True)


def _key(before: bytes) -> str:
    """Return the key that stands before an object or a list."""
    text = before.rstrip().removesuffix(b":").rstrip()
    if not text.endswith(b'"'):
        return ""
    return text[text.rfind(b'"', 0, -1) + 1 : -1].decode("utf-8", "replace")


def json_values(path: Path, options: ReadOptions, lists: Collection[str], around: Collection[str]) -> Iterator[Piece]:
    """Yield each value of a file, or the pieces of a document.

    Args:
        options: as for ``read_json``.
        lists: keys of the long lists in a document.
        around: keys of the objects and lists in which those lists are.

    Raises:
        InputFileError: it cannot be unpacked.
    """
    member, encoding = options.settings.get("member"), options.settings.get("encoding")
    with closing(open_bytes(path, member)) as stream:
        blocks = utf8_blocks(path.name, stream, encoding, _BLOCK)
        are_lines = is_lines(path, blocks)
    with closing(open_bytes(path, member)) as stream:
        if are_lines:
            yield from (Piece(line) for _, line in json_lines(stream, options))
        else:
            yield from json_pieces(utf8_blocks(path.name, stream, encoding, _BLOCK), lists, around)
