"""说明: a late answer counts, and a word to it is asked for in private; it is easily left out."""

from bot.voice import Voice
from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.leave import StartLeave, start_leave
from handlers.respond import Respond, respond
from handlers.response_note import NoteSkipped, ResponseNoteAsked, ResponseNoted, SkipNote, skip_note
from handlers.roll_people import MayNotCorrect, OpenPerson, PersonOpened, open_person
from store import responses
from store.database import Session
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, OFFICE, QIAN, WANG, ZHOU, School

COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
LATE, SOON = "10-13 16:00", "10-13 16:01"


def asked(school: School) -> list[object]:
    return [one.outcome for one in school.until(SOON) if isinstance(one.outcome, ResponseNoteAsked)]


def note(school: School, research: int) -> str:
    def read(session: Session) -> str:
        row = responses.of(session, research, school_li)
        return row.note if row else ""

    school_li = school.person("li")
    return school.ask(read)


def test_after_the_deadline_a_word_is_asked_for_and_kept_beside_the_answer(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, LI, COMING))
    assert len(asked(school)) == 1
    assert school.take(answer_prompt, AnswerPrompt(LI, "课调好了")) == ResponseNoted("共创式主题教研")
    assert note(school, research) == "课调好了"
    assert school.take(answer_prompt, AnswerPrompt(LI, "教研几点？")) == NothingAsked()


def test_organisers_and_the_own_schools_approver_read_it_and_no_other_school(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, WANG, COMING))
    school.until(SOON)
    school.take(answer_prompt, AnswerPrompt(WANG, "课调好了"))
    for account in (OFFICE, ZHOU):
        shown = school.take(open_person, OpenPerson(account, research, school.person("wang")))
        assert isinstance(shown, PersonOpened)
        assert shown.note == "课调好了"
        assert "\n本人说明：课调好了\n" in Voice("zh").say(shown).text
    assert school.take(open_person, OpenPerson(QIAN, research, school.person("wang"))) == MayNotCorrect()


def test_before_the_deadline_nobody_is_asked(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    assert asked(school) == []


def test_the_word_may_be_left_out(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, LI, COMING))
    assert len(asked(school)) == 1
    assert school.take(skip_note, SkipNote(research, LI)) == NoteSkipped("共创式主题教研")
    assert school.take(answer_prompt, AnswerPrompt(LI, "教研几点？")) == NothingAsked()
    assert note(school, research) == ""


def test_leave_has_a_dialogue_of_its_own(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, LI, COMING))
    school.take(respond, Respond(research, LI, AWAY))
    assert asked(school) == []


def test_no_other_question_is_pushed_aside(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, LI, COMING))
    school.take(start_leave, StartLeave(LI, research))
    assert asked(school) == []


def test_another_answer_begins_without_the_earlier_word(school: School, research: int) -> None:
    school.until(LATE)
    school.take(respond, Respond(research, LI, COMING))
    assert len(asked(school)) == 1
    school.take(answer_prompt, AnswerPrompt(LI, "课调好了"))
    school.take(respond, Respond(research, LI, AWAY))
    assert note(school, research) == ""
