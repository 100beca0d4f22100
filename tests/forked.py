"""`jiaolian` as a child process, forked from one that has imported everything: a start from nothing takes a second of
the processor, and there are a hundred of them. From `main` on it is the same; a few tests start it from nothing."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

IMPORTED = ["bot.cli", "bot.commands.run", "bot.commands.apply", "bot.wiring", "bot.outside", "bot.commands.status"]
IMPORTED += ["store.schema", "store.migrating", "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "alembic.command"]
IMPORTED += ["uvicorn", "starlette.applications", "apscheduler.triggers.interval"]
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(IMPORTED)


Child: TypeAlias = "Forked | subprocess.Popen[bytes]"


class Forked:
    """As much of `subprocess.Popen` as the tests ask of a child."""

    def __init__(
        self,
        words: list[str],
        folder: Path,
        environment: Mapping[str, str],
        stderr: Path | None = None,
        stdout: Path | None = None,
    ) -> None:
        if stderr is not None:
            stderr.write_bytes(b"")  # there from now on
        self.process = FORKING.Process(target=begin, args=(words, folder, dict(environment), stderr, stdout))
        self.process.start()
        assert self.process.pid is not None
        self.pid = self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self.process.join(timeout)
        code = self.process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("jiaolian", timeout or 0)
        return code

    def send_signal(self, sent: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # gone since it was asked: it is the forkserver that waits for it
            if self.poll() is None:
                os.kill(self.pid, sent)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def begin(
    words: list[str], folder: Path, environment: dict[str, str], stderr: Path | None, stdout: Path | None
) -> None:
    from bot.cli import main

    for file, number in ((stdout, 1), (stderr, 2)):
        if file is not None:
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["jiaolian", *words]
    main()
