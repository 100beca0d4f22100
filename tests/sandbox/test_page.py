"""The chat page without a script: what it shows, what its forms do, whom it refuses."""

import asyncio
import re
from html import unescape

import httpx
import pytest

from sandbox import waiting
from sandbox.page import LANGUAGES
from sandbox.scene import Labels
from sandbox.server import create
from sandbox.state import Circle, Room
from tests.sandbox.sample import GROUP, LI, NOW, STRANGER, WANG, Sample

IN_GROUP = {"as": str(LI), "chat": str(GROUP), "lang": "zh"}
IN_PRIVATE = IN_GROUP | {"chat": "bot"}


async def looked(page: httpx.AsyncClient, where: dict[str, str]) -> str:
    response = await page.get("/", params=where)
    assert response.status_code == 200
    return response.text


def part(html: str, name: str) -> str:
    """From the element with this id to the end of the page: enough to say that something is not above it."""
    return html[html.index(f'id="{name}"') :]


def unread(html: str, chat: str) -> str | None:
    entry = html[html.index(f'id="chat-{chat}"') :].partition("</a>")[0]
    found = re.search(r'class="unread"><span aria-hidden="true">([^<]+)', entry)
    return found and found[1]


async def test_the_bare_address_leads_to_one_that_names_person_and_chat(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    sample.card()
    response = await page.get("/")
    assert dict(response.url.params) == IN_GROUP
    assert "【活动通知】" in response.text


async def test_another_person_keeps_the_chat_where_he_is_in_it_and_else_gets_his_own(page: httpx.AsyncClient) -> None:
    kept = await page.get("/", params={"as": WANG, "prefer": GROUP})
    assert kept.url.params["chat"] == str(GROUP)
    outside = await page.get("/", params={"as": STRANGER, "prefer": GROUP})
    assert outside.url.params["chat"] == "bot"


async def test_who_belongs_together_is_chosen_together(sample: Sample, page: httpx.AsyncClient) -> None:
    sample.room.add_user(5, "样外校")
    sample.room.circles += [Circle("one", "甲联合体", (LI, WANG)), Circle("two", "乙联合体", (5,))]
    html = await looked(page, IN_GROUP)
    assert 'href="/?as=5&amp;lang=zh">乙联合体</a>' in html
    assert 'aria-current="true">甲联合体</a>' in html
    assert "样外校" not in part(html, "people").partition("</form>")[0]
    assert "过路人" in part(html, "people").partition("</form>")[0]  # who belongs nowhere is found everywhere


async def test_names_and_texts_cannot_bring_markup(sample: Sample, page: httpx.AsyncClient) -> None:
    evil = '"><script>alert(1)</script>'
    sample.room.add_user(5, evil)
    sample.group.title, sample.group.members[5] = evil, "member"
    sample.people.say(5, GROUP, evil)
    sample.people.send_document(5, GROUP, evil, b"x")
    buttons = [[{"text": evil, "callback_data": evil}, {"text": evil, "url": evil}]]
    sample.room.add_message(sample.group, sample.room.bot, evil, buttons=buttons)
    for who in ("5", str(LI)):
        html = await looked(page, IN_GROUP | {"as": who})
        assert "<script>alert" not in html
        assert unescape(html).count(evil) >= 8


async def test_every_answer_carries_a_policy_without_exceptions(page: httpx.AsyncClient) -> None:
    for address in ("/", "/?as=1", "/page/static/room.css", "/page/static/nothing.css"):
        headers = (await page.get(address)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_the_page_has_no_inline_script_or_style(sample: Sample, page: httpx.AsyncClient) -> None:
    sample.card()
    html = await looked(page, IN_GROUP)
    assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", html)
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL) == [""]


@pytest.mark.parametrize("path", ["say", "press", "start", "close", "clock"])
async def test_another_site_cannot_act(sample: Sample, page: httpx.AsyncClient, path: str) -> None:
    message = sample.card()
    form = IN_GROUP | {"text": "x", "message": str(message.id), "button": "join", "payload": "x"}
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}):
        response = await page.post(f"/page/{path}", data=form, headers=headers)
        assert response.status_code == 403
    assert not sample.room.updates
    assert len(sample.room.messages(GROUP)) == 1


async def test_another_host_name_cannot_even_look(page: httpx.AsyncClient) -> None:
    assert (await page.get("/", headers={"Host": "evil.example"})).status_code == 403


async def test_a_text_goes_to_the_chat_and_the_page_comes_back(sample: Sample, page: httpx.AsyncClient) -> None:
    response = await page.post("/page/say", data=IN_GROUP | {"text": " 第一行\r\n第二行 "})
    assert dict(response.url.params) == IN_GROUP
    assert sample.texts(GROUP) == ["第一行\n第二行"]
    assert "第一行\n第二行" in response.text


