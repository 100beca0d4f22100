"""The webhook: updates are handed to the bot over HTTP, in order, each again and again until it is taken (facts 4)."""

import contextlib
import json
import re
import threading
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from sandbox.errors import Refused
from sandbox.state import Json, Room

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PATIENCE = 10.0  # seconds for one attempt
PAUSE, LONGEST = 0.25, 4.0  # seconds between two; the official server waits longer
OPENER = build_opener(ProxyHandler({}))


class Webhook:
    """Delivers from a thread of its own until `close`. `http://` is taken here, where the official server wants
    `https://`."""

    def __init__(self, room: Room, url: str, secret: str) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise Refused("webhook_invalid")
        if secret and not SECRET.fullmatch(secret):
            raise Refused("secret_invalid")
        self.room, self.url, self.secret = room, url, secret
        self.closed, self.news = threading.Event(), threading.Event()
        self.last_error: Json = {}
        room.on_update.append(self.news.set)
        threading.Thread(target=self.work, name="webhook", daemon=True).start()

    def close(self) -> None:
        self.room.on_update.remove(self.news.set)
        self.closed.set()
        self.news.set()

    def info(self) -> Json:
        return {"url": self.url, **self.last_error}

    def work(self) -> None:
        pause = PAUSE
        while not self.closed.is_set():
            self.news.clear()
            self.room.forget_queries()
            update = next(iter(list(self.room.updates)), None)
            if self.closed.is_set():  # looked at last: what came after `close` is for whoever is next
                return
            if update is None:
                self.news.wait(1)
            elif self.handed_over(update):
                pause = PAUSE
            else:
                self.closed.wait(pause)
                pause = min(pause * 2, LONGEST)

    def handed_over(self, update: Json) -> bool:
        """As a fault has it: once more (the bot's 200 was lost), or after the one behind it."""
        fault = self.room.faults.met("webhook", "")
        kind = fault.kind if fault is not None else None
        if kind == "late" and len(self.room.updates) > 1:
            update = self.room.updates[1]
        if not self.taken(update):
            return False
        if kind != "repeat":
            self.forget(update)
        return True

    def taken(self, update: Json) -> bool:
        headers = {"Content-Type": "application/json", "User-Agent": "sandbox"}
        headers |= {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        call = Request(self.url, json.dumps(update, ensure_ascii=False).encode(), headers)  # noqa: S310  whatever the bot asked for
        try:
            with OPENER.open(call, timeout=PATIENCE) as answer:
                return bool(200 <= answer.status < 300)
        except HTTPError as error:
            why = f"Wrong response from the webhook: {error.code} {error.reason}"
            error.close()
        except (URLError, OSError):
            why = "Connection refused"
        self.last_error = {"last_error_date": int(self.room.now().timestamp()), "last_error_message": why}
        return False

    def forget(self, update: Json) -> None:
        with self.room.lock, contextlib.suppress(ValueError):  # dropped meanwhile
            self.room.updates.remove(update)
