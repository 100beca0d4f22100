"""Bulletin (简报): drawn from the minutes and from reflections that are shared, approved by an organiser, sent once."""

import re
from datetime import datetime, timedelta

from msgspec import Struct

from handlers.deciders import after_quiet
from handlers.digest import SchoolTotal, by_school
from handlers.hand_in_minutes import in_charge
from handlers.minutes import BULLETIN, Writer, await_words
from handlers.participants import OccurrenceGone
from handlers.quotations import Quotation, quoted
from handlers.respond_for import OrganisersOnly
from handlers.start import Unlinked
from store import accounts, attendance, audit, deliveries, minutes, prompts
from store.accounts import Account
from store.audit import AuditFact
from store.chats import Chat
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.occurrences import Held

LONGEST = 1_500  # characters: with what stands around it, one message
SEND_WITHIN = timedelta(days=14)
SPEAKER = re.compile(r"^[^\W\d_·]{2,12}\s*(?:—+|–|[:：])\s*")  # 发言人—要点: who said it stays in the minutes


class ShowBulletin(Struct, frozen=True):
    account: Account
    occurrence: int


class PublishBulletin(Struct, frozen=True):
    account: Account
    occurrence: int


class EditBulletin(Struct, frozen=True):
    account: Account
    occurrence: int


class LeaveBulletin(Struct, frozen=True):
    account: Account
    occurrence: int


class Content(Struct, frozen=True):
    """What stands in it; instants are local. `body`: the organiser's own words, in place of `points`, `agreement` and
    `tasks`. `came` of `expected`: None where nobody checks in. No names but in an organiser's words."""

    title: str
    starts_at: datetime
    ends_at: datetime
    week: int
    place: str | None
    host: str | None
    theme: str | None
    body: str
    points: tuple[str, ...]
    agreement: str
    tasks: tuple[str, ...]
    expected: int
    came: int | None
    schools: tuple[SchoolTotal, ...]
    quotations: tuple[Quotation, ...]


class BulletinDrafted(Struct, frozen=True):
    """`handed_in`: the minutes are; `worded`: its words were just changed."""

    occurrence: int
    content: Content
    handed_in: bool
    worded: bool = False


class BulletinSent(Struct, frozen=True):
    """To the group."""

    content: Content


class BulletinWordsAsked(Struct, frozen=True):
    """What the organiser writes next takes the place of the draft's words."""

    title: str


class BulletinTooLong(Struct, frozen=True):
    length: int
    longest: int


class BulletinTooEarly(Struct, frozen=True):
    title: str
    ends_at: datetime


class BulletinPublished(Struct, frozen=True):
    """`again`: it was before. `at`: when it goes out, local, where quiet hours hold it back."""

    title: str
    chat: str
    again: bool
    at: datetime | None


class BulletinLeft(Struct, frozen=True):
    """It goes out when it is approved, if ever."""

    title: str


Refusal = BulletinTooEarly | OrganisersOnly | OccurrenceGone | Unlinked
BulletinOutcome = BulletinDrafted | BulletinWordsAsked | BulletinTooLong | BulletinPublished | BulletinLeft | Refusal


def ready(session: Session, account: Account, occurrence: int, now: datetime) -> Writer | BulletinPublished | Refusal:
    """An organiser, after the end; and nothing changes what is out."""
    found = in_charge(session, account, occurrence)
    if not isinstance(found, Writer):
        return found
    if found.held.chat_id is None:
        return OccurrenceGone()
    if now < found.held.ends_at:
        return BulletinTooEarly(found.held.title, found.held.local(found.held.ends_at))
    return published(session, found.held, now) if found.held.bulletin_at else found


def published(session: Session, held: Held, now: datetime, *, again: bool = True) -> BulletinPublished:
    at = after_quiet(session, held.consortium_id, now)
    chat = session.get_one(Chat, held.chat_id).title
    return BulletinPublished(held.title, chat, again, None if again or at <= now else held.local(at))


