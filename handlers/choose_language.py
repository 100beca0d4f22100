"""Choose a language (/settings): in which one we speak to somebody in private; groups hear that of the installation."""

from dataclasses import dataclass
from datetime import datetime

from store import accounts
from store.accounts import Account
from store.database import Session


@dataclass(frozen=True, slots=True)
class ShowSettings:
    account: Account


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """Said in the language that holds. `chosen`: by the account itself; else it is the installation's."""

    chosen: bool


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """`language`: the name of a file of labels."""

    account: Account
    language: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """From this answer on."""


def show_settings(session: Session, request: ShowSettings, _now: datetime) -> SettingsShown:
    return SettingsShown(accounts.language_of(session, request.account) is not None)


def choose_language(session: Session, request: ChooseLanguage, _now: datetime) -> LanguageChosen:
    accounts.speak(session, request.account, request.language)
    return LanguageChosen()
