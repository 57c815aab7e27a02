"""The case file: what the analyst says about a case, read from ``case.toml`` and checked strictly.

A word the program does not know is an error and never ignored: a misspelt setting that changes nothing would be a
wrong result that looks right.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from cases.case_file.strict_table import Place, decode
from cases.case_file.toml_reading import toml_text, toml_values
from forensics.case import Case, Correction, Reply
from forensics.errors import CaseFileError
from forensics.loaders.loader import SETTINGS

FILE_NAME = "case.toml"
MOST_WORDS, MOST_ENTRIES = 100_000, 1_000
"""Characters of ``[case]``, and names, replies and corrections in it: up to there the documents cost 0.6
processor seconds more at most; with 500,000 a run was stopped after 40 s at 1 GB."""


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One ``[[data]]`` entry.

    Attributes:
        path: as written: relative to the case file's folder, or absolute.
        loader: the name of the loader; None lets the file's content decide.
        sha256: what the bytes on disk should hash to, lower case; None where the case does not say.
        where: how to get the file, for whoever lacks it.
        columns: which column is which, from ``[data.map]``.
        objects: which column holds which kind of object, from ``[data.objects]``.
        settings: the keys of ``SETTINGS`` that are given, for the loader.
    """

    path: str
    loader: str | None
    sha256: str | None
    where: str
    columns: Mapping[str, str]
    objects: Mapping[str, str]
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as written.

    Attributes:
        data: the files, in order; no others are read.
        detectors: the names of those to run; empty means all.
        params: for each detector that the file sets parameters of, its names and values, not yet checked.
        truth: files of what is known beforehand, which no detector reads; as written, like the data's paths.
        archived: files of archived copies that an archiver wrote, as written.
        expected: key figures by name, as ``cases.run_folder.key_figures`` computes them; a run says whether they hold.
        folder: where the case file lies.
    """

    case: Case
    data: tuple[DataEntry, ...]
    detectors: tuple[str, ...]
    params: Mapping[str, Mapping[str, object]]
    seed: int
    truth: tuple[str, ...]
    archived: tuple[str, ...]
    expected: Mapping[str, int]
    folder: Path
    text: str

    @property
    def sha256(self) -> str:
        """Return the hash of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read(path: Path) -> CaseFile:
    """Read a case file.

    Raises:
        CaseFileError: the file is missing or not a case file; the message names the key and the remedy.
    """
    try:
        return parse(toml_text(path, CaseFileError), path)
    except FileNotFoundError as error:
        raise CaseFileError(
            "There is no case file at {path}. Make one with: forensics new DIR --data FILE", path=path
        ) from error


def parse(text: str, path: Path) -> CaseFile:
    """Read a case file's text.

    Args:
        path: where it lies, for messages and for the files it names.

    Raises:
        CaseFileError: it is not a case file; the message names the key and the remedy.
    """
    content, place = toml_values(text, path, CaseFileError), Place(path, CaseFileError)
    file = decode(_File, content, place)
    return CaseFile(
        case=_case(file.case, place),
        data=_data(file.data, place),
        detectors=file.run.detectors,
        params=file.detect,
        seed=file.run.seed,
        truth=file.truth.files,
        archived=file.archive.files,
        expected=file.expected,
        folder=path.parent,
        text=text,
    )


Day = Annotated[dt.date, Meta(description="a day such as 2024-05-04")]
Count = Annotated[int, Meta(ge=0, description="a whole number from 0")]


class _Reply(Struct, frozen=True):
    asked: str
    on: Day
    question: str
    answer: str = ""
    camp: str = ""


class _Correction(Struct, frozen=True):
    on: Day
    text: str


