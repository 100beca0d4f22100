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
TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[\w-]{20,}", re.IGNORECASE)  # in an address, too: /bot123456:AA…


def start(level: int = logging.INFO) -> None:
    """Our loggers and everybody's go through the same chain."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_heard)
    handler.setFormatter(lines())
    logging.basicConfig(handlers=[handler], level=level, force=True)


def lines() -> logging.Formatter:
    """Tokens are cut out of the line as it is written: wherever in an event one stood."""
    chain: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    render = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render, without_tokens]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=chain, processors=last)


def is_heard(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


def without_tokens(_logger: object, _method: str, line: Any) -> Any:
    return TOKEN.sub("<token>", line)
