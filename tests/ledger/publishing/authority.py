"""A timestamping authority on this machine, made with `openssl ts`."""

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[authority]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = ours
[ours]
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
CERTIFY = (
    (
        f"req -x509 {KEY} -keyout root.key -out root.pem -days 2"
        " -subj /CN=Root -config tsa.cnf -extensions root"
    ),
    f"req {KEY} -keyout tsa.key -out tsa.csr -subj /CN=Authority -config tsa.cnf",
    (
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -days 2"
        " -extfile tsa.cnf -extensions authority -out tsa.pem"
    ),
)
Reply = Callable[[bytes], tuple[int, bytes]]


def missing() -> str | None:
    """Return what is missing to play an authority, loudly; None if nothing is."""
    if shutil.which("openssl"):
        return None
    return "NO TIMESTAMP WAS TRIED: openssl is missing (Debian: apt install openssl)"


@dataclass
class Authority:
    """What answers queries over HTTP; `reply` may be replaced by a wrong one."""

    directory: Path
    reply: Reply
    url: str = ""
    asked: int = 0

    @property
    def roots(self) -> Path:
        return self.directory / "root.pem"


def found(directory: Path) -> Authority:
    """Make the keys and certificates of an authority."""
    directory.mkdir()
    (directory / "tsa.cnf").write_text(CONFIGURATION)
    (directory / "serial").write_text("01\n")
    for command in CERTIFY:
        openssl(directory, command)
    return Authority(directory, lambda query: (200, stamped(directory, query)))


def stamped(directory: Path, query: bytes) -> bytes:
    """Return the response to a query."""
    (directory / "query.tsq").write_bytes(query)
    openssl(
        directory, "ts -reply -config tsa.cnf -queryfile query.tsq -out response.tsr"
    )
    return (directory / "response.tsr").read_bytes()


def openssl(directory: Path, command: str) -> None:
    subprocess.run(
        ["openssl", *command.split()], cwd=directory, check=True, capture_output=True
    )


@contextlib.contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """Let it answer beside the test."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked += 1
            status, response = authority.reply(query)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(response)))
            self.end_headers()
            self.wfile.write(response)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
