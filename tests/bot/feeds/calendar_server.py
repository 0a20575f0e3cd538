"""A server of calendars on loopback that answers as it is told, honestly or not, and says what it was asked."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PATH = "/private-ann/calendar.ics"


@dataclass(frozen=True)
class Say:
    """An answer. ``body`` is sent as it is; ``forever`` is repeated after it until nobody listens; ``promises`` is
    another length than it has; ``stalls`` never ends."""

    body: bytes = b""
    status: str = "200 OK"
    headers: tuple[str, ...] = ()
    promises: int | None = None
    forever: bytes = b""
    stalls: bool = False


@dataclass
class CalendarServer:
    """``then`` are the next answers, the last one stays; ``asked`` are the requests' heads."""

    then: list[Say] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    host: str = "127.0.0.1"
    port: int = 0
    scheme: str = "http"
    sent: int = 0

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}{PATH}?key=s3cr3t"

    def says(self, *answers: Say) -> None:
        self.then[:] = answers

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
            await self._answer(self.then.pop(0) if len(self.then) > 1 else self.then[0], writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    async def _answer(self, say: Say, writer: asyncio.StreamWriter) -> None:
        length = [] if say.forever else [f"Content-Length: {len(say.body) if say.promises is None else say.promises}"]
        head = [f"HTTP/1.1 {say.status}", "Connection: close", *length, *say.headers, "", ""]
        writer.write("\r\n".join(head).encode() + say.body)
        await writer.drain()
        while say.forever:
            writer.write(say.forever)
            self.sent += len(say.forever)
            await writer.drain()
        if say.stalls:
            await asyncio.sleep(60)


@asynccontextmanager
async def calendar_server(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> AsyncIterator[CalendarServer]:
    server = CalendarServer(host=host, scheme="https" if tls else "http")
    listening = await asyncio.start_server(server.serve, host, 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()


def self_signed(folder: Path, name: str = "localhost") -> ssl.SSLContext:
    """For a server whose certificate nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def calendar(*events: tuple[str, date, date] | tuple[str, date, date, str], refresh: str = "") -> bytes:
    """All-day events: title, first and last day (inclusive), and a UID that is the title's where none is given."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}"] if refresh else []
    for title, first, last, *uid in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid[0] if uid else title}",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{title}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def packed(data: bytes) -> Say:
    return Say(gzip.compress(data), headers=("Content-Encoding: gzip",))
