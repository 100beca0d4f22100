"""What an organiser sends: the small file of `sample_file.py` with the accounts of the running bot, sheets, a paper."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from sqlmodel import select

from bot.file.consortium_file import blueprint
from handlers.apply import Applied, Apply, apply
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session, Store
from store.offers import Offer
from tests.bot import sample_file
from tests.bot.running_bot import LI, OFFICE, RunningBot
from tests.handlers.event_sample import local

TEXT = sample_file.TEXT.replace("700000001", str(LI)).replace("700000002", str(OFFICE))
CHANGED = TEXT.replace('subject = "语文"', 'subject = "数学"').replace('at = "14:30"', 'at = "15:00"')
PAPER = "样例工作章程\n一、教研活动\n三校每月开展一次共创式主题教研。\n"


def applied(store: Store, text: str) -> None:
    request = Apply(blueprint("sample.toml", text.encode()))
    assert isinstance(store.call(apply, request, local("10-08 09:00")), Applied)


def sheet(*rows: Sequence[object]) -> bytes:
    book, content = Workbook(), BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(content)
    return content.getvalue()


def file_now(bot: RunningBot) -> Blueprint:
    def read(session: Session) -> Blueprint:
        found = consortiums.by_key(session, "sample")
        assert found is not None
        return consortiums.blueprint(found)

    return bot.store.call(read)


def kept(bot: RunningBot) -> list[tuple[str, str]]:
    """State and content of every file that was sent and is not forgotten."""
    return bot.store.call(lambda session: [(one.state.value, one.content) for one in session.exec(select(Offer))])


def buttons(bot: RunningBot) -> list[list[str]]:
    """Under what was said last to the organiser."""
    return [[button["text"] for button in row] for row in bot.last(OFFICE).buttons]
