"""Everybody is linked and has opened the private chat, both groups are bound; nobody answers and everybody attends: the
world as a rehearsal reckons it, and what was said in it."""

from collections.abc import Mapping
from datetime import datetime

from store import attendees, check_ins, occurrences
from store.check_ins import CheckInMethod
from store.database import Session
from tests.story.consortium import HEADS, PEOPLE, TEACHING, written
from tests.story.stage import Stage

ACCOUNTS = {key: account for key, (_, _, _, account) in PEOPLE.items() if key != "t6"}  # who never links
ADDRESSES = {"teaching": TEACHING, "heads": HEADS, **ACCOUNTS}
Sent = tuple[datetime, str, str]  # when, to the chat or person of this key, the text


def linked_and_bound(outlooks: Mapping[str, str]) -> str:
    """The story's file; `outlooks` by the chat's key."""
    text = written().replace("telegram = 508\n", "")
    for key, account in ACCOUNTS.items():
        text = text.replace(f'[[person]]\nkey = "{key}"\n', f'[[person]]\nkey = "{key}"\ntelegram = {account}\n')
    for key, address in (("teaching", TEACHING), ("heads", HEADS)):
        bound = f'[[chat]]\nkey = "{key}"\naddress = {address}\noutlook = "{outlooks[key]}"\n'
        text = text.replace(f'[[chat]]\nkey = "{key}"\n', bound)
    return text


async def everybody_is_there(stage: Stage) -> None:
    for key, account in ACCOUNTS.items():
        stage.room.add_user(account, PEOPLE[key][0])
    for group in (TEACHING, HEADS):
        stage.room.add_group(group, "样例群", [*ACCOUNTS.values()])
        stage.people.add_bot(group, ACCOUNTS["o1"])
    for account in ACCOUNTS.values():
        stage.people.start(account)
    await stage.settle()


def everybody_checks_in(session: Session, now: datetime) -> None:
    for held in occurrences.checking_in(session, 1, now):
        for person in attendees.of(session, held.id):
            check_ins.record(session, held.id, person, now, CheckInMethod.BUTTON, late=False)


def received(stage: Stage, since: datetime) -> list[Sent]:
    """What the bot said after that instant, as it was sent first: cards are edited later."""
    return sorted(
        (one.sent_at.replace(microsecond=0), key, (*one.edits, one.text)[0])
        for key, chat in ADDRESSES.items()
        for one in stage.room.messages(chat)
        if one.sender is stage.room.bot and one.sent_at > since
    )
