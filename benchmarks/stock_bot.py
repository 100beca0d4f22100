"""The bot to measure against, as python-telegram-bot's own examples write one: JobQueue, a commit per press.

`python -m benchmarks.stock_bot API_URL TOKEN FOLDER PEOPLE SENDS` answers each press after committing it to SQLite; at
the start it has `SENDS` messages due at once, one to each of `PEOPLE` people in turn. Until SIGTERM.
"""

import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, Defaults

FIRST = 700_000_001
PATIENCE = 120  # seconds; with PTB's defaults a thousand messages at once time out in the pool and are lost
MISFIRE_GRACE = 600  # seconds; with the default of one second the late jobs are dropped
POOL = 32  # as many as ours; by PTB's 256 a thousand messages at once take httpx minutes on a slow machine


def main(api_url: str, token: str, folder: str, people: int, sends: int) -> None:
    database = sqlite3.connect(Path(folder, "stock.db"), isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS response (person INTEGER PRIMARY KEY, status TEXT)")

    async def respond(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        database.execute("INSERT OR REPLACE INTO response VALUES (?, ?)", (query.from_user.id, query.data))
        await query.answer("参加 ✓")

    async def remind(context: ContextTypes.DEFAULT_TYPE) -> None:
        assert context.job is not None
        await context.bot.send_message(int(str(context.job.data)), "提醒：共创式主题教研 14:30")

    async def owe(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        assert application.job_queue is not None
        for number in range(sends):
            to, grace = FIRST + number % people, {"misfire_grace_time": MISFIRE_GRACE}
            application.job_queue.run_once(remind, timedelta(seconds=1), data=to, job_kwargs=grace)

    builder = Application.builder().token(token).base_url(f"{api_url}/bot").defaults(Defaults(block=True))
    builder = builder.pool_timeout(PATIENCE).connect_timeout(PATIENCE).read_timeout(PATIENCE)  # or it loses most
    builder = builder.connection_pool_size(POOL)
    application = builder.concurrent_updates(True).post_init(owe).build()
    application.add_handler(CallbackQueryHandler(respond))
    application.run_polling(allowed_updates=["callback_query", "message"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
