"""A data file as it lies on disk: opened read-only, hashed, and unpacked while it is read.

The packing is recognised by a file's first bytes, never from its name: gzip, Zstandard (with the long windows of the
Pushshift dumps), xz, bzip2 and zip. What cannot be unpacked to the end is an error that says at which byte.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from forensics.errors import InputFileError, MissingInputError
from forensics.messages import Message

HEAD_BYTES = 256 * 1024
_BUFFER = 1 << 20
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bzip2"),
    (b"PK\x03\x04", "zip"),
)
_FOREIGN = (
    (b"%PDF", "a PDF document; tables must be saved as CSV first"),
    (b"SQLite format 3\x00", "an SQLite database; export the table as CSV first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel or Word file, or one locked with a password; save the sheet as CSV (UTF-8) first",
    ),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
)
_BESIDE = re.compile(
    r"(?i)(?:^|/)(?:\.[^/]*|thumbs\.db|(?:read_?me|licen[cs]e)[^/]*"
    r"|[^/]*\.(?:md|pdf|docx?|jpe?g|png|gif|webp|heic|mp4|mov|3gp|webm|mp3|m4a|aac|ogg|oga|opus|vcf))$"
)
"""Files that lie beside the data of an archive: a chat's pictures and voice messages, words on what is in it."""
_ASSIGNMENT = re.compile(rb"(?:\xef\xbb\xbf)?window\.YTD\.\w+\.part\d+\s*=\s*")
"""What X's archive writes before the JSON of each of its files, to make it a script."""

_ENDINGS = (".gz", ".zst", ".xz", ".bz2", ".zip")
_PEEKED = 128
_BLOCK = 512  # of st_blocks, whatever the file system's own are (stat(2))
_LOCKED = 1  # of a zip archive's flags (APPNOTE 4.4.4)
_FREE_BYTES = 1 << 28
_MOST_TIMES = 250
"""Beyond ``_FREE_BYTES`` contents may be so many times as large as what is packed. Social-media JSON packs to a tenth
or a fiftieth; a file that packs to less than this was made to fill a machine."""
_LINE_ENDS, _LINE_ENDS_FROM = 0.9, 1 << 22
"""Contents of which line ends are a larger share, from so many bytes on, are no data: a row has two ends and a value.
Blank lines pack to a thousandth, and each takes as long as a row."""
_ZSTD_PIECE = 1 << 12  # four bytes of Zstandard can stand for 128 KiB: so many unpack to 128 MiB at most
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True, slots=True)
class DataFile:
    """What identifies a file.

    Attributes:
        name: its own name, without folders.
        sha256: of the bytes on disk, hexadecimal.
        n_bytes: size on disk, bytes.
    """

    name: str
    sha256: str
    n_bytes: int


def describe(path: Path) -> DataFile:
    """Hash a file's bytes on disk.

    Raises:
        MissingInputError: it is not there.
        InputFileError: it is a folder, it is empty, or it may not be read.
    """
    if not path.exists():
        raise MissingInputError(
            "There is no file {path}. Check the path, or say with --data where the files are.", path=path
        )
    if path.is_dir():
        raise InputFileError("{file} is a folder, not a data file.", file=path.name)
    if not path.is_file():
        raise InputFileError(
            "{file} is a device or a pipe, not a data file. Save what comes from it as a file.", file=path.name
        )
    n_bytes = path.stat().st_size
    if n_bytes == 0:
        raise InputFileError("{file} is empty (0 bytes). Was the download broken off?", file=path.name)
    if is_hollow(path):
        raise InputFileError(
            "{file} claims {number} bytes, of which the disk holds next to none. It is not read.",
            file=path.name,
            number=n_bytes,
        )
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error
    return DataFile(path.name, digest, n_bytes)


def is_hollow(path: Path) -> bool:
    """Return whether a file claims so many times what the disk holds of it that reading it would never end.

    A file with holes (sparse) costs nothing to make and is read as zeros, a terabyte in an hour.
    """
    there = path.stat()
    held = getattr(there, "st_blocks", there.st_size) * _BLOCK  # not on Windows
    return there.st_size > max(_FREE_BYTES, _MOST_TIMES * held)


