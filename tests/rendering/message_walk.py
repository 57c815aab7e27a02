"""The sentences of all messages and errors, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from forensics import errors
from forensics.loaders import LOADERS
from forensics.loaders.times.time_formats import FORMATS, WORDED
from reports.exports import EXPORTS

__all__ = ["called", "messages"]

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("forensics", "reports", "cases")
ERRORS = {name for name, value in vars(errors).items() if getattr(value, "__module__", "") == errors.__name__}
"""Each takes a sentence and its values."""
OF_TABLES = ("duplicate of row {row}", "duplicate of row {row} of {file}", "adds nothing to the rows before it")
"""Reasons that columns of tables hold."""


def called(function: ast.expr) -> str:
    """Return the dotted name by which a function is called; what a call or an index gave has no name."""
    if isinstance(function, ast.Attribute):
        return f"{called(function.value)}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def constants(node: ast.expr | None, known: Mapping[str, list[str]]) -> list[str]:
    """Return the sentences that an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*constants(node.body, known), *constants(node.orelse, known)]
    if isinstance(node, ast.Subscript):
        return constants(node.value, known)
    return known.get(node.id, []) if isinstance(node, ast.Name) else []


def named(code: ast.Module) -> dict[str, list[str]]:
    """Return the texts that stand in a name before they are used."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(code):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            parts = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            found.setdefault(node.targets[0].id, []).extend(text for part in parts for text in constants(part, {}))
    return found


def sentence_of(call: ast.Call, path: Path) -> tuple[ast.expr | None, str]:
    """Return what a call says to a person, if anything, and what is put behind it."""
    function = called(call.func)
    name, room = function.rpartition(".")[2], path.relative_to(ROOT).parts[1]
    is_of_loader = room == "loaders" and "." in function
    if name in ("message", "Message", *ERRORS) or function == ".__init__":  # of an error's own kind
        return (call.args[0] if call.args else None), ""
    if name == "counted" or (function == "into.count" and room == "loaders"):
        return call.args[0], ": {number}."
    if is_of_loader and (function.endswith("notes.append") or function in ("into.reject", "self.reject")):
        return call.args[0], ""
    if is_of_loader and (function.endswith(("rejects.add", "add_all")) or function == "table.reject"):
        return call.args[1], ""
    return None, ""


def messages() -> Iterator[tuple[str, str]]:
    """Yield every sentence of a message or an error, and where it stands."""
    yield from ((each.title, each.name) for registry in (LOADERS, EXPORTS) for each in registry)
    yield from ((known.name, "time_formats") for known in (*FORMATS, *WORDED))
    yield from ((text, "tables") for text in OF_TABLES)
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if path.name == "messages.py":
            continue
        code = ast.parse(path.read_text(encoding="utf-8"))
        known = named(code)
        for node in ast.walk(code):
            if isinstance(node, ast.Call):
                worded, end = sentence_of(node, path)
                assert not isinstance(worded, ast.JoinedStr), f"{path}:{node.lineno} says a finished sentence"
                yield from ((text + end, path.name) for text in constants(worded, known))
            if isinstance(node, ast.keyword) and node.arg in ("time_note", "times"):
                yield from ((text, path.name) for text in constants(node.value, known))
            parts = node.value.body if isinstance(node, ast.keyword) and isinstance(node.value, ast.IfExp) else node
            parts = parts.value if isinstance(parts, ast.keyword) else parts
            is_of_loader = path.relative_to(ROOT).parts[1] == "loaders"
            if is_of_loader and isinstance(node, ast.keyword) and node.arg == "notes" and isinstance(parts, ast.Tuple):
                yield from ((text, path.name) for part in parts.elts for text in constants(part, known))
            if isinstance(node, ast.keyword) and node.arg == "noted" and isinstance(parts, ast.Tuple):
                firsts = [part.elts[0] for part in parts.elts if isinstance(part, ast.Tuple)]
                yield from ((f"{text}: {{number}}.", path.name) for part in firsts for text in constants(part, known))
            if isinstance(node, ast.keyword) and node.arg == "rejected" and isinstance(parts, ast.Tuple):
                pairs = [pair for pair in parts.elts if isinstance(pair, ast.Tuple)]
                yield from ((text, path.name) for pair in pairs for text in constants(pair.elts[1], known))
