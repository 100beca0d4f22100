"""Reactions (setMessageReaction): one of the bot's a message, and the page shows it."""

import re

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
    shown = html[html.index(f'id="m{said.id}"') :].partition("</article>")[0]
    assert re.search(r'<p class="reaction"><span><svg [^>]*aria-hidden="true">.*<span class="unseen">👍</span>', shown)


async def test_a_thumb_on_a_button_is_drawn_and_keeps_its_name(sample: Sample, page: httpx.AsyncClient) -> None:
    """A machine without an emoji font had an empty box there."""
    buttons = [[{"text": "👎", "callback_data": "thumb:1:down"}, {"text": "看整条", "callback_data": "whole:1"}]]
    sample.room.add_message(sample.group, sample.room.bot, "每月一次。", buttons=buttons)
    html = (await page.get("/", params=IN_GROUP)).text
    svg = r'<svg class="thumb down" [^>]*aria-hidden="true">.*?</svg>'
    drawn = re.search(rf'value="thumb:1:down">{svg}(.*?)</button>', html)
    assert drawn is not None
    assert drawn[1] == '<span class="unseen">👎</span>'
    assert 'value="whole:1">看整条</button>' in html
