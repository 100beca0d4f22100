"""The room in a real browser: a newcomer's first steps, live, on a phone, by keyboard, after a reload."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from sandbox.state import Json, Message
from tests.room.conftest import Opened
from tests.sandbox.sample import GROUP, LI, WANG, Sample


@contextmanager
def bot_answering(sample: Sample, **answer: object) -> Iterator[None]:
    """The bot's side of presses while the block lasts: the card counts them, each is answered."""
    stop = threading.Event()

    def answer_all() -> None:
        while not stop.is_set():
            sleep(0.01)
            for query in list(sample.room.queries.values()):
                if query.answer is None:
                    counted(sample, query.message)
                    query.answer = {"text": "", "show_alert": False, "url": ""} | answer

    thread = threading.Thread(target=answer_all)
    thread.start()
    yield
    stop.set()
    thread.join()


def counted(sample: Sample, card: Message) -> None:
    card.text, card.edited_at = card.text.replace("参加 0", "参加 1"), sample.now
    sample.room.changed()


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("log", name="消息").get_by_text(text)).to_be_visible()


def fits(page: Page) -> bool:
    """Nothing can be moved sideways but the two strips that are meant to."""
    wide = "e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX !== 'visible'"
    strips = page.evaluate(f"[...document.querySelectorAll('.talk, .write, .messages, .room')].filter({wide}).length")
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"] and not strips  # type: ignore[index]


def test_a_newcomer_presses_and_writes_and_sees_what_comes_of_it(sample: Sample, root: str, opened: Opened) -> None:
    page = opened(root)
    with bot_answering(sample, text="已登记：参加"):
        page.get_by_role("button", name="参加").click()
        expect(page.get_by_role("status").get_by_text("已登记：参加")).to_be_visible()
    said(page, "参加 1")
    expect(page.get_by_text("已编辑")).to_be_visible()
    page.get_by_label("写消息").fill("好的，一定到")
    page.get_by_role("button", name="发送").click()
    said(page, "好的，一定到")
    assert sample.texts(GROUP)[-1] == "好的，一定到"
    expect(page.get_by_label("写消息")).to_have_value("")


SLOW_ACT = """() => {
    const text = Response.prototype.text;
    Response.prototype.text = async function () {
        if (this.url.includes("chat=bot") && !window.go) await new Promise((go) => { window.go = go });
        return text.call(this);
    };
}"""


def test_news_of_the_chat_that_a_press_leaves_does_not_hold_back_the_one_it_leads_to(
    sample: Sample, root: str, opened: Opened
) -> None:
    sample.room.add_message(sample.group, sample.room.bot, "请假请点 https://t.me/jiaolian_bot?start=leave_7")
    page = opened(f"{root}/?as={WANG}&chat={GROUP}")
    page.evaluate(SLOW_ACT)
    end = monotonic() + 10
    page.get_by_role("button", name="https://t.me/jiaolian_bot?start=leave_7").click()
    while not page.evaluate("'go' in window"):  # the page's policy forbids `wait_for_function`
        assert monotonic() < end
        page.wait_for_timeout(20)
    sample.people.say(LI, GROUP, "我也请假")
    said(page, "我也请假")
    page.evaluate("window.go()")
    said(page, "/start leave_7")


def test_what_others_say_comes_without_a_reload_and_leaves_the_typed_text(
    sample: Sample, root: str, opened: Opened
) -> None:
    page = opened(root)
    page.evaluate("window.same = true")
    page.get_by_label("写消息").fill("正在写")
    sample.people.say(WANG, GROUP, "我也到")
    said(page, "我也到")
    expect(page.get_by_label("写消息")).to_have_value("正在写")
    expect(page.get_by_label("写消息")).to_be_focused()
    assert page.evaluate("window.same")


def test_two_people_talk_and_unread_messages_are_marked(sample: Sample, root: str, opened: Opened) -> None:
    li = opened(f"{root}/?as={LI}&chat={GROUP}")
    wang = opened(f"{root}/?as={WANG}&chat=bot")
    li.get_by_label("写消息").fill("王老师在吗")
    li.keyboard.press("Enter")
    expect(wang.get_by_role("link", name="样例教研群").get_by_text("2 条未读")).to_be_attached()
    wang.get_by_role("link", name="样例教研群").click()
    said(wang, "王老师在吗")
    expect(wang.get_by_role("navigation").get_by_text("条未读")).to_have_count(0)


