"""What a reply to a notice says: an answer word, leave with a reason, a list, or a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voice import Voices
from bot.written.replied import Replied, read

VOICES = Voices("zh")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("参加", Replied.ACCEPTED), ("参加！", Replied.ACCEPTED), ("＋1", Replied.ACCEPTED), ("+1", Replied.ACCEPTED),
        ("能来", Replied.ACCEPTED), ("收到，参加", Replied.ACCEPTED), ("收到 参加", Replied.ACCEPTED),
        ("参加，谢谢！", Replied.ACCEPTED), ("准时参加。", Replied.ACCEPTED), ("I'm coming", Replied.ACCEPTED),
        ("收到", Replied.SEEN), ("收到，谢谢", Replied.SEEN), ("Got it", Replied.SEEN),
        ("请假", Replied.DECLINED), ("来不了", Replied.DECLINED), ("我要请假", Replied.DECLINED),
        ("请假，孩子发烧", Replied.DECLINED), ("请假 孩子发烧", Replied.DECLINED), ("收到，请假", Replied.DECLINED),
        ("来不了，要监考", Replied.DECLINED), ("not coming, child is ill", Replied.DECLINED),
        ("孩子发烧，请假", Replied.LEAVE_TALK), ("请假孩子发烧", Replied.LEAVE_TALK), ("李芳 请假", Replied.LEAVE_TALK),
        ("好的", Replied.LEFT), ("谢谢", Replied.LEFT), ("👍", Replied.LEFT), ("参加，请假", Replied.LEFT),
        ("7. 李芳 参加", Replied.LEFT), ("1、李芳\n2、王强 参加", Replied.LEFT), ("#接龙\n李芳 参加", Replied.LEFT),
        ("参加吗？", Replied.OTHER), ("请假怎么办", Replied.OTHER), ("请假，找谁批？", Replied.OTHER),
        ("收到，请问在几楼", Replied.OTHER), ("每月教研几次？", Replied.OTHER), ("参加的老师有多少", Replied.OTHER),
    ],
)  # fmt: skip
def test_what_a_reply_says(text: str, said: Replied) -> None:
    assert read(text, VOICES) is said


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_as_something(text: str) -> None:
    assert read(text, VOICES) in Replied
