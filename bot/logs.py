"""Logs: one line an event on stderr, IDs as fields; a token is cut out of whatever anybody logs.

Libraries are heard from a warning on, at whatever level they are set: below it python-telegram-bot logs every update
and message, SQLAlchemy every row, and httpx addresses, which hold the token.
"""

import logging
import re
import sys
from typing import Any

import structlog

OURS = frozenset({"bot", "handlers", "scheduling", "store", "sandbox"})
TOKEN = re.compile(r"\b\d{5,}:[\w-]{20,}")


def start(level: int = logging.INFO) -> None:
    """Our loggers and everybody's go through the same chain."""
    chain: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_tokens,
    ]
    render = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_heard)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=chain, processors=last))
    logging.basicConfig(handlers=[handler], level=level, force=True)


def is_heard(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


def without_tokens(_logger: object, _method: str, event: Any) -> Any:
    return {name: TOKEN.sub("<token>", value) if isinstance(value, str) else value for name, value in event.items()}