class _Case(Struct, frozen=True):
    """``[case]``."""

    name: Annotated[
        str,
        Meta(pattern=r"\A[a-z0-9][a-z0-9_-]{0,63}\Z", description="small letters, digits, - and _, at most 64 of them"),
    ]
    title: Annotated[str, Meta(pattern=r"\S", max_length=1000, description="a text in quotes, of 1 to 1000 characters")]
    claim: str = ""
    period: str = ""
    credit: str = ""
    authors: str = ""
    contact: str = ""
    funding: str = ""
    data_from: str = ""
    legal_ground: str = ""
    kept_until: Day | None = None
    conclusion: str = ""
    language: Annotated[
        str, Meta(pattern=r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", description="a code such as en or de")
    ] = "en"
    is_simulated: bool = False
    named: dict[str, str] = {}
    right_of_reply: tuple[_Reply, ...] = ()
    corrections: tuple[_Correction, ...] = ()


class _DataFile(Struct, frozen=True):
    """A ``[[data]]`` entry; below ``objects``, the ``SETTINGS`` of loaders."""

    path: str
    loader: str = ""
    sha256: Annotated[str, Meta(pattern=r"\A([0-9a-fA-F]{64})?\Z", description="64 hexadecimal digits")] = ""
    where: str = ""
    map: dict[str, str] = {}
    objects: dict[str, str] = {}
    account: str | None = None
    action: str | None = None
    camp: str | None = None
    consent: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    header_row: str | int | None = None
    items: str | None = None
    member: str | None = None
    object_kind: str | None = None
    platform: str | None = None
    time_format: str | None = None
    time_zone: str | None = None
    video: str | None = None


class _Run(Struct, frozen=True):
    """``[run]``."""

    seed: Annotated[int, Meta(ge=0, le=2**63 - 1, description="a whole number from 0")] = 1
    detectors: Annotated[tuple[str, ...], Meta(description='a list of texts, such as ["coordination"]')] = ()


class _Truth(Struct, frozen=True):
    """``[truth]``."""

    files: Annotated[tuple[str, ...], Meta(description='a list of texts, such as ["truth.csv"]')] = ()


class _Archive(Struct, frozen=True):
    """``[archive]``."""

    files: Annotated[tuple[str, ...], Meta(description='a list of texts, such as ["archived.csv"]')] = ()


class _File(Struct, frozen=True):
    """The whole file."""

    case: _Case
    data: tuple[_DataFile, ...] = ()
    detect: dict[str, dict[str, object]] = {}
    run: _Run = _Run()
    truth: _Truth = _Truth()
    archive: _Archive = _Archive()
    expected: dict[str, Count] = {}


def _case(words: _Case, place: Place) -> Case:
    n_entries = len(words.named) + len(words.right_of_reply) + len(words.corrections)
    if n_entries > MOST_ENTRIES or len(str(words)) > MOST_WORDS:
        sentence = "there is more text than a report can show: at most {words} characters and {entries} entries."
        raise place.section("case").refuse(sentence, words=MOST_WORDS, entries=MOST_ENTRIES)
    for account, reason in words.named.items():
        if not reason.strip():
            sentence = "'{account}' has no reason. An account is named in public only with one."
            raise place.section("case").section("named").refuse(sentence, account=account)
    given = asdict(words) | {
        "kept_until": words.kept_until.isoformat() if words.kept_until else "",
        "named": tuple(words.named.items()),
        "right_of_reply": tuple(
            Reply(**asdict(reply) | {"on": reply.on.isoformat()}) for reply in words.right_of_reply
        ),
        "corrections": tuple(Correction(each.on.isoformat(), each.text) for each in words.corrections),
    }
    return Case(**given)


def _data(entries: tuple[_DataFile, ...], place: Place) -> tuple[DataEntry, ...]:
    if not entries:
        raise place.refuse('no data are named. Add a line [[data]] and below it: path = "FILE"')
    named = Counter(entry.path for entry in entries)
    for number, path in enumerate(named, start=1):
        if not path.strip():
            raise place.numbered("data", number).refuse(
                "'path' is empty. Give the file's name, relative to this case file."
            )
        if named[path] > 1:
            sentence = "two [[data]] entries name '{name}'. Its rows would count twice; remove one."
            raise place.refuse(sentence, name=path)
    return tuple(
        DataEntry(
            path=entry.path,
            loader=entry.loader or None,
            sha256=entry.sha256.lower() or None,
            where=entry.where,
            columns=entry.map,
            objects=entry.objects,
            settings={key: str(value) for key in SETTINGS if (value := getattr(entry, key)) is not None},
        )
        for entry in entries
    )
