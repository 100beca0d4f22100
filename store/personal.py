"""Personal data (个人信息): all that is kept of one person, and its erasure (PIPL, articles 44 to 47)."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import Session, col, select

from store import claims, code_tries, further_accounts, minutes, offers, reflections
from store.accounts import KnownAccount
from store.activities import Activity
from store.attendees import Attendee
from store.audit import Audit
from store.check_ins import CheckIn
from store.class_records import ClassRecord
from store.classes import SchoolClass
from store.code_tries import CodeTry
from store.corrections import Correction
from store.deliveries import Delivery, DeliveryState, is_open
from store.invites import Invite
from store.leaves import Leave, LeaveSpan
from store.minutes import Bulletin, Minutes, NextTask
from store.occurrences import Occurrence
from store.offers import Offer
from store.persons import Person, PersonRole, Role
from store.policies import asked, bank, slots
from store.prompts import Asks, Prompt
from store.reflections import Reflection, Visibility
from store.reminders import Reminder
from store.responses import Response
from store.schools import School
from store.updates import InboxUpdate, UpdateState

KEPT: tuple[Any, ...] = (Response, Leave, CheckIn, Reflection, ClassRecord, Correction)
WRITTEN: tuple[Any, ...] = (Minutes, NextTask, Bulletin)  # of an event, and whose tasks its minutes name
NUMBERS = {"id", "occurrence_id", "person_id", "school_id", "account_id", "span_id", "held_by_id"}
ABOUT_NONE = [Asks.LEAVE_REASON, Asks.LEAVE_REMARK, Asks.SLOT, Asks.BANK_QUESTION]  # questions that are about no event
SENDING = {"dedup_key", "edits_id", "subject", "message_id", "attempts", "held_until", "perhaps_twice", "error"}
# what means nothing outside
INSIDE = NUMBERS | SENDING | {"consortium_id", "chat_id", "code_hash", "digest", "chosen", "planned", "bulk"}

Facts = dict[str, Any]


def kept(session: Session, person: int) -> Facts:
    """Everything, in JSON's kinds but for instants: who the person is here, and by table what was said and done.

    Left out are updates as Telegram brought them (`inbox_update`): emptied when they are worked off, and those set
    aside with an error are gone after a week. What they hold of a group is others' words as well.
    """
    row = session.get_one(Person, person)
    found: Facts = {"key": row.key, "name": row.name, "subject": row.subject, "post": row.post}
    for name, school in (("school", row.school_id), ("home", row.home_id)):
        found[name] = session.get_one(School, school).name if school is not None else None
    roles = session.exec(select(PersonRole.role).where(PersonRole.person_id == person)).all()
    found["roles"] = sorted(str(role) for role in roles)
    account = session.get(KnownAccount, row.account_id) if row.account_id is not None else None
    found["account"] = account.model_dump(exclude={"id"}) if account else None
    further, mine = further_accounts.of(session, person), accounts_of(session, row)
    found["FurtherAccount"] = [session.get_one(KnownAccount, one).model_dump(exclude={"id"}) for one in further]
    found["Claim"] = [claim for one in mine for claim in claims.kept(session, one)]
    found["head_of"] = list(session.exec(select(SchoolClass.name).where(SchoolClass.head_teacher_id == person)))
    theirs = {table: col(table.person_id) == person for table in (Attendee, *KEPT, *WRITTEN, Audit, Reminder)}
    theirs[Delivery] = or_(col(Delivery.person_id) == person, col(Delivery.account_id).in_(mine))
    found |= {table.__name__: rows(session, table, of) for table, of in theirs.items()}
    found["stood_in"] = stood_in(session, person)
    found["minutes_lists"] = [listed(session, event) for event in minutes.written_by(session, person)]
    found |= waiting(session, row, mine)
    found["Slot"] = slots.filled_by(session, person)
    found["BankQuestion"] = bank.written_by(session, person)
    found["Thumb"] = [thumb for one in mine for thumb in asked.thumbs_of(session, row.consortium_id, one)]
    found["LeaveSpan"] = [told(one) for one in session.exec(select(LeaveSpan).where(LeaveSpan.person_id == person))]
    by = ("Leave", "decided_by"), ("LeaveSpan", "decided_by"), ("Response", "answered_by")
    for table, column in (*by, ("Correction", "by_id"), ("Audit", "actor_id")):
        for fact in found[table]:
            number = fact[column]
            fact[column] = session.get_one(Person, number).name if number is not None else None
    return found


def stood_in(session: Session, person: int) -> list[Facts]:
    """The class meetings that the person held for another."""
    rows = (
        select(Activity.title, Occurrence.date, ClassRecord.held_on)  # type: ignore[call-overload]
        .join(Occurrence, col(Occurrence.activity_id) == Activity.id)
        .join(ClassRecord, col(ClassRecord.occurrence_id) == Occurrence.id)
        .where(ClassRecord.held_by_id == person)
        .order_by(col(Occurrence.starts_at))
    )
    return [{"event": title, "date": day, "held_on": held_on} for title, day, held_on in session.exec(rows)]


def listed(session: Session, occurrence: int) -> Facts:
    """The tasks and materials in minutes that the person wrote; whose tasks they are is others' own."""
    kept, row = minutes.whole(session, occurrence), session.get_one(Occurrence, occurrence)
    about = {"event": session.get_one(Activity, row.activity_id).title, "date": row.date}
    return about | {"tasks": [one.content for one in kept.tasks], "materials": list(kept.materials)}


