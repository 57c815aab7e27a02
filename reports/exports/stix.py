"""STIX 2.1 (OASIS standard, 10 June 2021): a bundle that threat-intelligence platforms such as OpenCTI and MISP import.

A finding is a ``grouping`` of the accounts in it and of the DISARM techniques it looks like, with a ``note`` that holds
its sentence and numbers. Nothing is called a campaign, a threat actor or an indicator: that would say who and why. Ids
are made from the run, and the time of making is the last act's, so that the same run gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from forensics.findings import Detection, Finding, Run
from forensics.vocabulary import TableRole
from reports.detector_declarations import has_table, last_act, table_as
from reports.exports.export_format import Export
from reports.run_queries import subjects
from reports.sections.findings.disarm import CREDIT, TECHNIQUES, VERSION, address, techniques_of
from reports.sections.findings.finding_sentence import group_names, sentence, subject_name
from reports.visible_text import visible_run
from reports.wording import words

_OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of the ids of observables (STIX 2.1, section 2.9)."""


def _id(kind: str, key: str) -> str:
    """Return an id that only its key decides, in the form of a random UUID (version 4), as strict readers ask."""
    digest = hashlib.blake2b(f"campaign-forensics {kind} {key}".encode(), digest_size=16).digest()
    return f"{kind}--{uuid.UUID(bytes=digest, version=4)}"


_MARK = _id("marking-definition", CREDIT)
_TOOL = _id("identity", "Campaign Forensics")

Object = dict[str, object]


def write_stix(run: Run, path: Path) -> None:
    """Write the bundle."""
    seen = visible_run(run)
    made = last_act(seen).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    objects: dict[str, Object] = {}
    names = group_names(subjects(seen), words("en"))
    for detection in seen.detections:
        for finding in detection.findings:
            objects |= {str(item["id"]): item for item in _finding(finding, detection, names, made)}
    head = (_identity(made), *((_marking(made),) if any("attack-pattern" in key for key in objects) else ()))
    report = _report(seen, [*objects], made)
    content = {
        "type": "bundle",
        "id": _id("bundle", json.dumps([*objects, seen.case.name])),
        "objects": [*head, *objects.values(), *((report,) if objects else ())],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _common(kind: str, key: str, made: str) -> Object:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, key),
        "created_by_ref": _TOOL,
        "created": made,
        "modified": made,
    }


def _identity(made: str) -> Object:
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": _TOOL,
        "created": made,
        "modified": made,
        "name": "Campaign Forensics",
        "identity_class": "system",
    }


def _marking(made: str) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _MARK,
        "created": made,
        "definition_type": "statement",
        "definition": {"statement": CREDIT},
    }


def _technique(technique: str, made: str) -> Object:
    description = f"DISARM Red Framework {VERSION}: {address(technique)}"  # as an url it would need a hash of the page
    reference = {"source_name": "DISARM", "external_id": technique, "description": description}
    return {
        **_common("attack-pattern", f"DISARM {VERSION} {technique}", made),
        "name": TECHNIQUES[technique],
        "external_references": [reference],
        "object_marking_refs": [_MARK],
    }


def _accounts(finding: Finding, detection: Detection) -> Iterator[Object]:
    """Yield the accounts of a finding that has a table of them."""
    roles: tuple[TableRole, ...] = ("members", "named")
    role = next((role for role in roles if has_table(finding, detection, role)), None)
    table = None if role is None else table_as(detection, role)
    if table is None:
        return
    rows = table.filter(pl.col("finding_id") == finding.id)
    handles = rows["handle"] if "handle" in rows.columns else pl.Series([None] * rows.height, dtype=pl.String)
    for account, handle in sorted(zip(rows["account_id"], handles, strict=True)):
        known = {"user_id": account, **({"account_login": handle} if handle else {})}
        # JSON canonicalization (RFC 8785) of strings alone: sorted keys, no spaces, UTF-8.
        canonical = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        key = f"user-account--{uuid.uuid5(_OBSERVABLES, canonical)}"
        yield {"type": "user-account", "spec_version": "2.1", "id": key, **known}


def _finding(finding: Finding, detection: Detection, names: dict[str, str], made: str) -> Iterator[Object]:
    phrases = words("en")
    description = sentence(finding, subject_name(finding, detection, names, phrases), detection, phrases)
    techniques = [_technique(technique, made) for technique in techniques_of(finding, detection)]
    accounts = list(_accounts(finding, detection))
    yield from (*techniques, *accounts)
    refs = [str(item["id"]) for item in (*accounts, *techniques)]
    grouping = {
        **_common("grouping", f"grouping {finding.id} {refs}", made),
        "name": finding.id,
        "description": description,
        "context": "unspecified",
        "object_refs": refs or [_TOOL],
    }
    numbers = [
        f"{phrases.score_name(score.name)}: {phrases.score(score)}"
        for score in finding.scores
        if score.value is not None
    ]
    benign = [phrases.known("alternative", key) for key in finding.alternatives]
    note = {
        **_common("note", f"note {finding.id} {refs}", made),
        "abstract": description,
        "content": "\n".join(
            (
                *numbers,
                phrases("confidence.sentence", word=phrases(f"confidence.{finding.strength}")),
                *((phrases("summary.explain_open_one"), *benign) if benign else ()),
            )
        ),
        "object_refs": [grouping["id"]],
    }
    yield from (grouping, note)


def _report(run: Run, refs: list[str], made: str) -> Object:
    return {
        **_common("report", f"report {run.case.name} {refs}", made),
        "name": run.case.title,
        "description": run.case.claim or run.case.title,
        "published": made,
        "object_refs": refs,
    }


STIX = Export(
    "stix",
    "STIX 2.1 bundle",
    ".stix.json",
    write_stix,
    "The findings as groupings of accounts with notes and DISARM 1.6 ids; opens in OpenCTI, MISP and STIX libraries.",
)
