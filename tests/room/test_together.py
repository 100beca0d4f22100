"""The room in a real browser, seen by two, in two tabs, by topics, and after its server was restarted."""

from playwright.sync_api import expect

from sandbox.mounted import Controls
from sandbox.server import create, served
from tests.room.conftest import Opened
from tests.room.test_room import bot_answering, said
from tests.sandbox.sample import GROUP, LI, WANG, Sample


def test_two_people_are_seen_side_by_side(sample: Sample, root: str, opened: Opened) -> None:
    page = opened(f"{root}/?as={LI}&chat={GROUP}", viewport={"width": 1300, "height": 800})
    page.get_by_role("link", name="两个人并排看").click()
    left, right = (page.frame_locator(f"iframe[title='{title}']") for title in ("左边的人", "右边的人"))
    left.get_by_label("写消息").fill("王老师好")
    left.get_by_role("button", name="发送").click()
    expect(right.get_by_role("log").get_by_text("王老师好")).to_be_visible()
    expect(right.get_by_label("扮演")).to_have_value(str(WANG))
    page.get_by_role("link", name="只看一个人").click()
    expect(page.get_by_label("扮演")).to_have_value(str(LI))


def test_a_restarted_server_is_found_again(sample: Sample, opened: Opened) -> None:
    moves = Controls(lambda: sample.now, {})
    with served(create(sample.room, moves)) as root:
        page = opened(root)
        said(page, "【活动通知】数学联合教研")
        page.evaluate("window.same = true")
        port = int(root.rsplit(":", 1)[1])
    sample.people.say(WANG, GROUP, "刚才断了一下")
    expect(page.get_by_text("连接断了")).to_be_visible()
    with served(create(sample.room, moves), port):
        said(page, "刚才断了一下")
        expect(page.get_by_text("连接断了")).to_be_hidden()
        assert page.evaluate("window.same")


def test_one_person_in_two_tabs_sees_the_same(sample: Sample, root: str, opened: Opened) -> None:
    one, other = (opened(f"{root}/?as={LI}&chat={GROUP}") for _ in range(2))
    one.get_by_label("写消息").fill("在这边写的")
    one.keyboard.press("Enter")
    said(other, "在这边写的")
    with bot_answering(sample, text="已登记：参加"):
        other.get_by_role("button", name="参加").click()
        said(one, "参加 1")


def test_a_topic_is_looked_at_and_written_in(sample: Sample, root: str, opened: Opened) -> None:
    maths = sample.people.open_topic(WANG, GROUP, "数学")
    sample.people.say(WANG, GROUP, "总群的话")
    sample.people.say(WANG, GROUP, "数学组的话", thread=maths)
    page = opened(f"{root}/?as={LI}&chat={GROUP}")
    said(page, "新建了话题“数学”")
    said(page, "总群的话")
    page.get_by_role("group", name="话题").get_by_role("link", name="数学").click()
    expect(page.get_by_text("总群的话")).to_have_count(0)
    page.get_by_label("写消息").fill("数学收到")
    page.keyboard.press("Enter")
    said(page, "数学收到")
    assert sample.room.messages(GROUP)[-1].thread == maths
