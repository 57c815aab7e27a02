"""The case file: what the analyst says about a case, read from ``case.toml`` and checked strictly.

A word the program does not know is an error and never ignored: a misspelt setting that changes nothing would be a
wrong result that looks right.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cases.disk.plain_files import read_plain
from cases.terminal.command_language import tr
from forensics.case import Case, Correction, Reply
from forensics.errors import CaseFileError
from forensics.loaders.base import SETTINGS

__all__ = ["FILE_NAME", "CaseFile", "DataEntry", "parse", "read"]

FILE_NAME = "case.toml"
MOST_BYTES = 1_000_000
"""Of a case file; the largest that is known has 12 KB."""

_SECTIONS = ("case", "data", "detect", "run", "truth", "expected")
_CASE_TEXTS = (
    "claim",
    "period",
    "credit",
    "authors",
    "contact",
    "funding",
    "conclusion",
)
_CASE_KEYS = ("name", "title", *_CASE_TEXTS, "language", "is_simulated", "named", "right_of_reply", "corrections")
_DATA_KEYS = ("path", "loader", "sha256", "where")
_TABLE_KEYS = ("map", "objects")
_COUNTED = ("header_row",)
_RUN_KEYS = ("seed", "detectors")
_TRUTH_KEYS = ("files",)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One ``[[data]]`` entry.

    Attributes:
        path: as written: relative to the case file's folder, or absolute.
        loader: the name of the loader; None lets the file's content decide.
        sha256: what the bytes on disk should hash to, lower case; None where the case does not say.
        where: how to get the file, told to whoever lacks it.
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
        case: the analyst's words.
        data: the files, in order; no others are read.
        detectors: the names of those to run; empty means all.
        params: for each detector that the file sets parameters of, its names and values, not yet checked.
        seed: of every random choice.
        truth: files of what is known beforehand, which no detector reads; as written, like the data's paths.
        expected: key figures by name, as ``cases.run_folder.key_figures`` computes them; a run says whether they hold.
        folder: where the case file lies.
        text: the file itself.
    """

    case: Case
    data: tuple[DataEntry, ...]
    detectors: tuple[str, ...]
    params: Mapping[str, Mapping[str, object]]
    seed: int
    truth: tuple[str, ...]
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
        text = read_plain(path, MOST_BYTES, follow=True).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise CaseFileError(
            tr("There is no case file at {path}. Make one with: forensics new DIR --data FILE", path=path)
        ) from error
    except UnicodeDecodeError as error:
        raise CaseFileError(
            tr("{path} is not UTF-8 text (byte {byte}). Save it as UTF-8.", path=path, byte=error.start)
        ) from error
    except OSError as error:
        raise CaseFileError(tr("{path} cannot be read: {error}.", path=path, error=error.strerror)) from error
    return parse(text, path)


def parse(text: str, path: Path) -> CaseFile:
    """Read a case file's text.

    Args:
        text: the file's content.
        path: where it lies, for messages and for the files it names.

    Raises:
        CaseFileError: it is not a case file; the message names the key and the remedy.
    """
    try:
        content = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and Python's own limit to the digits of a number
        raise CaseFileError(tr("{path} is not valid TOML: {error}.", path=path, error=error)) from error
    except RecursionError as error:
        raise CaseFileError(tr("{path} nests lists or sections too deeply.", path=path)) from error
    top = _Section(path, _WHOLE, content)
    top.allow(_SECTIONS)
    run = top.section("run")
    run.allow(_RUN_KEYS)
    return CaseFile(
        case=_case(top.section("case")),
        data=_data(top),
        detectors=run.texts("detectors"),
        params=_params(top.section("detect")),
        seed=_seed(run),
        truth=_truth(top.section("truth")),
        expected=_expected(top.section("expected")),
        folder=path.parent,
        text=text,
    )


_WHOLE = "the file"
"""The label of what stands in no section."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A table of the file with its place, so that every message can name both."""

    path: Path
    label: str
    content: Mapping[str, object]

    def error(self, sentence: str, **values: object) -> CaseFileError:
        """Return an error whose sentence is put into the user's language."""
        place = tr("the file") if self.label == _WHOLE else self.label
        what = tr(sentence, **values)
        return CaseFileError(tr("{path}: in {section}, {what}", path=self.path, section=place, what=what))

    def wrong(self, key: str, kind: str, value: object) -> CaseFileError:
        """Return the error of a value that is not of its kind."""
        return self.error("'{key}' must be {kind}; it is {value}.", key=key, kind=kind, value=repr(value))

    def allow(self, known: tuple[str, ...]) -> None:
        for key in self.content:
            if key not in known:
                raise self.error(
                    "'{key}' is not known. Remove it, or use one of: {known}.", key=key, known=", ".join(known)
                )

    def section(self, key: str) -> _Section:
        value = self.content.get(key, {})
        label = f"[{key}]" if self.label == _WHOLE else f"{self.label[:-1]}.{key}]"
        if not isinstance(value, dict):
            raise self.error("'{key}' must be a section that begins with a line {label}.", key=key, label=label)
        return _Section(self.path, label, value)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.content.get(key, default)
        if value is None:
            raise self.error("'{key}' is missing. Add a line such as: {key} = \"...\"", key=key)
        if not isinstance(value, str):
            raise self.wrong(key, tr("a text in quotes"), value)
        return value

    def setting(self, key: str) -> str:
        """Return a text; a row, which is counted, as its digits."""
        value = self.content.get(key)
        return str(value) if key in _COUNTED and type(value) is int else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            sentence = "'{key}' must be a list of texts, such as [\"coordination\"]; it is {value}."
            raise self.error(sentence, key=key, value=repr(value))
        return tuple(value)

    def day(self, key: str) -> str:
        value = self.content.get(key)
        text = value.isoformat() if isinstance(value, dt.date) else self.text(key)
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise self.error(
                "'{key}' must be a day such as 2024-05-04; it is {value}.", key=key, value=repr(text)
            ) from error

    def entries(self, key: str) -> tuple[_Section, ...]:
        value = self.content.get(key, [])
        label = f"[[{self.label[1:-1]}.{key}]]"
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.error("'{key}' must be entries that each begin with a line {label}.", key=key, label=label)
        return tuple(_Section(self.path, f"{label} number {n}", entry) for n, entry in enumerate(value, start=1))

    def mapping(self) -> dict[str, str]:
        return {key: self.text(key) for key in self.content}


