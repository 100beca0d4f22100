"""Settings: defaults, the environment over `.env`, refusals by name, and no secret in any of them."""

from pathlib import Path

import pytest

from bot.settings import Settings, read
from store.complaint import Complaint

TOKEN = "123456:secret-of-the-bot"


def test_with_nothing_given_the_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    found = read({}, tmp_path)
    assert found == Settings()
    assert (found.api_url, found.database_url) == ("https://api.telegram.org", "sqlite:///jiaolian.db")
    assert (found.language, found.messages_per_second, found.token) == ("zh", 30.0, None)


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"JIAOLIAN_TOKEN={TOKEN}\nJIAOLIAN_LANGUAGE=en\nOTHER=1\n", encoding="utf-8")
    found = read({"JIAOLIAN_LANGUAGE": "zh", "PATH": "/bin"}, tmp_path)
    assert (found.token, found.language) == (TOKEN, "zh")


def test_a_value_of_spaces_is_no_value(tmp_path: Path) -> None:
    assert read({"JIAOLIAN_TOKEN": "  ", "JIAOLIAN_LANGUAGE": ""}, tmp_path) == Settings()


def test_an_unknown_name_is_refused_in_the_file_too_and_the_suites_own_are_passed_over(tmp_path: Path) -> None:
    assert read({"JIAOLIAN_TEST_ALL": "1"}, tmp_path) == Settings()
    (tmp_path / ".env").write_text("JIAOLIAN_COLOUR=red\n")
    with pytest.raises(Complaint, match=r"^JIAOLIAN_COLOUR: expected a known setting: JIAOLIAN_API_URL, "):
        read({}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("JIAOLIAN_LANGUAGE", "fr", "JIAOLIAN_LANGUAGE: 'fr': expected zh or en"),
        ("JIAOLIAN_MESSAGES_PER_SECOND", "many", "JIAOLIAN_MESSAGES_PER_SECOND: 'many': expected a number"),
        ("JIAOLIAN_MESSAGES_PER_SECOND", "-1", "JIAOLIAN_MESSAGES_PER_SECOND: '-1': expected a number"),
        ("JIAOLIAN_MESSAGES_PER_SECOND", "nan", "JIAOLIAN_MESSAGES_PER_SECOND: 'nan': expected a number"),
        ("JIAOLIAN_API_URL", "api.telegram.org", "JIAOLIAN_API_URL: 'api.telegram.org': expected http"),
        ("JIAOLIAN_API_URL", "http://[1", "JIAOLIAN_API_URL: 'http://[1': expected http"),
        ("JIAOLIAN_DATABASE_URL", "jiaolian.db", "JIAOLIAN_DATABASE_URL: expected sqlite:///file"),
        ("JIAOLIAN_LISTEN", "8080", "JIAOLIAN_LISTEN: '8080': expected host:port"),
    ],
)
def test_a_bad_value_is_refused_with_what_was_expected(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(Complaint) as refused:
        read({name: value}, tmp_path)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JIAOLIAN_TOKEN", "secret"),
        ("JIAOLIAN_WEBHOOK_SECRET", "a secret"),
        ("JIAOLIAN_PROXY", "ftp://user:secret@host:1"),
        ("JIAOLIAN_PROXY", "socks5://user:secret@host:99999"),
        ("JIAOLIAN_DATABASE_URL", "postgres://user:secret@host/x"),
    ],
)
def test_a_bad_secret_is_not_repeated(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Complaint) as refused:
        read({name: value}, tmp_path)
    assert str(refused.value).startswith(f"{name}: expected ")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("value", ["ftp://user:secret@host/x", "user:secret@host", "ftp://user:secret/se@cret@host"])
@pytest.mark.parametrize("name", ["JIAOLIAN_API_URL", "JIAOLIAN_WEBHOOK_URL"])
def test_of_a_bad_address_it_is_not_said_who_logs_in_there(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Complaint, match="…@host") as refused:
        read({name: value}, tmp_path)
    assert "secret" not in str(refused.value)
    assert "cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({"JIAOLIAN_WEBHOOK_URL": "https://bot.example.org/hook"}, "JIAOLIAN_WEBHOOK_SECRET"),
        ({"JIAOLIAN_WEBHOOK_SECRET": "abc"}, "JIAOLIAN_WEBHOOK_URL"),
    ],
)
def test_a_webhook_has_an_address_and_a_secret(tmp_path: Path, given: dict[str, str], lacking: str) -> None:
    with pytest.raises(Complaint, match=f"^{lacking}: expected a value"):
        read(given, tmp_path)


def test_a_webhook_is_listened_for_on_a_port_of_this_machine_unless_told(tmp_path: Path) -> None:
    hook = {"JIAOLIAN_WEBHOOK_URL": "https://bot.example.org/hook", "JIAOLIAN_WEBHOOK_SECRET": "abc"}
    assert read(hook, tmp_path).listen == "127.0.0.1:8080"
    assert read(hook | {"JIAOLIAN_LISTEN": "0.0.0.0:80"}, tmp_path).listen == "0.0.0.0:80"


def test_an_address_loses_the_slash_at_its_end_and_no_limit_is_a_number(tmp_path: Path) -> None:
    found = read({"JIAOLIAN_API_URL": "http://127.0.0.1:8081/", "JIAOLIAN_MESSAGES_PER_SECOND": "0"}, tmp_path)
    assert (found.api_url, found.messages_per_second) == ("http://127.0.0.1:8081", 0.0)
