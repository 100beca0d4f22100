"""Rosters and policy papers that an organiser sends in private; who may send what, and how large."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from bot.length import LONGEST
from handlers.text_units import units
from sandbox import people
from sandbox.methods import METHODS
from store.policies import editions
from tests.bot.running_bot import LI, NOBODY, OFFICE, RunningBot
from tests.bot.sent_sample import CHANGED, PAPER, TEXT, applied, buttons, file_now, kept, sheet


async def test_a_roster_adds_and_changes_people(office: RunningBot) -> None:
    file = sheet(("姓名", "学校", "学科"), ("样一", "north", "英语"), ("样新", "样例南校", None))
    said = await office.send(OFFICE, "名册.xlsx", file)
    assert "学科：语文 → 英语" in said[0]
    assert "新增 1 项" in said[0]
    await office.press(OFFICE, office.last(OFFICE), "生效")
    people = [(one.name, one.subject) for one in file_now(office).person]
    assert people == [("样一", "英语"), ("样二", None), ("样新", None)]


async def test_a_roster_is_read_again_into_a_file_that_changed_meanwhile(office: RunningBot) -> None:
    await office.send(OFFICE, "名册.xlsx", sheet(("姓名", "学校"), ("样新", "样例南校")))
    applied(office.store, CHANGED)
    message = office.last(OFFICE)
    await office.press(OFFICE, message, "生效")
    assert "已生效" in message.text
    now = file_now(office)
    assert (now.person[0].subject, now.person[2].name, str(now.activity[0].at)) == ("数学", "样新", "15:00:00")


async def test_a_roster_that_fits_no_longer_says_why(office: RunningBot) -> None:
    await office.send(OFFICE, "名册.xlsx", sheet(("姓名", "学校"), ("样新", "样例南校")))
    applied(office.store, CHANGED.replace("样例南校", "样例新南校"))
    message = office.last(OFFICE)
    await office.press(OFFICE, message, "生效")
    assert '第2行“学校”："样例南校"。需要：' in message.text
    assert not message.buttons


async def test_a_bad_roster_is_refused_by_row(office: RunningBot) -> None:
    said = await office.send(OFFICE, "名册.xlsx", sheet(("姓名", "学校"), ("样甲", "南城")))
    assert '名册.xlsx 第2行“学校”："南城"。需要：样例北校, 样例南校 之一' in said[0]
    rows = [("姓名", "学校"), *[("样甲", "north")] * 6_000]
    assert "超过 5000 行" in (await office.send(OFFICE, "名册.xlsx", sheet(*rows)))[0]
    assert kept(office) == []


@pytest.mark.parametrize("name", ["弹.xlsx", "弹.docx"])
async def test_a_giant_in_a_small_file_is_not_unpacked(office: RunningBot, name: str) -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"\0" * 60_000_000)
    assert f"{name}：解开后太大。需要：最多 " in (await office.send(OFFICE, name, content.getvalue()))[0]


@pytest.mark.parametrize("name", ["坏.xlsx", "坏.docx", "坏.txt", "坏.md"])
async def test_what_is_broken_is_refused_in_one_line(office: RunningBot, name: str) -> None:
    for content in (b"", b"\xff\xfe\x00", b"PK\x03\x04"):
        said = await office.send(OFFICE, name, content)
        assert f"\n{name}：" in said[0]
    assert kept(office) == [] or name.endswith((".txt", ".md"))


async def test_a_paper_answers_after_the_press_and_not_before(office: RunningBot) -> None:
    said = await office.send(OFFICE, "章程.txt", PAPER)
    assert "《样例工作章程》第 1 版" in said[0]
    message = office.last(OFFICE)
    assert "样例工作章程" not in (await office.say(OFFICE, "每月教研几次"))[0]
    await office.press(OFFICE, message, "生效")
    assert message.text.startswith("《样例工作章程》第 1 版")
    assert "三校每月开展一次共创式主题教研。" in (await office.say(OFFICE, "每月教研几次"))[0]
    assert "没有变化" in (await office.send(OFFICE, "章程.md", PAPER))[0]


async def test_a_word_paper_is_read(office: RunningBot) -> None:
    paper, content = docx.Document(), BytesIO()
    for line in PAPER.splitlines():
        paper.add_paragraph(line)
    paper.save(content)
    assert "《样例工作章程》第 1 版" in (await office.send(OFFICE, "章程.docx", content.getvalue()))[0]


async def test_one_of_several_papers_is_chosen(office: RunningBot) -> None:
    several = "样例汇编\n样例方案 篇1\n一、甲\n甲的内容。\n样例方案 篇2\n一、乙\n乙的内容。\n"
    assert "有 2 篇" in (await office.send(OFFICE, "汇编.txt", several))[0]
    assert buttons(office) == [["样例方案 篇1"], ["样例方案 篇2"]]
    message = office.last(OFFICE)
    await office.forge(OFFICE, message, "offer:1:take")
    assert "有 2 篇" in message.text
    await office.forge(OFFICE, message, "part:1:3")
    assert "没有第 3 篇" in message.text
    await office.forge(OFFICE, message, "part:1:2")
    assert "《样例方案 篇2》第 1 版" in message.text
    await office.press(OFFICE, message, "生效")
    found = office.store.call(lambda session: [one.document for one in editions.in_force(session, 1)])
    assert found == ["样例方案 篇2"]


async def test_a_paper_that_was_published_meanwhile_is_shown_anew(office: RunningBot) -> None:
    await office.send(OFFICE, "章程.txt", PAPER)
    await office.send(OFFICE, "章程.txt", PAPER + "二、德育\n每周一次班会。\n")
    first, second = office.messages(OFFICE)
    await office.press(OFFICE, second, "生效")
    await office.press(OFFICE, first, "生效")
    assert "情况又变了" in first.text
    assert "第 2 版" in first.text


async def test_a_new_edition_is_shown_beside_the_one_in_force(office: RunningBot) -> None:
    await office.send(OFFICE, "章程.txt", PAPER)
    await office.press(OFFICE, office.last(OFFICE), "生效")
    said = await office.send(OFFICE, "章程.txt", PAPER.replace("每月", "每学期") + "二、德育\n每周一次班会。\n")
    assert "与第 1 版逐条对照" in said[0]
    assert "修改：“三校每月开展一次共创式主题教研。”改为“三校每学期开展一次共创式主题教研。”" in said[0]
    assert "新增：二、德育" in said[0]


async def test_a_blank_is_filled_in_and_the_paper_withdrawn_by_an_organiser(office: RunningBot) -> None:
    await office.send(OFFICE, "章程.txt", PAPER + "二、走教\n走教承运单位是____。\n")
    await office.press(OFFICE, office.last(OFFICE), "生效")
    await office.say(OFFICE, "/ask")
    listed = office.last(OFFICE)
    assert "《样例工作章程》第1版" in listed.text
    await office.press(OFFICE, listed, "样例工作章程")
    assert "空白 1 处，已填 0 处" in listed.text
    await office.press(OFFICE, listed, "空白处")
    assert "1. 二、走教：" not in listed.text
    assert "1. 走教：“走教承运单位是____”" in listed.text
    await office.press(OFFICE, listed, "1")
    assert "请写出空白处的内容" in office.last(OFFICE).text
    said = await office.say(OFFICE, "样例客运公司\n10月8日纪要")
    assert "已填：“走教承运单位是____”——样例客运公司\n依据：10月8日纪要" in said[0]
    answer = (await office.say(LI, "走教承运单位是哪家"))[0]
    assert "走教承运单位是____。\n" in answer
    assert "办公室补充（不是原文）：\n“走教承运单位是____”：样例客运公司（" in answer
    await office.press(OFFICE, listed, "返回")
    assert "已填 1 处" in listed.text
    await office.press(OFFICE, listed, "撤下")
    await office.press(OFFICE, listed, "确认撤下")
    assert "已撤下" in listed.text
    assert "没有现行的方案" in (await office.say(LI, "走教承运单位是哪家"))[0]


async def test_who_is_no_organiser_is_told_so(office: RunningBot) -> None:
    assert "组织者）来发" in (await office.send(LI, "教联体.toml", CHANGED))[0]
    assert "邀请码" in (await office.send(NOBODY, "教联体.toml", CHANGED))[0]
    assert kept(office) == []
    assert not [call for call in office.room.calls if call.method == "getfile"]


async def test_what_cannot_be_read_is_not_fetched(office: RunningBot) -> None:
    for name in ("名册.xls", "名册.csv", "方案.pdf", "方案", ""):
        assert ".xlsx" in (await office.send(OFFICE, name, b"x"))[0]
    assert "最多 2 MB" in (await office.send(OFFICE, "大.toml", b"#" * 2_000_001))[0]
    assert not [call for call in office.room.calls if call.method == "getfile"]


@pytest.mark.parametrize(("size", "content"), [(2_000_001, b"#"), (None, b"#" * 2_000_001)])
async def test_a_size_that_was_not_announced_counts_all_the_same(
    office: RunningBot, monkeypatch: pytest.MonkeyPatch, size: int | None, content: bytes
) -> None:
    """Telegram may leave it out, of a message and when asked for the file (Bot API, Document and File)."""
    keep, found = people.keep_file, METHODS["getfile"]
    monkeypatch.setattr(people, "keep_file", lambda *args: keep(*args) | {"file_size": None})
    monkeypatch.setitem(METHODS, "getfile", lambda *args: found(*args) | {"file_size": size})
    assert "最多 2 MB" in (await office.send(OFFICE, "大.toml", content))[0]
    assert kept(office) == []


async def test_whoever_organises_two_names_one_beside_the_file(office: RunningBot) -> None:
    other = TEXT.replace('key = "sample"', 'key = "other"', 1).replace("样例教联体", "别的教联体")
    applied(office.store, other.replace("address = -1001\nthread = 42\n", ""))
    file = sheet(("姓名", "学校"), ("样新", "样例南校"))
    said = await office.send(OFFICE, "名册.xlsx", file)
    assert "sample：样例教联体" in said[0]
    assert "other：别的教联体" in said[0]
    assert "别的教联体（other）" in (await office.send(OFFICE, "名册.xlsx", file, " Other "))[0]
    assert "样例教联体（sample）" in (await office.send(OFFICE, "教联体.toml", CHANGED))[0]


async def test_a_long_difference_fits_into_one_message(office: RunningBot) -> None:
    crowd = [("姓名", "学校", "学科"), *[(f"样😀{number}", "north", "语文") for number in range(300)]]
    assert "新增 300 项" in (await office.send(OFFICE, "名册.xlsx", sheet(*crowd)))[0]
    await office.press(OFFICE, office.last(OFFICE), "生效")
    changed = [(name, school, "数学" * 30) for name, school, _ in crowd[1:]]
    said = (await office.send(OFFICE, "名册.xlsx", sheet(crowd[0], *changed)))[0]
    assert "变更 300 项" in said
    assert units(said) <= LONGEST
    assert said.endswith("\n…")
    assert buttons(office) == [["生效", "放弃"]]
