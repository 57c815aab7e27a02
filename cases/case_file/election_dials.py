"""The dials of a simulated election as a TOML file: written with what each means, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import msgspec

from cases.case_file.strict_table import Place, decode
from cases.case_file.toml_reading import toml_text, toml_values
from forensics.errors import ParameterError
from forensics.simulate import Country, Election, Plant
from forensics.simulate.manipulation.practices import check_practices

_ENTRIES = {"countries": "country", "plants": "plant"}
"""The fields that stand in the file as entries, each under the word for one."""


def written(election: Election) -> str:
    """Return an election's dials as TOML, each with its meaning, for a user to turn."""
    lines = ["# The dials of a simulated election: forensics simulate --dials THIS-FILE --out FOLDER", ""]
    lines += _lines(election, skip=tuple(_ENTRIES))
    for plural, table in _ENTRIES.items():
        for number, entry in enumerate(getattr(election, plural)):
            lines += ["", f"[[{table}]]", *_lines(entry, with_words=number == 0)]
    return "\n".join(lines) + "\n"


def read_dials(path: Path) -> Election:
    """Read the dials of an election; those that are not set stay as they are by default, the plants none.

    Raises:
        ParameterError: an unknown dial, a value of the wrong kind or out of its range, or no TOML at all.
    """
    content = toml_values(toml_text(path, ParameterError), path, ParameterError)
    election = decode(Election, content, Place(path, ParameterError), _ENTRIES)
    check_practices(election.plants)
    return election


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
