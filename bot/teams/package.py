"""The app package of one installation: what is uploaded to Teams, made from what is set."""

import io
import json
import re
import zipfile
from urllib.parse import urlsplit

from bot import __version__
from bot.config import Settings, SettingsError
from bot.teams import icons
from bot.teams.ids import is_id
from bot.teams.manifest import COLOR, NEWEST, OUTLINE, manifest

_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}")
_MADE = (2020, 1, 1, 0, 0, 0)
"""The time that stands at every file, so that the same settings make the same package."""


def package(
    settings: Settings, version: str = NEWEST, *, read_channels: bool = False, app_version: str | None = None
) -> bytes:
    """The zip with the manifest and the two icons. Raises SettingsError, which says all that is missing."""
    client_id, public_url = _identity(settings)
    number = app_version or __version__
    if not _NUMBER.fullmatch(number):
        raise SettingsError(f"--app-version must be three numbers like 1.2.3, and {number} is not.")
    made = manifest(client_id, public_url, version, read_channels=read_channels, app_version=number)
    written = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    files = {"manifest.json": written.encode(), COLOR: icons.color(), OUTLINE: icons.outline()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _identity(settings: Settings) -> tuple[str, str]:
    client_id, url = settings.teams_client_id, (settings.public_url or "").rstrip("/")
    problems = []
    if not client_id:
        problems.append("Set PODLINE_TEAMS_CLIENT_ID: the application (client) id of the app registration.")
    elif not is_id(client_id):
        problems.append("PODLINE_TEAMS_CLIENT_ID must be an id like 00000000-0000-0000-0000-000000000000.")
    if not url:
        problems.append(
            "Set PODLINE_PUBLIC_URL: where Teams reaches Podline, for example https://podline.firm.example."
        )
    elif urlsplit(url).scheme != "https":
        problems.append("PODLINE_PUBLIC_URL must start with https://: Teams calls no other.")
    if problems or not client_id:
        raise SettingsError(*problems)
    return client_id, url
