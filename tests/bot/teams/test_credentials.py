"""What is shown to Teams, and that Microsoft's SDK, which gets it, reads nothing that is not ours."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.teams.credentials import KeptTokens, NoToken
from tests.shared import ROOT

STRAY = {"CLIENT_ID": "stray", "CLIENT_SECRET": "stray", "TENANT_ID": "stray", "SERVICE_URL": "https://stray.example"}

PROGRAM = """
import os, warnings
warnings.simplefilter("error")
before = dict(os.environ)
from bot.teams.app import Teams
import bot.app
assert "microsoft_teams" not in __import__("sys").modules, "who does not serve Teams need not wait for the SDK"
from bot.teams.credentials import import_sdk, manager_of
import_sdk()
assert dict(os.environ) == before, set(os.environ) ^ set(before)
for secret, identity, kind in (
    ("s", None, "ClientCredentials"),
    (None, "ours", "ManagedIdentityCredentials"),
    (None, "system", "FederatedIdentityCredentials"),
    (None, "another", "FederatedIdentityCredentials"),
):
    credentials = manager_of("ours", secret, identity, "our-tenant")._credentials
    assert type(credentials).__name__ == kind
    assert (credentials.client_id, credentials.tenant_id) == ("ours", "our-tenant")
print("read nothing")
"""


def test_importing_the_sdk_reads_no_env_file_and_no_stray_variables(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / ".env").write_text("CLIENT_ID=of-a-parent\nPODLINE_LEAKED=1\n")

    said = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=below,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **STRAY},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert said.stdout.strip() == "read nothing", said.stderr


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_token_is_got_once_for_all_who_wait_and_kept_as_long_as_it_is_good() -> None:
    seconds, got = Seconds(), []

    async def get() -> tuple[str, float]:
        await asyncio.sleep(0)
        got.append(seconds.now)
        return f"token-{len(got)}", 3600.0

    tokens = KeptTokens(get, None, seconds)
    at_once = await asyncio.gather(*(tokens.for_service("https://smba.trafficmanager.net/teams") for _ in range(5)))
    seconds.now = 3700.0
    later = await tokens.for_service("https://smba.trafficmanager.net/teams")
    tokens.forget("token-2")
    refused = await tokens.for_service("https://smba.trafficmanager.net/teams")

    assert set(at_once) == {"token-1"}
    assert (later, refused) == ("token-2", "token-3")


@pytest.mark.parametrize("here", ["http://127.0.0.1:3978/teams", "http://localhost/teams", "http://[::1]:1/teams"])
async def test_a_token_of_microsofts_never_goes_to_a_service_on_this_machine(here: str) -> None:
    async def get() -> tuple[str, float]:
        raise NoToken("nobody may ask for one")

    assert await KeptTokens(get, None, Seconds()).for_service(here) is None
