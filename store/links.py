"""Links: an account hears in private, and once, what another's act made of it: it speaks for a person, or does not."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from store import deliveries
from store.deliveries import DeliveryKind, Owed

GOOD_FOR = timedelta(days=7)


class LinkNews(StrEnum):
    """LINKED and REFUSED: what became of a claim. MOVED: another account has the person now."""

    LINKED = "linked"
    REFUSED = "refused"
    MOVED = "moved"


def tell(session: Session, account: int, news: LinkNews, person: int, act: str, now: datetime) -> None:
    """`act` names what it comes from: of one act nothing is said twice."""
    key, times = f"{DeliveryKind.LINK}:{act}:{news}:{account}", (now, now + GOOD_FOR)
    about = f"{news}:{person}"
    deliveries.owe(session, [Owed(key, DeliveryKind.LINK, *times, account_id=account, subject=about)])
