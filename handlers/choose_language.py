"""Choose a language (/settings): in which one we speak to somebody in private; groups hear that of the installation."""

from datetime import datetime

from msgspec import Struct

from store import accounts, persons
from store.accounts import Account
from store.database import Session
from store.persons import Membership


class ShowSettings(Struct, frozen=True):
    account: Account


class SettingsShown(Struct, frozen=True):
    """Said in the language that holds. `chosen`: by the account itself; else it is the installation's.

    `choices`: where there are several consortiums, which of them may answer in private; `consortium` is the chosen one.
    """

    chosen: bool
    choices: tuple[Membership, ...]
    consortium: str


class ChooseLanguage(Struct, frozen=True):
    """`language`: the name of a file of labels."""

    account: Account
    language: str


class LanguageChosen(Struct, frozen=True):
    """From this answer on."""


def show_settings(session: Session, request: ShowSettings, _now: datetime) -> SettingsShown:
    spoken, members = accounts.language_of(session, request.account), persons.memberships(session, request.account)
    if len(members) < 2:
        return SettingsShown(spoken is not None, (), "")
    answering = accounts.consortium_of(session, request.account)
    named = next((one.consortium for one in members if one.consortium_id == answering), "")
    return SettingsShown(spoken is not None, tuple(members), named)


def choose_language(session: Session, request: ChooseLanguage, _now: datetime) -> LanguageChosen:
    accounts.speak(session, request.account, request.language)
    return LanguageChosen()
