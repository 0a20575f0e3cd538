"""What the command line says when something goes wrong: one clear line on standard error, never a traceback."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import typer

from bot.errors import PlainError

FAILED, WRONG_USAGE = 1, 2


def fail(message: str, code: int = FAILED) -> NoReturn:
    """End the command with ``message`` on standard error and the exit code ``code``."""
    say(message)
    raise typer.Exit(code)


def say(message: str) -> None:
    """One line on standard error, whatever line breaks ``message`` has."""
    print(" ".join(message.split()), file=sys.stderr)


def exit_code_of(command: Callable[[], object]) -> int:
    """Run ``command`` and say what went wrong, if anything did: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    try:
        code = command()
    except typer.TyperException as usage:
        return _report_usage(usage)
    except typer.Abort:
        say("Stopped.")
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last resort: said to the person, whole on request
        if os.environ.get("PODLINE_DEBUG"):
            traceback.print_exception(error)
        say(_sentence_about(error))
        return FAILED
    return code if isinstance(code, int) else 0


def _report_usage(error: typer.TyperException) -> int:
    """Typer's usage errors carry the command they are about and say the rest themselves."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "podline"
    message = getattr(error, "format_message", lambda: str(error))().replace("Value error, ", "")
    if message:  # empty where Typer has printed the help already
        say(f"{command}: {message.rstrip('.')}. See `{command} --help`.".replace("?.", "?"))
    return int(getattr(error, "exit_code", WRONG_USAGE))


def _sentence_about(error: Exception) -> str:
    from commands.ports import Overtaken

    match error:
        case Overtaken():
            return "Nothing was done: people are changing the same questions just now. Try again."
        case PlainError():
            return str(error)
        case OSError(filename=str() | bytes() as name, strerror=str(reason)):
            return f"{os.fsdecode(name)}: {reason.lower()}."
        case _:
            return _unexpected(error)


def _unexpected(error: Exception) -> str:
    from bot.redaction import Redaction

    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
    what = Redaction().of_text(f"{type(error).__name__}: {error}".rstrip(": "))
    return (
        f"That should not have happened: {what}{where}. "
        "PODLINE_DEBUG=1 before the command shows all of it; please report it."
    )
