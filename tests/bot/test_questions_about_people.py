"""A question about a named person (domain 8.3): not in a group, and in private to nobody else."""

import pytest

from tests.bot.running_bot import LI, TEACHING, WANG, RunningBot

IN_GROUP = "个人情况不在群里说，请私下问本人。"
QUESTIONS = (
    *("样李芳今天请假了吗", "样李芳怎么没来", "样李芳迟到了没有", "样李芳签到了没"),
    *("样 李芳 来了吗？", "样李芳请了假没"),
)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_it_is_not_answered_in_a_group(bot: RunningBot, question: str) -> None:
    assert await bot.say(WANG, f"/ask {question}", TEACHING) == [IN_GROUP]
    assert await bot.say(WANG, f"@{bot.room.bot.username} {question}", TEACHING) == [IN_GROUP]
    assert await bot.say(WANG, question, TEACHING) == []  # not put to us


@pytest.mark.parametrize("question", QUESTIONS)
async def test_nor_in_private_to_another(bot: RunningBot, question: str) -> None:
    assert await bot.say(WANG, question) == ["别的老师的个人情况，我不能说，请直接问本人。"]


async def test_who_asks_of_no_person_is_answered_as_ever(bot: RunningBot) -> None:
    (said,) = await bot.say(LI, "/ask 请假了要补材料吗", TEACHING)
    assert "个人情况" not in said
