"""A second client that we did not write drives the server: aiogram, with stricter models than python-telegram-bot's.

The scenes are loaded by the test, not by the module: importing aiogram takes five seconds of a processor, and every
worker of a run collects every module.
"""

import pytest

from tests.sandbox.sample import Sample

SCENES = (
    "a_message_is_sent_edited_in_place_and_answered_to",
    "files_and_pictures_go_there_and_back",
    "chats_members_and_commands_are_read",
    "its_dispatcher_answers_a_press_and_edits_the_card_in_place",
    "every_kind_of_update_is_read",
    "each_status_is_its_own_exception",
    "the_new_number_of_a_group_that_moved_is_told",
    "who_waits_as_long_as_a_429_says_is_let_through",
    "of_two_pollers_the_older_gets_the_conflict",
)


@pytest.mark.parametrize("scene", SCENES)
async def test_aiogram_is_served(sample: Sample, scene: str) -> None:
    from tests.sandbox import aiogram_scenes

    played = {one.__name__: one for one in aiogram_scenes.SCENES}
    assert tuple(played) == SCENES  # none is left out
    await played[scene](sample)
