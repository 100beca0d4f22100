"""Logs: one line an event on stderr, IDs as fields; a token is cut out of whatever anybody logs."""

import logging
import re
import sys
from typing import Any

import structlog

TOKEN = re.compile(r"\b\d{5,}:[\w-]{20,}")


def start(level: int = logging.INFO) -> None:
    """Our loggers and everybody's go through the same chain; httpx would log addresses, which hold the token."""
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
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=chain, processors=last))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def without_tokens(_logger: object, _method: str, event: Any) -> Any:
    return {name: TOKEN.sub("<token>", value) if isinstance(value, str) else value for name, value in event.items()}
