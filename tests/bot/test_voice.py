"""Outcomes in words: every template of every language, filled with facts of its own."""

from datetime import UTC, date, datetime
from threading import get_ident

import pytest
from jinja2 import UndefinedError
from msgspec import Struct
from msgspec.structs import replace

from bot.buttons.presses import read
from bot.settings import LANGUAGES
from bot.speech import Button, Message
from bot.voice import TEMPLATES, Voice
from handlers.absence import Absence
from handlers.ask import Answered, Choices, Overtaken, Quoted, Undecided
from handlers.bind_chat import AlreadyBound, BindChoice, BindChoices, BindTaken, Bound, NotAGroup
from handlers.leave_notice import LeaveRequested
from handlers.next_up import OutOfReach, Upcoming, UpcomingItem
from handlers.reflect import ReflectionDrafted
from handlers.school_class import RecordAsked
from handlers.start import Linked
from store.policies.editions import InForce
from store.policies.remarks import ArticlesHeld, ArticleUnheld, SetAsked
from store.reflections import Visibility
from store.responses import ParticipationStatus
from tests.conftest import START

ZH, EN = Voice("zh"), Voice("en")
AT = datetime(2026, 10, 14, 14, 30, tzinfo=UTC)
SINCE = date(2026, 9, 1)
CLAUSE = Quoted("每月开展一次。\n<b>_三_</b> {{ x }}", "章程", 2, ("四、工作措施", "(二)教学共研"), 0.5, SINCE, 1)
PREAMBLE = Quoted("为办好教联体，制定本章程。", "章程", 2, (), 0.4, SINCE, 1)


def labels(rows: tuple[tuple[Button, ...], ...]) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


def test_a_clause_is_quoted_letter_by_letter_with_its_path_and_edition() -> None:
    text = ZH.say(Answered((CLAUSE,), blank=False)).text
    assert text == f"{CLAUSE.text}\n——《章程》第2版（2026年9月1日起生效） · 四、工作措施 › (二)教学共研"
    english = EN.say(Answered((CLAUSE,), blank=False)).text
    assert english.splitlines()[-1].startswith("— “章程”, edition 2, in force since 1 Sep 2026 · ")


def test_a_blank_is_said_to_be_one() -> None:
    assert ZH.say(Answered((CLAUSE,), blank=True)).text.endswith("\n原文此处是空白，尚未填写。")
    assert "left blank" in EN.say(Answered((CLAUSE,), blank=True)).text


def test_several_clauses_stand_apart_and_a_preamble_has_no_path() -> None:
    text = ZH.say(Choices((CLAUSE, PREAMBLE))).text
    assert text.endswith(f"(二)教学共研\n\n{PREAMBLE.text}\n——《章程》第2版（2026年9月1日起生效）")
    assert CLAUSE.text in text


@pytest.mark.parametrize("voice", [ZH, EN])
def test_an_abstention_is_two_lines_at_most_and_names_what_was_searched(voice: Voice) -> None:
    papers = tuple(InForce(number, f"方案{number}", number, "", "", START) for number in (1, 2, 3))
    text = voice.say(Undecided(papers)).text
    assert len(text.splitlines()) == 2
    assert all(paper.document in text for paper in papers)
    assert len(voice.say(Undecided(())).text.splitlines()) == 1


def test_a_false_premise_is_met_in_one_line_in_a_group_and_with_the_members_in_private() -> None:
    sets = (SetAsked("六统一", 2, ("甲", "乙"), "五统一"),)
    undecided = Undecided((InForce(1, "章程", 1, "", "", START),), sets=sets)
    assert "原文里没有“五统一”，写的是“六统一”，共2项：甲；乙。\n查的是《章程》第1版，" in ZH.say(undecided).text
    assert ZH.say(replace(undecided, group=True)).text == "原文里没有“五统一”，写的是“六统一”，共2项。"


def test_an_article_that_there_is_not_is_met_with_those_that_there_are() -> None:
    papers = (ArticlesHeld("章程", "第一条", "第八条"), ArticlesHeld("公约", "第一条", "第一条"))
    undecided = Undecided((InForce(1, "章程", 1, "", "", START),), article=ArticleUnheld("第九条", papers))
    for group in (True, False):
        said = ZH.say(replace(undecided, group=group)).text
        assert said == "没有第九条：《章程》有第一条至第八条，《公约》有第一条。"
    assert EN.say(undecided).text == "There is no 第九条: “章程” has 第一条 to 第八条, “公约” has 第一条."


def test_choices_of_the_greatest_length_fit_into_a_message() -> None:
    longest = Quoted("条" * 600, "章" * 60, 12, ("款" * 60,) * 4, 1.0, SINCE, 1)
    assert len(ZH.say(Choices((longest,) * 3)).text) < 4096