def test_a_reader_who_has_scrolled_up_stays_where_he_is(sample: Sample, root: str, opened: Opened) -> None:
    for number in range(60):
        sample.people.say(WANG, GROUP, f"第{number}条。")
    page = opened(root)
    said(page, "第59条。")
    talk = page.locator("#talk")
    assert talk.evaluate("e => e.scrollTop") == 0  # the end: rows run from the bottom up
    talk.evaluate("e => { e.scrollTop = -400 }")
    line = page.locator("#messages").get_by_text("第40条。")
    before = line.bounding_box()
    sample.people.say(WANG, GROUP, "新消息")
    expect(page.locator("#messages").get_by_text("新消息")).to_be_attached()
    after = line.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_the_clock_moves_by_its_buttons_and_goes_on_by_itself(sample: Sample, root: str, opened: Opened) -> None:
    page = opened(root)
    page.get_by_role("button", name="一小时").click()
    expect(page.locator("#clock")).to_have_text("10月12日 星期一 15:42")
    page.get_by_role("button", name="下一条消息").click()
    said(page, "【签到】数学联合教研")
    page.get_by_role("button", name="下一个活动").click()
    expect(page.locator("#clock")).to_have_text("10月13日 星期二 15:52")
    sample.pass_time(minutes=1)
    expect(page.locator("#clock")).to_have_text("10月13日 星期二 15:53")


def test_a_deep_link_opens_the_private_chat_and_a_reload_stays_there(
    sample: Sample, root: str, opened: Opened
) -> None:
    sample.room.add_message(sample.group, sample.room.bot, "请假请点 https://t.me/jiaolian_bot?start=leave_7")
    page = opened(f"{root}/?as={WANG}&chat={GROUP}")
    page.get_by_role("button", name="https://t.me/jiaolian_bot?start=leave_7").click()
    said(page, "/start leave_7")
    assert sample.texts(WANG) == ["/start leave_7"]
    page.get_by_label("写消息").fill("家里有事")
    page.keyboard.press("Enter")
    said(page, "家里有事")
    page.reload()
    assert parse_qs(urlsplit(page.url).query) == {"as": [str(WANG)], "chat": ["bot"], "lang": ["zh"]}
    expect(page.get_by_label("扮演")).to_have_value(str(WANG))
    said(page, "家里有事")


