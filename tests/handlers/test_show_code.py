"""/checkin without a code: the digits, and the picture that renews itself each minute until check-in closes."""

from handlers import codes
from handlers.changed import OccurrenceCancelled
from handlers.check_in_by_code import NothingToCheckIn
from handlers.show_code import (
    CheckInHelp,
    CodeExpired,
    CodeLine,
    CodePictured,
    CodeReplaced,
    CodeShown,
    ShowCode,
    show_code,
)
from handlers.start import Unlinked
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from tests.handlers.check_in_codes import code_of, held, pictured
from tests.handlers.event_sample import LI, NOBODY, OFFICE, WANG, School, local

TITLE = "共创式主题教研"


def test_the_organiser_is_told_the_code_of_each_open_event(school: School, research: int) -> None:
    assert school.take(show_code, ShowCode(OFFICE)) == NothingToCheckIn()
    school.until("10-14 14:20")
    shown = CodeShown((CodeLine(research, False, TITLE, code_of(school, research), local("10-14 15:00")),))
    assert school.take(show_code, ShowCode(OFFICE)) == shown


def test_nobody_else_is_but_who_speaks_or_keeps_the_minutes(school: School, research: int) -> None:
    wang = school.person("wang")

    def take_minutes(session: Session) -> None:
        session.get_one(Occurrence, research).recorder_id = wang

    school.until("10-14 14:20")
    assert school.take(show_code, ShowCode(WANG)) == CheckInHelp()
    school.ask(take_minutes)
    assert isinstance(school.take(show_code, ShowCode(WANG)), CodeShown)
    assert school.take(show_code, ShowCode(LI)) == CheckInHelp()
    assert school.take(show_code, ShowCode(NOBODY)) == Unlinked()


def test_the_picture_is_another_one_each_minute_until_the_close(school: School, research: int) -> None:
    school.until("10-14 14:56")
    school.take(show_code, ShowCode(OFFICE))
    said = school.until("10-14 14:56")
    first = CodePictured(TITLE, code_of(school, research), local("10-14 15:00"), pictured(school).scan)
    assert [(one.to, one.outcome, one.edited) for one in said] == [("7020", first, False)]
    assert first.scan == f"in_{research}_{codes.scanned(held(school, research), school.now)}"
    edits = school.until("10-14 14:59")
    assert all(one.edited for one in edits)
    scans = [one.outcome.scan for one in edits if isinstance(one.outcome, CodePictured)]
    assert len({first.scan, *scans}) == 4
    assert pictured(school).code == code_of(school, research)
    closed = [one for one in school.until("10-14 15:59") if isinstance(one.outcome, CodeExpired | CodePictured)]
    assert [(one.outcome, one.edited) for one in closed] == [(CodeExpired(TITLE), True)]


def test_within_the_minute_it_is_renewed_at_the_next_one(school: School, research: int) -> None:
    school.until("10-14 14:20:40")
    school.take(show_code, ShowCode(OFFICE))
    assert len(school.until("10-14 14:20:59")) == 1
    assert len(school.until("10-14 14:21")) == 1


def test_a_newer_picture_takes_the_place_of_the_older(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(show_code, ShowCode(OFFICE))
    school.until("10-14 14:20:30")
    school.take(show_code, ShowCode(OFFICE))
    school.until("10-14 14:20:30")
    outcomes = [one.outcome for one in school.until("10-14 14:21")]
    assert CodeReplaced(TITLE) in outcomes
    assert sum(isinstance(one, CodePictured) for one in outcomes) == 1
    assert len(school.until("10-14 14:22")) == 1


def test_minutes_that_were_slept_through_are_one_edit(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(show_code, ShowCode(OFFICE))
    school.until("10-14 14:20")
    school.now, before = local("10-14 14:50"), len(school.said)
    school.send()
    assert len(school.said) == before + 1
    assert pictured(school).code == code_of(school, research)


def test_of_a_cancelled_event_the_picture_says_so_and_stays(school: School, research: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    school.until("10-14 14:20")
    school.take(show_code, ShowCode(OFFICE))
    school.until("10-14 14:20")
    school.ask(cancel)
    before = len(school.said)
    for minute in ("14:21", "14:22", "15:00"):  # `until` would plan anew
        school.now = local(f"10-14 {minute}")
        school.send()
    (said,) = [one.outcome for one in school.said[before:] if one.to == "7020"]
    assert isinstance(said, OccurrenceCancelled)
