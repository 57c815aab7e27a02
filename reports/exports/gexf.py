"""GEXF 1.3, the format of Gephi: https://gexf.net/1.3/."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from forensics.findings import Run
from reports.exports.export_format import Export
from reports.exports.network_graph import Link, Member, graph_of

_GEXF, _VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
_NODE = (("account_id", "string"), ("group", "string"), ("n_edges", "integer"), ("n_acts", "integer"))
_EDGE = (
    ("layers", "string"),
    ("n_objects", "integer"),
    ("n_close", "integer"),
    ("expected_in_group", "double"),
    ("p_in_group", "double"),
)


def write_gexf(run: Run, path: Path) -> None:
    """Write the network with colours, sizes and positions."""
    members, links = graph_of(run)
    ET.register_namespace("", _GEXF)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element(f"{{{_GEXF}}}gexf", version="1.3")
    meta = _child(root, "meta")
    _child(meta, "creator").text = "Campaign Forensics"
    graph = _child(root, "graph", defaultedgetype="undirected", mode="dynamic", timeformat="dateTime")
    for kind, declared in (("node", _NODE), ("edge", _EDGE)):
        attributes = _child(graph, "attributes", **{"class": kind})
        for number, (title, dtype) in enumerate(declared):
            _child(attributes, "attribute", id=str(number), title=title, type=dtype)
    nodes, edges = _child(graph, "nodes"), _child(graph, "edges")
    for member in members:
        _node(nodes, member)
    for number, link in enumerate(links):
        times = {name: when.isoformat() for name, when in (("start", link.start), ("end", link.end)) if when}
        ends = {"source": link.left, "target": link.right}
        edge = _child(edges, "edge", id=str(number), **ends, weight=str(link.weight), **times)
        _values(edge, link, _EDGE)
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _node(nodes: ET.Element, member: Member) -> None:
    node = _child(nodes, "node", id=member.key, label=member.label)
    _values(node, member, _NODE)
    ET.SubElement(node, f"{{{_VIZ}}}color", r=str(member.r), g=str(member.g), b=str(member.b))
    ET.SubElement(node, f"{{{_VIZ}}}position", x=f"{member.x:.3f}", y=f"{member.y:.3f}", z="0")
    ET.SubElement(node, f"{{{_VIZ}}}size", value=f"{member.size:.3f}")


def _values(parent: ET.Element, owner: Member | Link, declared: tuple[tuple[str, str], ...]) -> None:
    values = _child(parent, "attvalues")
    for number, (name, _) in enumerate(declared):
        value = getattr(owner, name)
        if value is not None:
            _child(values, "attvalue", **{"for": str(number), "value": str(value)})


def _child(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_GEXF}}}{tag}", attributes)


GEXF = Export(
    "gexf",
    "GEXF network",
    ".gexf",
    write_gexf,
    "The network of all groups with colours, sizes, positions and times; opens in Gephi and Gephi Lite.",
)
