"""Attendance (考勤): who was there, by what is recorded. A first cut: corrections by people come with their table."""

from sqlmodel import Session

from store import attendees, check_ins, leaves, responses


def attended(session: Session, occurrence: int, *, checks_in: bool) -> list[int]:
    """Person ids: those who checked in; without a check-in, those expected who neither declined nor are on leave."""
    expected = attendees.of(session, occurrence)
    if checks_in:
        came = set(check_ins.people(session, occurrence))
        return [person for person in expected if person in came]
    away = leaves.on_leave(session, occurrence) | responses.declined(session, occurrence)
    return [person for person in expected if person not in away]


def reflecting(session: Session, occurrence: int, *, checks_in: bool) -> list[int]:
    """Those who attended, as far as that is known: nobody whose leave is still to be decided is asked for a reflection,
    unless that person checked in."""
    came = attended(session, occurrence, checks_in=checks_in)
    if checks_in:
        return came
    waiting = leaves.waiting(session, occurrence)
    return [person for person in came if person not in waiting]
