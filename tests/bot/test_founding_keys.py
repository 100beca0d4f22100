"""The key of a class has the numbers in its name, each apart."""

import pytest

from bot.founding import founding_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("七(1)班", "7-1"),
        ("五2班", "5-2"),
        ("初二三班", "2-3"),
        ("七年级十班", "7-10"),
        ("七年级十二班", "7-12"),
        ("七(二十)班", "7-20"),
        ("七年级三十一班", "7-31"),
    ],
)
def test_a_classs_key_has_the_numbers_of_its_name_apart(name: str, key: str) -> None:
    assert founding_keys.numbers(name) == key
