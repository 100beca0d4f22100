"""The settings: read once, from the environment and a `.env` beside it; everything after that is a value."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from store.complaint import Complaint

LANGUAGES = ("zh", "en")
PREFIX, TESTS = "JIAOLIAN_", "JIAOLIAN_TEST_"
LISTEN = "127.0.0.1:8080"  # where a webhook is listened for
SECRET = {"JIAOLIAN_TOKEN", "JIAOLIAN_WEBHOOK_SECRET", "JIAOLIAN_PROXY", "JIAOLIAN_DATABASE_URL"}
CREDENTIALS = re.compile(r"^([\w+.-]*:?//)?.*@")  # greedy: a password may hold / and @


class Settings(Struct, frozen=True):
    """The contract's table "Settings"; `messages_per_second` 0 is no limit over all or per chat."""

    token: str | None = None
    api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///jiaolian.db"
    language: str = "zh"
    messages_per_second: float = 30.0
    webhook_url: str | None = None
    webhook_secret: str | None = None
    listen: str | None = None
    proxy: str | None = None


def read(environment: Mapping[str, str] = os.environ, folder: Path = Path()) -> Settings:
    """Raises Complaint, naming the setting; the value of a secret is never in it."""
    given = all_given(environment, folder)
    for name in given:
        if name not in READERS:
            raise Complaint(name, "", f"a known setting: {', '.join(sorted(READERS))}")
    found = {name: reader(name, given[name].strip()) for name, reader in READERS.items() if given.get(name, "").strip()}
    if ("JIAOLIAN_WEBHOOK_URL" in found) != ("JIAOLIAN_WEBHOOK_SECRET" in found):
        lacking = "SECRET" if "JIAOLIAN_WEBHOOK_URL" in found else "URL"
        raise Complaint(f"JIAOLIAN_WEBHOOK_{lacking}", "", "a value, since the other of the two has one")
    if "JIAOLIAN_WEBHOOK_URL" in found:
        found.setdefault("JIAOLIAN_LISTEN", LISTEN)
    return Settings(**{name.removeprefix(PREFIX).lower(): value for name, value in found.items()})  # type: ignore[arg-type]


def spoken() -> str:
    """The language, even where another setting is wrong: the refusal itself is told in one, and so is the help."""
    try:
        return read().language
    except Complaint:
        given = all_given(os.environ, Path()).get("JIAOLIAN_LANGUAGE", "").strip()
        return given if given in LANGUAGES else Settings().language


def all_given(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment's before those of `.env`."""
    file = folder / ".env"
    written = written_in(file) if file.is_file() else {}
    return {name: value for name, value in (written | dict(environment)).items() if concerns_us(name)}


def written_in(file: Path) -> dict[str, str]:
    from dotenv import dotenv_values  # where there is one

    return {name: value or "" for name, value in dotenv_values(file).items()}


def concerns_us(name: str) -> bool:
    return name.startswith(PREFIX) and not name.startswith(TESTS)


def refuse(name: str, value: str, expected: str) -> Complaint:
    return Complaint(name, "" if name in SECRET else repr(shown(value)), expected)


def shown(value: str) -> str:
    """An address as it may be printed: without who logs in there."""
    return CREDENTIALS.sub(r"\1…@", value)


def leads_somewhere(value: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(value)
        named = parts.port != 0 and bool(parts.hostname)
    except ValueError:  # half an IPv6 address, or a port that is none
        return False
    return parts.scheme in schemes and named


def token(name: str, value: str) -> str:
    if not re.fullmatch(r"\d+:[\w-]+", value):
        raise refuse(name, value, "a bot token as @BotFather gives it, digits:letters")
    return value


def address(name: str, value: str) -> str:
    if not leads_somewhere(value, "http", "https"):
        raise refuse(name, value, "http://… or https://…")
    return value.rstrip("/")


def database(name: str, value: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
        raise refuse(name, value, "sqlite:///file or postgresql://…")
    return value


def language(name: str, value: str) -> str:
    if value not in LANGUAGES:
        raise refuse(name, value, "zh or en")
    return value


def rate(name: str, value: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        raise refuse(name, value, "a number of messages a second, 0 for no limit")
    return float(value)


def listen(name: str, value: str) -> str:
    if not re.fullmatch(r".+:\d{1,5}", value) or int(value.rsplit(":", 1)[1]) > 65535:
        raise refuse(name, value, "host:port")
    return value


def proxy(name: str, value: str) -> str:
    if not leads_somewhere(value, "http", "https", "socks5"):
        raise refuse(name, value, "http://host:port or socks5://host:port")
    return value


def secret(name: str, value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise refuse(name, value, "1 to 256 of A-Z, a-z, 0-9, _ and - (Bot API, setWebhook)")
    return value


READERS: dict[str, Callable[[str, str], object]] = {
    "JIAOLIAN_TOKEN": token,
    "JIAOLIAN_API_URL": address,
    "JIAOLIAN_DATABASE_URL": database,
    "JIAOLIAN_LANGUAGE": language,
    "JIAOLIAN_MESSAGES_PER_SECOND": rate,
    "JIAOLIAN_WEBHOOK_URL": address,
    "JIAOLIAN_WEBHOOK_SECRET": secret,
    "JIAOLIAN_LISTEN": listen,
    "JIAOLIAN_PROXY": proxy,
}
