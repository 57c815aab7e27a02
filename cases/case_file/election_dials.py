"""The dials of a simulated election as a TOML file: written with what each means, read strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import msgspec

from forensics.errors import ParameterError
from forensics.simulate import Country, Election, Plant
from forensics.simulate.manipulation.practices import check_practices

__all__ = ["read_dials", "written"]

_TABLES: dict[str, type] = {"country": Country, "plant": Plant}
_PLURAL = {"country": "countries", "plant": "plants"}
_SHARES = ("attendance", "loyalty", "mimicry", "paraphrase", "share", "shared")
_BELOW_ZERO = ("utc_offset_s",)
_FEWEST = {"n_accounts": 1, "n_acts": 1, "n_days": 1, "n_communities": 1, "n_targets": 1}


def written(election: Election) -> str:
    """Return an election's dials as TOML, each with its meaning, for a user to turn."""
    lines = ["# The dials of a simulated election: forensics simulate --dials THIS-FILE --out FOLDER", ""]
    lines += _lines(election, skip=tuple(_PLURAL.values()))
    for table, plural in _PLURAL.items():
        for number, entry in enumerate(getattr(election, plural)):
            lines += ["", f"[[{table}]]", *_lines(entry, with_words=number == 0)]
    return "\n".join(lines) + "\n"


def read_dials(path: Path) -> Election:
    """Read the dials of an election; those that are not set stay as they are by default, the plants none.

    Raises:
        ParameterError: an unknown dial, a value of the wrong kind or out of its range, or no TOML at all.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path} is not a TOML file: {error}.") from error
    tables = {key: content.pop(key, []) for key in _TABLES}
    values = dict(_checked(path, "the file", Election, content, skip=tuple(_PLURAL.values())))
    for key, kind in _TABLES.items():
        if not isinstance(tables[key], list) or not all(isinstance(entry, dict) for entry in tables[key]):
            raise ParameterError(f"{path}: '{key}' must be entries that each begin with a line [[{key}]].")
        if tables[key]:
            values[_PLURAL[key]] = [
                _checked(path, f"[[{key}]] number {number}", kind, entry)
                for number, entry in enumerate(tables[key], start=1)
            ]
    try:
        election = msgspec.convert(values, Election)
    except msgspec.ValidationError as error:
        raise ParameterError(f"{path}: {error}.") from error
    check_practices(election.plants)
    return election


def _checked(
    path: Path, label: str, kind: type, content: Mapping[str, object], skip: tuple[str, ...] = ()
) -> Mapping[str, object]:
    """Check the names and ranges of one table; msgspec checks the kinds."""
    known = [field.name for field in fields(kind) if field.name not in skip]
    for name, value in content.items():
        if name not in known:
            raise ParameterError(f"{path}: in {label}, '{name}' is no dial. The dials are: {', '.join(known)}.")
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        is_share = name in _SHARES or name.endswith("_share")
        lowest = float("-inf") if name in _BELOW_ZERO else _FEWEST.get(name, 0)
        if not lowest <= value <= (1.0 if is_share else float("inf")) or (name == "mimicry" and value == 1.0):
            wanted = "from 0 to 1" if is_share else f"at least {lowest}"
            raise ParameterError(f"{path}: in {label}, '{name}' is {value}; it must be {wanted}.")
    return content


def _lines(entry: Election | Country | Plant, skip: tuple[str, ...] = (), *, with_words: bool = True) -> Iterator[str]:
    meanings = _meanings(type(entry)) if with_words else {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in skip or value is None:
            continue
        if field.name in meanings:
            yield f"# {meanings[field.name]}"
        yield f"{field.name} = {_toml(value)}"


def _meanings(kind: type) -> dict[str, str]:
    """Return what the attributes mean, from the docstring that says it."""
    found: dict[str, str] = {}
    name = ""
    for line in (kind.__doc__ or "").partition("Attributes:")[2].splitlines():
        if line.startswith(" " * 12):
            found[name] += f" {line.strip()}"
        elif line.strip():
            name, _, text = line.strip().partition(": ")
            found[name] = text
    return found


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return msgspec.json.encode(value).decode()
