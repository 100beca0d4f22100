"""Own form layout (自己的版式): an organiser puts the school's own Word file in place of a form of ours, or takes it
away."""

from datetime import datetime

from msgspec import Struct

from handlers.offer import NotForFiles
from handlers.start import Unlinked
from store import form_layouts, persons
from store.accounts import Account
from store.consortiums import Consortium
from store.database import Session
from store.form_layouts import Form
from store.persons import Role


class KeepLayout(Struct, frozen=True):
    """`content` has been read and is good."""

    account: Account
    consortium: int
    form: Form
    file: str
    content: bytes


class LayoutKept(Struct, frozen=True):
    """From now on the form is printed so. `consortium`: its number; `name`: what it is called."""

    consortium: int
    name: str
    form: Form
    file: str


class RemoveLayout(Struct, frozen=True):
    account: Account
    consortium: int
    form: Form


class LayoutRemoved(Struct, frozen=True):
    """Ours again. `again`: it was already."""

    name: str
    form: Form
    again: bool


def keep_layout(session: Session, request: KeepLayout, now: datetime) -> LayoutKept | NotForFiles | Unlinked:
    refused = refusal(session, request.account, request.consortium)
    if refused is not None:
        return refused
    form_layouts.keep(session, request.consortium, request.form, request.file, request.content, now)
    name = session.get_one(Consortium, request.consortium).name
    return LayoutKept(request.consortium, name, request.form, request.file)


def remove_layout(session: Session, request: RemoveLayout, now: datetime) -> LayoutRemoved | NotForFiles | Unlinked:
    refused = refusal(session, request.account, request.consortium)
    if refused is not None:
        return refused
    removed = form_layouts.remove(session, request.consortium, request.form)
    return LayoutRemoved(session.get_one(Consortium, request.consortium).name, request.form, not removed)


def refusal(session: Session, account: Account, consortium: int) -> NotForFiles | Unlinked | None:
    """Of whoever is no organiser there."""
    known = persons.of_account(session, account, consortium)
    if known is None:
        return Unlinked()
    return None if Role.ORGANISER in known.roles else NotForFiles()
