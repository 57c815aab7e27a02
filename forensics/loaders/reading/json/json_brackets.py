"""Where the brackets and commas of JSON stand outside strings, and how deep: found for a whole piece at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_QUOTE, _BACKSLASH, _COMMA = 34, 92, 44
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[[ord("{"), ord("[")]] = 1
_STEPS[[ord("}"), ord("]")]] = -1
_IS_MARK = _STEPS != 0
_IS_MARK[[_QUOTE, _COMMA]] = True


Places = npt.NDArray[np.intp]


class Brackets:
    """The brackets and commas outside strings, and how many brackets are open after each.

    Args:
        data: begins outside a string.
        depth: how many brackets are open before it.
    """

    def __init__(self, data: bytes, depth: int) -> None:
        letters = np.frombuffer(data, dtype=np.uint8)
        places = np.flatnonzero(_IS_MARK[letters])
        marks = letters[places]
        is_quote = marks == _QUOTE
        if b"\\" in data:
            kept = ~_escaped(letters, places, is_quote)
            places, marks, is_quote = places[kept], marks[kept], is_quote[kept]
        outside = (np.cumsum(is_quote, dtype=np.uint8) & 1 == 0) & ~is_quote
        places, marks = places[outside], marks[outside]
        steps = _STEPS[marks]
        depths = depth + np.cumsum(steps, dtype=np.intp)
        is_comma = marks == _COMMA
        self._commas, self._comma_depths = places[is_comma], depths[is_comma]
        self._places, self._is_open = places[~is_comma], steps[~is_comma] > 0
        self._depths = depths[~is_comma]
        self._closes: dict[int, Places] = {}

    def next(self, start: int) -> tuple[int | None, bool]:
        """Return the place of the next bracket and whether it opens."""
        at = int(np.searchsorted(self._places, start))
        return (int(self._places[at]), bool(self._is_open[at])) if at < self._places.size else (None, False)

    def close(self, start: int, depth: int) -> int | None:
        """Return the place of the next bracket that closes and leaves so many open."""
        if depth not in self._closes:
            self._closes[depth] = self._places[~self._is_open & (self._depths == depth)]
        places = self._closes[depth]
        at = int(np.searchsorted(places, start))
        return int(places[at]) if at < places.size else None

    def commas(self, start: int, end: int, depth: int) -> list[int]:
        """Return the places of the commas between elements of the same depth."""
        first, last = np.searchsorted(self._commas, (start, end))
        places: list[int] = self._commas[first:last][self._comma_depths[first:last] == depth].tolist()
        return places


def _escaped(letters: npt.NDArray[np.uint8], places: Places, is_quote: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which marks are quotes behind an odd number of backslashes."""
    escaped = np.zeros(places.size, dtype=np.bool_)
    candidates = np.flatnonzero(is_quote & (places > 0))
    candidates = candidates[letters[places[candidates] - 1] == _BACKSLASH]
    if candidates.size:
        slashes = np.flatnonzero(letters == _BACKSLASH)
        begins = np.flatnonzero(np.diff(slashes, prepend=-2) != 1)
        last = np.searchsorted(slashes, places[candidates] - 1)
        first = slashes[begins[np.searchsorted(begins, last, side="right") - 1]]
        escaped[candidates] = (places[candidates] - first) % 2 == 1
    return escaped
