"""Parameters: declared once as a frozen dataclass's fields, read by case files, the command line and the report."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec

from forensics.errors import ParameterError
from forensics.messages import Message
from forensics.registry import known_names


@dataclasses.dataclass(frozen=True, slots=True)
class Declared:
    """One parameter, as a user sees it.

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
    """Declare a field of a parameter class; its annotation is the type that a value must have."""
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
        raise ParameterError(
            "{where} has no parameter '{name}'. {known}",
            where=where,
            name=unknown[0],
            known=known_names(unknown[0], known),
        )
    kinds = get_type_hints(params)
    return params(**{name: _checked(known[name], kinds[name], value, where) for name, value in given.items()})


def _checked(item: Declared, kind: type, value: object, where: str) -> object:
    """Return the value as the field's type and within its range, or raise."""
    if get_origin(kind) is not tuple:
        return _one(item, kind, value, where)
    if not isinstance(value, (list, tuple)) or not value:
        example = list(cast("tuple[object, ...]", item.default))
        raise ParameterError(
            "{where} {name} must be a list, such as {example}; it is {value}.",
            where=where,
            name=item.name,
            example=example,
            value=repr(value),
        )
    return tuple(_one(item, get_args(kind)[0], entry, where) for entry in value)


def _unit(item: Declared) -> str:
    """Return a parameter's unit as it follows a number; a pure number has none."""
    return "" if item.unit in {"", "1"} else f" ({item.unit})"


_WORDS = {
    int: Message("a whole number"),
    float: Message("a number"),
    str: Message("a text in quotes"),
    bool: Message("true or false"),
}


def _one(item: Declared, kind: type, value: object, where: str) -> object:
    try:
        exact: object = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise ParameterError(
            "{where} {name} must be {kind}{unit}; it is {value}.",
            where=where,
            name=item.name,
            kind=_WORDS[kind],
            unit=_unit(item),
            value=repr(value),
        ) from error
    if isinstance(exact, (int, float)) and not isinstance(exact, bool):
        is_above, is_below = item.low is None or exact >= item.low, item.high is None or exact <= item.high
        if not (is_above and is_below):  # not a number is neither
            raise ParameterError(
                "{where} {name} must lie between {low} and {high}{unit}; it is {value}.",
                where=where,
                name=item.name,
                low=item.low,
                high=item.high,
                unit=_unit(item),
                value=repr(value),
            )
    return exact
