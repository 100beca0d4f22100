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
