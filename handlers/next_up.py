"""Next up (/next): what comes next, for a person or for a group's consortium."""

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.start import Unlinked
from store import agendas, attendees, audiences, chats, classes, consortiums, linked_accounts, responses
from store.accounts import Account
from store.activities import Activity, ActivityKind
from store.blueprint import Blueprint, SchoolClass
from store.chats import Place
from store.database import Session
from store.occurrences import Occurrence
from store.persons import Known, Role
from store.responses import ParticipationStatus

HORIZON = timedelta(days=60)  # the planner does not look further ahead
SHOWN = 3
SEE_CLASSES = {Role.ORGANISER, Role.APPROVER, Role.PRINCIPAL}


class NextUp(Struct, frozen=True):
    """Asked in a group (`place`), or in private (None)."""

    account: Account | None
    place: Place | None


class UpcomingItem(Struct, frozen=True):
    """Instants are local. `answer`: the asker's own, never in a group. `class_name`: of a class meeting."""

    title: str
    starts_at: datetime
    ends_at: datetime
    week: int
    class_name: str | None
    theme: str | None
    place: str | None
    answer: ParticipationStatus | None


class OutOfReach(Struct, frozen=True):
    """Of those expected: how many are not linked, and how many no private message reaches."""

    unlinked: int
    silent: int


class Upcoming(Struct, frozen=True):
    """At most three, by start. `out_of_reach`: of the first one, told an organiser in private. `consortium`: the one
    that answers, told to whoever is in several. `classes`: the asker may see how it stands with the class meetings."""

    items: tuple[UpcomingItem, ...]
    out_of_reach: OutOfReach | None
    consortium: str = ""
    classes: bool = False


class NothingUpcoming(Struct, frozen=True):
    consortium: str = ""


class ChatUnbound(Struct, frozen=True):
    """The group belongs to no consortium yet: an organiser may /bind it."""


NextUpOutcome = Upcoming | NothingUpcoming | Unlinked | ChatUnbound | ConsortiumToChoose


def next_up(session: Session, request: NextUp, now: datetime) -> NextUpOutcome:
    if request.place is not None:
        consortium = chats.consortium_at(session, request.place)
        return ChatUnbound() if consortium is None else told(agenda(session, consortium, None), now)
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    return replace(told(agenda(session, asker.known.consortium_id, asker.known), now), consortium=asker.consortium)


class Agenda(Struct, frozen=True):
    """What is coming in a consortium, as one person sees it; `known` is None for a group."""

    session: Session
    consortium: int
    file: Blueprint
    zone: ZoneInfo
    known: Known | None

    def concerns(self, found: Occurrence, activity: Activity) -> bool:
        """A group and an organiser see every event, but nobody sees another's class meetings (班会), nor those of every
        day (夕会): they would hide all else."""
        if activity.kind is ActivityKind.CLASS_MEETING:
            daily = any(one.key == activity.key and one.every == "day" for one in self.file.activity)
            ours = self.known is not None and any(one.head_teacher == self.known.key for one in self.classes(found))
            return ours and not daily
        if self.known is None or Role.ORGANISER in self.known.roles:
            return True
        return self.known.id in self.expected(found, activity)

    def expected(self, found: Occurrence, activity: Activity) -> list[int]:
        """Person ids: those it was settled for; before its first message those meant by the roster as it is now."""
        if found.settled_at is not None and found.id is not None:
            return attendees.of(self.session, found.id)
        meant = [one for one in self.file.activity if one.key == activity.key]
        people = [one for each in meant for one in audiences.of(self.session, self.consortium, each, found.slot)]
        return [person.id for person in people]

    def item(self, found: Occurrence, activity: Activity) -> UpcomingItem:
        assert found.id is not None
        response = responses.of(self.session, found.id, self.known.id) if self.known else None
        return UpcomingItem(
            activity.title,
            found.starts_at.astimezone(self.zone),
            found.ends_at.astimezone(self.zone),
            found.week,
            next((one.name for one in self.classes(found)), None),
            found.theme,
            found.place,
            response.status if response else None,
        )

    def classes(self, found: Occurrence) -> list[SchoolClass]:
        """The class of a class meeting; none for any other event."""
        return [one for one in self.file.class_ if one.key == found.slot]


def agenda(session: Session, consortium: int, known: Known | None) -> Agenda:
    row = consortiums.get(session, consortium)
    assert row is not None
    return Agenda(session, consortium, consortiums.blueprint(row), ZoneInfo(row.timezone), known)


def told(agenda: Agenda, now: datetime) -> Upcoming | NothingUpcoming:
    coming = agendas.between(agenda.session, agenda.consortium, now, now + HORIZON)
    ours = list(islice((each for each in coming if agenda.concerns(*each)), SHOWN))
    if not ours:
        return NothingUpcoming()
    items = tuple(agenda.item(*each) for each in ours)
    seen = agenda.known is not None and sees_classes(agenda.session, agenda.file, agenda.known)
    if agenda.known is None or Role.ORGANISER not in agenda.known.roles:
        return Upcoming(items, None, classes=seen)
    unreached = OutOfReach(*linked_accounts.out_of_reach(agenda.session, agenda.expected(*ours[0])))
    return Upcoming(items, unreached, classes=seen)


def sees_classes(session: Session, file: Blueprint, known: Known) -> bool:
    """How it stands with the class meetings (班会), where there are any: of one's own school, an organiser of all."""
    if not any(one.kind == ActivityKind.CLASS_MEETING.value for one in file.activity):
        return False
    return bool(known.roles & SEE_CLASSES) or classes.has_head(session, known.id)