async def test_an_empty_text_is_not_sent_and_a_long_one_is_cut_at_the_limit(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    await page.post("/page/say", data=IN_GROUP | {"text": " \r\n "})
    await page.post("/page/say", data=IN_GROUP | {"text": "长" * 5000})
    assert sample.texts(GROUP) == ["长" * 4096]


async def test_the_private_chat_is_opened_by_start_and_offers_the_published_commands_then(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    sample.room.commands["all_private_chats:"] = [{"command": "next", "description": "最近的活动"}]
    before = await looked(page, IN_PRIVATE)
    assert 'id="start"' in before
    assert 'name="text"' not in before
    after = (await page.post("/page/start", data=IN_PRIVATE)).text
    assert sample.texts(LI) == ["/start"]
    assert 'id="start"' not in after
    assert '<button name="text" value="/next" title="最近的活动">/next</button>' in after


async def test_a_command_tapped_in_a_group_names_the_bot(sample: Sample, page: httpx.AsyncClient) -> None:
    sample.room.commands["all_group_chats:"] = [{"command": "next", "description": "最近的活动"}]
    assert 'value="/next@jiaolian_bot"' in await looked(page, IN_GROUP)


async def answered(sample: Sample, **answer: object) -> None:
    """The bot's side of a press: waits for the query and answers it."""
    async with asyncio.timeout(2):
        while not sample.room.queries:
            await asyncio.sleep(0.005)
    query = next(iter(sample.room.queries.values()))
    query.answer = {"text": "", "show_alert": False, "url": ""} | answer


async def pressed(sample: Sample, page: httpx.AsyncClient, **answer: object) -> httpx.Response:
    form = IN_GROUP | {"message": str(sample.card().id), "button": "join"}
    response, _ = await asyncio.gather(page.post("/page/press", data=form), answered(sample, **answer))
    return response


async def test_a_press_reaches_the_bot_and_its_words_are_shown(sample: Sample, page: httpx.AsyncClient) -> None:
    response = await pressed(sample, page, text="已登记：参加")
    assert sample.updates("callback_query")[0]["data"] == "join"
    assert re.search(r'class="toast".*<p>已登记：参加</p>', response.text, re.DOTALL)
    assert 'class="toast"' not in await looked(page, IN_GROUP | {"as": str(WANG)})


async def test_an_alert_stays_until_it_is_closed(sample: Sample, page: httpx.AsyncClient) -> None:
    response = await pressed(sample, page, text="请先<登记>", show_alert=True)
    assert 'role="alertdialog"' in response.text
    assert "<p>请先&lt;登记&gt;</p>" in response.text
    assert 'role="alertdialog"' in await looked(page, IN_GROUP)
    assert 'role="alertdialog"' not in (await page.post("/page/close", data=IN_GROUP)).text


async def test_an_answer_that_is_a_deep_link_opens_the_private_chat(sample: Sample, page: httpx.AsyncClient) -> None:
    response = await pressed(sample, page, url="https://t.me/jiaolian_bot?start=leave_7")
    assert dict(response.url.params) == IN_PRIVATE
    assert sample.texts(LI) == ["/start leave_7"]


async def test_an_answer_that_leads_elsewhere_is_shown_and_not_followed(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    response = await pressed(sample, page, url="https://example.org/?a=1&b=2")
    assert response.url.params["chat"] == str(GROUP)
    assert "https://example.org/?a=1&amp;b=2" in response.text
    assert sample.texts(LI) == []


async def test_a_press_that_the_bot_leaves_unanswered_says_so(
    sample: Sample, page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "ANSWER_WITHIN", 0.05)
    form = IN_GROUP | {"message": str(sample.card().id), "button": "join"}
    assert "机器人暂时没有回应" in (await page.post("/page/press", data=form)).text


@pytest.mark.parametrize("change", [{"button": "gone"}, {"message": "999"}, {"message": "x"}, {"message": ""}])
async def test_a_button_that_is_gone_is_not_pressed(
    sample: Sample, page: httpx.AsyncClient, change: dict[str, str]
) -> None:
    form = IN_GROUP | {"message": str(sample.card().id), "button": "join"} | change
    assert "这个按钮已经不在了" in (await page.post("/page/press", data=form)).text
    assert not sample.room.updates


async def test_only_links_to_the_bot_can_be_followed(sample: Sample, page: httpx.AsyncClient) -> None:
    text = "见 https://t.me/jiaolian_bot?start=ev_1 和 https://t.me/other_bot?start=x 和 https://example.org/"
    sample.room.add_message(sample.group, sample.room.bot, text)
    html = await looked(page, IN_GROUP)
    assert re.findall(r'name="payload" value="([^"]*)"', html) == ["ev_1"]
    assert "https://t.me/other_bot?start=x 和 https://example.org/" in html
    assert not re.search(r'href="http', html)


async def test_unread_messages_are_counted_for_each_person_until_he_opens_the_chat(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    sample.people.say(WANG, GROUP, "一")
    sample.people.say(LI, GROUP, "二")
    sample.card()
    assert unread(await looked(page, IN_PRIVATE), str(GROUP)) == "2"
    await looked(page, IN_GROUP)
    assert unread(await looked(page, IN_PRIVATE), str(GROUP)) is None
    assert unread(await looked(page, IN_PRIVATE | {"as": str(WANG)}), str(GROUP)) == "2"


async def test_who_has_private_mail_is_marked_in_the_list_of_people(sample: Sample, page: httpx.AsyncClient) -> None:
    sample.people.start(WANG)
    sample.room.add_message(sample.room.private(sample.room.users[WANG]), sample.room.bot, "您好")
    assert "(1) 样王强</option>" in await looked(page, IN_GROUP)


async def test_a_stranger_sees_no_group(page: httpx.AsyncClient) -> None:
    html = await looked(page, {"as": str(STRANGER), "chat": "bot"})
    assert re.findall(r'id="chat-([^"]+)"', html) == ["bot"]


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ({"as": "1"}, "房间里没有这个人"),
        ({"as": "x"}, "房间里没有这个人"),
        ({"as": "700000000"}, "房间里没有这个人"),  # the bot itself
        ({"as": str(LI), "chat": "-5"}, "这个人没有这个聊天"),
        ({"as": str(STRANGER), "chat": str(GROUP)}, "这个人没有这个聊天"),
        ({"as": str(LI), "chat": str(WANG)}, "这个人没有这个聊天"),
    ],
)
async def test_unknown_people_and_chats_are_a_friendly_page(
    page: httpx.AsyncClient, where: dict[str, str], why: str
) -> None:
    response = await page.get("/", params=where)
    assert response.status_code == 404
    assert why in response.text
    assert (await page.post("/page/say", data=where | {"text": "x"})).status_code == 404


async def test_a_room_without_people_says_so() -> None:
    transport = httpx.ASGITransport(create(Room(lambda: NOW)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as page:
        assert "房间里还没有人" in (await page.get("/")).text


async def test_edits_service_lines_days_and_files_are_told(sample: Sample, page: httpx.AsyncClient) -> None:
    sample.people.service(GROUP, LI, new_chat_members=[sample.room.users[WANG].json()])
    sample.pass_time(days=1)
    sample.card().edited_at = sample.now
    document = sample.people.send_document(WANG, GROUP, '签到"表".xlsx', b"PK\x03\x04").document
    html = await looked(page, IN_GROUP)
    assert "样李芳把样王强加进了群" in html
    assert "<span>10月12日 星期一</span>" in html
    assert "<span>10月13日 星期二</span>" in html
    assert "<span>已编辑</span> <time" in html
    assert document is not None
    file = await page.get(f"/page/file/{document['file_id']}")
    assert file.content == b"PK\x03\x04"
    assert file.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E7%AD%BE%E5%88%B0%22%E8%A1%A8%22.xlsx"
    )
    assert (await page.get("/page/file/none")).status_code == 404


async def test_a_long_conversation_opens_at_its_end_and_goes_back_on_demand(
    sample: Sample, page: httpx.AsyncClient
) -> None:
    for number in range(150):
        sample.people.say(WANG, GROUP, f"第{number}条。")
    html = await looked(page, IN_GROUP)
    assert "第49条。" not in html
    assert "第50条。" in html
    earlier = unescape(re.search(r'id="earlier".*?href="([^"]+)"', html)[1])  # type: ignore[index]
    whole = (await page.get(earlier)).text
    assert "第0条。" in whole
    assert 'id="earlier"' not in whole


async def test_the_other_language_keeps_person_and_chat(page: httpx.AsyncClient) -> None:
    html = await looked(page, IN_GROUP)
    assert '<html lang="zh-Hans">' in html
    other = unescape(re.search(r'class="language"[^>]*href="([^"]+)"', html)[1])  # type: ignore[index]
    english = (await page.get(other)).text
    assert '<html lang="en">' in english
    assert "Message (Enter sends)" in english
    assert "Mon 12 Oct 14:42" in english


def test_both_languages_have_the_same_words() -> None:
    def shape(words: object) -> object:
        return {key: shape(value) for key, value in words.items()} if isinstance(words, dict) else type(words)

    chinese, english = (Labels(language).words for language in LANGUAGES)
    assert shape(chinese) == shape(english)
