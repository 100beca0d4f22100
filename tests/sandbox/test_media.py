"""Pictures: sent, changed with their words, and seen on the page."""

import httpx
import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest

from tests.sandbox.picture import PICTURE
from tests.sandbox.sample import GROUP, LI, Sample


async def test_a_picture_has_a_size_and_words_and_can_be_fetched(sample: Sample, bot: Bot) -> None:
    sent = await bot.send_photo(GROUP, PICTURE, caption="口令 1234")
    (size,) = sent.photo
    assert (sent.caption, sent.text, size.width, size.height, size.file_size) == ("口令 1234", None, 1, 1, len(PICTURE))
    assert await (await bot.get_file(size.file_id)).download_as_bytearray() == PICTURE
    assert sample.texts(GROUP) == ["口令 1234"]


async def test_a_picture_and_its_words_become_others(sample: Sample, bot: Bot) -> None:
    sent = await bot.send_photo(GROUP, PICTURE, caption="口令 1234")
    other = PICTURE + b"\0"
    changed = await bot.edit_message_media(InputMediaPhoto(other, caption="口令 5678"), GROUP, sent.message_id)
    assert not isinstance(changed, bool)
    assert (changed.caption, changed.photo[0].file_size) == ("口令 5678", len(other))
    over = await bot.edit_message_caption(GROUP, sent.message_id, caption="签到已结束")
    assert not isinstance(over, bool)
    assert (over.caption, over.photo) == ("签到已结束", changed.photo)
    assert sample.room.messages(GROUP)[-1].edits == ["口令 1234", "口令 5678"]
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_caption(GROUP, sent.message_id, caption="签到已结束")
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("x", GROUP, sent.message_id)


async def test_nobody_changes_the_picture_of_another(sample: Sample, bot: Bot) -> None:
    theirs = sample.people.say(LI, GROUP, "我的")
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_media(InputMediaPhoto(PICTURE), GROUP, theirs.id)


async def test_the_page_shows_the_picture_and_nothing_else_as_one(
    sample: Sample, page: httpx.AsyncClient, bot: Bot
) -> None:
    sent = await bot.send_photo(GROUP, PICTURE, caption="口令 1234")
    shown = (await page.get("/", params={"as": str(LI), "chat": str(GROUP), "lang": "zh"})).text
    address = f"/page/photo/{sent.photo[0].file_id}"
    assert f'src="{address}" width="1" height="1" alt="图片"' in shown
    assert "口令 1234" in shown
    found = await page.get(address)
    assert (found.headers["content-type"], found.content) == ("image/png", PICTURE)
    document = sample.people.send_document(LI, GROUP, "x.html", b"<script>").document
    assert document is not None
    assert (await page.get(f"/page/photo/{document['file_id']}")).status_code == 404