def bare_name(path: Path) -> str:
    """Return a file's name in lower case without the ending of its packing."""
    name = path.name.lower()
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def files_in(folder: Path, pattern: str = "**/*") -> tuple[Path, ...]:
    """Return the files of a folder in order; hidden ones are left out.

    A link that a user names is followed. One that is found in a folder may lead to another place of this folder alone,
    since whoever sent the folder may have made it.

    Args:
        pattern: of the paths below it; all files at any depth where it is left out.

    Raises:
        InputFileError: a file is a link that leads out of the folder.
    """
    files = sorted(file for file in folder.glob(pattern) if file.is_file() and not file.name.startswith("."))
    whole = folder.resolve()
    for file in files:
        if not file.resolve().is_relative_to(whole):
            raise InputFileError(
                "{file} in {folder} is a link to a file elsewhere. Name that file itself.",
                file=file.name,
                folder=folder.name,
            )
    return tuple(files)


class _Zstd(io.RawIOBase):
    """Unpacks Zstandard frames one after another and, unlike the library's reader, says when the last one is torn."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame = self._new_frame()
        self._ready = b""
        self._within = False

    @staticmethod
    def _new_frame() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=2**31).decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]  # io's own stub says Buffer
        while not self._ready:
            rest = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._within = self._new_frame(), False
            packed = rest or self._file.read(_ZSTD_PIECE)
            if not packed:
                if self._within:
                    raise EOFError
                return 0
            self._within = True
            self._ready = self._frame.decompress(packed)
        piece = self._ready[: len(target)]
        self._ready = self._ready[len(target) :]
        target[: len(piece)] = piece
        return len(piece)


class _Plain(io.FileIO):
    """A file whose every error of reading names it, as an unplugged disk or a lost connection would give none."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path

    def readinto(self, target: memoryview) -> int | None:  # type: ignore[override]  # io's own stub says Buffer
        with self._named():
            return super().readinto(target)

    def readall(self) -> bytes:
        with self._named():
            return super().readall()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _unreadable(self._path, error) from error


def _unreadable(path: Path, error: OSError) -> InputFileError:
    return InputFileError("{file} cannot be read: {error}.", file=path.name, error=error.strerror)


