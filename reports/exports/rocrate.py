"""RO-Crate 1.1 (https://w3id.org/ro/crate/1.1): a folder that a research repository takes, described file by file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import reports
from forensics.findings import Run
from reports.detector_declarations import last_act
from reports.exports.export_format import Export
from reports.exports.gexf import GEXF
from reports.exports.graphml import GRAPHML
from reports.exports.spreadsheet import write_csv
from reports.exports.stix import STIX
from reports.visible_text import visible_run

_NAME = "ro-crate-metadata.json"
_TYPES = {".csv": "text/csv", ".html": "text/html", ".pdf": "application/pdf", ".json": "application/json"}
_XML = "application/xml"

Entity = dict[str, object]


def write_rocrate(run: Run, path: Path) -> None:
    """Write the documents, the tables, the network and their description into a new folder."""
    path.mkdir()
    reports.write_html(run, path / "report.html")
    reports.write_pdf(run, path / "report.pdf")
    write_csv(run, path / "tables")
    for export in (GEXF, GRAPHML):
        export.write(run, path / f"network{export.ending}")
    STIX.write(run, path / f"findings{STIX.ending}")
    files = [_file(file, path) for file in sorted(path.rglob("*")) if file.is_file()]
    graph = [_descriptor(), *_root(visible_run(run), files), *files]
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    (path / _NAME).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _descriptor() -> Entity:
    return {
        "@id": _NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _file(file: Path, folder: Path) -> Entity:
    content = file.read_bytes()
    return {
        "@id": file.relative_to(folder).as_posix(),
        "@type": "File",
        "name": file.name,
        "encodingFormat": _TYPES.get(file.suffix, _XML),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _root(run: Run, files: list[Entity]) -> tuple[Entity, ...]:
    """Return the folder itself, what made it and from which files."""
    sources: list[Entity] = [
        {
            "@id": f"#{source.source_id}",
            "@type": "CreativeWork",
            "name": source.name,
            "sha256": source.sha256,
            "contentSize": str(source.n_bytes),
        }
        for source in run.sources
    ]
    software: list[Entity] = [
        {"@id": f"#{name}", "@type": "SoftwareApplication", "name": name, "version": version}
        for name, version in sorted(run.versions.items())
    ]
    licence: Entity = {
        "@id": "#licence",
        "@type": "CreativeWork",
        "name": run.case.credit or "The case names no licence of the data.",
        "description": "Who collected the data and under which licence, in the words of the case file.",
    }
    answering = {role: name for role, name in (("author", run.case.authors), ("funder", run.case.funding)) if name}
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": run.case.title,
        "description": f"{run.case.claim} Dated by the last act in the data, so that one run is one folder.".strip(),
        "datePublished": last_act(run).date().isoformat(),
        "license": {"@id": "#licence"},
        "hasPart": [{"@id": item["@id"]} for item in files],
        "mentions": {"@id": "#analysis"},
        **{role: {"@id": f"#{role}"} for role in answering},
    }
    action: Entity = {
        "@id": "#analysis",
        "@type": "CreateAction",
        "name": "Campaign Forensics",
        "instrument": [{"@id": item["@id"]} for item in software],
        "object": [{"@id": item["@id"]} for item in sources],
        "result": {"@id": "./"},
    }
    organizations: list[Entity] = [
        {"@id": f"#{role}", "@type": "Organization", "name": name} for role, name in answering.items()
    ]
    return (root, licence, *organizations, action, *software, *sources)


ROCRATE = Export(
    "ro-crate",
    "RO-Crate folder",
    "",
    write_rocrate,
    "The documents, tables and network in one described folder, for Zenodo, Dataverse and other research repositories.",
)
