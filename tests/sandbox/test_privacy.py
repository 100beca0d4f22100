"""What reaches a bot in a group: the table of telegram/facts.md, section 5, row by row."""

import pytest

from tests.sandbox.sample import GROUP, LI, WANG, Sample

TEXTS = [
    ("/next@jiaolian_bot", True),
    ("/next@JIAOLIAN_BOT 明天", True),
    ("/next@other_bot", False),
    ("/next", True),
    ("@jiaolian_bot 每月教研在哪天", True),
    ("请问 @jiaolian_bot 每月教研在哪天", True),
    ("@jiaolian_bots 您好", False),
    ("各位老师好", False),
    ("今天 /next 吗", False),
    ("a@jiaolian_bot", False),
]


@pytest.mark.parametrize(("text", "heard"), TEXTS)
def test_with_privacy_only_what_is_meant_for_the_bot_reaches_it(text: str, heard: bool) -> None:
    sample = Sample()
    sample.people.say(LI, GROUP, text)
    assert len(sample.updates("message")) == heard
    assert sample.texts(GROUP) == [text]


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_without_privacy_everything_reaches_it(text: str) -> None:
    sample = Sample(reads_all=True)
    sample.people.say(LI, GROUP, text)
    assert len(sample.updates("message")) == 1


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_an_administrator_hears_everything(sample: Sample, text: str) -> None:
    sample.people.promote_bot(GROUP, LI)
    sample.people.say(LI, GROUP, text)
    assert len(sample.updates("message")) == 1


def test_replies_to_the_bot_reach_it_and_so_do_replies_to_those(sample: Sample) -> None:
    card = sample.card()
    first = sample.people.say(LI, GROUP, "几点？", reply_to=card.id)
    sample.people.say(WANG, GROUP, "两点半", reply_to=first.id)
    assert len(sample.updates("message")) == 2


def test_replies_among_people_do_not_reach_it(sample: Sample) -> None:
    said = sample.people.say(LI, GROUP, "几点？")
    sample.people.say(WANG, GROUP, "两点半", reply_to=said.id)
    assert sample.updates("message") == []


def test_a_file_in_a_group_does_not_reach_it(sample: Sample) -> None:
    sample.people.send_document(LI, GROUP, "名单.csv", b"x")
    assert sample.updates("message") == []


def test_service_messages_reach_it(sample: Sample) -> None:
    sample.people.service(GROUP, LI, new_chat_title="新名字")
    assert len(sample.updates("message")) == 1


def test_presses_of_its_own_buttons_reach_it(sample: Sample) -> None:
    sample.people.press(LI, GROUP, sample.card().id, "参加")
    assert len(sample.updates("callback_query")) == 1


def test_everything_in_private_reaches_it(sample: Sample) -> None:
    for text, _ in TEXTS:
        sample.people.say(LI, LI, text)
    sample.people.send_document(LI, LI, "名单.csv", b"x")
    assert len(sample.updates("message")) == len(TEXTS) + 1


def test_what_is_said_where_it_is_not_does_not_reach_it(sample: Sample) -> None:
    sample.people.remove_bot(GROUP, LI)
    before = len(sample.room.updates)
    sample.people.say(LI, GROUP, "/next@jiaolian_bot")
    assert len(sample.room.updates) == before


def test_its_own_messages_do_not_come_back(sample: Sample) -> None:
    sample.card("/next")
    assert not sample.room.updates