def accounts_of(session: Session, person: Person) -> list[int]:
    """The linked one, and the further ones."""
    linked = [person.account_id] if person.account_id is not None else []
    return linked + further_accounts.of(session, person.id or 0)


def waiting(session: Session, person: Person, accounts: list[int]) -> Facts:
    """Codes, and wrong ones; what was asked and is not answered; files that were sent: what they hold is his own."""
    ours = col(Activity.consortium_id) == person.consortium_id
    invites = session.exec(select(Invite).where(Invite.person_id == person.id)).all()
    sent = select(Offer).where(col(Offer.account_id).in_(accounts), Offer.consortium_id == person.consortium_id)
    tries = session.exec(select(CodeTry).where(col(CodeTry.account_id).in_(accounts))).all()
    found = {"Invite": invites, "Offer": session.exec(sent).all(), "CodeTry": tries}
    about_none = and_(col(Prompt.occurrence_id).is_(None), col(Prompt.asks).in_(ABOUT_NONE))
    asked = rows(session, Prompt, and_(col(Prompt.account_id).in_(accounts), or_(ours, about_none)))
    return {name: [told(one) for one in every] for name, every in found.items()} | {"Prompt": asked}


def told(row: Any) -> Facts:
    """A file that was sent is named, not repeated: its `content` is the sender's."""
    found: Facts = row.model_dump(mode="json", exclude=INSIDE | {"content"})
    return found


def rows(session: Session, table: Any, of: ColumnElement[bool]) -> list[Facts]:
    """With the event that each is about, oldest first."""
    about = (
        select(table, Activity.title, Occurrence.date)  # type: ignore[call-overload]
        .join(Occurrence, table.occurrence_id == Occurrence.id, isouter=True)  # a message may be about none
        .join(Activity, col(Occurrence.activity_id) == Activity.id, isouter=True)
        .where(of)
        .order_by(col(Occurrence.starts_at))
    )
    found = session.exec(about).all()
    return [{"event": title, "date": day} | row.model_dump(mode="json", exclude=INSIDE) for row, title, day in found]


