"""Variables that look like Podline's and are none: a misspelt one is otherwise ignored without a word."""

import os
from collections.abc import Mapping
from difflib import get_close_matches

from pydantic_settings import DotEnvSettingsSource

from bot.config import ENV_FILE, VARIABLES, Settings

_KNOWN = {*VARIABLES, "PODLINE_DEBUG", "PODLINE_SHARED", "PODLINE_REWRITE_GOLDEN"}
_SURELY_MEANT, _PERHAPS_MEANT = 0.85, 0.6


def unknown_variables(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is wrong with each such variable, by its name. In ``.env`` every near miss counts, in the environment, which
    belongs to many programs, only what begins with ``PODLINE_``."""
    in_file = [name for name in _of_env_file() if name.startswith("PODLINE_") or _nearest(name, _SURELY_MEANT)]
    around = [name for name in environment if name.startswith("PODLINE_")]
    found = dict.fromkeys(around, "the environment") | dict.fromkeys(in_file, str(ENV_FILE))
    return {name: _sentence(name, where) for name, where in found.items() if name not in _KNOWN}


def place_of(variable: str, environment: Mapping[str, str] = os.environ) -> str:
    """Where to correct it: the environment wins over the file."""
    return "the environment" if environment.get(variable) else str(ENV_FILE)


def _of_env_file() -> list[str]:
    return list(DotEnvSettingsSource(Settings, env_file=ENV_FILE, env_ignore_empty=False).env_vars)


def _nearest(name: str, likeness: float) -> str | None:
    return next(iter(get_close_matches(name, _KNOWN, n=1, cutoff=likeness)), None)


def _sentence(name: str, where: str) -> str:
    near = _nearest(name, _PERHAPS_MEANT)
    hint = f"Did you mean {near}?" if near else "docs/reference.md has all variables."
    return f"{name} in {where} is none of Podline's variables, so it has no effect. {hint}"
