"""The short words of each language."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest

from bot.buttons.presses import CHOICES, LEAVE_KINDS, Press
from bot.settings import LANGUAGES
from bot.talk.menus import GROUPS, PRIVATE
from bot.words import LABELS, Words
from handlers.ask import Matter
from store.activities import ActivityKind
from store.check_ins import CheckInMethod
from store.class_records import NotHeldReason, RecordStatus
from store.leaves import LeaveKind, LeaveState
from store.reflections import ReflectionState, Visibility
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus

ZH, EN = Words("zh"), Words("en")
START = datetime(2026, 10, 14, 14, 30, tzinfo=UTC)
ANSWERS = (AttendanceStatus, CheckInMethod, LeaveKind, LeaveState, NotHeldReason, ParticipationStatus, RecordStatus)
NAMED: tuple[type[StrEnum], ...] = (*ANSWERS, ActivityKind, ReflectionState, Visibility)
QUESTIONS = ("queue", "bank", "section", "link", "bank_question")
LISTED = ("class_school", "class", "own_reflection", "reflections", "texts", "sign_in_at", "sign_in_who", "blanks")
READ = ("clause", "clause_section", "clause_article")  # called by their act
ROLL, FORMS = ("report", "roll", "roll_people", "mark"), ("forms", "form", "layout")
OTHERS = ("minutes", "bulletin", "proposal", "figures")
TITLED = ("bind", "part", "leave_pick", *ROLL, *FORMS, *OTHERS, "unsaid", *LISTED, *QUESTIONS, *READ)


def test_a_day_has_its_weekday_and_the_week_where_it_is_known() -> None:
    assert ZH.day(date(2026, 10, 14)) == "10月14日（星期三）"
    assert ZH.day(START, 7) == "10月14日（星期三，第7周）"
    assert (EN.day(START), EN.day(START, 7)) == ("Wed 14 Oct", "Wed 14 Oct (week 7)")
    assert ZH.day(date(2027, 1, 3)) == "1月3日（星期日）"


def test_a_span_names_the_day_of_its_end_only_where_it_is_another() -> None:
    assert ZH.span(START, START + timedelta(minutes=90)) == "14:30—16:00"
    assert ZH.span(START, START + timedelta(days=2)) == "14:30—10月16日（星期五）14:30"
    assert EN.span(START, START + timedelta(days=2)) == "14:30–Fri 16 Oct, 14:30"


def test_a_moment_is_a_day_and_a_clock() -> None:
    assert (ZH.moment(START), EN.moment(START)) == ("10月14日（星期三）14:30", "Wed 14 Oct, 14:30")
    assert ZH.clock(START - timedelta(hours=6)) == "08:30"


@pytest.mark.parametrize("words", [*map(Words, LANGUAGES)], ids=LANGUAGES)
def test_every_state_button_and_command_has_a_word(words: Words) -> None:
    assert all(words.label(member) for kind in NAMED for member in kind)
    named = {act: choices for act, choices in CHOICES.items() if act not in TITLED}  # those bear words of their own
    acts = [Press(act, 1, choice).name for act, choices in named.items() for choice in choices]
    acts = [name for name in acts if name not in (*LEAVE_KINDS, "nudge", "paper", "slot", "queued")]  # `NAMED`; lists
    assert all(words.button(name) for name in (*acts, *READ))
    assert all(words.commands[name] for name in (*PRIVATE, *GROUPS))


def test_all_languages_have_the_same_words() -> None:
    every = (tomllib.loads((LABELS / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES)
    first, *others = [{table: set(of) for table, of in words.items() if isinstance(of, dict)} for words in every]
    assert others
    assert all(other == first for other in others)


def test_the_buttons_are_called_as_in_the_contract() -> None:
    contract = "收到 · 参加 · 请假 · 签到 · 批准 · 不批准 · 提交 · 修改 · 同意公开 · 仅本校可见 · 已开 · 改期 · 未开"
    contract += " · 生效 · 放弃"
    words = list(ZH.tables["buttons"].values())
    assert words[: words.index("以文件为准")] == contract.split(" · ")


@pytest.mark.parametrize("text", ["收到", "收到！", "好的，谢谢", "👍", "OK", "+1", " 嗯嗯。"])
def test_a_courtesy_asks_for_nothing(text: str) -> None:
    assert ZH.is_courtesy(text)


@pytest.mark.parametrize("text", ["收到，几点开始", "教研多久一次", "请假", "7. 样李芳 参加"])
def test_anything_more_is_no_courtesy(text: str) -> None:
    assert not ZH.is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        *("我明天请假，因为孩子发烧，可以吗？", "孩子发烧了，来不了，怎么办？", "由于住院不能参加，要补什么？"),
        *("我头疼得厉害，能不能晚点到？", "我想请三天假，找谁批？", "家里有急事怎么办？"),
    ],
)
def test_a_reason_for_leave_is_one_also_as_a_question(text: str) -> None:
    assert ZH.tells_reason(text)


@pytest.mark.parametrize(
    "text", ["请假要提前多久说？", "病假几天要谁批？", "我们学校谁管请假？", "因公外出算出勤吗？", "学生发烧怎么办？"]
)
def test_a_question_about_leave_tells_no_reason(text: str) -> None:
    assert not ZH.tells_reason(text)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        *(("请假要提前几天说？", "leave"), ("事假扣不扣绩效？", "leave"), ("跨校听课的车费能报销吗？", "pay")),
        *(("孩子转学找谁办？", "pupils"), ("反思要写几百字？", "reflection"), ("下次教研活动几点开始？", "event")),
        *(("几点上班？", None), ("教研活动要不要带教案？", None), ("食堂伙食费标准", None)),
    ],
)
def test_a_question_is_about_the_first_matter_that_it_names(text: str, matter: str | None) -> None:
    assert ZH.matter(text) == matter


def test_matters_are_named_alike_in_both_languages() -> None:
    assert list(ZH.matters) == list(EN.matters) == list(Matter)
    assert EN.matter("Where is the next contest?") == "event"


def test_a_reason_in_english_is_one() -> None:
    assert EN.tells_reason("Can I take a day off because my son has a fever?")
    assert not EN.tells_reason("Who approves leave?")



@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("参加", "accepted"),
        ("参加！", "accepted"),
        ("＋1", "accepted"),
        ("请假", "declined"),
        ("收到。", "seen"),
        ("参加几个人", None),
    ],
)
def test_a_typed_word_stands_for_its_button(text: str, name: str | None) -> None:
    assert ZH.answer(text) == name
