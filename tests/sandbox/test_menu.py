"""The menu on the page: which of the published command lists a client shows."""

from sandbox import scene
from tests.sandbox.sample import GROUP, LI, Sample


def listed(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name}]


def test_the_menu_is_that_of_the_narrowest_scope_in_the_readers_language_or_in_none(sample: Sample) -> None:
    room = sample.room
    me, group = room.users[LI], room.chats[GROUP]
    assert scene.menu(room, me, group, "en") == []
    room.commands |= {"default:": listed("any"), "all_group_chats:en": listed("english")}
    assert scene.menu(room, me, group, "zh") == listed("any")
    assert scene.menu(room, me, group, "en") == listed("english")
    room.commands["all_chat_administrators:"] = listed("rule")
    assert scene.menu(room, me, group, "en") == listed("english")
    group.members[LI] = "administrator"
    assert scene.menu(room, me, group, "en") == listed("rule")
    room.commands[f"chat/{GROUP}:"] = listed("own")
    assert scene.menu(room, me, group, "en") == listed("own")
