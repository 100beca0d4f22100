"""Four hundred people on one card, with Telegram's limits on: every press is answered, nothing is refused, the card
ends right, and is edited a few times."""

from datetime import timedelta

from scheduling.clock import MovableClock
from store import audit, responses
from store.database import Store
from tests.bot.running_bot import TEACHING, running_bot
from tests.handlers.event_sample import FILE, RESEARCH, begin, local, research
from tests.handlers.test_coming import crowd

CROWD, WAVES, FIRST = 400, 4, 20_000
MOST_EDITS = 6  # one for each 2.5 seconds at most, however many press


async def test_four_hundred_answer_one_card(store: Store, clock: MovableClock) -> None:
    begin(store, RESEARCH, person=crowd(CROWD) + FILE["person"])
    clock.move_to(local("10-07 08:00"))
    async with running_bot(store, clock, limits=True) as bot:
        group = bot.room.chats[TEACHING]
        for user in range(FIRST, FIRST + CROWD):
            bot.room.add_user(user, "样教师")
            group.members[user] = "member"
        await bot.until(local("10-08 09:00"))
        card = bot.last(TEACHING)
        queries = []
        for wave in range(WAVES):
            for user in range(FIRST + wave, FIRST + CROWD, WAVES):
                button = "请假" if user % 10 == 0 else "参加"
                queries.append(bot.people.press(user, TEACHING, card.id, button))
            await bot.settle()
            clock.move_to(clock.now() + timedelta(seconds=1))
            await bot.parts.dispatcher.tick()
        await bot.until(local("10-08 09:05"))
        answers = [bot.room.answer(query) for query in queries]
        assert len(answers) == CROWD
        assert all(answer and (answer["text"] or answer["url"]) for answer in answers)
        assert [call.error for call in bot.room.calls if call.error] == []
        assert "已回复 400/405" in card.text
        assert "参加 360，请假 40" in card.text
        assert 1 <= len(card.edits) <= MOST_EDITS
    number_of = store.call(research)
    tallies = store.call(responses.tally, number_of)
    assert (sum(one.accepted for one in tallies), sum(one.declined for one in tallies)) == (360, 40)
    traces = store.call(lambda session: [audit.of(session, number_of, one)[0].became for one in range(1, CROWD + 1)])
    assert (traces.count("accepted"), traces.count("declined")) == (360, 40)
