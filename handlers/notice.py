"""Notice: what a message that is due says, read when it is sent, so that its counts are today's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from handlers.absences import AbsencesListed, AbsenceTold, absences, own_absence
from handlers.ask_report import ReportFileSent, report_file
from handlers.bulletin import BulletinDrafted, BulletinSent, bulletin_notice
from handlers.changed import ChangeOutcome, cancelled_card, change_notice
from handlers.class_date import ClassDateOutcome, class_date
from handlers.class_summary import ClassWeekSummed, class_summary
from handlers.correct import AttendanceCorrected, correction_notice
from handlers.decide_claim import ClaimRequested, ClaimTaken, claim_notice
from handlers.digest import DigestOutcome, month_digest
from handlers.event import EventOutcome, event_notice, owes_reflection
from handlers.hand_in_minutes import MinutesNotice, minutes_notice
from handlers.leave_notice import LeaveResult, RequestOutcome, request_card, request_of, result_of
from handlers.link import LinkOutcome, link_notice
from handlers.outlook import WeekAhead, week_ahead
from handlers.plan_reminded import ExchangesEnding, ObligationsMissing, exchanges_ending, obligations_missing
from handlers.preparation import PreparationAsked, preparation
from handlers.respond_for import AnswerRegistered, registered
from handlers.response_note import ResponseNoteAsked, ask_note
from handlers.school_class import ClassOutcome, class_notice
from handlers.show_code import CodeNotice, code_notice
from handlers.silence import ChatSilenced, ChatSpeaks, silence_notice
from store import occurrences, responses
from store.database import Session
from store.deliveries import MINUTES, OWN, DeliveryKind
from store.occurrences import Held
from store.responses import Said

OF_ANSWERS = (DeliveryKind.RESPONDED_FOR, DeliveryKind.RESPONSE_NOTE)
BULLETINS = (DeliveryKind.BULLETIN, DeliveryKind.BULLETIN_DRAFT)
OF_MINUTES = (DeliveryKind.MINUTES, DeliveryKind.NEXT_TASK, *BULLETINS)


class Notice(Struct, frozen=True):
    """`kind` of a card is that of the message it edits. To `chat`, `person` or `account`; `subject`: a month, a week's
    Monday, the date of class meetings, the key of a term, the day on which exchanges end, the number of a leave, a
    claim, a chat, a change, a correction or a task, the days of a report, what became of whose link, OWN or MINUTES.
    `beside`: so many, this one included, are one message."""

    kind: DeliveryKind
    occurrence: int | None
    chat: int | None
    person: int | None
    subject: str
    account: int | None = None
    card: bool = False
    beside: int = 1


class NoticeMoot(Struct, frozen=True):
    """Cancelled, begun or answered meanwhile: nothing is said."""


OfficeNotice = ClaimRequested | ClaimTaken | ChatSilenced | ChatSpeaks | LinkOutcome | ReportFileSent
Gathered = DigestOutcome | WeekAhead | ClassWeekSummed | ObligationsMissing | ExchangesEnding
Answered = AnswerRegistered | ResponseNoteAsked | CodeNotice
OfMinutes = MinutesNotice | BulletinDrafted | BulletinSent
Attended = AbsencesListed | AbsenceTold | AttendanceCorrected
OfClasses = ClassDateOutcome | ClassOutcome
OccurrenceNotice = EventOutcome | OfClasses | ChangeOutcome | PreparationAsked | Answered | Attended | OfMinutes
NoticeOutcome = OccurrenceNotice | Gathered | RequestOutcome | LeaveResult | OfficeNotice | NoticeMoot


class Known(Struct, frozen=True):
    """What notices of one moment ask for alike, read once for all of them: events by their number, and what was said
    to each so far, by person."""

    held: Mapping[int, Held]
    said: Mapping[int, Mapping[int, Said]]


def notice(session: Session, request: Notice, now: datetime) -> NoticeOutcome:
    return notices(session, [request], now)[0]


def notices(session: Session, requests: Sequence[Notice], now: datetime) -> list[NoticeOutcome]:
    """In the order of the requests."""
    known = look_up(session, requests)
    return [one(session, request, known, now) for request in requests]


def look_up(session: Session, requests: Sequence[Notice]) -> Known:
    held = occurrences.several(session, {one.occurrence for one in requests if one.occurrence is not None})
    nudged: defaultdict[int, set[int]] = defaultdict(set)
    for one in requests:
        if one.kind is DeliveryKind.NUDGE and one.person is not None and one.occurrence in held:
            nudged[one.occurrence].add(one.person)
    return Known(held, {event: responses.said_by(session, event, people) for event, people in nudged.items()})


def one(session: Session, request: Notice, known: Known, now: datetime) -> NoticeOutcome:
    match request.kind:
        case DeliveryKind.DIGEST:
            return month_digest(session, request.chat or 0, request.subject, now) or NoticeMoot()
        case DeliveryKind.OUTLOOK:
            return week_ahead(session, request.chat or 0, request.subject) or NoticeMoot()
        case DeliveryKind.SUMMARY:
            return class_summary(session, request.person or 0, request.subject, now) or NoticeMoot()
        case DeliveryKind.OBLIGATIONS_MISSING:
            return obligations_missing(session, request.person or 0, request.subject) or NoticeMoot()
        case DeliveryKind.EXCHANGE_ENDS:
            return exchanges_ending(session, request.person or 0, request.subject) or NoticeMoot()
        case DeliveryKind.LEAVE_REQUEST:
            return leave_request(session, request) or NoticeMoot()
        case DeliveryKind.CHAT:
            return silence_notice(session, request.subject) or NoticeMoot()
        case DeliveryKind.CLAIM:
            return claim_notice(session, int(request.subject)) or NoticeMoot()
        case DeliveryKind.LINK:
            return link_notice(session, request.subject, request.account or 0) or NoticeMoot()
        case DeliveryKind.REPORT_FILE:
            return report_file(session, request.subject, request.account or 0) or NoticeMoot()
        case DeliveryKind.LEAVE_RESULT:
            return result_of(session, request.subject, now) or NoticeMoot()
    return of_occurrence(session, request, known, now) or NoticeMoot()


def leave_request(session: Session, request: Notice) -> RequestOutcome | None:
    if request.card:
        return request_card(session, request.subject, request.account or 0)
    return request_of(session, request.subject, request.person or 0)


def of_occurrence(session: Session, request: Notice, known: Known, now: datetime) -> OccurrenceNotice | None:
    """None: nothing to say any more."""
    held = known.held.get(request.occurrence or 0)
    if held is None:
        return None
    if held.class_id is not None and request.kind is DeliveryKind.ANNOUNCE:
        return class_date(session, held, request.subject, request.card)
    if held.cancelled and request.card:
        return cancelled_card(session, held)
    if request.kind is DeliveryKind.CHANGE:
        return change_notice(session, int(request.subject), held, request.chat is not None, now, request.beside)
    if held.cancelled:
        return None
    if request.kind in OF_ANSWERS:
        return of_answer(session, request, held, now)
    if request.kind is DeliveryKind.CODE:
        return code_notice(session, held, request.account or 0, request.subject, now)
    if request.kind is DeliveryKind.ABSENCES:
        told = own_absence if request.subject == OWN else absences
        return told(session, held, request.person or 0, now)
    if request.kind is DeliveryKind.CORRECTION:
        return correction_notice(session, int(request.subject), now)
    if request.kind is DeliveryKind.PREPARE:
        return preparation(session, held, request.person or 0)
    if request.kind in OF_MINUTES or request.subject == MINUTES:
        return of_minutes(session, request, held, now)
    if held.class_id is not None:
        return class_notice(session, request.kind, held, request.person, now)
    said = known.said.get(held.id, {}).get(request.person or 0)
    return event_notice(session, request.kind, held, request.person, now, request.beside, said)


def of_answer(session: Session, request: Notice, held: Held, now: datetime) -> Answered | None:
    if request.kind is DeliveryKind.RESPONDED_FOR:
        return registered(session, held, request.person or 0)
    return ask_note(session, held, request.person or 0, now)


def of_minutes(session: Session, request: Notice, held: Held, now: datetime) -> OfMinutes | None:
    if request.kind in BULLETINS:
        return bulletin_notice(session, request.kind, held, now)
    person = request.person or 0
    together = request.subject == MINUTES and held.minutes_by == held.reflect_by
    both = together and owes_reflection(session, held, person, now)
    return minutes_notice(session, request.kind, held, person, request.subject, both)
