"""/settings: the language of an account, and nothing of anybody else's."""

import pytest

from handlers.choose_language import (
    ChooseLanguage,
    LanguageChosen,
    SettingsShown,
    ShowSettings,
    choose_language,
    show_settings,
)
from store import accounts
from store.accounts import Account
from store.database import Store
from tests.handlers.event_sample import LI, NOBODY, WANG, School, begin


@pytest.fixture
def school(store: Store) -> School:
    return begin(store)


@pytest.mark.parametrize("account", [LI, NOBODY])
def test_the_last_choice_holds_for_this_account_alone(school: School, account: Account) -> None:
    assert school.take(show_settings, ShowSettings(account)) == SettingsShown(chosen=False, choices=(), consortium="")
    assert school.store.call(accounts.language_of, account) is None
    for language in ("en", "zh", "en"):
        assert school.take(choose_language, ChooseLanguage(account, language)) == LanguageChosen()
    assert school.take(show_settings, ShowSettings(account)) == SettingsShown(chosen=True, choices=(), consortium="")
    assert school.store.call(accounts.language_of, account) == "en"
    assert school.store.call(accounts.language_of, WANG) is None
