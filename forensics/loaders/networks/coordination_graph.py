"""The network that the coordination-network-toolkit writes: GraphML with accounts and weighted edges between them.

A node is an account with its name and samples of its messages; an edge says how often two accounts did the same within
the toolkit's window. There is no single act and no time in it, so accounts are kept and edges are rejected one by one:
who acted together must be asked of the table that the toolkit itself was given.

Source: https://github.com/QUT-Digital-Observatory/coordination-network-toolkit, graph.py, version 1.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.item_collector import Collector
from forensics.loaders.normalising.item_records import AccountFacts
from forensics.loaders.reading.data_file import describe, open_bytes
from forensics.messages import message

_SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def sniff(head: Head) -> Confidence | None:
    """Accept GraphML whose edges have the toolkit's type and whose nodes a user's name or messages."""
    marks = (b'attr.name="edge_type"', b'attr.name="weight"')
    if b"graphml.graphdrawing.org" in head.start and all(mark in head.start for mark in marks):
        return by_fields(0.95, "GraphML", "edge_type", "weight")
    return None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read the accounts of a network; ``platform`` among the settings is theirs.

    Raises:
        InputFileError: the file cannot be read, is no GraphML, or declares entities of its own.
    """
    file = describe(path)
    into = Collector(options)
    into.notes.append(
        "The network says how often two accounts acted together, not when or on what: its edges were not used. To ask "
        "who acted together, read the table that the toolkit was given, message_id to urls."
    )
    names: dict[str, str] = {}
    try:
        with closing(open_bytes(path, options.settings.get("member"))) as stream:
            for element in _elements(stream):
                _take(element, names, into)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        if not into.row:
            raise InputFileError("{file} cannot be read as GraphML: {error}.", file=path.name, error=error) from error
        into.next_row()
        into.reject(message("the file is no XML from here on: {error}", error=error))
    return into.dataset(LOADER.name, file)


def _elements(stream: BinaryIO) -> Iterator[Element]:
    """Yield the elements one by one as they end, and forget each."""
    root: Element | None = None
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if root is None:
            root = element
        elif event == "end":
            name = element.tag.removeprefix(_SPACE)
            if name in ("key", "node", "edge"):
                yield element
                element.clear()
                if name == "key":
                    root.clear()
            elif name == "graph":
                element.clear()


def _take(element: Element, names: dict[str, str], into: Collector) -> None:
    kind = element.tag.removeprefix(_SPACE)
    if kind == "key":
        names[element.get("id", "")] = element.get("attr.name", "")
        return
    into.next_row()
    data_of = {names.get(data.get("key", ""), "?"): data.text for data in element.iter(f"{_SPACE}data")}
    into.unmapped.n_looked += 1
    into.unmapped.add_keys(name for name, text in data_of.items() if text and name != "username")
    account = element.get("id")
    if kind == "node" and account:
        handle = data_of.get("username")
        platform = into.options.settings.get("platform")
        into.facts(AccountFacts(account_id=account, platform=platform, handle=handle))
    elif kind == "node":
        into.reject("an account without an id")
    else:
        between = f"{element.get('source')} to {element.get('target')}"
        into.reject(
            message("an edge of the network ({kind}), no act with a time", kind=data_of.get("edge_type")), between
        )


LOADER = Loader(
    name="coordination-graph",
    title="coordination-network-toolkit network",
    text="The GraphML that the coordination-network-toolkit writes; of it the accounts are read, not the edges.",
    sniff=sniff,
    read=read,
)
