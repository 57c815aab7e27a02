"""Time stamps: of a service that runs in the test, kept in the run, checked without it, and refused when false."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cases.atomic_files.staging import staged
from cases.cli import forensics
from cases.custody import custody_log, time_stamps
from cases.run_folder import run_folder
from forensics.findings import Run

pytest.importorskip("rfc3161_client")
pytestmark = [
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is the service"),
    pytest.mark.usefixtures("few_words"),
]

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
"""


class Service:
    """A time stamping service of openssl, with a root and a signer of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.root, self.answer = place, place / "root.pem", b""
        place.mkdir()
        for name in ("root", "signer"):
            (place / f"{name}.cnf").write_text(CONFIG.format(name=f"Test {name}"), encoding="ascii")
        key = "-newkey rsa:2048 -nodes -keyout"
        self.run(f"req -x509 {key} root.key -out root.pem -days 2 -config root.cnf -extensions root")
        self.run(f"req {key} signer.key -out signer.csr -config signer.cnf")
        signing = "-CA root.pem -CAkey root.key -CAcreateserial -extfile signer.cnf -extensions signer"
        self.run(f"x509 -req -in signer.csr {signing} -out signer.pem -days 2")
        (place / "serial").write_text("01", encoding="ascii")

    def run(self, words: str) -> None:
        subprocess.run(["openssl", *words.split()], cwd=self.place, check=True, capture_output=True)  # noqa: S603, S607

    def reply(self, request: bytes) -> bytes:
        (self.place / "request").write_bytes(request)
        self.run("ts -reply -queryfile request -out reply -config signer.cnf -section stamps")
        return self.answer or (self.place / "reply").read_bytes()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(tmp_path_factory.mktemp("service") / "here")


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = service.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    service.answer = b""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A finished run folder."""
    path = tmp_path / "run"
    with staged(path) as fresh:
        run_folder.fill(fresh, run, "[case]\n")
        run_folder.sign(fresh, path, "run")
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(forensics, list(map(str, words)))


def test_a_stamp_is_kept_and_checked_without_the_service(folder: Path, address: str, service: Service) -> None:
    seal = custody_log.seal(folder)
    result = call("seal", folder, "--tsa", address, "--tsa-root", service.root)
    assert result.exit_code == 0, result.output
    assert "CN=Test signer" in result.stdout
    assert (folder / "seals" / f"{seal}.tsr").is_file()
    checked = call("verify", folder, "--tsa-root", service.root)
    assert checked.exit_code == 0, checked.output
    assert "saw entry 1 of 1 of the log" in checked.stdout
    (folder.parent / "seal.txt").write_text(seal, encoding="ascii")
    token, data = folder / "seals" / f"{seal}.tsr", folder.parent / "seal.txt"
    service.run(f"ts -verify -in {token} -data {data} -CAfile root.pem")  # nobody need trust this program


def test_it_stays_when_the_documents_are_written_again_and_when_a_run_takes_its_place(
    folder: Path, address: str, service: Service, run: Run
) -> None:
    call("seal", folder, "--tsa", address, "--tsa-root", service.root)
    assert call("report", folder, "--lang", "fr", "--quiet").exit_code == 0
    assert "saw entry 1 of 2" in call("verify", folder, "--tsa-root", service.root).stdout
    with staged(folder) as fresh:
        run_folder.fill(fresh, run, "[case]\n")
        run_folder.sign(fresh, folder, "run")
    assert "saw entry 1 of 3" in call("verify", folder, "--tsa-root", service.root).stdout
    assert not list(folder.parent.glob(".run.previous*"))


def test_a_false_stamp_proves_nothing(folder: Path, address: str, service: Service, tmp_path: Path) -> None:
    call("seal", folder, "--tsa", address, "--tsa-root", service.root)
    assert call("verify", folder).exit_code == 3  # a root that nobody here trusts
    token = next((folder / "seals").iterdir())
    other = Service(tmp_path / "other")
    assert call("verify", folder, "--tsa-root", other.root).exit_code == 3
    content = bytearray(token.read_bytes())
    content[-5] ^= 1
    token.write_bytes(content)
    assert call("verify", folder, "--tsa-root", service.root).exit_code == 3
    token.rename(token.with_name(f"{'ab' * 32}.tsr"))
    assert "in no entry of the log" in call("verify", folder, "--tsa-root", service.root).output
    token.with_name(f"{'ab' * 32}.tsr").rename(token.with_name("more.tsr"))
    assert "more.tsr was added" in call("verify", folder, "--tsa-root", service.root).output


def test_an_answer_for_another_seal_is_refused(folder: Path, address: str, service: Service) -> None:
    from rfc3161_client import TimestampRequestBuilder  # noqa: PLC0415

    before = sorted(folder.rglob("*"))
    for answer in (service.reply(TimestampRequestBuilder(data=b"other").build().as_bytes()), b"no token", b"\x30" * 9):
        service.answer = answer
        result = call("seal", folder, "--tsa", address, "--tsa-root", service.root)
        assert (result.exit_code, "is no time stamp" in result.output) == (3, True), result.output
    assert sorted(folder.rglob("*")) == before


def test_an_impossible_request_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    assert call("seal", folder, "--tsa", "file:///etc/passwd").exit_code == 2
    for address in ("http://127.0.0.1:9/", "http://[::1", "http://a b/", "http://\x1b[31m/", "http://"):
        answer = call("seal", folder, "--tsa", address).output
        assert ("does not answer" in answer, "urlopen" in answer) == (True, False), answer
    assert call("seal", folder, "--tsa", "http://127.0.0.1:9/", "--tsa-root", service.place / "serial").exit_code == 2
    monkeypatch.setattr(time_stamps, "can_check", lambda: False)
    assert "campaign-forensics[seal]" in call("seal", folder, "--tsa", "http://127.0.0.1:9/").output
    (folder / "run.json").write_text("{}", encoding="utf-8")
    monkeypatch.undo()
    assert call("seal", folder, "--tsa", "http://127.0.0.1:9/").exit_code == 3


@pytest.fixture
def rude(request: pytest.FixtureRequest) -> Iterator[str]:
    """A service that answers a byte at a time, or sends elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(302 if request.param == "elsewhere" else 200)
            self.send_header("Location", "/other")
            self.end_headers()
            begun = time.monotonic()
            while request.param == "drips" and time.monotonic() - begun < 3:
                try:
                    self.wfile.write(b"0")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)

        def do_GET(self) -> None:
            pytest.fail("nobody else may be asked")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(("rude", "reason"), [("drips", "longer than 1 s"), ("elsewhere", "302")], indirect=["rude"])
def test_a_service_that_is_too_slow_or_sends_elsewhere_is_left(
    folder: Path, rude: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_stamps, "_WAIT_S", 1.0)
    begun = time.monotonic()
    result = call("seal", folder, "--tsa", rude)
    assert (result.exit_code, "does not answer" in result.output, reason in result.output) == (2, True, True)
    assert time.monotonic() - begun < 20


def test_a_link_beside_a_run_is_not_written_through(folder: Path, address: str, service: Service) -> None:
    mine = folder.parent / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    folder.with_name(f".{folder.name}.stamp").symlink_to(mine)
    assert call("seal", folder, "--tsa", address, "--tsa-root", service.root).exit_code == 0
    assert mine.read_text(encoding="utf-8") == "mine"
