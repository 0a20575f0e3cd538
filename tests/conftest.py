"""What every test may ask for."""

from pathlib import Path

import pytest

from bot.config import VARIABLES
from tests.shared import SHARED


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the bot does (anyio_mode = auto: no marks needed)."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a bot configured: no test may see, or use, that."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with cases/, corpus/ and schemas/; a test that needs it is skipped where it is missing."""
    if SHARED is None:
        pytest.skip("needs the folder with cases/, corpus/ and schemas/: set PODLINE_SHARED or put it at ../shared")
    return SHARED
