"""Logs: a token is in no line, in whatever shape it was handed over."""

import logging
import sys

import pytest

from bot.logs import lines

TOKEN = "123456789:AAsample-of-a-token_1234567890abcdef"
ADDRESS = f"https://api.example/bot{TOKEN}/getMe"


def line(words: str, **more: object) -> str:
    try:
        raise ValueError(f"no answer from {ADDRESS}")
    except ValueError:
        record = logging.getLogger("bot").makeRecord("bot", logging.ERROR, "", 0, words, (), sys.exc_info(), extra=more)
    return lines().format(record)


@pytest.mark.parametrize("token", [TOKEN, TOKEN.replace(":", "%3A"), TOKEN.replace(":", "%3a")])
def test_a_token_is_cut_out_of_whatever_is_logged(token: str) -> None:
    said = line(f"asked /bot{token}/getMe", alone=token, among=["x", {"at": [token]}])
    assert "123456789" not in said
    assert "sample" not in said
    assert said.count("<token>") == 4  # the last one in the exception's text
    assert "no answer from https://api.example/bot<token>/getMe" in said


def test_what_only_looks_a_little_like_one_stays() -> None:
    assert "at 12:34:56, 123456789:short" in line("at 12:34:56, 123456789:short")