def _case(section: _Section) -> Case:
    section.allow(_CASE_KEYS)
    name = section.text("name")
    if not _NAME.fullmatch(name):
        sentence = "'name' must be small letters, digits, - and _, at most 64 of them; it is {value}."
        raise section.error(sentence, value=repr(name))
    language = section.text("language", "en")
    if not _LANGUAGE.fullmatch(language):
        raise section.error("'language' must be a code such as en or de; it is {value}.", value=repr(language))
    is_simulated = section.content.get("is_simulated", False)
    if not isinstance(is_simulated, bool):
        raise section.wrong("is_simulated", tr("true or false"), is_simulated)
    return Case(
        name=name,
        title=section.text("title"),
        language=language,
        is_simulated=is_simulated,
        named=_named(section.section("named")),
        right_of_reply=tuple(_reply(entry) for entry in section.entries("right_of_reply")),
        corrections=tuple(_correction(entry) for entry in section.entries("corrections")),
        **{key: section.text(key, "") for key in _CASE_TEXTS},
    )


def _named(section: _Section) -> tuple[tuple[str, str], ...]:
    named = section.mapping()
    for account, reason in named.items():
        if not reason.strip():
            sentence = "'{account}' has no reason. An account is named in public only with one."
            raise section.error(sentence, account=account)
    return tuple(named.items())


def _reply(section: _Section) -> Reply:
    section.allow(("asked", "on", "question", "answer"))
    return Reply(section.text("asked"), section.day("on"), section.text("question"), section.text("answer", ""))


def _correction(section: _Section) -> Correction:
    section.allow(("on", "text"))
    return Correction(section.day("on"), section.text("text"))


def _data(top: _Section) -> tuple[DataEntry, ...]:
    entries = top.content.get("data", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise top.error("'{key}' must be entries that each begin with a line {label}.", key="data", label="[[data]]")
    if not entries:
        raise top.error('no data are named. Add a line [[data]] and below it: path = "FILE"')
    files = tuple(
        _data_file(_Section(top.path, f"[[data]] number {number}", entry))
        for number, entry in enumerate(entries, start=1)
    )
    paths = [file.path for file in files]
    for path in paths:
        if paths.count(path) > 1:
            sentence = "two [[data]] entries name '{name}'. Its rows would count twice; remove one."
            raise top.error(sentence, name=path)
    return files


def _data_file(section: _Section) -> DataEntry:
    section.allow((*_DATA_KEYS, *SETTINGS, *_TABLE_KEYS))
    path = section.text("path")
    if not path.strip():
        raise section.error("'path' is empty. Give the file's name, relative to this case file.")
    sha256 = section.text("sha256", "").lower()
    if sha256 and not _SHA256.fullmatch(sha256):
        raise section.error("'sha256' must be 64 hexadecimal digits; it is {value}.", value=repr(sha256))
    return DataEntry(
        path=path,
        loader=section.text("loader", "") or None,
        sha256=sha256 or None,
        where=section.text("where", ""),
        columns=_mapping(section, "map"),
        objects=_mapping(section, "objects"),
        settings={key: section.setting(key) for key in SETTINGS if key in section.content},
    )


def _mapping(section: _Section, key: str) -> dict[str, str]:
    value = section.content.get(key, {})
    if not isinstance(value, dict):
        raise section.error(
            "'{key}' must be a section that begins with a line {label}.", key=key, label=f"[data.{key}]"
        )
    return _Section(section.path, f"[data.{key}] of {section.label}", value).mapping()


def _params(section: _Section) -> dict[str, dict[str, object]]:
    return {name: dict(section.section(name).content) for name in section.content}


def _truth(section: _Section) -> tuple[str, ...]:
    section.allow(_TRUTH_KEYS)
    return section.texts("files")


def _expected(section: _Section) -> dict[str, int]:
    figures: dict[str, int] = {}
    for name, value in section.content.items():
        if type(value) is not int or value < 0:
            raise section.wrong(name, tr("a whole number from 0"), value)
        figures[name] = value
    return figures


def _seed(section: _Section) -> int:
    seed = section.content.get("seed", 1)
    if type(seed) is not int or not 0 <= seed < 2**63:
        raise section.wrong("seed", tr("a whole number from 0"), seed)
    return seed
