"""Time stamps (RFC 3161): a service signs that it saw a run's seal at a time; the token is kept and checked offline.

A token lies in ``seals/SEAL.tsr`` and stamps the seal's 64 letters as ``forensics run`` prints them, so that others can
check it: ``printf %s SEAL | openssl ts -verify -in SEAL.tsr -data /dev/stdin -CAfile ROOT``. A seal is the hash of an
entry of the log; entries that follow leave it valid. The one importer of rfc3161_client.
"""

from __future__ import annotations

import ssl
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from cases.atomic_files.durable_files import make_folder, sync, sync_tree
from cases.atomic_files.plain_files import read_plain
from cases.custody import custody_log
from cases.running.interruptible_work import wait_for
from cases.terminal.command_language import tr
from forensics.errors import CheckFailedError, ForensicsError, InputFileError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_MOST_BYTES = 1_000_000
_WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp of a run.

    Attributes:
        at: when the service saw the seal.
        service: the name in its certificate.
        entry: which entry of the log the seal is, from 1.
        problem: why it proves nothing; empty where it holds.
    """

    at: datetime | None
    service: str
    entry: int
    problem: str = ""


def can_check() -> bool:
    """Return whether the extra is installed."""
    try:
        import rfc3161_client  # noqa: F401, PLC0415  an extra
    except ImportError:
        return False
    return True


def stamp(folder: Path, address: str, root: Path | None = None) -> Stamp:
    """Have a service stamp the seal of a run, check what it answers, and keep it in the run.

    Args:
        address: of the service, http or https.
        root: the root certificate of the service in PEM; None for those that the system trusts.

    Raises:
        CheckFailedError: the run was changed since it was made, or the answer is no stamp of its seal.
        ForensicsError: the extra is not installed, or the service does not answer.
    """
    if not can_check():
        raise ForensicsError(tr("Time stamps need an extra: pip install 'campaign-forensics[seal]'"))
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415  an extra

    if custody_log.problems(folder):
        sentence = "{folder} is not as it was made, and {what} would hide that. See: forensics verify {folder}"
        raise CheckFailedError(tr(sentence, folder=folder, what=tr("a time stamp")))
    seal = custody_log.seal(folder)
    asked = TimestampRequestBuilder(data=seal.encode()).hash_algorithm(HashAlgorithm.SHA256)
    request = asked.cert_request(cert_request=True).build()
    answer = _answer(address, request.as_bytes())
    found = _checked(answer, seal, len(custody_log.seals(folder)), _roots(root), request.nonce)
    if found.problem:
        raise CheckFailedError(
            tr("The answer of {address} is no time stamp: {problem}", address=address, problem=found.problem)
        )
    path = folder / custody_log.STAMPS / f"{seal}.tsr"
    make_folder(path.parent)
    with tempfile.TemporaryDirectory(prefix=f".{folder.resolve().name}.", dir=folder.resolve().parent) as scratch:
        fresh = Path(scratch, path.name)
        fresh.write_bytes(answer)
        sync_tree(fresh)
        fresh.replace(path)
    sync(path.parent)
    return found


def stamps(folder: Path, root: Path | None = None) -> Iterator[Stamp]:
    """Check the time stamps that a run keeps, without asking anybody.

    Args:
        root: as in ``stamp``.

    Yields:
        One for each, by its name.
    """
    files = custody_log.stamp_files(folder)
    if not files:
        return
    entries = {seal: number for number, seal in enumerate(custody_log.seals(folder), start=1)}
    roots = _roots(root)
    for path in files:
        try:
            content = read_plain(path, _MOST_BYTES)
        except OSError as error:
            yield Stamp(None, "", 0, str(error.strerror))
            continue
        if path.stem not in entries:
            yield Stamp(None, "", 0, tr("its seal is in no entry of the log"))
        else:
            yield _checked(content, path.stem, entries[path.stem], roots)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: the service that the user named is the only one that is asked."""

    def redirect_request(self, *_words: object) -> None:
        """Return no other request."""


def _answer(address: str, request: bytes) -> bytes:
    """Return what a service answers, within the time that it has in all."""
    if not address.lower().startswith(("http://", "https://")):
        raise ForensicsError(
            tr("{address} is no address of a service; it begins with https:// or http://.", address=address)
        )
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        asked = urllib.request.Request(address, request, headers)  # noqa: S310  the scheme is looked at above
        opener = urllib.request.build_opener(_Stay)
        end = time.monotonic() + _WAIT_S

        def ask() -> bytes:
            with opener.open(asked, timeout=_WAIT_S) as stream:
                return bytes(stream.read(_MOST_BYTES))

        def watch() -> None:
            if time.monotonic() > end:  # each byte resets the time that a socket waits
                raise TimeoutError(tr("it takes longer than {seconds:.0f} s", seconds=_WAIT_S))

        return wait_for(ask, watch)
    except (OSError, ValueError, HTTPException) as error:
        reason: object = error
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        elif isinstance(error, urllib.error.URLError):
            reason = error.reason  # in the words of the system
        raise ForensicsError(tr("{address} does not answer: {error}", address=address, error=reason)) from error


def _roots(path: Path | None) -> list[Certificate]:
    """Return the certificates that are trusted."""
    from cryptography import x509  # noqa: PLC0415  with the extra

    if path is None:
        return list(_trusted())
    try:
        return list(x509.load_pem_x509_certificates(read_plain(path, _MOST_BYTES, follow=True)))
    except (OSError, ValueError) as error:
        raise InputFileError(tr("{path} holds no certificate in PEM: {error}", path=path, error=error)) from error


def _trusted() -> Iterator[Certificate]:
    """Yield the root certificates that the system trusts; some old ones are not what the standard allows."""
    from cryptography import x509  # noqa: PLC0415

    for content in ssl.create_default_context().get_ca_certs(binary_form=True):
        with warnings.catch_warnings(), suppress(ValueError):
            warnings.simplefilter("ignore")
            yield x509.load_der_x509_certificate(content)


def _checked(content: bytes, seal: str, entry: int, roots: list[Certificate], nonce: int | None = None) -> Stamp:
    """Return what a token says, and whether it holds."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response  # noqa: PLC0415

    try:
        response = decode_timestamp_response(content)
        at, service = response.tst_info.gen_time.astimezone(UTC), _service(response)
    except ValueError as error:
        return Stamp(None, "", entry, tr("it cannot be read: {error}", error=error))
    builder = VerifierBuilder()
    for certificate in roots:
        builder = builder.add_root_certificate(certificate)
    if nonce is not None:
        builder = builder.nonce(nonce)
    try:
        builder.build().verify_message(response, seal.encode())
    except (VerificationError, ValueError) as error:
        sentence = "it does not hold ({error}). If its service's root certificate is not known here: --tsa-root FILE"
        return Stamp(at, service, entry, tr(sentence, error=error))
    return Stamp(at, service, entry)


def _service(response: TimeStampResponse) -> str:
    """Return the subject of the certificate that signed."""
    from cryptography import x509  # noqa: PLC0415

    serials = {info.serial_number for info in response.signed_data.signer_infos}
    held = map(x509.load_der_x509_certificate, response.signed_data.certificates)
    return ", ".join(sorted(each.subject.rfc4514_string() for each in held if each.serial_number in serials))
