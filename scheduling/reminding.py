"""Reminding: what is to be kept of a message that the clock will cause."""

from datetime import datetime

from scheduling.keys import Keys
from scheduling.moment import Moment, ToAudience, ToChat, ToOffice, ToOrganisers, ToOverseers, ToPerson
from scheduling.occurrences import Planned
from store.consortiums import Consortium
from store.plans import Standing
from store.reminders import ReminderKind, Wanted, Whom

BEFORE_START = ("announce", "remind", "nudge")
WAITING_FOR = {"response": Whom.UNANSWERED, "reflection": Whom.UNREFLECTED, "attended": Whom.ATTENDED}


def overtaken(moment: Moment, changed_at: datetime | None) -> bool:
    """What a change has made old news, of which those were told who had been asked: what an outlook's readers alone are
    told of announces nothing (`changes.newest`)."""
    return moment.kind in BEFORE_START and changed_at is not None and moment.at <= changed_at


def about(moment: Moment, one: Planned | None, row: Standing | None) -> str:
    """Names the revision, so that of a moved date people are reminded again. An announcement is made once: who heard it
    is told of the change; but a class meeting on a day of its own has one of its own. Of a digest it is the month, of
    an outlook or a summary the Monday, of what the plan is due the term or the day."""
    if one is None or row is None:
        return moment.subject or ""
    if moment.kind != "announce":
        return f"{one.activity}:{row.known_as}:{moment.class_ or ''}:r{row.revision}"
    alone = f"@{one.date}" if one.class_ and one.moved_by_hand else ""
    return f"{one.activity}:{row.known_as}{alone}::r0"


def day_of_classes(moment: Moment, one: Planned | None) -> str:
    """What is announced of class meetings is about a date, whatever becomes of the one that leads."""
    return one.date.isoformat() if one and one.class_ and moment.kind == "announce" else ""


def reminder(moment: Moment, row: Standing | None, one: Planned | None, keys: Keys, consortium: Consortium) -> Wanted:
    """Its key names the message, not its moment: a lead or quiet hours that change send nothing twice."""
    assert consortium.id is not None
    chat = person = None
    match moment.to:
        case ToChat(name):
            whom, chat = Whom.CHAT, keys.chats[name]
        case ToPerson(name):
            whom, person = Whom.PERSON, keys.persons[name]
        case ToAudience(name):
            whom = WAITING_FOR[name]
        case ToOrganisers():
            whom, name = Whom.ORGANISERS, Whom.ORGANISERS.value
        case ToOffice():
            whom, name = Whom.OFFICE, Whom.OFFICE.value
        case ToOverseers():
            whom, name = Whom.OVERSEERS, Whom.OVERSEERS.value
    return Wanted(
        dedup_key=f"{consortium.key}:{moment.kind}:{about(moment, one, row)}:{moment.lead}:{name}",
        consortium_id=consortium.id,
        kind=ReminderKind(moment.kind),
        whom=whom,
        occurrence_id=row.id if row else None,
        chat_id=chat,
        person_id=person,
        subject=moment.subject or day_of_classes(moment, one),
        at=moment.at,
        until=moment.until,
        part=moment.part,
    )
