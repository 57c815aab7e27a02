"""Parameters: declared once as a frozen dataclass's fields, read by case files, the command line and the report."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from forensics.errors import ParameterError
from forensics.registry import known_names

__all__ = ["Declared", "build", "declared", "param"]


@dataclasses.dataclass(frozen=True, slots=True)
class Declared:
    """What a user is told of one parameter.

    Attributes:
        name: as written in the case file.
        default: its value when the case file is silent.
        unit: ``s``, ``accounts``, ``1`` for a ratio, and so on.
        text: what it does, one sentence.
        low: least value allowed.
        high: most value allowed.
    """

    name: str
    default: object
    unit: str
    text: str
    low: float | None
    high: float | None


def param(default: Any, unit: str, text: str, low: float | None = None, high: float | None = None) -> Any:  # noqa: ANN401  as dataclasses.field
    """Declare a field of a parameter class; its type is that of its default."""
    return dataclasses.field(default=default, metadata={"unit": unit, "text": text, "low": low, "high": high})


def declared(params: type) -> tuple[Declared, ...]:
    """Return what a parameter class declares, in order."""
    return tuple(
        Declared(f.name, f.default, f.metadata["unit"], f.metadata["text"], f.metadata["low"], f.metadata["high"])
        for f in dataclasses.fields(params)
    )


D = TypeVar("D")


def build(params: type[D], given: Mapping[str, object], where: str) -> D:
    """Make a parameter value from what a case file says.

    Args:
        params: the parameter class.
        given: names and values; what is not given keeps its default.
        where: how an error message names the place, such as ``[detect.coordination]``.

    Returns:
        The value, every number within its range.

    Raises:
        ParameterError: an unknown name, a wrong type or a number out of range.
    """
    known = {item.name: item for item in declared(params)}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ParameterError(f"{where} has no parameter '{unknown[0]}'. {known_names(unknown[0], known)}")
    return params(**{name: _checked(known[name], value, where) for name, value in given.items()})


def _checked(item: Declared, value: object, where: str) -> object:
    """Return the value as its default's type and within its range, or raise."""
    if isinstance(item.default, tuple):
        kind = type(item.default[0])
        if not isinstance(value, (list, tuple)) or not value:
            raise ParameterError(f"{where} {item.name} must be a list, such as {list(item.default)}; it is {value!r}.")
        return tuple(_one(item, kind, entry, where) for entry in value)
    return _one(item, type(item.default), value, where)


def _unit(item: Declared) -> str:
    """Return a parameter's unit as it follows a number; a pure number has none."""
    return "" if item.unit in {"", "1"} else f" ({item.unit})"


def _one(item: Declared, kind: type, value: object, where: str) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not kind:
        words = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}
        raise ParameterError(f"{where} {item.name} must be {words[kind]}{_unit(item)}; it is {value!r}.")
    if kind in (int, float):
        number = cast("float", value)
        if not (item.low is None or number >= item.low) or not (item.high is None or number <= item.high):
            raise ParameterError(
                f"{where} {item.name} must lie between {item.low} and {item.high}{_unit(item)}; it is {value!r}."
            )
    return value
