"""Logs: one JSON line per happening on standard error, readable on a terminal, without secrets."""

import logging
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from bot.redaction import Redaction

QUIET = ("alembic", "apscheduler", "httpcore", "httpx", "uvicorn.access", "uvicorn.error")
"""Libraries that log each job, request or step of their own start at INFO; their warnings are still seen."""

OWN_HANDLERS = ("slack_bolt", "slack_sdk", "uvicorn", "uvicorn.access", "uvicorn.error")


def set_up_logging(
    secrets: Iterable[str] = (), *, stream: TextIO | None = None, readable: bool | None = None, debug: bool = False
) -> None:
    """Send what we and the libraries log to ``stream`` (standard error), each ``secrets`` value taken out.

    ``readable`` lines are for people, else JSON; by default people get them where ``stream`` is a terminal.
    Calling it again replaces what was set up before. uvicorn must be started with ``log_config=None``.
    """
    stream = stream or sys.stderr
    readable = stream.isatty() if readable is None else readable
    shared = _steps(Redaction(secrets), readable)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _route(logging.StreamHandler(stream), shared, readable, logging.DEBUG if debug else logging.INFO)


def _steps(redaction: Redaction, readable: bool) -> list[Processor]:
    def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event.pop("color_message", None)  # uvicorn's own text, once more with colours in it
        return {key: value if key.startswith("_") else redaction.of(key, value) for key, value in event.items()}

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.ExtraAdder(),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if readable else "iso", utc=not readable),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact,
    ]


def _route(handler: logging.Handler, shared: list[Processor], readable: bool, level: int) -> None:
    draw: Processor = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(default=str)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, draw],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in OWN_HANDLERS:
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
