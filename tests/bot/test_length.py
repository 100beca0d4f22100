"""What is longer than a message goes out as several, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.length import LONGEST, parts
from handlers.text_units import units

NAMES = "、".join(["样王强"] * 10)


def test_a_roll_of_thousands_keeps_every_name_in_few_messages() -> None:
    blocks = [f"已到 {number}\n样例东校：{NAMES}\n" + "\n".join([NAMES] * 60) for number in range(4)]
    text = "共创式主题教研\n应到2440人\n\n" + "\n\n".join(blocks)
    found = parts(text)
    assert all(units(part) <= LONGEST for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
    assert len(found) == len(blocks)
    assert found[0].startswith("共创式主题教研\n应到2440人")


def test_what_fits_stays_one() -> None:
    assert parts("应到5人\n\n已到\n样例东校：样王强") == ["应到5人\n\n已到\n样例东校：样王强"]


@given(st.lists(st.text("样a、😀\n", max_size=900), max_size=30))
def test_no_part_is_longer_than_a_message(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = parts(text)
    assert all(0 < units(part) <= LONGEST for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
