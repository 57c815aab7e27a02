"""Networks as Gephi and others save them (GEXF, GraphML, GDF): a directed edge is an act of one account upon another.

An edge is one act, whatever its weight. It has a time where the file gives it one (``start``, a spell, or a field of
that name), and is a repost, a reply or another act where a word says so. Edges without a direction say that accounts
are connected and not who did what: they are rejected, and a file of nothing else is refused.

Source: https://gexf.net/schema.html, version 1.3; http://graphml.graphdrawing.org; of GDF
https://gephi.org/users/supported-graph-formats/gdf-format.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

import polars as pl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from forensics import schema
from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.format_declarations.format_reading import read_declared
from forensics.loaders.format_declarations.table_format import Act, TableFormat
from forensics.loaders.generic_tables.action_words import as_action
from forensics.loaders.loader import Confidence, Head, Loader, ReadOptions, by_fields
from forensics.loaders.normalising.row_ledger import Rejects
from forensics.loaders.normalising.unmapped_fields import FieldCount
from forensics.loaders.reading.csv_dialect import ROW
from forensics.loaders.reading.data_file import describe, open_bytes, read_head
from forensics.loaders.reading.table_file import TableFile
from forensics.loaders.reading.text_decoding import utf8_blocks
from forensics.loaders.times.time_columns import readable_share
from forensics.messages import Text, message

_XML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:gexf|graphml)\b", re.DOTALL)
_GDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*nodedef\s*>", re.IGNORECASE)
_TOOLKIT = b'attr.name="edge_type"'
_TIMES = ("start", "timestamp", "time", "date", "created_at", "datetime")
_KINDS = ("kind", "type", "relationship", "interaction", "action", "label")
_NAMES = ("label", "name", "screen_name", "username")
_BLOCK = 1 << 20
_HALF = 0.5

Values = Mapping[str, str | None]

_EDGES = TableFormat(
    kind="a network's edges",
    marks=(),
    account="source",
    post={"post_id": "id"},
    acts=(
        *(Act(word, when=pl.col("_kind") == word) for word in schema.ACTION.categories if word != "post"),
        Act("post"),
    ),
    traces={"account": pl.concat_list("target")},
    facts={"handle": "name"},
    rejected=((pl.col("target").is_null(), "an edge that leads to nobody"),),
)


@dataclass(slots=True)
class _Network:
    """What was read so far."""

    names: dict[str, str | None] = field(default_factory=dict)
    edges: list[tuple[int, str | None, str | None, str | None, str | None, str]] = field(default_factory=list)
    rejects: Rejects = field(default_factory=Rejects)
    unmapped: FieldCount = field(default_factory=FieldCount)
    notes: list[Text] = field(default_factory=list)
    n_rows: int = 0

    def node(self, node: str | None, values: Values) -> None:
        if node:
            self.names[node] = _first(values, _NAMES)

    def edge(self, source: str | None, target: str | None, values: Values, *, is_directed: bool) -> None:
        self.n_rows += 1
        self.unmapped.n_looked += 1
        self.unmapped.add_keys(name for name, text in values.items() if text and name not in (*_TIMES, *_KINDS))
        if not is_directed:
            reason = "an edge without a direction, which does not say who did what to whom"
            self.rejects.add(self.n_rows, reason, f"{source} – {target}")
            return
        edge = f"edge-{self.n_rows}"
        self.edges.append((self.n_rows, source, target, _first(values, _TIMES), _first(values, _KINDS), edge))


def sniff(head: Head) -> Confidence | None:
    """Accept GEXF, GraphML of others than the coordination-network-toolkit, and GDF."""
    if _GDF.match(head.start):
        return by_fields(0.95, "nodedef>")
    return by_fields(0.9, "nodes", "edges") if _XML.match(head.start) and _TOOLKIT not in head.start else None


def read(path: Path, options: ReadOptions) -> Dataset:
    """Read a network's edges as acts; settings: ``platform``, ``time_format``, ``time_zone``, ``encoding``.

    Raises:
        InputFileError: the file cannot be read, declares entities of its own, or has no directed edge.
    """
    network = _Network()
    member = options.settings.get("member")
    is_gdf = _GDF.match(read_head(path, member))
    with closing(open_bytes(path, member)) as stream:
        if is_gdf:
            blocks = utf8_blocks(path.name, stream, options.settings.get("encoding"), _BLOCK)
            _read_gdf(b"".join(blocks).decode("utf-8-sig", "replace"), network)
        else:
            _read_xml(path.name, stream, network)
    if not network.edges:
        raise InputFileError(
            "{file} holds a network without directed edges: it says which accounts are connected, not who did what to "
            "whom, so no act can be made of it. Save it with directed edges, or give the table that it was made of.",
            file=path.name,
        )
    types = {ROW: pl.Int64, **dict.fromkeys(("source", "target", "time", "kind", "id"), pl.String)}
    rows = pl.DataFrame(network.edges, schema=types, orient="row")
    names = rows["source"].replace_strict(network.names, default=None, return_dtype=pl.String)
    rows = rows.with_columns(name=names, _kind=as_action(pl.col("kind")).fill_null("post"))
    share = readable_share(rows["time"].drop_nulls())
    if rows["time"].count() and share < _HALF:
        sentence = "The edges' times, such as '{example}', are no dates and were not read."
        network.notes.append(message(sentence, example=rows["time"].drop_nulls()[0]))
    table = TableFile(
        *(describe(path), tuple(rows.columns), rows, network.n_rows),
        *(network.rejects, network.notes, network.unmapped),
    )
    known = replace(_EDGES, time="time" if share >= _HALF else None, rows=lambda *_: table)
    return read_declared(LOADER.name, known, path, options)


def _first(values: Values, names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := values.get(name))), None)


def _read_gdf(text: str, network: _Network) -> None:
    columns: list[str] = []
    is_edges = False
    for cells in csv.reader(io.StringIO(text, newline=None)):
        part, arrow, first = (cells[0] if cells else "").partition(">")
        if arrow and part.strip().lower() in ("nodedef", "edgedef"):
            is_edges = part.strip().lower() == "edgedef"
            columns = [(cell.split() or [""])[0].lower() for cell in (first, *cells[1:])]
            continue
        values = {name: cell.strip() or None for name, cell in zip(columns, cells, strict=False)}
        if is_edges and cells:
            source, target = values.pop("node1", None), values.pop("node2", None)
            is_directed = (values.pop("directed", None) or "").lower() in ("true", "1")
            network.edge(source, target, values, is_directed=is_directed)
        elif cells:
            network.node(values.pop("name", None), values)


def _read_xml(name: str, stream: BinaryIO, network: _Network) -> None:
    try:
        is_directed = False
        titles: dict[str, str] = {}
        for element, tag in _elements(stream):
            if tag in ("attribute", "key"):
                titles[element.get("id", "")] = (element.get("title") or element.get("attr.name") or "").lower()
            elif tag == "graph":
                is_directed = "directed" in (element.get("defaultedgetype"), element.get("edgedefault"))
            elif tag == "node":
                network.node(element.get("id"), _values(element, titles))
            else:
                stated = {"directed": True, "mutual": True, "true": True, "undirected": False, "false": False}
                own = stated.get(element.get("type") or element.get("directed") or "", is_directed)
                values = _values(element, titles)
                network.edge(element.get("source"), element.get("target"), values, is_directed=own)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        if not network.edges:
            raise InputFileError("{file} cannot be read as a network: {error}.", file=name, error=error) from error
        network.n_rows += 1
        network.rejects.add(network.n_rows, message("the file is no XML from here on: {error}", error=error), None)


def _elements(stream: BinaryIO) -> Iterator[tuple[Element, str]]:
    """Yield the elements that matter: a graph as it begins, the others as they end, forgotten then."""
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "graph":
            yield element, tag
        elif event == "end" and tag in ("attribute", "key", "node", "edge"):
            yield element, tag
            element.clear()


def _values(element: Element, titles: Mapping[str, str]) -> Values:
    """Return an element's attributes and what its fields hold, the first beginning of its spells among them."""
    values: dict[str, str | None] = {
        key: value for key, value in element.attrib.items() if key not in ("id", "source", "target", "type", "directed")
    }
    for part in element.iter():
        tag = part.tag.rpartition("}")[2]
        if tag == "attvalue":
            values.setdefault(titles.get(part.get("for", ""), "?"), part.get("value"))
        elif tag == "data":
            values.setdefault(titles.get(part.get("key", ""), "?"), part.text)
        elif tag == "spell":
            values.setdefault("start", part.get("start"))
    return values


LOADER = Loader(
    name="network",
    title="Network (GEXF, GraphML, GDF)",
    text="A network as Gephi and others save it; each directed edge is read as an act of one account upon another.",
    sniff=sniff,
    read=read,
)
