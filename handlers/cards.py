"""Cards: the messages in groups that show counts, or quote; many presses make one edit."""

from datetime import datetime, timedelta

from store import deliveries
from store.database import Session
from store.deliveries import ANSWERED, DeliveryKind
from store.occurrences import Held

PAUSE = timedelta(seconds=2.5)  # two hundred presses in five seconds are three edits of a message
GOOD_FOR = timedelta(days=1)
WITHDRAWN_FOR = timedelta(days=14)  # what somebody does not share any more must not stay for want of a connection
CHECKED_IN = (DeliveryKind.CHECK_IN,)
QUOTING = (DeliveryKind.BULLETIN,)


def refresh_answers(session: Session, held: Held, now: datetime) -> None:
    """Before the start every live card, after it the newest only (contract, `rehearse`)."""
    before = now < held.starts_at
    deliveries.owe_cards(session, held.id, ANSWERED, now + PAUSE, now + GOOD_FOR, every=before)


def refresh_check_in(session: Session, held: Held, now: datetime) -> None:
    deliveries.owe_cards(session, held.id, CHECKED_IN, now + PAUSE, now + GOOD_FOR, every=False)


def refresh_digest(session: Session, held: Held, now: datetime) -> None:
    """That of the month and the event's bulletin (简报), where they were sent, quote reflections (反思) shared now."""
    deliveries.owe_cards(session, held.id, QUOTING, now + PAUSE, now + WITHDRAWN_FOR, every=True)
    if held.chat_id is not None:
        month = f"{held.local(held.starts_at):%Y-%m}"
        deliveries.owe_digest_cards(session, held.chat_id, month, now + PAUSE, now + WITHDRAWN_FOR)
