"""What every test may ask for."""

from pathlib import Path

import pytest

from tests.shared import SHARED


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the bot does (anyio_mode = auto: no marks needed)."""
    return "asyncio"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with cases/, corpus/ and schemas/; a test that needs it is skipped where it is missing."""
    if SHARED is None:
        pytest.skip("needs the folder with cases/, corpus/ and schemas/: set PODLINE_SHARED or put it at ../shared")
    return SHARED
