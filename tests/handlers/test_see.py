"""收到: read, which is no answer and takes none back."""

from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.respond import Respond, respond
from handlers.see import See, Seen, see
from store import responses
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, NOBODY, OFFICE, School

TITLE = "共创式主题教研"


def test_seen_is_no_answer(school: School, research: int) -> None:
    assert school.take(see, See(research, LI)) == Seen(TITLE, answer=None)
    waiting = school.ask(lambda session: responses.unanswered(session, research))
    assert school.person("li") in waiting


def test_seen_keeps_the_answer_that_was_given(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    assert school.take(see, See(research, LI)) == Seen(TITLE, ParticipationStatus.ACCEPTED)


def test_the_first_time_stands(school: School, research: int) -> None:
    def seen_at() -> object:
        return school.ask(lambda session: [row.seen_at for row in [responses.of(session, research, 1)] if row])

    school.take(see, See(research, LI))
    first = seen_at()
    school.until("10-08 12:00")
    school.take(see, See(research, LI))
    assert seen_at() == first


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    assert school.take(see, See(research, NOBODY)) == NotLinked(TITLE)
    assert school.take(see, See(research, OFFICE)) == NotInvited(TITLE)
    assert school.take(see, See(999_999, LI)) == OccurrenceGone()
