"""What an account is told of its link, where another's act made or ended it."""

from msgspec import Struct

from handlers.start import Linked
from store import persons
from store.database import Session
from store.links import LinkNews
from store.persons import Person


class ClaimRefused(Struct, frozen=True):
    """An organiser did not confirm the name."""

    name: str


class MovedAway(Struct, frozen=True):
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
