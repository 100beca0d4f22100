"""The client to measure against: the same HTTP library at the same concurrency, and no bot behind it.

`python -m benchmarks.bare_client API_URL TOKEN PEOPLE SENDS` sends `SENDS` messages at once, one to each of `PEOPLE` in
turn; with 0 it answers each press that comes. Nothing is kept, nobody is asked, no answer is read. Until SIGTERM.
"""

import asyncio
import json
import sys
from urllib.parse import urlencode

import aiohttp

from benchmarks.counting_server import FIRST
from bot.telegram.wire import FORM
from scheduling.dispatcher import SIDE_BY_SIDE

WORDS = "样教师1老师，共创式主题教研将于12月11日（周五）12:00举行，您还没有回复。请在12月10日 12:00前选择。"


class Client:
    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self.session, self.root, self.places = session, root, asyncio.Semaphore(SIDE_BY_SIDE)

    async def call(self, method: str, **fields: object) -> bytes:
        async with self.session.post(f"{self.root}/{method}", data=urlencode(fields), headers=FORM) as response:
            return await response.read()

    async def in_turn(self, method: str, **fields: object) -> None:
        async with self.places:
            await self.call(method, **fields)

    async def send(self, people: int, sends: int) -> None:
        each = (self.in_turn("sendMessage", chat_id=FIRST + number % people, text=WORDS) for number in range(sends))
        await asyncio.gather(*each)

    async def answer(self) -> None:
        offset = 0
        async with asyncio.TaskGroup() as answers:
            while True:
                found = json.loads(await self.call("getUpdates", offset=offset, timeout=10))["result"]
                for update in found:
                    offset = update["update_id"] + 1
                    about = {"callback_query_id": update["callback_query"]["id"], "text": "参加 ✓"}
                    answers.create_task(self.in_turn("answerCallbackQuery", **about))


async def main(api_url: str, token: str, people: int, sends: int) -> None:
    connector = aiohttp.TCPConnector(limit=SIDE_BY_SIDE + 1)
    async with aiohttp.ClientSession(connector=connector) as session:
        client = Client(session, f"{api_url}/bot{token}")
        await (client.send(people, sends) if sends else client.answer())
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
