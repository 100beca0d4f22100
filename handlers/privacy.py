"""Privacy (/privacy): what is kept of somebody, a copy of it, and its erasure (domain 8.4; PIPL, articles 44 to 47)."""

import json
import secrets
from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_answers, refresh_digest
from handlers.deciders import deciding, pass_on
from handlers.start import Unlinked
from store import consortiums, linked_accounts, minutes, occurrences, personal, persons, reflections
from store.accounts import Account
from store.blueprint import Keep
from store.database import Session
from store.persons import Role
from store.reflections import Reflection

PSEUDONYM = "T-{}"


class ShowPrivacy(Struct, frozen=True):
    account: Account


class ExportMine(Struct, frozen=True):
    account: Account


class EraseMe(Struct, frozen=True):
    """`sure`: pressed a second time."""

    account: Account
    sure: bool


class KeptOfMe(Struct, frozen=True):
    """In one consortium: who one is there, and how much is kept."""

    consortium: str
    name: str
    school: str
    home: str | None
    subject: str | None
    post: str | None
    roles: tuple[Role, ...]
    keep: Keep
    responses: int
    leaves: int
    check_ins: int
    reflections: int
    records: int
    corrections: int
    blanks: int
    questions: int
    thumbs: int
    minutes: int
    spans: int


class PrivacyShown(Struct, frozen=True):
    kept: tuple[KeptOfMe, ...]


class Exported(Struct, frozen=True):
    """`document`: its name and its content, JSON in UTF-8."""

    document: tuple[str, bytes]


class EraseAsked(Struct, frozen=True):
    """Nothing is done yet. `only_organiser`: of these consortiums nobody else is an organiser."""

    only_organiser: tuple[str, ...]


class Erased(Struct, frozen=True):
    """The account is forgotten; what was done stays in the record under `pseudonyms`, one a consortium."""

    pseudonyms: tuple[str, ...]


PrivacyOutcome = PrivacyShown | Unlinked
ExportOutcome = Exported | Unlinked
EraseOutcome = EraseAsked | Erased | Unlinked


def show_privacy(session: Session, request: ShowPrivacy, _now: datetime) -> PrivacyOutcome:
    mine = persons.all_of_account(session, request.account)
    return PrivacyShown(tuple(of_me(session, one) for one in mine)) if mine else Unlinked()


def of_me(session: Session, known: persons.Known) -> KeptOfMe:
    facts, member = personal.kept(session, known.id), persons.membership(session, known.id)
    assert member is not None  # `all_of_account` leaves retired people out
    name, school, home, subject, post = (facts[each] for each in ("name", "school", "home", "subject", "post"))
    written = [one for one in facts["Reflection"] if one["text"] or one["submitted_at"]]  # the others were skipped
    counts = [len(written if table is Reflection else facts[table.__name__]) for table in personal.KEPT]
    counts += [len(facts[name]) for name in ("Slot", "BankQuestion", "Thumb", "Minutes", "LeaveSpan")]
    roles, keep = tuple(sorted(known.roles)), consortiums.kept_for(session, known.consortium_id)
    return KeptOfMe(member.consortium, name, school, home, subject, post, roles, keep, *counts)


def export_mine(session: Session, request: ExportMine, now: datetime) -> ExportOutcome:
    """All of it, one entry a consortium."""
    mine = persons.all_of_account(session, request.account)
    if not mine:
        return Unlinked()
    facts = [personal.kept(session, one.id) for one in mine]
    content = json.dumps(facts, ensure_ascii=False, indent=1, default=lambda value: value.isoformat())
    return Exported((f"jiaolian-{now:%Y%m%d}.json", content.encode()))


def erase_me(session: Session, request: EraseMe, now: datetime) -> EraseOutcome:
    mine = persons.all_of_account(session, request.account)
    if not mine:
        return Unlinked()
    if not request.sure:
        return EraseAsked(tuple(named(session, one) for one in mine if is_last(session, one)))
    pseudonyms = tuple(PSEUDONYM.format(secrets.token_hex(2).upper()) for _ in mine)
    for one, pseudonym in zip(mine, pseudonyms, strict=True):
        quoted = {*reflections.shared_by(session, one.id), *minutes.written_by(session, one.id)}
        shared = [occurrences.get(session, number) for number in sorted(quoted)]
        before = deciding(session, one.consortium_id)
        personal.erase(session, one.id, pseudonym, now)
        pass_on(session, one.consortium_id, before, now)
        for about in filter(None, shared):
            refresh_digest(session, about, now)  # a live digest or bulletin may quote the person
        for held in occurrences.announced(session, one.consortium_id, now):
            refresh_answers(session, held, now)  # a live card may name the person
    return Erased(pseudonyms)


def is_last(session: Session, known: persons.Known) -> bool:
    """The only organiser who is linked."""
    if Role.ORGANISER not in known.roles:
        return False
    return linked_accounts.among(session, persons.with_role(session, known.consortium_id, Role.ORGANISER)) == [known.id]


def named(session: Session, known: persons.Known) -> str:
    member = persons.membership(session, known.id)
    return member.consortium if member else ""
