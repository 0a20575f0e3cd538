"""Where the corpus and the schemas are that are too large for this repository."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _shared_folder() -> Path | None:
    folder = Path(os.environ.get("PODLINE_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "schemas").is_dir() else None


SHARED = _shared_folder()
"""``PODLINE_SHARED``, else ``../shared``; None where it is missing (.ci/run refuses to start then)."""
