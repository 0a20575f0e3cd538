"""A fetch is polite and careful: what servers answer, what they must not do to us, and where nobody is led."""

import gzip
import io
import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
import structlog

from bot.feeds.connecting import CarefulTransport, Resolve, resolved
from bot.feeds.fetching import Answer, BrokenOff, Fetched, Fetcher, NotModified, Trouble
from bot.logs import set_up_logging
from coverage.leave.limits import MOST_BYTES
from tests.bot.feeds.calendar_server import CalendarServer, Say, calendar, calendar_server, packed, self_signed

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BODY = calendar(("Holiday", date(2026, 12, 1), date(2026, 12, 4)))
ONE, OTHER = "127.0.0.1", "127.0.0.2"


async def fetch(
    address: str,
    *,
    allow: Sequence[str] = (ONE,),
    resolve: Resolve = resolved,
    etag: str | None = None,
    last_modified: str | None = None,
    seconds: float = 20,
) -> Answer:
    fetcher = Fetcher(CarefulTransport([ip_network(one) for one in allow], resolve), seconds=seconds)
    answer = await fetcher.fetch(address, etag, last_modified, NOON)
    assert not any(secret in repr(answer) for secret in ("s3cr3t", "private-ann"))
    return answer


def why(answer: Answer) -> str:
    assert isinstance(answer, Trouble | BrokenOff)
    return answer.why


async def test_a_calendar_comes_with_the_servers_marks_of_it(server: CalendarServer) -> None:
    marks = ('ETag: W/"7"', "Last-Modified: Mon, 23 Nov 2026 10:00:00 GMT", "Cache-Control: private, max-age=1800")
    server.says(Say(BODY, headers=marks))

    answer = await fetch(server.address)

    assert answer == Fetched(BODY, 'W/"7"', "Mon, 23 Nov 2026 10:00:00 GMT", timedelta(minutes=30))
    assert "Accept-Encoding: gzip\r\n" in server.asked[0]
    assert "If-None-Match" not in server.asked[0]


async def test_what_we_have_is_not_sent_again(server: CalendarServer) -> None:
    server.says(Say(status="304 Not Modified"))

    answer = await fetch(server.address, etag='W/"7"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")

    assert answer == NotModified()
    assert 'If-None-Match: W/"7"\r\n' in server.asked[0]
    assert "If-Modified-Since: Mon, 23 Nov 2026 10:00:00 GMT\r\n" in server.asked[0]


async def test_a_packed_calendar_is_unpacked(server: CalendarServer) -> None:
    server.says(packed(BODY))

    assert await fetch(server.address) == Fetched(BODY)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("Retry-After: 7200", timedelta(hours=2)),
        ("Retry-After: Mon, 23 Nov 2026 15:00:00 GMT", timedelta(hours=3)),
        ("Retry-After: Mon, 23 Nov 2026 09:00:00 GMT", timedelta()),
        ("Retry-After: soon", None),
        ("X-Other: 1", None),
    ],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
async def test_a_server_that_wants_us_later_says_when(
    server: CalendarServer, status: str, said: str, wait: timedelta | None
) -> None:
    server.says(Say(b"Slow down", status=status, headers=(said,)))

    answer = await fetch(server.address)

    assert isinstance(answer, Trouble)
    assert answer.retry_after == wait


@pytest.mark.parametrize(
    ("status", "says"),
    [("404 Not Found", "no such calendar"), ("403 Forbidden", "does not let us"), ("500 No", "(500)")],
)
async def test_an_error_is_said_in_words(server: CalendarServer, status: str, says: str) -> None:
    server.says(Say(status=status))

    assert says in why(await fetch(server.address))


async def test_a_body_that_is_shorter_than_promised_is_cut_off(server: CalendarServer) -> None:
    server.says(Say(BODY[:100], promises=len(BODY)))

    answer = await fetch(server.address)

    assert isinstance(answer, BrokenOff)
    assert "cut off" in answer.why


async def test_a_packed_body_without_its_end_is_cut_off(server: CalendarServer) -> None:
    server.says(Say(gzip.compress(BODY)[:-12], headers=("Content-Encoding: gzip",)))

    assert isinstance(await fetch(server.address), BrokenOff)


async def test_what_is_not_packed_as_it_says_is_not_believed(server: CalendarServer) -> None:
    server.says(Say(BODY, headers=("Content-Encoding: gzip",)))

    assert isinstance(await fetch(server.address), BrokenOff)


async def test_an_endless_body_is_read_to_the_cap_and_no_further(server: CalendarServer) -> None:
    server.says(Say(b"BEGIN:VCALENDAR\r\n", forever=b"X-FILL:" + b"x" * 65_000 + b"\r\n"))

    answer = await fetch(server.address)

    assert "more than 10 MB" in why(answer)
    assert server.sent < 3 * MOST_BYTES


async def test_a_small_answer_that_would_become_a_large_one_is_not_unpacked(server: CalendarServer) -> None:
    bomb = gzip.compress(b"\0" * (40 * MOST_BYTES))
    assert len(bomb) < MOST_BYTES / 10
    server.says(Say(bomb, headers=("Content-Encoding: gzip",)))

    assert "more than 10 MB" in why(await fetch(server.address))


async def test_a_server_that_keeps_us_waiting_is_given_up(server: CalendarServer) -> None:
    server.says(Say(BODY[:50], promises=len(BODY), stalls=True))

    assert "took longer than 0.5 seconds" in why(await fetch(server.address, seconds=0.5))


