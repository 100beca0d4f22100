"""Proposals (识别出的要求): what the papers in force ask for and the consortium file does not hold yet."""

import re
import zlib
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from msgspec import Struct

from store.blueprint import Activity, Blueprint, Obligation
from store.database import Session
from store.policies import editions
from store.policies.duties import Duty, Side, duties

ALIKE = 2  # characters that a title and the paper's words share, at least
LONGEST_TITLE = 24
SEPARATOR = " / "
PARTS = re.compile("[，、；;,]")
Schools = tuple[str, ...] | None


class Proposal(Struct, frozen=True):
    """`number` is the same each time, and the end of the obligation's key (`p123`); `sentence`: the paper's."""

    number: int
    obligation: Obligation
    sentence: str


def proposals(session: Session, consortium: int, blueprint: Blueprint) -> tuple[Proposal, ...]:
    """By paper, in its order; what was accepted, or declined, is none any more."""
    every = (
        proposal
        for edition in editions.in_force(session, consortium)
        for duty in duties(editions.clauses(session, edition.id))
        for proposal in of_duty(duty, edition.document, blueprint)
    )
    return tuple(one for one in every if not any(same(each, one) for each in blueprint.obligation))


def of_duty(duty: Duty, document: str, blueprint: Blueprint) -> Iterator[Proposal]:
    """各 is one for each school that gives: never their sum."""
    for giver, taker in journeys(duty, blueprint):
        people: dict[str, Any] = {"posts": duty.posts or None, "from_": giver, "to": taker}
        by = people if duty.rhythm == "standing" else met_by(duty, blueprint)
        about = document, SEPARATOR.join(duty.path), duty.words
        number = numbered(document, duty.words, *(giver or ()))
        obligation = Obligation(
            key=f"p{number}",
            title=titled(duty, by, giver, blueprint),
            document=document,
            clause=about[1],
            words=duty.words,
            rhythm=duty.rhythm,
            count=duty.count,
            **by,
        )
        yield Proposal(number, obligation, duty.sentence)


def numbered(*words: str) -> int:
    """1 to 999,999,999: as many digits as a button's subject has."""
    return zlib.crc32("\n".join(words).encode()) % 999_999_999 + 1


def journeys(duty: Duty, blueprint: Blueprint) -> list[tuple[Schools, Schools]]:
    """From which schools to which, as far as the wording tells."""
    if duty.giver is Side.EACH_MEMBER:
        return [((one,), schools(duty.taker, blueprint)) for one in schools(Side.MEMBERS, blueprint) or ()]
    return [(schools(duty.giver, blueprint), schools(duty.taker, blueprint))]


def schools(side: Side | None, blueprint: Blueprint) -> Schools:
    role = {Side.CORE: "core", Side.MEMBERS: "member"}.get(side or Side.UNKNOWN)
    return tuple(one.key for one in blueprint.school if one.role == role) or None


def met_by(duty: Duty, blueprint: Blueprint) -> dict[str, Any]:
    """The activity whose title is most like the words; a month's theme is that of the class meetings."""
    if duty.monthly_theme:
        meetings = (one for one in blueprint.activity if one.kind == "class_meeting" and one.every != "day")
        return {"themes": tuple(one.key for one in meetings)[:1] or None}
    alike = [(shared(one, duty), one.key) for one in blueprint.activity]
    best = max((size for size, _ in alike), default=0)
    return {"activities": tuple(key for size, key in alike if size == best)[:1] if best >= ALIKE else None}


def shared(activity: Activity, duty: Duty) -> int:
    """The longest run of characters that the title has in common with the part of the sentence that has the words."""
    near = next((part for part in PARTS.split(duty.sentence) if duty.words in part), duty.words)
    return SequenceMatcher(None, activity.title, near, autojunk=False).find_longest_match().size


def titled(duty: Duty, by: dict[str, Any], giver: Schools, blueprint: Blueprint) -> str:
    """After the activity that meets it, or in the paper's words, with the school that gives where each does."""
    first = next(iter(by.get("activities") or ()), None)
    title = next((one.title for one in blueprint.activity if one.key == first), duty.words[:LONGEST_TITLE])
    if duty.giver is Side.EACH_MEMBER:
        names = (one.name for one in blueprint.school if one.key in (giver or ()))
        return f"{''.join(names)} {title}"
    return title


def same(known: Obligation, proposal: Proposal) -> bool:
    """By its key, or the file has it in other words: of the same clause, as often, as many, by the same people."""
    one = proposal.obligation
    if known.key == one.key:
        return True
    alike = (known.rhythm, known.count, known.from_) == (one.rhythm, one.count, one.from_)
    posts = not (known.posts or one.posts) or bool(set(known.posts or ()) & set(one.posts or ()))
    return alike and posts and known.clause == one.clause and (known.words or "") in proposal.sentence


def by_number(session: Session, consortium: int, blueprint: Blueprint, number: int) -> Proposal | None:
    """One that is still open, or was accepted before."""
    key = f"p{number}"
    accepted = (Proposal(number, one, one.words or "") for one in blueprint.obligation if one.key == key)
    open_ = (one for one in proposals(session, consortium, blueprint) if one.number == number)
    return next(chain(accepted, open_), None)
