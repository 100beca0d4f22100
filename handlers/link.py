"""What an account is told of its link, where another's act made or ended it."""

from dataclasses import dataclass

from handlers.start import Linked
from store import persons
from store.database import Session
from store.links import LinkNews
from store.persons import Person


@dataclass(frozen=True, slots=True)
class ClaimRefused:
    """An organiser did not confirm the name."""

    name: str


@dataclass(frozen=True, slots=True)
class MovedAway:
    """Another account speaks for the person."""

    name: str


LinkOutcome = Linked | ClaimRefused | MovedAway


def link_notice(session: Session, subject: str, account: int) -> LinkOutcome | None:
    """None where it is otherwise meanwhile."""
    news, _, number = subject.partition(":")
    person, member = session.get_one(Person, int(number)), persons.membership(session, int(number))
    linked = person.account_id == account
    if LinkNews(news) is LinkNews.LINKED:
        return Linked(member.name, member.school, member.consortium) if linked and member is not None else None
    if linked:
        return None
    return ClaimRefused(person.name) if LinkNews(news) is LinkNews.REFUSED else MovedAway(person.name)
