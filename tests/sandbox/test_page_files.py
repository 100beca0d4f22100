"""Files that people send on the page, with and without words beside them, and how a bot fetches them."""

import httpx
from telegram import Bot

from tests.sandbox.sample import GROUP, LI, Sample

IN_PRIVATE = {"as": str(LI), "chat": "bot", "lang": "zh"}


async def test_a_file_is_sent_by_the_form_and_fetched_by_the_bot(
    sample: Sample, page: httpx.AsyncClient, bot: Bot
) -> None:
    sample.people.start(LI)
    assert 'type="file"' in (await page.get("/", params=IN_PRIVATE)).text
    words = IN_PRIVATE | {"text": " 这学期的\r\n"}
    response = await page.post("/page/say", data=words, files={"file": ("名册.xlsx", b"PK\x00\xff")})
    assert "名册.xlsx" in response.text
    assert "这学期的" in response.text
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    assert (message.caption, message.document.file_name, message.document.file_size) == ("这学期的", "名册.xlsx", 4)
    file = await message.document.get_file()
    assert await file.download_as_bytearray() == b"PK\x00\xff"


async def test_a_form_without_a_file_sends_its_words_and_an_empty_one_nothing(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    none = {"file": ("", b"")}
    await page.post("/page/say", data=IN_PRIVATE | {"chat": str(GROUP), "text": "大家好"}, files=none)
    await page.post("/page/say", data=IN_PRIVATE | {"chat": str(GROUP), "text": " "}, files=none)
    assert [(one.text, one.document) for one in sample.room.messages(GROUP)] == [("大家好", None)]