def show_bulletin(session: Session, request: ShowBulletin, now: datetime) -> BulletinOutcome:
    """Also where nobody has written minutes."""
    found = ready(session, request.account, request.occurrence, now)
    return drafted(session, found.held, now) if isinstance(found, Writer) else found


def drafted(session: Session, held: Held, now: datetime, *, worded: bool = False) -> BulletinDrafted:
    handed_in = minutes.whole(session, held.id).handed_in_at is not None
    return BulletinDrafted(held.id, content(session, held, now), handed_in, worded)


def edit_bulletin(session: Session, request: EditBulletin, now: datetime) -> BulletinOutcome:
    found = ready(session, request.account, request.occurrence, now)
    if not isinstance(found, Writer):
        return found
    await_words(session, request.account, found, BULLETIN, now)
    return BulletinWordsAsked(found.held.title)


def worded(session: Session, account: Account, occurrence: int, text: str, now: datetime) -> BulletinOutcome:
    """The organiser's own words; head, numbers and quotations stay as they are known, so that a quotation whose author
    takes consent back can be taken out."""
    found = ready(session, account, occurrence, now)
    if not isinstance(found, Writer):
        return found
    if len(text) > LONGEST:
        return BulletinTooLong(len(text), LONGEST)
    minutes.word_bulletin(session, occurrence, found.known.id, text)
    trace(session, found, "draft", "draft:worded", now)
    prompts.close(session, accounts.remember(session, account))
    return drafted(session, found.held, now, worded=True)


def publish_bulletin(session: Session, request: PublishBulletin, now: datetime) -> BulletinOutcome:
    """It is owed under one key: sent once, whoever presses and however often. With it the event is archived."""
    found = ready(session, request.account, request.occurrence, now)
    if not isinstance(found, Writer):
        return found
    held = found.held
    if not minutes.publish(session, held.id, now):
        return published(session, held, now)
    at = after_quiet(session, held.consortium_id, now)
    until, key = at + SEND_WITHIN, f"bulletin:{held.id}"
    owed = Owed(key, DeliveryKind.BULLETIN, at, until, chat_id=held.chat_id, occurrence_id=held.id)
    deliveries.owe(session, [owed])
    trace(session, found, "draft", "published", now)
    return published(session, held, now, again=False)


def leave_bulletin(session: Session, request: LeaveBulletin, now: datetime) -> BulletinOutcome:
    found = ready(session, request.account, request.occurrence, now)
    return BulletinLeft(found.held.title) if isinstance(found, Writer) else found


def trace(session: Session, found: Writer, was: str, became: str, now: datetime) -> None:
    by = found.known.id
    audit.note(session, AuditFact.BULLETIN, found.held.id, by, now, by=by, was=was, became=became)


def bulletin_notice(
    session: Session, kind: DeliveryKind, held: Held, now: datetime
) -> BulletinDrafted | BulletinSent | None:
    """As it stands when it is sent, or edited: what is shared then is quoted."""
    if kind is DeliveryKind.BULLETIN:
        return BulletinSent(content(session, held, now))
    return drafted(session, held, now) if held.bulletin_at is None else None


def content(session: Session, held: Held, now: datetime) -> Content:
    kept, own = minutes.whole(session, held.id), minutes.bulletin(session, held.id)
    expected = attendance.expected(attendance.standings(session, [held.id], now))
    checked = held.opens_at is not None
    lines = [SPEAKER.sub("", line.strip()) for line in kept.points.splitlines()]
    return Content(
        held.title,
        held.local(held.starts_at),
        held.local(held.ends_at),
        held.week,
        held.place,
        held.host,
        held.theme,
        own.body if own else "",
        tuple(line for line in lines if line),
        kept.agreement,
        tuple(one.content for one in kept.tasks),
        len(expected),
        sum(one.came for one in expected) if checked else None,
        by_school([(one.facts.school, one.came) for one in expected]) if checked else (),
        quoted(session, [held.id]),
    )
