"""No file names a package registry's host or a path of somebody's machine."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.shared import ROOT

# Written in parts, so that this file does not contain what it looks for.
HOSTS = [
    ("py" + "pi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("registry", "yarnpkg", "com"),
    ("proxy", "golang", "org"),
    ("deb", "debian", "org"),
    ("crates", "io"),
]
FOLDERS = [
    ("work", "main"),
    ("work", "shared"),
    ("tmp", "podline"),
    ("root", ""),
    ("opt", "py" + "pi"),
    ("opt", "wheels"),
]
FORBIDDEN = re.compile(
    "|".join(
        [rf"\b{re.escape('.'.join(parts))}\b" for parts in HOSTS]
        + [rf"(?<![\w.~-])/{'/'.join(parts)}" for parts in FOLDERS]
        + [r"(?<![\w.~-])/(?:home|Users)/[a-z]+/"]
    )
)


def tracked() -> list[Path]:
    """The files of the repository; in an unpacked archive, all that no tool made."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    made = {".venv", "node_modules", "build", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (match := FORBIDDEN.search(line))
    ]

    assert found == []


@pytest.mark.parametrize(
    "text", ["/".join(["", "work", "main", "x"]), ".".join(["py" + "pi", "org"]), "/".join(["", "home", "jo", "x"])]
)
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert FORBIDDEN.search(f"see {text}")


@pytest.mark.parametrize("text", ["https://host.example/root/a", "~/root/x", "a package from PyPI"])
def test_the_search_leaves_other_words_alone(text: str) -> None:
    assert not FORBIDDEN.search(text)
