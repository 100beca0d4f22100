"""Choose a language (/settings): in which one we speak to somebody in private; groups hear that of the installation."""

from dataclasses import dataclass
from datetime import datetime

from handlers.choose_consortium import ConsortiumChoice, Speaker, choices_of, speaker
from store import accounts
from store.accounts import Account
from store.database import Session


@dataclass(frozen=True, slots=True)
class ShowSettings:
    account: Account


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """Said in the language that holds. `chosen`: by the account itself; else it is the installation's.

    `choices`: where there are several consortiums, which of them may answer in private; `consortium` is the chosen one.
    """

    chosen: bool
    choices: tuple[ConsortiumChoice, ...]
    consortium: str


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """`language`: the name of a file of labels."""

    account: Account
    language: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """From this answer on."""


def show_settings(session: Session, request: ShowSettings, _now: datetime) -> SettingsShown:
    chosen, answering = accounts.language_of(session, request.account), speaker(session, request.account)
    named = answering.consortium if isinstance(answering, Speaker) else ""
    choices = choices_of(session, request.account)
    return SettingsShown(chosen is not None, choices if len(choices) > 1 else (), named)


def choose_language(session: Session, request: ChooseLanguage, _now: datetime) -> LanguageChosen:
    accounts.speak(session, request.account, request.language)
    return LanguageChosen()
