"""What buttons say: spelt in at most 64 bytes, read back, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons.presses import CHOICES, NUMBERLESS, OF_PERSONS, Press, read

EVERY = [
    Press(act, 0 if act in NUMBERLESS else 999_999_999, choice, 999_999_999 if act in OF_PERSONS else 0)
    for act, choices in CHOICES.items()
    for choice in choices
]


@pytest.mark.parametrize("press", EVERY, ids=lambda press: press.data)
def test_a_press_is_read_back_and_fits_into_a_button(press: Press) -> None:
    assert read(press.data) == press
    assert len(press.data.encode()) <= 64


def test_the_spellings_that_were_sent_stay_good() -> None:
    sent = ["respond:12:accepted", "respond:12:declined", "seen:12", "check_in:12"]
    turned = ("approved", "refused", "to_approved", "to_refused", "withdraw")
    sent += [f"{act}:3:{choice}" for act in ("leave", "leave_days") for choice in turned]
    kinds = ("sick", "personal", "official", "marriage", "parental", "bereavement", "other", "no_reason")
    sent += [f"{act}:{choice}" for act in ("leave_for:12", "leave_from:20261013") for choice in kinds]
    sent += ["leave_pick:12", "leave_remark:no_remark"]
    sent += [f"reflection:12:{step}" for step in ("submit", "edit", "consortium", "school")]
    sent += ["record:12:held", "record:12:moved", "record:12:not_held", "bind:4", "language:zh", "language:en"]
    sent += [f"offer:7:{choice}" for choice in ("take", "file", "chat", "drop")]
    sent += [f"part:7:{number}" for number in range(1, 21)]
    sent += ["privacy:export", "privacy:erase", "privacy:erase_sure", "consortium:3", "meet"]
    sent += [f"claim:5:{choice}" for choice in ("approved", "refused", "undo")]
    sent += ["event:12", *(f"amend:5:{choice}" for choice in ("take", "drop", "later", "undo"))]
    sent += ["calendar", "picture", "sheet"]
    sent += ["note:12:skip", "nudge:12", "nudge:12:send"]
    sent += ["record:12:stand_in", "record:12:lines"]
    sent += [f"not_held:12:{reason}" for reason in ("holiday", "exam", "activity", "other")]
    sent += ["classes", "class_list", "class_school:3", "class:5"]
    sent += ["reflection:12:not_this_time", "reflection:12:erase", "reflection:12:erase_sure", "own_reflection:12"]
    sent += [f"reflections:2:{readers}" for readers in ("own", "school", "consortium")]
    sent += ["texts:31:school", "texts:31:consortium"]
    sent += ["sign_in:7:take", "sign_in:7:drop", "sign_in_at:12"]
    sent += [f"sign_in_who:7:{number}" for number in range(1, 100)]
    sent += ["online:12"]
    sent += ["figures:month", "figures:term", "figures:last_term", "report_file:20260901:20260930"]
    sent += ["report", "roll:12", "roll_people:12", *(f"roll_people:12:{page}" for page in range(1, 100))]
    statuses = ["expected", "not_expected", "present", "late", "left_early", "online", "leave", "official", "excused"]
    statuses += ["leave_pending", "leave_refused", "absent_pending", "void"]
    sent += [f"unsaid:12:345:{status}" for status in statuses]
    sent += ["mark:12:345", *(f"mark:12:345:{said}" for said in (*statuses, "truant", "accepted", "declined"))]
    sent += ["paper:3", "paper:3:withdraw", "paper:3:withdraw_sure", "slot:14", "slot:14:clear"]
    rhythms = ("day", "week", "month", "term", "school_year", "once")
    sent += [f"proposal:12:{choice}" for choice in ("take", "decline", "open", "plus", "minus", *rhythms)]
    sent += ["obligations", "proposals", *(f"proposal:12:{place}" for place in range(1, 100))]
    sent += ["blanks:3", *(f"blanks:3:{page}" for page in range(1, 100))]
    forms = ["notice", "sign_in", "minutes", "observation", "reflection", "class_record"]
    sent += ["forms:12", "notice_text:12", "slip:3", "slip_days:3", *(f"form:12:{form}" for form in forms)]
    sent += [f"layout:3:{form}" for form in (*forms, "leave", "attendance", "catalogue")]
    read_on = ("clause", "clause_section", "clause_article")
    sent += ["clause:3", *(f"{act}:3:{page}" for act in read_on for page in range(1, 100))]
    sent += ["propose:3", "queue:1", *(f"queue:1:{page}" for page in range(1, 100)), "queued:4", "queued:4:sections"]
    sent += ["queued:4:not_covered", "queued:4:undo", "link:4:10003"]
    sent += [f"section:4:10003:{depth}" for depth in range(1, 100)]
    sent += ["bank:1", *(f"bank:1:{page}" for page in range(1, 100)), "bank_question:5:remove", "also:10003"]
    sent += ["counts:1", "thumb:9:up", "thumb:9:down"]
    parts = ("points", "agreement", "problems", "tasks", "materials")
    sent += ["minutes:12", *(f"minutes:12:{choice}" for choice in (*parts, "hand_in", "recorder"))]
    sent += ["bulletin:12", *(f"bulletin:12:{choice}" for choice in ("publish", "edit", "leave"))]
    assert [press.data for data in sent if (press := read(data))] == sent
    assert len(sent) == len(EVERY)


@pytest.mark.parametrize(
    "data",
    ["", "seen", "seen:", "seen:0", "seen:-1", "seen:1:x", "seen:1\n", "seen:１", "seen:12345678901", "respond:1",
     "respond:1:ACCEPTED", "respond:1:accepted:2", "nothing:1", "leave:1:accepted", " seen:1", "seen:1.0",
     "language", "language:1:en", "language:fr", "seen:accepted", "respond:accepted", "mark:1", "mark:1:present",
     "mark:1:2:3", "mark:0:2", "mark:1:0:present", "unsaid:1:2", "unsaid:1:2:truant", "seen:1:2",
     "respond:1:2:accepted", "roll_people:1:100", "roll:1:1",
     "link:1", "link:1:2:3", "section:1:2", "section:1:2:0", "mark:1:2:99", "thumb:1", "thumb:1:sideways"],
)  # fmt: skip
def test_what_no_button_says_is_read_as_nothing(data: str) -> None:
    assert read(data) is None


@given(st.text(max_size=70))
def test_any_data_is_a_press_of_ours_or_nothing(data: str) -> None:
    press = read(data)
    assert press is None or press.data == data
