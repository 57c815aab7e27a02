"""An ordered, named table of parts: the loaders, the detectors, the sections."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from forensics.errors import ParameterError
from forensics.messages import Message, Text, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Named(Protocol):
    """Anything with a name and a title."""

    @property
    def name(self) -> str:
        """Return the word a user types."""

    @property
    def title(self) -> str:
        """Return the phrase a user reads."""


P = TypeVar("P", bound=Named)


def near_names(name: str, known: Iterable[str]) -> Text:
    """Return the one or two names that somebody perhaps meant, the nearest first; empty where none is near."""
    near = get_close_matches(name, list(known), n=2)
    return message("{one} or {other}", one=near[0], other=near[1]) if len(near) > 1 else "".join(near)


def known_names(name: str, known: Iterable[str]) -> Message:
    """Return a sentence with the names that somebody perhaps meant, else with all there are."""
    names = list(known)
    near = near_names(name, names)
    return (
        message("Did you mean {name}?", name=near) if near else message("There are: {names}.", names=", ".join(names))
    )


class Registry(Generic[P]):
    """Parts in the order they were written, looked up by name.

    Args:
        kind: what one part is called in an error message, such as ``loader``.
        *parts: the parts; two of one name are a programming error.
    """

    __slots__ = ("_kind", "_parts")

    def __init__(self, kind: str, *parts: P) -> None:
        self._kind = kind
        self._parts = {part.name: part for part in parts}
        if len(self._parts) != len(parts):
            raise ValueError(f"two parts of the {kind} registry share a name")

    def __iter__(self) -> Iterator[P]:
        """Yield the parts in order."""
        return iter(self._parts.values())

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self._parts)

    def __contains__(self, name: str) -> bool:
        """Return whether a part has this name."""
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        """Return the names, in order."""
        return tuple(self._parts)

    def get(self, name: str) -> P:
        """Return the part of this name.

        Raises:
            ParameterError: there is none; the message lists those there are.
        """
        if name not in self._parts:
            raise ParameterError(
                "There is no {kind} called '{name}'. {known}",
                kind=Message(self._kind),
                name=name,
                known=known_names(name, self._parts),
            )
        return self._parts[name]