class _Guarded(io.RawIOBase):
    """Turns whatever an unpacker raises into an error that names the file and the byte, and stops one without end."""

    def __init__(self, path: Path, inner: BinaryIO, outer: BinaryIO) -> None:
        self._name, self._inner, self._outer, self._n_read, self._n_ends = path.name, inner, outer, 0, 0
        self._most = max(_FREE_BYTES, _MOST_TIMES * path.stat().st_size)

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]  # io's own stub says Buffer
        try:
            piece = self._inner.read(len(target))
        except _BROKEN as error:
            raise InputFileError(
                "{file} cannot be unpacked beyond byte {n_read} of its contents: it is torn or "
                "damaged ({error}). Fetch it again, or unpack what there is and use that.",
                file=self._name,
                n_read=self._n_read,
                error=str(error) or Message("it ends too early"),
            ) from error
        self._n_read += len(piece)
        if self._n_read > self._most:
            raise InputFileError(
                "{file} unpacks to more than {times} times its size, as no real data do, so it is "
                "not read on. If you trust it, unpack it yourself and use that.",
                file=self._name,
                times=_MOST_TIMES,
            )
        self._n_ends += piece.count(b"\n") + piece.count(b"\r")
        if self._n_read > _LINE_ENDS_FROM and self._n_ends > _LINE_ENDS * self._n_read:
            raise InputFileError(
                "{file} holds next to nothing but blank lines in its first {number} bytes. Fetch it again.",
                file=self._name,
                number=self._n_read,
            )
        target[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._outer.close()
        super().close()


def open_bytes(path: Path, member: str | None = None) -> BinaryIO:
    """Open a file read-only and unpack it on the way.

    Args:
        member: of a zip archive with several files, the one to read.

    Returns:
        A buffered stream of the contents; the caller closes it.

    Raises:
        MissingInputError: it is not there.
        InputFileError: it is no data file, or its packing is broken. Reading may raise it too.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for, a device read without end
            raise InputFileError("{file} is no plain file.", file=path.name)
        file: io.BufferedReader = io.BufferedReader(_Plain(path))
    except FileNotFoundError as error:
        raise MissingInputError("There is no file {path}.", path=path) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        magic = file.read(16)
    except InputFileError:
        file.close()
        raise
    file.seek(0)
    for start, what in _FOREIGN:
        if magic.startswith(start):
            file.close()
            raise InputFileError("{file} is not a data file but {what}.", file=path.name, what=Message(what))
    packing = next((name for start, name in _MAGIC if magic.startswith(start)), "")
    if not packing:
        return _past_assignment(file)
    try:
        inner = _unpacker(path, file, packing, member)
    except (*_BROKEN, InputFileError) as error:
        file.close()
        if isinstance(error, InputFileError):
            raise
        raise InputFileError(
            "{file} is a damaged {packing} file: {error}.", file=path.name, packing=packing, error=error
        ) from error
    return _past_assignment(io.BufferedReader(_Guarded(path, inner, file), _BUFFER))


def _past_assignment(stream: io.BufferedReader) -> BinaryIO:
    """Go past what makes a script of JSON."""
    try:
        if found := _ASSIGNMENT.match(stream.peek(_PEEKED)):
            stream.read(found.end())
    except BaseException:  # its packing is broken: nobody else has the stream, to close it
        stream.close()
        raise
    return stream


def _unpacker(path: Path, file: BinaryIO, packing: str, member: str | None) -> BinaryIO:
    """Return the stream of a packed file's contents."""
    if packing == "gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if packing == "zstd":
        return cast("BinaryIO", io.BufferedReader(_Zstd(file), _BUFFER))
    if packing == "xz":
        return cast("BinaryIO", lzma.LZMAFile(file))
    if packing == "bzip2":
        return cast("BinaryIO", bz2.BZ2File(file))
    archive = zipfile.ZipFile(file)
    name = _member(path, archive, member)
    if archive.getinfo(name).flag_bits & _LOCKED:
        raise InputFileError(
            "{file} is locked with a password. Unpack it yourself and use what was in it.", file=path.name
        )
    return cast("BinaryIO", archive.open(name))


def _member(path: Path, archive: zipfile.ZipFile, wanted: str | None) -> str:
    """Choose the file to read in a zip archive."""
    names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/")]
    if any(name.startswith("xl/") for name in names):
        raise InputFileError("{file} is an Excel workbook, which holds tables only, not this format.", file=path.name)
    if wanted is not None:
        if wanted not in names:
            raise InputFileError(
                "{file} holds no file '{wanted}'. It holds: {names}.",
                file=path.name,
                wanted=wanted,
                names=", ".join(names[:20]),
            )
        return wanted
    data = [name for name in names if not _BESIDE.search(name)]
    if len(data) == 1 or len(names) == 1:
        return (data or names)[0]
    if not names:
        raise InputFileError("{file} is an archive with no file in it.", file=path.name)
    # The Ad Library's report comes as one table beside its breakdown by region.
    advertisers = [name for name in names if name.endswith("_advertisers.csv")]
    if len(advertisers) == 1:
        return advertisers[0]
    raise InputFileError(
        '{file} holds {number} files: {names}. Unpack it, or name one in the case file with member = "{first}".',
        file=path.name,
        number=len(names),
        names=", ".join(names[:20]),
        first=(data or names)[0],
    )


def read_head(path: Path, member: str | None = None, n_bytes: int = HEAD_BYTES) -> bytes:
    """Return a file's first bytes after unpacking, 256 KiB unless more are asked for.

    Raises:
        MissingInputError: it is not there.
        InputFileError: it is empty, it is no data file, or its packing is broken before that.
    """
    with open_bytes(path, member) as stream:
        head = stream.read(n_bytes)
    if not head:
        raise InputFileError("{file} is empty.", file=path.name)
    if not head.strip(b" \t\r\n\x00"):
        sentence = "{file} holds nothing but blanks in its first {number} bytes. Was the download broken off?"
        raise InputFileError(sentence, file=path.name, number=len(head))
    if not head.startswith((b"PAR1", b"\xff\xfe", b"\xfe\xff")):
        sample = head[:4096]
        n_control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 27) for byte in sample)
        if n_control > len(sample) // 10:
            raise InputFileError(
                "{file} is neither text nor Parquet: it looks like a program's own binary file.", file=path.name
            )
    return head