def erase(session: Session, person: int, pseudonym: str, now: datetime) -> None:
    """What was done stays, as a pseudonym's, who is retired; texts, account and all that tells who it was are gone.

    The school's own file still names the person: that name begins anew, linked to nobody and without a history, so that
    applying the file again brings nothing back.
    """
    old = session.get_one(Person, person)
    forget_texts(session, person, now)
    accounts, known = accounts_of(session, old), old.model_dump(exclude={"id", "account_id"})
    roles = session.exec(select(PersonRole.role).where(PersonRole.person_id == person)).all()
    old.key, old.name, old.account_id = f"erased-{person}", pseudonym, None
    old.home_id = old.subject = old.post = None
    old.retired_at = now
    further_accounts.part(session, person)
    session.flush()
    fresh = Person(**known)
    session.add(fresh)
    session.flush()
    succeed(session, person, fresh.id or 0)
    session.add_all(PersonRole(person_id=fresh.id or 0, role=Role(role)) for role in roles)
    for account in accounts:
        forget_account(session, account)
    session.flush()


def has_history(session: Session, person: int) -> bool:
    """Something was said or done under this name."""
    kept: tuple[Any, ...] = (*KEPT, *WRITTEN, LeaveSpan)
    return any(session.exec(select(table).where(table.person_id == person).limit(1)).first() for table in kept)


def forget_texts(session: Session, person: int, now: datetime) -> None:
    private = {"text": "", "visibility": Visibility.SCHOOL, "removed_at": now, "account_id": None, "message_id": None}
    leave: Facts = {"reason": "", "kind": None, "remark": None}
    lines = {"note": "", "theme": None, "held_by": ""}
    texts: tuple[tuple[Any, Facts], ...] = (
        *((Leave, leave), (LeaveSpan, leave)),
        *((Response, {"note": ""}), (ClassRecord, lines), (Reflection, private)),
        *((Correction, {"why": ""}), (Audit, {"why": ""})),
    )
    for table, values in texts:
        session.connection().execute(update(table).where(table.person_id == person).values(**values))
    minutes.forget_texts(session, person)
    forget_stand_in(session, session.get_one(Person, person))
    waiting = update(Delivery).where(col(Delivery.person_id) == person, is_open())
    session.connection().execute(waiting.values(state=DeliveryState.DROPPED))
    claims.forget_person(session, person)
    session.connection().execute(delete(Invite).where(col(Invite.person_id) == person))


def forget_stand_in(session: Session, person: Person) -> None:
    """Where the name stands alone, as that of several people, in the records of others."""
    colleagues = select(Person.id).where(Person.consortium_id == person.consortium_id)
    named = col(ClassRecord.held_by) == person.name, col(ClassRecord.person_id).in_(colleagues)
    session.connection().execute(update(ClassRecord).where(*named).values(held_by=""))


def succeed(session: Session, old: int, fresh: int) -> None:
    """What the file says of the person, and what is still to come, is the fresh row's."""
    session.connection().execute(delete(PersonRole).where(col(PersonRole.person_id) == old))
    for table, column in ((SchoolClass, "head_teacher_id"), (Reminder, "person_id")):
        moved = getattr(table, column)
        session.connection().execute(update(table).where(moved == old).values({column: fresh}))


def forget_account(session: Session, account: int) -> None:
    """Unless another consortium knows it."""
    session.connection().execute(delete(Prompt).where(col(Prompt.account_id) == account))
    offers.forget_account(session, account)
    claims.forget_account(session, account)
    code_tries.forget_account(session, account)
    asked.forget_account(session, account)
    if session.exec(select(Person.id).where(Person.account_id == account)).first() is not None:
        return
    session.connection().execute(delete(Delivery).where(col(Delivery.account_id) == account))
    reflections.forget_account(session, account)
    row = session.get_one(KnownAccount, account)
    empty_set_aside(session, row.address)
    session.delete(row)


def empty_set_aside(session: Session, address: str) -> None:
    """What the account wrote and could not be worked off. What still waits is kept: it may be another's press."""
    failed = select(InboxUpdate).where(InboxUpdate.state == UpdateState.FAILED, InboxUpdate.payload != "")
    theirs = re.compile(rf'"id":\s*"?{re.escape(address)}\b')
    for found in session.exec(failed.where(col(InboxUpdate.payload).contains(address, autoescape=True))):
        if theirs.search(found.payload):
            found.payload = ""