async def test_a_redirect_is_followed_and_a_password_goes_to_no_other_host(server: CalendarServer) -> None:
    async with calendar_server(OTHER) as other:
        server.says(Say(status="302 Found", headers=(f"Location: {other.address}",)))
        other.says(Say(BODY))

        answer = await fetch(server.address.replace("//", "//ann:pw@"), allow=[ONE, OTHER])

    assert answer == Fetched(BODY)
    assert "Authorization: Basic" in server.asked[0]
    assert "Authorization" not in other.asked[0]


async def test_a_redirect_to_where_nothing_may_be_fetched_is_not_followed(server: CalendarServer) -> None:
    async with calendar_server(OTHER) as public:
        public.says(Say(status="301 Moved", headers=(f"Location: {server.address}",)))
        server.says(Say(BODY))

        said = why(await fetch(public.address, allow=[OTHER]))

    assert "127.0.0.1 is not asked without https" in said
    assert server.asked == []


async def test_an_https_redirect_to_an_inner_address_is_not_followed(server: CalendarServer) -> None:
    target = server.address.replace("http://", "https://")
    async with calendar_server(OTHER) as public:
        public.says(Say(status="301 Moved", headers=(f"Location: {target}",)))

        said = why(await fetch(public.address, allow=[OTHER]))

    assert "a loopback address" in said
    assert "PODLINE_FEED_ALLOW" in said
    assert server.asked == []


async def test_redirects_have_an_end(server: CalendarServer) -> None:
    server.says(Say(status="302 Found", headers=(f"Location: {server.address}",)))

    assert "more than 3 times" in why(await fetch(server.address))
    assert len(server.asked) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/a", "gopher://x.example/", "https://"])
async def test_a_redirect_to_something_else_than_the_web_is_not_followed(server: CalendarServer, target: str) -> None:
    server.says(Say(status="302 Found", headers=(f"Location: {target}",)))

    assert isinstance(await fetch(server.address), Trouble)
    assert len(server.asked) == 1


async def test_a_name_is_asked_once_so_that_a_second_answer_wins_nothing(server: CalendarServer) -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [OTHER] if len(asked) == 1 else [ONE]

    async with calendar_server(OTHER) as outer:
        outer.says(Say(BODY))
        address = f"http://rebinding.example:{outer.port}/a.ics"
        first = await fetch(address, allow=[OTHER], resolve=rebinding)
        second = await fetch(address, allow=[OTHER], resolve=rebinding)

    assert first == Fetched(BODY)
    assert asked == ["rebinding.example"] * 2, "one question for each connection"
    assert "not asked without https" in why(second)
    assert "Host: rebinding.example" in outer.asked[0]


async def test_every_address_of_a_name_must_be_allowed(server: CalendarServer) -> None:
    async def two_faced(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", ONE]

    said = why(await fetch(f"https://two.example:{server.port}/a.ics", allow=[], resolve=two_faced))

    assert "two.example leads to an address that is a loopback address" in said
    assert server.asked == []


async def test_a_name_nobody_knows_is_said() -> None:
    async def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("Name or service not known")

    assert "gone.example is not known" in why(await fetch("https://gone.example/a.ics", resolve=unknown))


async def test_without_https_only_what_is_allowed_is_asked() -> None:
    async def public(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14"]

    assert "Use its https address" in why(await fetch("http://plain.example/a.ics", allow=[], resolve=public))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
async def test_a_loopback_address_is_refused_however_it_is_written(host: str) -> None:
    assert isinstance(await fetch(f"https://{host}/a.ics", allow=[]), Trouble)


async def test_a_certificate_that_is_not_trusted_is_said_and_nothing_is_read(tmp_path: Path) -> None:
    async with calendar_server(tls=self_signed(tmp_path)) as server:
        server.says(Say(BODY))
        said = why(await fetch(server.address.replace(ONE, "localhost")))

    assert "the certificate of localhost is not valid (self-signed certificate)" in said
    assert server.asked == []


async def test_a_trusted_certificate_of_another_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def here(_host: str, _port: int) -> list[str]:
        return [ONE]

    async with calendar_server(tls=self_signed(tmp_path, "calendar.example")) as server:
        server.says(Say(BODY))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))

        right = await fetch(f"https://calendar.example:{server.port}/", resolve=here)
        wrong = await fetch(f"https://other.example:{server.port}/", resolve=here)

    assert right == Fetched(BODY)
    assert "the certificate of other.example is not valid (Hostname mismatch" in why(wrong)
    assert len(server.asked) == 1


async def test_no_log_has_the_address_even_of_what_libraries_say(server: CalendarServer) -> None:
    server.says(Say(status="302 Found", headers=(f"Location: {server.address}&again",)), Say(status="500 Oops"))
    root, stream = logging.getLogger(), io.StringIO()
    before = (root.handlers, root.level)
    set_up_logging(stream=stream, debug=True)
    try:
        logging.getLogger("tests").debug("this is heard")
        await fetch(server.address)
    finally:
        root.handlers, root.level = before
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()

    assert "this is heard" in stream.getvalue()
    assert not any(secret in stream.getvalue() for secret in ("s3cr3t", "private-ann"))


async def test_no_proxy_of_the_environment_is_used(server: CalendarServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.says(Say(BODY))

    assert await fetch(server.address) == Fetched(BODY)