def test_everything_can_be_done_by_keyboard(sample: Sample, root: str, opened: Opened) -> None:
    page = opened(root)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到对话")).to_be_focused()
    page.get_by_label("扮演").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url(f"**as={WANG}**")
    with bot_answering(sample, text="请先登记", show_alert=True):
        reach(page, "button", "收到")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="知道了")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_role("button", name="收到")).to_be_focused()
    reach(page, "textbox", "写消息")
    page.keyboard.type("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    page.keyboard.press("Enter")
    said(page, "第二行")
    assert sample.texts(GROUP)[-1] == "第一行\n第二行"
    assert sample.room.messages(GROUP)[-1].sender.id == WANG


def reach(page: Page, role: str, name: str) -> None:
    """By the Tab key alone."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it_without_sideways_scroll(
    sample: Sample, root: str, opened: Opened, language: str, scheme: str
) -> None:
    sample.room.add_message(sample.group, sample.room.bot, "https://example.org/" + "x" * 300 + "\n" + "长" * 300)
    for number in range(8):
        sample.room.add_group(-1009 - number, f"样例很长很长的群名第{number}号", [LI], bot=True)
    viewport = {"width": 360, "height": 640}
    page = opened(f"{root}/?as={LI}&chat={GROUP}&lang={language}", viewport=viewport, color_scheme=scheme)
    assert fits(page)
    assert page.evaluate(HEIGHT, ".talk") >= 0.75 * 640
    for name in ("brief", "ahead", "messages", "text"):
        expect(page.locator(f"#{name}")).to_be_in_viewport()
    assert page.evaluate(TOO_SMALL) == []
    page.locator("#unfold").click()
    assert fits(page)
    for name in ("time", "people", "chats"):
        expect(page.locator(f"#{name}").locator("visible=true").first).to_be_visible()
    assert page.evaluate(TOO_SMALL) == []


HEIGHT = "what => document.querySelector(what).getBoundingClientRect().height"
TOO_SMALL = """() => [...document.querySelectorAll("button, select, summary, textarea, a:not(.skip)")].filter((one) => {
    const box = one.getBoundingClientRect();
    const small = box.width < 40 || box.height < 40 || box.left < 0 || box.right > innerWidth;
    return one.checkVisibility() && small && !one.closest(".commands, .text");  // a strip, and words within a text
}).map((one) => one.outerHTML)"""


def test_what_a_phone_has_folded_is_reached_by_keyboard_and_gives_way_to_the_chat(
    sample: Sample, root: str, opened: Opened
) -> None:
    page = opened(f"{root}/?as={LI}&chat={GROUP}", viewport={"width": 390, "height": 844})
    unfold = page.locator("#unfold")
    reach(page, "button", "下一条消息")
    page.keyboard.press("Enter")
    said(page, "【签到】数学联合教研")
    expect(page.get_by_role("button", name="下一条消息")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(unfold).to_be_focused()
    expect(unfold).to_contain_text("换人、换聊天")
    page.keyboard.press("Enter")
    reach(page, "button", "一小时")
    page.keyboard.press("Escape")
    expect(unfold).to_be_focused()
    expect(page.get_by_role("button", name="一小时")).to_be_hidden()
    unfold.click()
    page.get_by_role("button", name="一小时").click()
    expect(unfold).to_contain_text("15:52")
    said(page, "【签到】数学联合教研")
    unfold.click()
    page.get_by_label("扮演").select_option(str(WANG))
    expect(unfold).to_contain_text("王强")
    said(page, "【签到】数学联合教研")


def test_a_hostile_text_is_only_text(sample: Sample, root: str, opened: Opened) -> None:
    evil = "<img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script>"
    sample.room.users[WANG].first_name = evil
    page = opened(root)
    sample.people.say(WANG, GROUP, evil)
    expect(page.locator("#messages .text").get_by_text("onerror")).to_be_visible()
    assert page.locator("#messages img, #messages script").count() == 0
    assert "gone" not in page.title()


def test_the_page_works_without_its_script(sample: Sample, root: str, opened: Opened) -> None:
    page = opened(root, java_script_enabled=False)
    with bot_answering(sample, text="已登记：参加"):
        page.get_by_role("button", name="参加").click()
        expect(page.get_by_text("已登记：参加")).to_be_visible()
    page.get_by_label("写消息").fill("好的")
    page.get_by_role("button", name="发送").click()
    said(page, "好的")
    page.get_by_label("扮演").select_option(str(WANG))
    page.get_by_role("button", name="换成此人").click()
    expect(page.get_by_label("扮演")).to_have_value(str(WANG))
    assert f"as={WANG}" in page.url


def test_a_file_that_is_chosen_is_sent_at_once_with_the_words_typed(sample: Sample, root: str, opened: Opened) -> None:
    sample.people.start(LI)
    page = opened(f"{root}/?as={LI}&chat=bot&lang=zh")
    page.get_by_label("写消息").fill("这学期的")
    page.get_by_label("发文件").set_input_files({"name": "名册.xlsx", "mimeType": "", "buffer": b"PK"})
    said(page, "名册.xlsx")
    said(page, "这学期的")
    expect(page.get_by_label("写消息")).to_have_value("")
    page.get_by_label("写消息").fill("还有一句")
    page.keyboard.press("Enter")
    said(page, "还有一句")
    assert [one.document["file_name"] for one in sample.room.messages(LI) if one.document] == ["名册.xlsx"]
    assert fits(page)


def test_words_behind_the_bots_name_are_looked_up_and_a_result_is_sent(
    sample: Sample, root: str, opened: Opened
) -> None:
    found = {"id": "1", "title": "(二)教学共研", "description": "每月开展一次", "text": "每月开展一次联合教研。"}
    page = opened(f"{root}/?as={LI}&chat={GROUP}")
    with looking_up(sample, [found]):
        page.get_by_label("写消息").press_sequentially("@jiaolian_bot 每月教研")
        page.get_by_role("button", name="(二)教学共研").click()
    said(page, "每月开展一次联合教研。")
    expect(page.get_by_label("写消息")).to_have_value("")
    expect(page.locator("#offers")).to_be_empty()
    sent = sample.room.messages(GROUP)[-1]
    assert (sent.sender.id, sent.text, sent.via) == (LI, "每月开展一次联合教研。", sample.room.bot)


@contextmanager
def looking_up(sample: Sample, results: list[Json]) -> Iterator[None]:
    """The bot's side of look-ups while the block lasts."""
    stop = threading.Event()

    def answer_all() -> None:
        while not stop.wait(0.01):
            for query in list(sample.room.inline_queries.values()):
                query.answer = query.answer or {"results": results, "button": None}

    thread = threading.Thread(target=answer_all)
    thread.start()
    yield
    stop.set()
    thread.join()
