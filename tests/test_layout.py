"""The shape of the repository: whose the names are, how long files may be, what no file is called."""

from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.shared import ROOT

PACKAGES = ("bot", "commands", "coverage", "storage")
TOO_LONG = 400
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "base", "manager", "misc", "common"}

SOURCES = sorted(path for package in (*PACKAGES, "tests") for path in (ROOT / package).rglob("*.py"))


def test_coverage_is_our_domain_and_not_coverage_py() -> None:
    owners = set(packages_distributions().get("coverage", [])) - {"podline"}

    assert owners == set(), (
        f"{', '.join(owners)} is installed and takes the import name of our domain. Uninstall it and what brought "
        "it in (pytest-cov, for example), or: make clean install. slipcover measures here, see CONTRIBUTING.md."
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_the_names_of_our_packages_are_only_ours(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"podline"}


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_tested_is_this_checkout(package: str) -> None:
    module = __import__(package)

    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / package


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_brings_in_coverage_py(lock: str) -> None:
    names = {line.partition("==")[0] for line in _lines(ROOT / lock) if "==" in line}

    assert names & {"coverage", "pytest-cov", "pytest-testmon", "mutmut"} == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_each_pin_has_its_hashes_and_each_version_is_exact(lock: str) -> None:
    entries = "\n".join(line for line in _lines(ROOT / lock) if not line.lstrip().startswith("#")).split("\n")
    starts = [number for number, line in enumerate(entries) if line and not line[0].isspace()]

    assert starts
    assert all("==" in entries[start] and "--hash=sha256:" in entries[start + 1] for start in starts)


def test_what_runs_podline_is_part_of_what_works_on_it() -> None:
    def pins(lock: str) -> set[str]:
        return {line.rstrip(" \\") for line in _lines(ROOT / lock) if "==" in line and not line.startswith(" ")}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_no_file_is_too_long() -> None:
    too_long = [f"{path.relative_to(ROOT)}: {len(_lines(path))}" for path in SOURCES if len(_lines(path)) > TOO_LONG]

    assert too_long == [], f"more than {TOO_LONG} lines: split by concept"


def test_each_file_is_named_for_its_concept() -> None:
    assert [path.relative_to(ROOT) for path in SOURCES if path.stem in SAYS_NOTHING] == []


def test_tests_are_laid_out_like_the_code() -> None:
    folders = {path.parent for path in SOURCES if path.is_relative_to(ROOT / "tests") and path.name.startswith("test_")}
    of_packages = {path.relative_to(ROOT / "tests") for path in folders if path != ROOT / "tests"}
    strays = [path for path in of_packages if path.parts[0] in PACKAGES and not (ROOT / path).is_dir()]

    assert strays == []


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
