"""Reactions (setMessageReaction): one of the bot's a message, and the page shows it."""

import httpx
from telegram import Bot

from tests.sandbox.sample import GROUP, LI, Sample

IN_GROUP = {"as": str(LI), "chat": str(GROUP), "lang": "zh"}


async def test_a_message_bears_the_bots_newest_reaction_until_it_is_taken_back(sample: Sample, bot: Bot) -> None:
    said = sample.people.say(LI, GROUP, "参加")
    for reaction in ("👌", "👍"):
        assert await bot.set_message_reaction(GROUP, said.id, reaction)
        assert said.reaction == reaction
    await bot.set_message_reaction(GROUP, said.id)
    assert said.reaction == ""


async def test_a_reaction_is_seen_below_the_message(sample: Sample, page: httpx.AsyncClient) -> None:
    said = sample.people.say(LI, GROUP, "参加")
    assert 'class="reaction"' not in (await page.get("/", params=IN_GROUP)).text
    said.reaction = "👍"
    html = (await page.get("/", params=IN_GROUP)).text
    assert '<p class="reaction"><span>👍</span></p>' in html[html.index(f'id="m{said.id}"') :]