def test_choices_in_a_chat_are_numbered_beginnings_with_a_button_each() -> None:
    long = replace(CLAUSE, text="条" * 600, clause=31)
    said = ZH.say(Choices((long, replace(PREAMBLE, clause=2)), asked=7))
    assert "① " + "条" * 118 + "……\n" in said.text
    assert f"② {PREAMBLE.text}\n" in said.text
    *each, thumbs = said.buttons
    assert [row[0] for row in each] == [Button("① (二)教学共研", "clause:31"), Button("② 章程", "clause:2")]
    assert thumbs == (Button("👍", "thumb:7:up"), Button("👎", "thumb:7:down"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (SetAsked("六统一", 2, ("甲", "乙"), ""), "“六统一”共2项：甲；乙。\n"),
        (SetAsked("六统一", 2, (), ""), "“六统一”共2项。\n"),
        (SetAsked("六统一", 2, ("甲", "乙"), "五统一"), "原文里没有“五统一”，写的是“六统一”，共2项：甲；乙。\n"),
    ],
)
def test_a_set_is_counted_before_it_is_quoted(asked: SetAsked, said: str) -> None:
    assert ZH.say(Answered((CLAUSE,), blank=False, sets=(asked,))).text.startswith(f"{said}{CLAUSE.text}")
    assert "2 in all" in EN.say(Answered((CLAUSE,), blank=False, sets=(asked,))).text


def test_a_reply_to_an_old_card_hears_of_the_edition_first() -> None:
    for current, said in ((2, "现行第2版。"), (None, "这份方案已经撤下。")):
        paper, of = InForce(1, "章程", 2, "", "", START), Overtaken("章程", 1, current)
        first, second = ZH.say(Undecided((paper,), group=True, overtaken=of)).text.splitlines()
        assert first == f"您回复的那条引自《章程》第1版，{said}"
        assert second == "《章程》第2版里没有写到这一点，请向教联体办公室了解。"


def test_what_comes_next_is_dated_and_only_an_organiser_reads_of_the_unreached() -> None:
    item = UpcomingItem("教研", AT, AT, 7, None, "作业设计", "三楼", ParticipationStatus.ACCEPTED)
    meeting = UpcomingItem("班会", AT, AT, 7, "七(1)班", None, None, None)
    plain = ZH.say(Upcoming((item, meeting), None)).text
    assert plain.splitlines()[1:] == [
        "10月14日（星期三，第7周）14:30—14:30",
        "教研，主题“作业设计”，三楼。您已回复：参加",
        "10月14日（星期三，第7周）14:30—14:30",
        "班会（七(1)班）",
    ]
    assert ZH.say(Upcoming((item,), OutOfReach(0, 0))).text == ZH.say(Upcoming((item,), None)).text
    assert "3位" in ZH.say(Upcoming((item,), OutOfReach(2, 1))).text


@pytest.mark.parametrize("voice", [ZH, EN])
def test_a_name_full_of_marks_breaks_nothing(voice: Voice) -> None:
    name = "李_*<b>{{芳}}`["
    assert name in voice.say(Linked(name, "校", "体")).text


def test_buttons_stand_under_what_asks_for_them() -> None:
    choices = BindChoices((BindChoice(4, "甲群"), BindChoice(5, "签到")))
    drafted = ReflectionDrafted(12, "教研", 20, Visibility.SCHOOL)
    asked = LeaveRequested(3, "样李芳", Absence("教研", AT.date(), AT.date(), AT, AT), None, "家事", False, False)
    record = RecordAsked(12, "样李芳", "班会", "七(1)班", AT, AT)
    assert labels(ZH.say(choices).buttons) == [["甲群"], ["签到"]]
    assert labels(ZH.say(drafted).buttons) == [["同意公开", "仅本校可见"], ["提交", "修改", "删除"]]
    assert labels(ZH.say(asked).buttons) == [["批准", "不批准"]]
    assert labels(ZH.say(record).buttons) == [["已开", "改期", "未开"]]
    assert labels(ZH.say(Bound("群", "体")).buttons) == [["认领姓名"]]
    assert ZH.say(NotAGroup(organiser=False)).buttons == ()
    for outcome in (choices, drafted, asked, record):
        assert all(read(button.data) for row in EN.say(outcome).buttons for button in row)


@pytest.mark.parametrize("outcome", [Bound("群", "体"), AlreadyBound("群"), BindTaken("群"), NotAGroup(organiser=True)])
def test_the_two_languages_say_different_words(outcome: Bound | AlreadyBound | BindTaken | NotAGroup) -> None:
    assert ZH.say(outcome).text != EN.say(outcome).text


def test_a_fact_that_a_template_lacks_is_an_error_and_no_gap() -> None:
    with pytest.raises(UndefinedError):
        ZH.words("bound", {"title": "群"})


def test_all_languages_have_the_same_templates() -> None:
    first, *others = ({path.name for path in (TEMPLATES / language).iterdir()} for language in LANGUAGES)
    assert others
    assert all(other == first for other in others)


async def test_what_is_said_for_the_first_time_is_worded_beside_the_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A large template is compiled for 30 ms; what is known is said at once."""
    voice, where = Voice("zh"), list[bool]()
    say = voice.say

    def said(outcome: Struct) -> Message:
        where.append(get_ident() == main)
        return say(outcome)

    main = get_ident()
    monkeypatch.setattr(voice, "say", said)
    first, again = await voice.tell(NotAGroup(organiser=True)), await voice.tell(NotAGroup(organiser=True))
    assert where == [False, True]
    assert first == again == say(NotAGroup(organiser=True))
