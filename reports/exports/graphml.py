"""GraphML, which nearly every network program reads: http://graphml.graphdrawing.org/specification.html."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from forensics.findings import Run
from reports.exports.export_format import Export
from reports.exports.network_graph import Link, Member, graph_of

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = {
    **dict.fromkeys(("account_id", "label", "group", "color"), "string"),
    **dict.fromkeys(("x", "y", "size"), "double"),
    **dict.fromkeys(("r", "g", "b"), "int"),  # from these three Gephi takes a node's colour; others take "color"
    **dict.fromkeys(("n_edges", "n_acts"), "int"),
}
_EDGE = {
    "layers": "string",
    **dict.fromkeys(("n_objects", "n_close", "weight"), "int"),
    **dict.fromkeys(("expected_in_group", "p_in_group"), "double"),
}


def write_graphml(run: Run, path: Path) -> None:
    """Write the network with colours and positions as attributes."""
    members, links = graph_of(run)
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}graphml")
    for kind, declared in (("node", _NODE), ("edge", _EDGE)):
        for name, dtype in declared.items():
            key = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": dtype}
            ET.SubElement(root, f"{{{_NAMESPACE}}}key", key)
    graph = ET.SubElement(root, f"{{{_NAMESPACE}}}graph", id="groups", edgedefault="undirected")
    for member in members:
        _values(ET.SubElement(graph, f"{{{_NAMESPACE}}}node", id=member.key), member, "node", _NODE)
    for number, link in enumerate(links):
        edge = ET.SubElement(graph, f"{{{_NAMESPACE}}}edge", id=f"e{number}", source=link.left, target=link.right)
        _values(edge, link, "edge", _EDGE)
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _values(parent: ET.Element, owner: Member | Link, kind: str, declared: dict[str, str]) -> None:
    for name in declared:
        value = getattr(owner, name)
        if value is not None:
            data = ET.SubElement(parent, f"{{{_NAMESPACE}}}data", key=f"{kind}_{name}")
            data.text = f"#{value}" if name == "color" else f"{value:.3f}" if name in {"x", "y", "size"} else str(value)


GRAPHML = Export(
    "graphml",
    "GraphML network",
    ".graphml",
    write_graphml,
    "The network of all groups with colours and positions as attributes; opens in Gephi, Cytoscape, yEd, igraph and"
    " networkx.",
)
