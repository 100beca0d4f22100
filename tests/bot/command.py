"""A command as `main` runs it, in this process: a child for each would take a second to start."""

import os
from contextlib import chdir
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO, Any

from click.testing import CliRunner

from bot.cli import commands, refusal


def command(folder: Path, *words: str, typed: str | IO[bytes] = "", **settings: str) -> CompletedProcess[str]:
    """In that folder, with these settings and no others; what it refuses stands on stderr, as from outside, but in
    English where no language is set: that is what most tests compare. `typed`: what somebody types there."""
    ours = [name for name in os.environ if name.startswith("JIAOLIAN_")]
    environment: dict[str, Any] = dict.fromkeys(ours) | settings
    with chdir(folder):
        result = CliRunner().invoke(commands, list(words), input=typed, env=environment)
    if not isinstance(result.exception, Exception):  # none, or SystemExit
        return CompletedProcess(words, result.exit_code, result.stdout, result.stderr)
    lines = refusal(result.exception, settings.get("JIAOLIAN_LANGUAGE", "en"))
    if lines is None:
        raise result.exception
    return CompletedProcess(words, 1, result.stdout, f"{lines}\n")
