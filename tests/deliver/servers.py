"""Real servers on the loopback interface, started by the tests, that remember what happened to them."""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

import pytest

USER, PASSWORD = "agentur", "kanari-geheim"


class Server(NamedTuple):
    """A running server: its port, and the folder it writes into."""

    port: int
    folder: Path


@contextmanager
def ftp_server(folder: Path, certificate: Path | None = None) -> Iterator[Server]:
    """FTP, and with a certificate FTP over TLS for all that is said."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a module that Python 3.12 has no more
        from pyftpdlib.authorizers import DummyAuthorizer
        from pyftpdlib.handlers import FTPHandler as Handler
        from pyftpdlib.servers import FTPServer

    logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
    folder.mkdir(parents=True, exist_ok=True)
    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elradfmwMT")
    attributes: dict[str, Any] = {"authorizer": authorizer, "auth_failed_timeout": 0}
    if certificate:
        pytest.importorskip("OpenSSL")
        from pyftpdlib.handlers import TLS_FTPHandler as Handler

        attributes |= {"certfile": str(certificate), "tls_control_required": True, "tls_data_required": True}
    server = FTPServer(("127.0.0.1", 0), type("OurHandler", (Handler,), attributes))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            server.serve_forever(timeout=0.02, blocking=False)
        server.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Server(server.address[1], folder)
    finally:
        stop.set()
        thread.join(5)


@contextmanager
def sftp_server(folder: Path, known_hosts: Path) -> Iterator[Server]:
    """SFTP in a folder; the key of the server is written to a file of known hosts."""
    import asyncssh

    folder.mkdir(parents=True, exist_ok=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    ready: list[int] = []
    started = threading.Event()

    sessions: list[Any] = []

    class Guard(asyncssh.SSHServer):
        def connection_made(self, conn: Any) -> None:
            sessions.append(conn)

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel: Any) -> None:
            super().__init__(channel, chroot=str(folder))

    async def start() -> Any:
        server = await asyncssh.create_server(
            Guard, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=Files, encoding=None
        )
        ready.append(server.sockets[0].getsockname()[1])
        started.set()
        return server

    def serve() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(start())
        loop.run_forever()
        server.close()
        for session in sessions:
            session.abort()
        loop.run_until_complete(asyncio.gather(server.wait_closed(), *(session.wait_closed() for session in sessions)))
        loop.run_until_complete(asyncio.sleep(0.01))  # transports close a little later
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert started.wait(10)
    public = key.export_public_key().decode().strip()
    known_hosts.write_text(f"[127.0.0.1]:{ready[0]} {public}\n")
    try:
        yield Server(ready[0], folder)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@contextmanager
def s3_server(environment: pytest.MonkeyPatch, *buckets: str) -> Iterator[int]:
    """S3 with some buckets, all of them empty; whoever starts in this environment asks it. Its port is given."""
    moto = pytest.importorskip("moto.server")
    import boto3
    from s3fs import S3FileSystem

    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    environment.setenv("AWS_ACCESS_KEY_ID", USER)
    environment.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
    environment.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    S3FileSystem.clear_instance_cache()  # or the server before this one would be asked
    try:
        urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
        for bucket in buckets:
            place = {"LocationConstraint": "eu-central-1"}
            boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
        yield port
    finally:
        server.stop()


class Inbox(NamedTuple):
    """What a server was sent by POST: headers and bodies in their order; answers to give first, as status codes."""

    port: int
    requests: list[tuple[dict[str, str], bytes]]
    answers: list[int]


@contextmanager
def http_server(*answers: int) -> Iterator[Inbox]:
    """A server that takes POST; the first answers are given, then 201."""
    inbox = Inbox(0, [], list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = inbox.answers.pop(0) if inbox.answers else 201
            if status < 300:
                inbox.requests.append(({**dict(self.headers), "path": self.path}, body))
            self.send_response(status)
            if status in {301, 302}:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield inbox._replace(port=server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def certificate(folder: Path) -> Path:
    """A certificate for the loopback interface that signs itself, with its key, in one file."""
    import datetime as dt
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
