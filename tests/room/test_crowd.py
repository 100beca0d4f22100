"""The crowd on a sample: it presses and writes, and what the bot keeps is what it pressed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.buttons.presses import Press, read
from bot.room.crowd import Crowd
from bot.room.labelled import labels
from bot.room.playing import Player
from bot.room.sample import expected, moved_in, prepared, sample
from bot.settings import LANGUAGES
from sandbox.state import Json, Message
from scheduling.clock import MovableClock
from store import facts, persons
from store.accounts import Account
from store.database import Session
from store.facts import Facts
from store.responses import ParticipationStatus
from tests.story.stage import Stage, at, staged

Pressed = list[tuple[int, Press]]
Folders = pytest.TempPathFactory


@asynccontextmanager
async def room(folders: Folders, seed: int = 1, *, on: bool = True) -> AsyncIterator[tuple[Stage, Crowd, Pressed]]:
    """A sample shortly before all its teachers meet; what is pressed in it is noted."""
    source, clock = sample("xiaoxue"), MovableClock(at("10-09 09:00"))
    store, pressed = prepared(folders.mktemp("room"), [source], clock.now()), Pressed()
    async with staged(store, clock) as stage:
        moved_in(stage.room, source.file)
        crowd = Crowd(stage.room, lambda one: store.run(expected, one), labels("zh")["crowd"], seed)
        crowd.on = on
        stage.player = Player(clock, crowd)
        stage.player.attach(stage.running)
        push = stage.room.push

        def noted(update: Json) -> int:
            if "callback_query" in update:
                query = update["callback_query"]
                press = read(query["data"])
                assert press is not None
                pressed.append((query["from"]["id"], press))
            return push(update)

        stage.room.push = noted  # type: ignore[method-assign]
        yield stage, crowd, pressed
    store.close()


async def meeting_over(stage: Stage) -> list[str]:
    """What was said in the groups until then."""
    await stage.player.to(at("10-12 18:00"))
    await stage.settle()
    return [said.text for chat in stage.room.chats.values() if chat.user is None for said in chat.messages.values()]


def known(session: Session, user: int, occurrence: int) -> Facts:
    person = persons.of_account(session, Account("telegram", str(user)), 1)
    assert person is not None
    return facts.of(session, occurrence, person.id)


async def test_cards_fill_up_and_all_of_it_was_pressed(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory) as (stage, _crowd, pressed):
        said = await meeting_over(stage)
        assert any(text in labels("zh")["crowd"]["chat"] for text in said)
        counts = [text for text in said if "已回复" in text]
        assert "已回复 0/" not in counts[0]
        assert {press.act for _, press in pressed} >= {"respond", "check_in"}
        for user, press in pressed:
            found = await stage.running.store.run(known, user, press.subject)
            if press.choice == "accepted":
                assert found.status is ParticipationStatus.ACCEPTED
            elif press.act == "check_in":
                assert found.checked_in_at is not None


async def test_with_the_same_seed_everybody_does_the_same(tmp_path_factory: Folders) -> None:
    runs = []
    for seed in (5, 5, 6):
        async with room(tmp_path_factory, seed) as (stage, _crowd, pressed):
            await meeting_over(stage)
            runs.append(sorted(pressed, key=str))
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


async def test_switched_off_nobody_acts_and_on_all_but_the_one_that_is_played(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory, on=False) as (stage, crowd, pressed):
        await stage.player.to(at("10-12 08:00"))
        assert pressed == []
        crowd.on = True
        last = max((chat for chat in stage.room.chats.values() if chat.user is None), key=lambda one: len(one.messages))
        played = min(user for user in last.members if user != stage.room.bot.id)
        crowd.hands.add(played)
        await stage.player.forward(timedelta())
        assert pressed
        assert all(user != played for user, _ in pressed)


async def test_a_message_is_considered_once_however_many_wait_in_its_chat(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory, on=False) as (stage, crowd, _pressed):
        await stage.player.to(at("10-12 14:50"))  # announced, reminded, and open for check-in: all of it unread
        waiting, considered = crowd.unread(), list[tuple[int, int]]()
        consider = crowd.consider

        async def counted(message: Message) -> None:
            considered.append((message.chat.id, message.id))
            await consider(message)

        crowd.consider = counted  # type: ignore[method-assign]
        crowd.on = True
        await crowd.act(stage.clock.now())
        assert len(waiting) > 2
        assert sorted(considered) == sorted(set(considered))


async def test_turned_on_while_time_moves_they_join_in_and_nobody_waits_for_the_end(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory, on=False) as (stage, crowd, pressed):
        moving = asyncio.create_task(stage.player.go(at("10-12 18:00")))
        await asyncio.sleep(0)
        crowd.on = True
        await stage.player.catch_up()
        assert not moving.done()
        await moving
        assert pressed


async def test_a_move_ends_where_it_is_also_before_it_has_begun(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory, on=False) as (stage, _crowd, _pressed):
        moves = [asyncio.create_task(stage.player.whole_term()) for _ in "12"]
        await asyncio.sleep(0)
        stage.player.stop()
        await asyncio.gather(*moves)
        assert stage.player.clock.now() == at("10-09 09:00")
        await stage.player.go(at("10-09 10:00"))
        assert stage.player.clock.now() == at("10-09 10:00")


async def test_a_room_that_ends_moves_nobody_any_further(tmp_path_factory: Folders) -> None:
    async with room(tmp_path_factory) as (stage, crowd, _pressed):
        moves = [asyncio.create_task(move) for move in (stage.player.go(at("10-12 18:00")), stage.player.whole_term())]
        while crowd.intents == []:
            await asyncio.sleep(0.01)
        crowd.on = False
        await stage.player.end()
        await asyncio.gather(*moves)
        assert stage.player.clock.now() < at("10-12 18:00")


def test_the_room_has_the_same_words_in_every_language() -> None:
    def shape(words: object) -> object:
        return {key: shape(value) for key, value in words.items()} if isinstance(words, dict) else type(words)

    def names(words: object) -> set[str]:
        within = (names(value) for value in words.values()) if isinstance(words, dict) else ()
        return set(words if isinstance(words, dict) else ()).union(*within)

    chinese, english = (shape(labels(language)) for language in LANGUAGES)
    assert chinese == english
    assert [name for name in names(labels("zh")) if hasattr(dict, name)] == []  # a template would find the method


@pytest.mark.parametrize("kind", ["chat", "reasons", "reflections"])
def test_the_crowd_has_something_to_say(kind: str) -> None:
    assert all(len(set(labels(language)["crowd"][kind])) > 3 for language in LANGUAGES)
