"""Files that people give to us in Slack: fetched with the token, which is shown to Slack alone."""

from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.given_files import MOST_BYTES, CannotFetch, read_given, too_large
from bot.proxies import proxy_for
from bot.slack.connection import Connection
from bot.slack.errors import code_of
from commands.attached import Attached, FileWanted, Unreadable
from commands.wording import first_line

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)

_GONE = ("file_not_found", "file_deleted", "not_visible", "not_found")


class SlackFiles:
    """Fetches and reads what verbs want."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, wanted: FileWanted, user: str) -> Attached:
        """The file, for the Slack user who gave it to us; whatever is wrong with it is said, not raised."""
        try:
            name, data = await self._fetch(wanted.file, user)
        except CannotFetch as why:
            return Unreadable(str(why))
        return await read_given(wanted, name, data)

    async def _fetch(self, file: str, user: str) -> tuple[str, bytes]:
        """Its name and content. Only a file that ``user`` has given to us: a line can be typed by anybody."""
        try:
            found = (await self._connection.direct.files_info(file=file))["file"]
        except SlackApiError as error:
            raise CannotFetch(_why_not_found(code_of(error))) from None
        except (aiohttp.ClientError, TimeoutError):
            raise CannotFetch(_NOT_JUST_NOW) from None
        name = str(found.get("name") or file)
        if found.get("user") != user:
            raise CannotFetch(
                "That is not a file that you have given to me. Give it to me here, then go on from there."
            )
        if found.get("is_external") or found.get("mode") in ("tombstone", "hidden_by_limit"):
            raise CannotFetch(f"“{first_line(name)}” is not in Slack itself. Download it and give me the file.")
        if int(found.get("size") or 0) > MOST_BYTES:
            raise too_large(name)
        return name, await self._download(
            str(found.get("url_private_download") or found.get("url_private") or ""), name
        )

    async def _download(self, url: str, name: str) -> bytes:
        if not is_slacks(url, self._connection.plain.base_url):
            raise CannotFetch("Slack names an address for this file that is not its own, so it was not fetched.")
        headers = {"Authorization": f"Bearer {self._connection.token}"}
        data = bytearray()
        try:
            async with self._connection.session.get(
                url, headers=headers, timeout=TIMEOUT, allow_redirects=False, proxy=proxy_for(url)
            ) as answer:
                _check_it_is_the_file(answer)
                async for part in answer.content.iter_chunked(64_000):
                    data += part
                    if len(data) > MOST_BYTES:
                        raise too_large(name)
        except (aiohttp.ClientError, TimeoutError):
            raise CannotFetch(_NOT_JUST_NOW) from None
        return bytes(data)


def is_slacks(url: str, api: str) -> bool:
    """Whether the token may be shown to ``url``: a host of Slack's, or that of the API itself where that is a
    stand-in for it."""
    asked, ours = urlsplit(url), urlsplit(api)
    host = (asked.hostname or "").casefold()
    if asked.username or asked.password:
        return False
    if (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc):
        return True
    return asked.scheme == "https" and asked.port in (None, 443) and host.endswith((".slack.com", ".slack-gov.com"))


def _check_it_is_the_file(answer: aiohttp.ClientResponse) -> None:
    """Slack answers a token that may not read files with its sign-in page, by 200 or by sending us there."""
    if answer.status in (301, 302, 303, 307, 308) or answer.content_type == "text/html":
        raise CannotFetch(_NO_SCOPE)
    if answer.status in (404, 410):
        raise CannotFetch(_why_not_found("file_not_found"))
    if answer.status != 200:
        raise CannotFetch(_NOT_JUST_NOW)


def _why_not_found(code: str) -> str:
    if code in ("missing_scope", "not_allowed_token_type"):
        return _NO_SCOPE
    if code in _GONE:
        return "That file is not there any more, or I cannot see it. Give it to me again."
    return _NOT_JUST_NOW


_NO_SCOPE = (
    "Podline may not read files in this workspace yet: whoever runs it adds the scope files:read "
    "(podline manifest prints it, podline doctor checks it) and installs the app again."
)
_NOT_JUST_NOW = "Slack does not give me the file just now. Please try again in a minute."
